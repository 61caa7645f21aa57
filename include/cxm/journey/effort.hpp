// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Effort from behaviour: what a journey cost the customer, added up from what can be counted in
/// it. No standard says how much a repeat or a wait is worth, so the costs are yours:
///
///     auto const toil = effort(cost{1, contacts}, cost{3, repeats},
///                              cost{2, switches{&contact::channel}},
///                              cost{1, in_whole{24h, idle_time}});
///
/// A field of a journey, in whole units; `toil.components(journey)` shows of what it is made, and
/// `effort_shares(toil)` adds the components up over journeys.

#include <cxm/core/accumulator.hpp>
#include <cxm/core/detail/box.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/field.hpp>
#include <cxm/core/int128.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/core/wide.hpp>
#include <cxm/stats/detail/sample.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace cxm {

/// What each unit that `field` counts costs the customer; `field` gives a whole number, or an
/// optional of one, for a journey.
template <class Field>
struct cost {
  std::int64_t units;
  Field field;

  constexpr cost(std::int64_t each, Field of) : units(each), field(std::move(of)) {
    if (each < 0 || each > INT32_MAX)
      detail::refuse("cxm::cost: a cost lies between 0 and 2,147,483,647 units");
  }
  constexpr std::string_view name() const { return name_of(field); }
};

/// One component of the effort of a journey.
struct effort_component {
  std::string_view name;              ///< of the field; empty where it has none
  std::int64_t each = 0;              ///< units for each
  std::optional<std::int64_t> count;  ///< how many; empty where that isn't known
  std::optional<std::int64_t> units;  ///< each · count
};

/// The effort of a journey. Made by `effort`.
template <class... Fields>
class effort_of {
 public:
  static constexpr std::size_t size = sizeof...(Fields);

  constexpr explicit effort_of(cost<Fields>... costs) : costs_(std::move(costs)...) {}
  static constexpr std::string_view name() { return "effort"; }

  /// Empty where a component isn't known, is negative, or the sum leaves 64 bits: never a part of
  /// the truth.
  template <class Journey>
  constexpr std::optional<std::int64_t> operator()(Journey const& journey) const {
    int128 sum = 0;
    for (auto const& one : components(journey)) {
      if (!one.units) return std::nullopt;
      sum += *one.units;
    }
    return sum <= int128{INT64_MAX} ? std::optional(static_cast<std::int64_t>(sum)) : std::nullopt;
  }
  /// Of what the effort of a journey is made, in the order in which the costs were given.
  template <class Journey>
  constexpr std::array<effort_component, size> components(Journey const& journey) const {
    return std::apply([&](auto const&... one) { return std::array{component(one, journey)...}; },
                      costs_);
  }
  /// Names and costs, without counts.
  constexpr std::array<effort_component, size> costs() const {
    return std::apply(
        [](auto const&... one) {
          return std::array{effort_component{one.name(), one.units, {}, {}}...};
        },
        costs_);
  }
  constexpr bool same_costs(effort_of const& other) const {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return (same_cost(std::get<I>(costs_), std::get<I>(other.costs_)) && ...);
    }
    (std::make_index_sequence<size>{});
  }
  /// For fingerprints: what each component is called and costs.
  constexpr void describe_costs(auto& visit) const {
    auto const describe_one = [&](auto const& one) {
      visit.policy("field", one.name());
      visit.policy("units", one.units);
    };
    std::apply([&](auto const&... one) { (describe_one(one), ...); }, costs_);
  }

 private:
  template <class Field>
  static constexpr bool same_cost(cost<Field> const& a, cost<Field> const& b) {
    return a.units == b.units && detail::same_field(a.field, b.field);
  }
  template <class Field, class Journey>
  static constexpr effort_component component(cost<Field> const& one, Journey const& journey) {
    effort_component found{one.name(), one.units, {}, {}};
    detail::if_answered(
        cxm::read(one.field, journey),
        [&](auto const& count) {
          using number = std::remove_cvref_t<decltype(count)>;
          static_assert(std::integral<number> && !detail::is_duration<number>,
                        "cxm::effort: a field counts whole numbers; for a duration say in what, as "
                        "in in_whole{24h, idle_time}");
          bool fits = true;
          auto const ticks = detail::ticks_of(count, fits);
          if (!fits || ticks < 0) return;
          found.count = ticks;
          auto const units = detail::multiply(ticks, one.units);
          if (units <= int128{INT64_MAX}) found.units = static_cast<std::int64_t>(units);
        },
        [] {});
    return found;
  }

  std::tuple<cost<Fields>...> costs_;
};

