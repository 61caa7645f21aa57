// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// What an index of several items and its weighted twin have in common: the items, how a person's
/// answers to them are read, and how the moments of any set of answered items make the index.

#include <cxm/core/field.hpp>
#include <cxm/survey/composite_policies.hpp>
#include <cxm/survey/score.hpp>
#include <cxm/survey/survey_question.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <utility>

namespace cxm::detail {

/// One person's answers: places above the bad end of the scale, 0 for what was not answered.
template <std::size_t Items>
struct item_answers {
  std::size_t set = 0;   ///< a bit for each valid answer
  bool invalid = false;  ///< is any answer off its scale?
  std::array<std::int64_t, Items> above{};
};

/// The place of an unordered pair of items in a triangle.
constexpr std::size_t item_pair(std::size_t i, std::size_t j) {
  return i >= j ? i * (i + 1) / 2 + j : j * (j + 1) / 2 + i;
}

/// Of those who answered a set of items: Σ1, Σx by item, and Σ(x − mean)(y − mean) by pair; the sum
/// may be one of people, of weights or of squared weights.
template <std::size_t Items>
struct item_moments {
  double total = 0;
  std::array<double, Items> sums{};
  std::array<double, Items*(Items + 1) / 2> spreads{};

  /// Their index, from 0 to 1, where a point of each item adds its share.
  constexpr double sum(std::array<double, Items> const& shares) const {
    double found = 0;
    for (std::size_t i = 0; i < Items; ++i) found += shares[i] * sums[i];
    return found;
  }
  /// The squared distances of their indices from `mean`: about their own mean, and that from it.
  constexpr double spread(std::array<double, Items> const& shares, double mean) const {
    double inside = 0;
    for (std::size_t i = 0; i < Items; ++i)
      for (std::size_t j = 0; j < Items; ++j)
        inside += shares[i] * shares[j] * spreads[item_pair(i, j)];
    double const apart = sum(shares) / total - mean;
    return (inside > 0 ? inside : 0) + apart * apart * total;
  }
};

/// The items with the reading of their index.
template <class Reading, class... Items>
class composite_plan {
 public:
  static constexpr std::size_t count = sizeof...(Items);
  static constexpr std::size_t sets = std::size_t{1} << count;
  static constexpr std::size_t pairs = count * (count + 1) / 2;

  constexpr explicit composite_plan(Reading reading, Items... items)
      : items_(std::move(items)...), reading_(std::move(reading)) {}

  constexpr Reading const& reading() const { return reading_; }
  template <class In>
  constexpr item_answers<count> read(In const& in) const {
    item_answers<count> found;
    each_item([&](std::size_t i, auto const& item) {
      auto const place = place_on(item.scale, cxm::read(*item.field, in));
      found.invalid = found.invalid || place == item.scale.size();
      if (place >= item.scale.size()) return;
      found.set |= std::size_t{1} << i;
      bool const up = item.scale.good_end() == better::high;
      found.above[i] = static_cast<std::int64_t>(up ? place : item.scale.size() - 1 - place);
    });
    return found;
  }
  constexpr void each_item(auto const& visit) const {
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (visit(I, std::get<I>(items_)), ...);
    }
    (std::index_sequence_for<Items...>{});
  }
  constexpr bool same_items(composite_plan const& other) const {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return ((std::get<I>(items_).scale == std::get<I>(other.items_).scale &&
               same_field(*std::get<I>(items_).field, *std::get<I>(other.items_).field)) &&
              ...);
    }
    (std::index_sequence_for<Items...>{});
  }
  constexpr void describe_items(auto& visit) const {
    each_item([&](std::size_t, auto const& item) {
      visit.policy("field", name_of(*item.field));
      visit.policy("scale", item.scale);
    });
  }
  /// The twin `Other` of the same items.
  template <template <class, class...> class Other>
  constexpr auto made() const {
    return std::apply(
        [&](auto const&... item) { return Other<Reading, Items...>(reading_, item...); }, items_);
  }

  static constexpr bool has(std::size_t set, std::size_t item) { return (set >> item & 1) != 0; }
  /// Is a person who answered these items counted?
  constexpr bool counts(std::size_t set) const {
    return set + 1 == sets || (set > 0 && reading_.takes_incomplete);
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
  /// The index, from 0 to 1, and Σ(index − that)² over the sets that count. `moments(set)` are
  /// those of a set, and `total` the sum over all that count.
  template <class Moments>
  constexpr double mean_of(Moments const& moments, double total) const {
    double sum = 0;
    for (std::size_t set = 1; set < sets; ++set)
      if (counts(set)) sum += moments(set).sum(shares_of(set));
    return sum / total;
  }
  template <class Moments>
  constexpr double spread_of(Moments const& moments, double mean) const {
    double spread = 0;
    for (std::size_t set = 1; set < sets; ++set) {
      if (!counts(set)) continue;
      auto const found = moments(set);
      if (found.total > 0) spread += found.spread(shares_of(set), mean);
    }
    return spread;
  }
  /// Withholds what lies below the minimum.
  template <class Score>
  constexpr void finish(Score& found) const {
    apply(reading_.least, found);
    if (found.value.why() != reason::below_min_n) return;
    found.deviation = reason::below_min_n;
    for (auto& one : found.items) one.mean = reason::below_min_n;
  }

 private:
  [[no_unique_address]] std::tuple<Items...> items_;
  Reading reading_;
};

/// The mean answer to an item, in points of its scale, from how far it is above the bad end.
template <class Scale>
constexpr double item_mean(Scale const& scale, double above) {
  return scale.good_end() == better::high ? static_cast<double>(scale.low()) + above
                                          : static_cast<double>(scale.high()) - above;
}

}  // namespace cxm::detail
