// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/detail/box.hpp>
#include <cxm/core/int128.hpp>
#include <cxm/survey/composite_policies.hpp>
#include <cxm/survey/score.hpp>
#include <cxm/survey/survey_question.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

/// \file
/// An index of several questions put to the same person: every item is brought to the same scale,
/// its good end up, and weighed: `composite(item(&a::recommend, points<0, 10>{}), …)`. The state
/// is, for every set of items that somebody answered, how many did, and the exact sums of their
/// answers and of the products; so weights, scale and what happens to incomplete answers are
/// readings.

namespace cxm {

/// One item of a composite.
struct item_summary {
  std::uint64_t n = 0;                   ///< valid answers to it
  maybe<double> mean = reason::no_data;  ///< of them all, in points of its own scale
};

/// A composite index, in units of the scale that it is shown on.
template <std::size_t Items>
struct composite_score : score {
  maybe<double> deviation = reason::no_data;  ///< of the index between people (divides by n−1)
  std::uint64_t incomplete = 0;  ///< people with a valid answer to some items, not to all
  std::array<item_summary, Items> items{};
};

/// Counts people's answers to some items. Made by `composite`.
template <class Reading, class... Items>
class item_sums {
  static constexpr std::size_t count = sizeof...(Items);
  static constexpr std::size_t sets = std::size_t{1} << count;
  static constexpr std::size_t pairs = count * (count + 1) / 2;
  static_assert(count >= 2 && count <= 6, "cxm::composite: takes two to six items");

 public:
  static constexpr std::string_view type_name = "composite";
  static constexpr merge_law merges = merge_law::exact;

  constexpr explicit item_sums(Reading reading, Items... items)
      : items_(std::move(items)...), reading_(reading) {}

  /// Counts one person. O(items²).
  template <class In>
  constexpr void add(In const& in) {
    std::array<std::int64_t, count> answers{};
    std::size_t answered = 0;
    bool invalid = false;
    each_item([&](std::size_t i, auto const& item) {
      auto const place = detail::place_on(item.scale, cxm::read(*item.field, in));
      invalid = invalid || place == item.scale.size();
      if (place >= item.scale.size()) return;
      answered |= std::size_t{1} << i;
      bool const up = item.scale.good_end() == better::high;
      answers[i] = static_cast<std::int64_t>(up ? place : item.scale.size() - 1 - place);
    });
    ++people_[answered];
    with_invalid_[answered] += invalid ? 1 : 0;
    for (std::size_t i = 0; i < count; ++i) {
      sums_[answered][i] += answers[i];
      for (std::size_t j = 0; j <= i; ++j)
        products_[answered][pair(i, j)] += answers[i] * answers[j];
    }
  }
  constexpr void merge(item_sums const& other) {
    detail::require_same(same_items(other, std::index_sequence_for<Items...>{}),
                         "cxm::composite: merging indices of different items");
    detail::require_fit(detail::counts_fit(total(), other.total()));
    for (std::size_t set = 0; set < sets; ++set) {
      people_[set] += other.people_[set];
      with_invalid_[set] += other.with_invalid_[set];
      for (std::size_t i = 0; i < count; ++i) sums_[set][i] += other.sums_[set][i];
      for (std::size_t i = 0; i < pairs; ++i) products_[set][i] += other.products_[set][i];
    }
  }
  constexpr composite_score<count> result() const {
    composite_score<count> found{people()};
    for (std::size_t set = 1; set + 1 < sets; ++set) found.incomplete += people_[set];
    each_item([&](std::size_t i, auto const& item) { found.items[i] = summary_of(i, item.scale); });
    if (found.n > 0) fill(found);
    detail::apply(reading_.least, found);
    if (found.value.why() == reason::below_min_n) {
      found.deviation = reason::below_min_n;
      for (auto& one : found.items) one.mean = reason::below_min_n;
    }
    return found;
  }

  constexpr bool valid() const {
    for (std::size_t set = 0; set < sets; ++set) {
      if (with_invalid_[set] > people_[set] || (set + 1 == sets && with_invalid_[set] != 0))
        return false;
      if (!sums_fit(set)) return false;
    }
    return detail::counts_fit(total(), 0);
  }
  static constexpr void describe(auto& self, auto& visit) {
    self.each_item([&](std::size_t, auto const& item) {
      visit.policy("field", name_of(*item.field));
      visit.policy("scale", item.scale);
    });
    visit.state("people", self.people_);
    visit.state("with_invalid", self.with_invalid_);
    visit.state("sums", self.sums_);
    visit.state("products", self.products_);
  }

 private:
  static constexpr std::size_t pair(std::size_t i, std::size_t j) {
    return i >= j ? i * (i + 1) / 2 + j : j * (j + 1) / 2 + i;
  }
  static constexpr bool has(std::size_t set, std::size_t item) { return (set >> item & 1) != 0; }
  constexpr void each_item(auto const& visit) const {
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (visit(I, std::get<I>(items_)), ...);
    }
    (std::index_sequence_for<Items...>{});
  }
  template <std::size_t... I>
  constexpr bool same_items(item_sums const& other, std::index_sequence<I...>) const {
    return ((std::get<I>(items_).scale == std::get<I>(other.items_).scale &&
             detail::same_field(*std::get<I>(items_).field, *std::get<I>(other.items_).field)) &&
            ...);
  }
  constexpr std::uint64_t total() const {
    std::uint64_t sum = 0;
    for (auto const n : people_) sum = n > UINT64_MAX - sum ? UINT64_MAX : sum + n;
    return sum;
  }
  constexpr bool sums_fit(std::size_t set) const {
    bool fits = true;
    each_item([&](std::size_t i, auto const& item) {
      auto const sum = sums_[set][i], square = products_[set][pair(i, i)];
      auto const most = static_cast<std::int64_t>(has(set, i) ? item.scale.size() - 1 : 0);
      auto const n = static_cast<std::int64_t>(people_[set] & INT64_MAX);
      fits = fits && sum >= 0 && sum <= detail::multiply(most, n) && square >= sum &&
             square <= sum * most;
    });
    return fits;
  }