/// The effort of a journey by these costs: a field that gives an optional of a whole number.
template <class... Fields>
constexpr auto effort(cost<Fields>... costs) {
  static_assert(sizeof...(Fields) > 0,
                "cxm::effort: needs at least one cost, as in effort(cost{1, contacts})");
  return effort_of<Fields...>(std::move(costs)...);
}

/// One component over all journeys.
struct effort_share {
  std::string name;
  std::int64_t each = 0;
  double count = 0;                             ///< how many in all, rounded once
  double units = 0;                             ///< what they cost in all
  maybe<double> per_journey = reason::no_data;  ///< units a journey
  maybe<double> share = reason::no_data;        ///< of all units; 0..1
};
/// Of what effort is made.
struct effort_summary {
  std::uint64_t n = 0;                   ///< journeys whose effort is known
  std::uint64_t missing = 0;             ///< journeys with a component that isn't known
  maybe<double> mean = reason::no_data;  ///< units a journey
  std::vector<effort_share> components;
};

/// Adds up the components of effort over journeys. Made by `effort_shares`.
template <class Effort>
class effort_totals {
 public:
  static constexpr std::string_view type_name = "effort_shares";
  static constexpr merge_law merges = merge_law::exact;

  explicit effort_totals(Effort effort) : effort_(std::move(effort)) {}

  template <class Journey>
  void add(Journey const& journey) {
    if (!(*effort_)(journey)) {
      ++missing_;
      return;
    }
    ++n_;
    auto const found = (*effort_).components(journey);
    for (std::size_t i = 0; i < Effort::size; ++i) counts_[i] += *found[i].count;
  }
  void merge(effort_totals const& other) {
    detail::require_same((*effort_).same_costs(*other.effort_),
                         "cxm::effort_shares: merging effort by different costs");
    detail::require_fit(detail::counts_fit(n_, other.n_) &&
                        detail::counts_fit(missing_, other.missing_));
    n_ += other.n_;
    missing_ += other.missing_;
    for (std::size_t i = 0; i < Effort::size; ++i) counts_[i] += other.counts_[i];
  }
  effort_summary result() const {
    auto const costs = (*effort_).costs();
    effort_summary found{n_, missing_, reason::no_data, {}};
    double all = 0;
    for (std::size_t i = 0; i < Effort::size; ++i) {
      double const count = detail::divide_to_double(counts_[i], 1);
      double const units = count * static_cast<double>(costs[i].each);
      found.components.push_back({std::string(costs[i].name), costs[i].each, count, units,
                                  reason::no_data, reason::no_data});
      all += units;
    }
    if (n_ == 0) return found;
    found.mean = all / static_cast<double>(n_);
    for (auto& one : found.components) {
      one.per_journey = one.units / static_cast<double>(n_);
      one.share = all > 0 ? maybe<double>(one.units / all) : reason::degenerate;
    }
    return found;
  }

  bool valid() const {
    if (n_ > INT64_MAX || missing_ > INT64_MAX) return false;
    auto const most = detail::multiply(static_cast<std::int64_t>(n_), INT64_MAX);
    for (auto const& count : counts_)
      if (count < 0 || count > most) return false;
    return true;
  }
  static void describe(auto& self, auto& visit) {
    (*self.effort_).describe_costs(visit);
    visit.state("n", self.n_);
    visit.state("missing", self.missing_);
    visit.state("counts", self.counts_);
  }

 private:
  detail::box<Effort> effort_;
  std::uint64_t n_ = 0;
  std::uint64_t missing_ = 0;
  std::array<int128, Effort::size> counts_{};
};

/// Of what the effort of journeys is made: `effort_shares(effort(cost{1, contacts}, …))`.
template <class... Fields>
auto effort_shares(effort_of<Fields...> effort) {
  return effort_totals<effort_of<Fields...>>(std::move(effort));
}

}  // namespace cxm
