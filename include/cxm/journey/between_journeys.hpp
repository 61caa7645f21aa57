// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// `between_journeys(&contact::rating)`: do ratings differ because the journeys do, or within each
/// journey from contact to contact? The variance components of stats/variance_components.hpp with
/// the journey as the group. One group a journey would be a state as large as the log; but all that
/// is needed of journeys with k ratings each are three sums, so the state has a row for each k that
/// occurs (at most √(2 · ratings) of them) and stays exact.

#include <cxm/core/accumulator.hpp>
#include <cxm/core/detail/box.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/field.hpp>
#include <cxm/core/int128.hpp>
#include <cxm/core/wide.hpp>
#include <cxm/journey/rated_contacts.hpp>
#include <cxm/stats/variance_components.hpp>

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace cxm {

namespace detail {

/// Journeys with the same number of ratings: Σ total, Σ total², and Σ rating² of all of them.
struct journeys_of_size {
  static constexpr std::string_view type_name = "journeys_of_size";
  std::uint64_t ratings = 0;
  std::uint64_t journeys = 0;
  int128 total = 0;
  square_sum squared_totals;
  square_sum squares;

  constexpr void merge(journeys_of_size const& other) {
    journeys += other.journeys;
    total += other.total;
    squared_totals += other.squared_totals;
    squares += other.squares;
  }
  /// By Cauchy and Schwarz, within journeys and between them; no rating is beyond ±2³¹.
  constexpr bool valid() const {
    if (ratings == 0 || ratings > UINT32_MAX || journeys == 0 || journeys > INT64_MAX) return false;
    wide_unsigned<2> const size{magnitude_of(total)};
    auto const most = wide_unsigned<1>{ratings} * wide_unsigned<1>{journeys} *
                      wide_unsigned<1>{std::uint64_t{1} << 62};
    return squares <= most &&
           squares * wide_unsigned<1>{ratings} >= wide_unsigned<4>{squared_totals} &&
           squared_totals * wide_unsigned<1>{journeys} >= size * size;
  }
  static constexpr void describe(auto& self, auto& visit) {
    visit.state("ratings", self.ratings);
    visit.state("journeys", self.journeys);
    visit.state("total", self.total);
    visit.state("squared_totals", self.squared_totals.words);
    visit.state("squares", self.squares.words);
  }

  /// Σ Σ (x − m_i)² = Σ x² − Σ T²/k, from exact integers.
  constexpr double within() const {
    auto const k = wide_unsigned<1>{ratings};
    return ratio_to_double(squares * k - wide_unsigned<4>{squared_totals}, k);
  }
  /// Σ k (T/k − G/n)² = (n² Σ T² − 2 n k G Σ T + journeys k² G²) / (n² k), from exact integers.
  constexpr double between(int128 all, std::uint64_t n) const {
    using word = wide_unsigned<1>;
    wide_unsigned<2> const g{magnitude_of(all)};
    auto const plus = wide_unsigned<8>{word{n} * word{n} * squared_totals} +
                      wide_unsigned<8>{word{ratings} * word{ratings} * word{journeys} * (g * g)};
    auto const cross = wide_unsigned<8>{word{n} * word{ratings} * g *
                                        wide_unsigned<2>{magnitude_of(total)} * word{2}};
    auto const sum = (all < 0) == (total < 0) ? plus - cross : plus + cross;
    return ratio_to_double(sum, word{n} * word{n} * word{ratings});
  }
};

}  // namespace detail

/// The spread between journeys and within them, and the journeys that say nothing of it.
struct journey_split : variance_split {
  std::uint64_t unrated = 0;  ///< journeys without a rating
  std::uint64_t invalid = 0;  ///< journeys with a rating beyond ±2³¹, which don't enter
};

/// Sums of ratings by the number of ratings of the journey. Made by `between_journeys`.
template <class Field>
class journey_components {
 public:
  static constexpr std::string_view type_name = "between_journeys";
  static constexpr merge_law merges = merge_law::exact;

  journey_components(Field field, confidence level) : field_(std::move(field)), level_(level) {}

  template <class Journey>
  void add(Journey const& journey) {
    using rating = detail::rating_t<Journey, Field>;
    static_assert(detail::whole_number<rating>() && !detail::is_duration<rating>,
                  "cxm::between_journeys: a rating is a whole number, an enum, or std::optional of "
                  "one");
    detail::journeys_of_size one{0, 1, 0, {}, {}};
    bool good = true;
    detail::each_rating(journey, *field_, [&](std::size_t, auto const& value) {
      bool fits = true;
      auto const ticks = detail::ticks_of(value, fits);
      good = good && fits && ticks >= INT32_MIN && ticks <= INT32_MAX;
      ++one.ratings;
      one.total += good ? ticks : 0;
      one.squares.add(detail::square_of(good ? ticks : 0));
    });
    if (!good) {
      ++invalid_;
    } else if (one.ratings == 0) {
      ++unrated_;
    } else {
      one.squared_totals.add(detail::square_of(static_cast<std::int64_t>(one.total)));
      add_row(one);
    }
  }
  void merge(journey_components const& other) {
    detail::require_same(detail::same_field(*field_, *other.field_),
                         "cxm::between_journeys: merging plans over different fields");
    detail::require_fit(detail::counts_fit(unrated_, other.unrated_) &&
                        detail::counts_fit(invalid_, other.invalid_) &&
                        detail::counts_fit(ratings(), other.ratings()));
    auto const rows = other.rows_;  // this state may be merged with itself
    for (auto const& row : rows) add_row(row);
    unrated_ += other.unrated_;
    invalid_ += other.invalid_;
  }
  journey_split result() const {
    detail::variance_sums sums;
    int128 all = 0;
    for (auto const& row : rows_) all += row.total;
    sums.n = ratings();
    for (auto const& row : rows_) {
      double const size = static_cast<double>(row.ratings);
      sums.groups += row.journeys;
      sums.squared_sizes += size * size * static_cast<double>(row.journeys);
      sums.within += row.within();
      sums.between += row.between(all, sums.n);
    }
    if (sums.n > 0) sums.mean = detail::divide_to_double(all, sums.n);
    return {detail::split_of(sums, level_), unrated_, invalid_};
  }

  bool valid() const {
    std::uint64_t n = 0;
    for (auto const& row : rows_) {
      // No more than 2^63 ratings, each row by division lest the product wraps.
      if (!row.valid() || row.journeys > INT64_MAX / row.ratings) return false;
      if (!detail::counts_fit(n, row.ratings * row.journeys)) return false;
      n += row.ratings * row.journeys;
    }
    auto const wrong_order = [](auto const& a, auto const& b) { return a.ratings >= b.ratings; };
    return std::adjacent_find(rows_.begin(), rows_.end(), wrong_order) == rows_.end();
  }
  static void describe(auto& self, auto& visit) {
    detail::visit_field(visit, *self.field_);
    visit.state("unrated", self.unrated_);
    visit.state("invalid", self.invalid_);
    visit.state("rows", self.rows_);
  }

 private:
  std::uint64_t ratings() const {
    std::uint64_t n = 0;
    for (auto const& row : rows_) n += row.ratings * row.journeys;
    return n;
  }
  void add_row(detail::journeys_of_size const& one) {
    auto const at =
        std::lower_bound(rows_.begin(), rows_.end(), one,
                         [](auto const& a, auto const& b) { return a.ratings < b.ratings; });
    if (at != rows_.end() && at->ratings == one.ratings)
      at->merge(one);
    else
      rows_.insert(at, one);
  }

  detail::box<Field> field_;
  confidence level_;
  std::uint64_t unrated_ = 0;
  std::uint64_t invalid_ = 0;
  std::vector<detail::journeys_of_size> rows_;
};

/// The variance components of the ratings `field` of contacts, with the journey as the group: a
/// share near 1 says that journeys are good or bad as a whole, near 0 that each has both.
template <class Field>
auto between_journeys(Field field, confidence level = {}) {
  return journey_components<Field>(std::move(field), level);
}

}  // namespace cxm
