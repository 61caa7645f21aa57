// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// The run-time twin of `either`: boundaries of which a configuration says how many there are and
/// which.

#include <cxm/journey/boundary.hpp>

#include <utility>
#include <variant>
#include <vector>

namespace cxm {

/// Cuts where at least one of its boundaries cuts, each of which is one of the types `Choices`.
/// Without any it never cuts.
///
///     any_boundary<after_silence<std::int64_t, std::ratio<1>>, until<std::string>> boundary;
///     if (gap) boundary.add(after_silence{*gap});
template <class... Choices>
class any_boundary {
 public:
  using policy_kind = journey_boundary;
  using choice = std::variant<Choices...>;

  any_boundary() = default;
  explicit any_boundary(std::vector<choice> boundaries) : boundaries_(std::move(boundaries)) {}

  void add(choice boundary) { boundaries_.push_back(std::move(boundary)); }
  std::vector<choice> const& boundaries() const { return boundaries_; }

  cut operator()(auto const& so_far, auto const& next) const {
    cut verdict;
    for (auto const& boundary : boundaries_)
      verdict =
          verdict | std::visit([&](auto const& chosen) { return chosen(so_far, next); }, boundary);
    return verdict;
  }

 private:
  std::vector<choice> boundaries_;
};

}  // namespace cxm
