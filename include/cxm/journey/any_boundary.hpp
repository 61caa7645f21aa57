// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// The run-time twin of every boundary and of their algebra: an expression that a configuration
/// makes, of leaves that are one of a few types.
///
///     using any = any_boundary<silence, until<std::string>, max_contacts>;
///     any boundary;                              // never, and either of what is added
///     if (gap) boundary.add(after_silence{*gap});
///     any strict = any::both({boundary, any(until<std::string>("end"))});

#include <cxm/journey/boundary.hpp>
#include <cxm/journey/boundary_algebra.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <variant>
#include <vector>

namespace cxm {

/// Cuts where at least one of its boundaries cuts, each of which is one of the types `Choices`;
/// without any it never cuts. `either`, `both`, `unless` and `then` make expressions of
/// expressions, with the verdicts of their twins.
template <class... Choices>
class any_boundary {
 public:
  using policy_kind = journey_boundary;
  using choice = std::variant<Choices...>;

  any_boundary() = default;
  explicit any_boundary(std::vector<choice> boundaries) : boundaries_(std::move(boundaries)) {}
  /// Of one boundary.
  explicit any_boundary(choice boundary) { add(std::move(boundary)); }

  /// Cuts where at least one of `parts` cuts.
  static any_boundary either(std::vector<any_boundary> parts) {
    return any_boundary(kind::either, std::move(parts));
  }
  /// Cuts where every one of `parts` cuts; throws `std::invalid_argument` if there is none.
  static any_boundary both(std::vector<any_boundary> parts) {
    if (parts.empty()) detail::refuse("cxm::both: needs at least one boundary");
    return any_boundary(kind::both, std::move(parts));
  }
  /// Cuts where `boundary` cuts and `veto` would not.
  static any_boundary unless(any_boundary boundary, any_boundary veto) {
    std::vector<any_boundary> parts;
    parts.push_back(std::move(boundary));
    parts.push_back(std::move(veto));
    return any_boundary(kind::unless, std::move(parts));
  }
  /// Cuts by the first part, the pieces by the second, and so on; throws `std::invalid_argument` if
  /// there is none.
  static any_boundary then(std::vector<any_boundary> coarse_to_fine) {
    if (coarse_to_fine.empty()) detail::refuse("cxm::then: needs at least one boundary");
    return any_boundary(kind::then, std::move(coarse_to_fine));
  }

  /// Cuts also where `boundary` cuts: `either` of what is there and of this.
  void add(choice boundary) {
    if (how_ != kind::either) *this = either({std::move(*this)});
    boundaries_.push_back(std::move(boundary));
  }
  /// The boundaries that were added, without those inside of parts.
  std::vector<choice> const& boundaries() const { return boundaries_; }

  cut operator()(auto const& so_far, auto const& next) const {
    return verdict<false>([&](auto const& boundary) { return boundary(so_far, next); });
  }
  cut by_time(auto const& so_far, auto const& time) const {
    return verdict<true>(
        [&](auto const& boundary) { return detail::verdict_by_time(boundary, so_far, time); });
  }

  /// As of `then`.
  std::size_t levels() const { return levels_; }
  cut at_level(std::size_t level, auto const& so_far, auto const& next) const {
    return level_of(level)(so_far, next);
  }
  cut by_time_at_level(std::size_t level, auto const& so_far, auto const& time) const {
    return level_of(level).by_time(so_far, time);
  }

 private:
  enum class kind : std::uint8_t { either, both, unless, then };

  any_boundary(kind how, std::vector<any_boundary> parts) : how_(how), parts_(std::move(parts)) {
    levels_ = how == kind::then ? 0 : 1;
    for (auto const& part : parts_)
      if (how == kind::then)
        levels_ += part.levels_;
      else
        detail::in_one_level(part);
  }

  template <bool ByTime, class Ask>
  cut verdict(Ask const& ask) const {
    cut all;
    bool every_one_cuts = true;
    auto const take = [&](cut one) {
      all = all | one;
      every_one_cuts = every_one_cuts && one.cuts();
    };
    for (auto const& boundary : boundaries_) take(std::visit(ask, boundary));
    if (how_ == kind::unless && !ByTime)
      return detail::unless_vetoed(parts_[0].template verdict<ByTime>(ask),
                                   parts_[1].template verdict<ByTime>(ask));
    for (auto const& part : parts_) take(part.template verdict<ByTime>(ask));
    if (how_ == kind::unless) return detail::overruled(all);
    return how_ == kind::both ? detail::agreed(all, every_one_cuts) : all;
  }

  any_boundary const& level_of(std::size_t level) const {
    if (how_ != kind::then) return *this;
    auto part = parts_.begin();
    for (; level >= part->levels_; ++part) level -= part->levels_;
    return part->level_of(level);
  }

  kind how_ = kind::either;
  std::vector<choice> boundaries_;
  std::vector<any_boundary> parts_;
  std::size_t levels_ = 1;
};

}  // namespace cxm
