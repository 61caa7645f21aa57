// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// For fields that are made of other fields, yours too: derived from `reads_through` they are read
/// off whatever shows the event (a contact of a journey, a case, two rows folded into one), so that
/// each of their parts is asked there.
///
///     struct margin : reads_through {
///       auto operator()(auto const& event) const { return read(value, event) - read(cost, event);
///       }
///     };

namespace cxm {

/// A base without members; see the head of the file.
struct reads_through {
  using reads_contact = void;
  using reads_case = void;
  using reads_folded = void;
};

}  // namespace cxm
