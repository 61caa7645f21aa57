// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/field.hpp>
#include <cxm/fwd.hpp>
#include <cxm/stats/detail/key.hpp>

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// Another path of a journey, as a field of it: through another field of the contacts than their
/// touchpoint, and only through some of them.
///
///     by(path_of{&contact::channel}, count())
///     paths_to(bought, along{path_of{at_touchpoint, by_the_customer}})

namespace cxm {

/// The values of `Field` at the contacts for which `Keep` is true, in their order. O(contacts).
template <class Field, class Keep>
struct path_of {
  Field field;
  Keep keep;
  constexpr path_of(Field of, Keep where) : field(std::move(of)), keep(std::move(where)) {}
  constexpr std::string_view name() const { return name_of(field); }
  void describe_field(auto& visit) const {
    detail::visit_field(visit, field);
    detail::visit_field(visit, keep);
  }

  template <class Journey>
  auto operator()(Journey const& journey) const {
    std::vector<detail::owned_t<decltype(journey[0].read(field))>> steps;
    for (std::size_t i = 0; i < journey.size(); ++i)
      if (journey[i].read(keep)) steps.push_back(detail::own(journey[i].read(field)));
    return steps;
  }
  friend bool operator==(path_of const&, path_of const&) = default;
};

/// The values of `Field` at all contacts.
template <class Field>
struct path_of<Field, void> {
  Field field;
  constexpr explicit path_of(Field of) : field(std::move(of)) {}
  constexpr std::string_view name() const { return name_of(field); }
  void describe_field(auto& visit) const { detail::visit_field(visit, field); }

  template <class Journey>
  auto operator()(Journey const& journey) const {
    std::vector<detail::owned_t<decltype(journey[0].read(field))>> steps;
    steps.reserve(journey.size());
    for (std::size_t i = 0; i < journey.size(); ++i)
      steps.push_back(detail::own(journey[i].read(field)));
    return steps;
  }
  friend bool operator==(path_of const&, path_of const&) = default;
};
template <class Field>
path_of(Field) -> path_of<Field, void>;

}  // namespace cxm
