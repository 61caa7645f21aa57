// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/event/identity_graph.hpp>
#include <cxm/event/people.hpp>
#include <cxm/event/reads_through.hpp>

#include <optional>
#include <string_view>

/// \file
/// The resolved person as a field: `person_of(known, evidence)` is a customer of
/// `touchpoint_fields` and a key of `by` like any other, so journeys and scores follow whatever
/// identity finds, also after an un-merge.

namespace cxm {

/// It borrows
/// the people, which must outlive it and what is made with it, and copies the fields of `evidence`.
/// An event none of whose identifiers is known has none: an empty optional.
template <class Evidence>
class resolved_person : public reads_through {
 public:
  resolved_person(people const& known, Evidence const& evidence)
      : known_(&known), evidence_(evidence.without_evidence()) {}

  template <class In>
  std::optional<std::string_view> operator()(In const& in) const {
    return evidence_.person_in(*known_, in);
  }

 private:
  people const* known_;
  Evidence evidence_;
};
template <class Evidence>
auto person_of(people const& known, Evidence const& evidence) {
  return resolved_person<Evidence>(known, evidence);
}
template <class Evidence>
auto person_of(people&& known, Evidence const& evidence) = delete;  // gone before it is asked

}  // namespace cxm