  /// Is a person who answered these items counted?
  constexpr bool counts(std::size_t set) const {
    return set + 1 == sets || (set > 0 && reading_.takes_incomplete);
  }
  constexpr score people() const {
    score found;
    for (std::size_t set = 0; set < sets; ++set) {
      if (counts(set)) {
        found.n += people_[set];
      } else {
        found.invalid += with_invalid_[set];
        found.missing += people_[set] - with_invalid_[set];
      }
    }
    return found;
  }
  template <class Scale>
  constexpr item_summary summary_of(std::size_t item, Scale const& scale) const {
    item_summary found;
    int128 sum = 0;
    for (std::size_t set = 0; set < sets; ++set) {
      if (!has(set, item)) continue;
      found.n += people_[set];
      sum += sums_[set][item];
    }
    if (found.n == 0) return found;
    double const above = detail::divide_to_double(sum, found.n);
    found.mean = scale.good_end() == better::high ? static_cast<double>(scale.low()) + above
                                                  : static_cast<double>(scale.high()) - above;
    return found;
  }
  /// What a point of each item adds to the index, from 0 to 1, of one who answered these items.
  constexpr std::array<double, count> shares_of(std::size_t set) const {
    std::array<double, count> found{};
    double all = 0;
    for (std::size_t i = 0; i < count; ++i) all += has(set, i) ? reading_.weight(i) : 0;
    each_item([&](std::size_t i, auto const& item) {
      if (has(set, i))
        found[i] = reading_.weight(i) / all / static_cast<double>(item.scale.size() - 1);
    });
    return found;
  }
  /// The sum of the index over the people who answered these items.
  constexpr double sum_of(std::size_t set) const {
    auto const shares = shares_of(set);
    double sum = 0;
    for (std::size_t i = 0; i < count; ++i)
      sum += shares[i] * detail::divide_to_double(sums_[set][i], 1);
    return sum;
  }
  /// Of them, the sum of squared distances from `mean`: about their own mean, and that from `mean`.
  constexpr double spread_of(std::size_t set, double mean) const {
    auto const shares = shares_of(set);
    auto const n = static_cast<std::int64_t>(people_[set]);
    double inside = 0;
    for (std::size_t i = 0; i < count; ++i)
      for (std::size_t j = 0; j < count; ++j) {
        // n Σxy − ΣxΣy, exactly.
        auto const spread = products_[set][pair(i, j)] * n - sums_[set][i] * sums_[set][j];
        inside += shares[i] * shares[j] * detail::divide_to_double(spread, people_[set]);
      }
    double const apart = sum_of(set) / static_cast<double>(n) - mean;
    return (inside > 0 ? inside : 0) + apart * apart * static_cast<double>(n);
  }
  constexpr void fill(composite_score<count>& found) const {
    auto const n = static_cast<double>(found.n);
    double sum = 0, spread = 0;
    for (std::size_t set = 1; set < sets; ++set)
      if (counts(set) && people_[set] > 0) sum += sum_of(set);
    for (std::size_t set = 1; set < sets; ++set)
      if (counts(set) && people_[set] > 0) spread += spread_of(set, sum / n);
    auto const& shown = reading_.shown;
    found.value = shown.place_of(sum / n, 0, 1);
    found.interval = reason::degenerate;
    found.deviation = found.standard_error = reason::degenerate;
    if (found.n == 1) return;
    double const deviation = detail::square_root(spread / (n - 1)) * (shown.high() - shown.low());
    found.deviation = deviation;
    found.standard_error = deviation / detail::square_root(n);
    found.interval = reading_.method.mean(*found.value, deviation, found.n, reading_.level,
                                          interval{shown.low(), shown.high()});
  }

  [[no_unique_address]] std::tuple<Items...> items_;
  Reading reading_;
  std::array<std::uint64_t, sets> people_{};  ///< by the set of items they answered
  std::array<std::uint64_t, sets> with_invalid_{};
  std::array<std::array<int128, count>, sets> sums_{};
  std::array<std::array<int128, pairs>, sets> products_{};
};

namespace detail {
template <class Item, class... Rest, class Reading>
constexpr auto make_composite(Reading reading, std::tuple<Item, Rest...> const& items) {
  return std::apply(
      [&](auto const&... one) {
        return item_sums<Reading, std::remove_cvref_t<decltype(one)>...>(reading, one...);
      },
      items);
}
}  // namespace detail

/// An index of two to six items: `item(field, scale)`, in any number and order, and policies:
/// `onto` (default 0 to 100), `item_weights` (default equal), `listwise` (default) or
/// `available_items`, an interval method for means (default `student`), `confidence`, `min_n`.
template <class... Parts>
constexpr auto composite(Parts... parts) {
  return detail::make_composite(detail::composite_reading_of(parts...),
                                std::tuple_cat(detail::item_in(parts)...));
}

}  // namespace cxm
