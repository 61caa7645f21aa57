// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// For fields that are made of other fields: they are read off whatever shows the event (a contact
/// of a journey, a case, a folded pair of rows), so that each of their parts is asked there.

namespace cxm::detail {

struct reads_through {
  using reads_contact = void;
  using reads_case = void;
  using reads_folded = void;
};

}  // namespace cxm::detail
