// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// `paired(&customer::before, &customer::after, nps())`: the same people asked twice. It counts the
/// pairs of answers, so that everything about the change is a reading of one exact state: who moved
/// from which class to which, the change of the score with the error of *paired* differences (two
/// independent samples would throw away most of the evidence), and the test that the classes kept
/// their shares.
/// Sources: Student's t on the differences of each person's class; Stuart and Maxwell's test.
#include <cxm/core/accumulator.hpp>
#include <cxm/core/detail/box.hpp>
#include <cxm/core/field.hpp>
#include <cxm/core/retraction.hpp>
#include <cxm/stats/paired_classes.hpp>
#include <cxm/survey/compare.hpp>
#include <cxm/survey/csat.hpp>
#include <cxm/survey/nps.hpp>
#include <cxm/survey/tally.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace cxm {
namespace detail {
/// The classes of a reading: how many, which one a point is in, and what an answer of it scores.
template <class Method>
struct classes_of_nps {
  nps_reading<Method> const& reading;
  static constexpr std::size_t size = 3;  // detractors, passives, promoters
  static constexpr std::string_view name = "NPS";
  static constexpr unit in = unit::points;
  std::size_t at(std::int64_t point, better) const {
    return point <= reading.detractors.point ? 0 : point >= reading.promoters.point ? 2 : 1;
  }
  static constexpr double score(std::size_t cell) { return static_cast<double>(cell) * 100 - 100; }
};
template <class Method>
struct classes_of_csat {
  csat_reading<Method> const& reading;
  static constexpr std::size_t size = 2;  // the others, the satisfied
  static constexpr std::string_view name = "CSAT";
  static constexpr unit in = unit::share;
  std::size_t at(std::int64_t point, better good_end) const {
    bool const good =
        good_end == better::high ? point >= reading.good.point : point <= reading.good.point;
    return good ? 1 : 0;
  }
  static constexpr double score(std::size_t cell) { return static_cast<double>(cell); }
};
template <class Method>
classes_of_nps<Method> classes_of(nps_reading<Method> const& reading) {
  return {reading};
}
template <class Method>
classes_of_csat<Method> classes_of(csat_reading<Method> const& reading) {
  return {reading};
}
}  // namespace detail

/// What became of the same people's answers.
template <class Score, std::size_t Classes>
struct paired_score {
  Score before;  ///< of those who answered both times; its missing and invalid are of everyone
  Score after;
  /// moved[from][to] people; classes from the worst to the best: detractors, passives, promoters,
  /// or unsatisfied, satisfied.
  std::array<std::array<std::uint64_t, Classes>, Classes> moved{};
  std::uint64_t n = 0;            ///< people with a valid answer both times
  std::uint64_t only_before = 0;  ///< with a valid answer before, none after
  std::uint64_t only_after = 0;
  std::uint64_t improved = 0;  ///< in a better class than before
  std::uint64_t worsened = 0;
  comparison change;           ///< after - before, by the t of the differences
  marginal_test classes_kept;  ///< Stuart and Maxwell: the classes kept their shares
};

/// Counts pairs of answers on a scale of at most 64 points. Made by `paired`.
template <class Before, class After, class Scale, class Reading>
class paired_tally {
 public:
  static constexpr std::string_view type_name = "paired";
  static constexpr std::uint16_t schema = 1;
  static constexpr merge_law merges = merge_law::exact;
  static constexpr bool retracts = true;

  paired_tally(Before before, After after, Scale scale, Reading reading)
      : before_(std::move(before)),
        after_(std::move(after)),
        scale_(std::move(scale)),
        reading_(std::move(reading)),
        counts_(width() * width()) {}

  /// Counts one person. O(1).
  template <class In>
  void add(In const& in) {
    ++counts_[place(in)];
  }
  /// The inverse, for corrections and erasure; refuses what was never added.
  template <class In>
  void remove(In const& in) {
    detail::uncount(counts_[place(in)]);
  }
  void merge(paired_tally const& other) {
    detail::require_same(scale_ == other.scale_,
                         "cxm::paired: merging tallies of different scales");
    detail::require_same(
        detail::same_field(*before_, *other.before_) && detail::same_field(*after_, *other.after_),
        "cxm::paired: merging pairs of different fields");
    for (std::size_t i = 0; i < counts_.size(); ++i)
      detail::require_fit(detail::counts_fit(counts_[i], other.counts_[i]));
    for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
  }
  auto result() const {
    auto const classes = detail::classes_of(reading_);
    paired_score<decltype(reading_(std::declval<tally_counts const&>())), decltype(classes)::size>
        found;
    found.before = margin_of(true);
    found.after = margin_of(false);
    for (std::size_t i = 0; i < width(); ++i)
      for (std::size_t j = 0; j < width(); ++j) count(found, classes, i, j);
    found.change = change_of(found, classes);
    std::vector<std::uint64_t> table;
    for (auto const& row : found.moved) table.insert(table.end(), row.begin(), row.end());
    found.classes_kept = stuart_maxwell(table, found.moved.size());
    return found;
  }

  bool empty() const {
    for (auto const count : counts_)
      if (count != 0) return false;
    return true;
  }
  bool valid() const {
    for (auto const count : counts_)
      if (!detail::counts_fit(count, 0)) return false;
    return counts_.size() == width() * width();
  }
  static constexpr void describe(auto& self, auto& visit) {
    visit.policy("scale", self.scale_);
    visit.policy("before", name_of(*self.before_));
    visit.policy("after", name_of(*self.after_));
    visit.state("counts", self.counts_);
  }

 private:
  /// The points, then invalid, then missing.
  std::size_t width() const { return scale_.size() + 2; }

  template <class Answer>
  std::size_t place_of(Answer const& answer) const {
    return detail::place_on(scale_, answer);
  }
  template <class In>
  std::size_t place(In const& in) const {
    return place_of(cxm::read(*before_, in)) * width() + place_of(cxm::read(*after_, in));
  }

  /// The answers before or after as a tally shows them: points of complete pairs.
  auto margin_of(bool first) const {
    std::vector<std::uint64_t> margin(width());
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      std::size_t const before = i / width();
      std::size_t const after = i % width();
      std::size_t const own = first ? before : after;
      if (own >= scale_.size() || (before < scale_.size() && after < scale_.size()))
        margin[own] += counts_[i];
    }
    return reading_(tally_counts{scale_.low(),
                                 scale_.good_end(),
                                 {margin.data(), scale_.size()},
                                 margin[scale_.size()],
                                 margin[scale_.size() + 1]});
  }
  template <class Found, class Classes>
  void count(Found& found, Classes const& classes, std::size_t i, std::size_t j) const {
    auto const people = counts_[i * width() + j];
    bool const had = i < scale_.size();
    bool const has = j < scale_.size();
    if (had != has) (had ? found.only_before : found.only_after) += people;
    if (!had || !has) return;
    auto const class_at = [&](std::size_t point) {
      return classes.at(scale_.low() + static_cast<std::int64_t>(point), scale_.good_end());
    };
    std::size_t const from = class_at(i);
    std::size_t const to = class_at(j);
    found.n += people;
    found.moved[from][to] += people;
    if (to > from) found.improved += people;
    if (to < from) found.worsened += people;
  }
  /// Student's t on the differences: their few possible values are counted in `moved`.
  template <class Found, class Classes>
  comparison change_of(Found const& found, Classes const& classes) const {
    double sum = 0;
    double squares = 0;
    for (std::size_t from = 0; from < Classes::size; ++from)
      for (std::size_t to = 0; to < Classes::size; ++to) {
        double const difference = classes.score(to) - classes.score(from);
        double const people = static_cast<double>(found.moved[from][to]);
        sum += people * difference;
        squares += people * difference * difference;
      }
    comparison change{found.n, found.n};
    change.quantity = Classes::name;
    change.test = "paired t";
    change.in = Classes::in;
    if (found.n == 0) return change;
    change = detail::without(change, reason::degenerate);
    double const n = static_cast<double>(found.n);
    change.value = sum / n;
    if (found.n == 1) return change;
    double const error = std::sqrt(std::max(0.0, squares - sum * (sum / n)) / (n - 1) / n);
    change.standard_error = error;
    double const most = classes.score(Classes::size - 1) - classes.score(0);
    change.interval =
        student::mean(sum / n, error * std::sqrt(n), found.n, reading_.level, {-most, most});
    if (!(error > 0)) return change;
    change.statistic = sum / n / error;
    change.degrees_of_freedom = n - 1;
    change.p = detail::two_sided(sum / n / error, n - 1);
    return change;
  }

  detail::box<Before> before_;
  detail::box<After> after_;
  [[no_unique_address]] Scale scale_;
  [[no_unique_address]] Reading reading_;
  std::vector<std::uint64_t> counts_;
};

/// Pairs of answers to the same question, read by `metric`, an `nps(…)` or `csat(…)`. An event that
/// lacks one of the two is counted apart.
template <class Before, class After, class Scale, class Reading>
auto paired(Before before, After after, scale_tally<Scale, Reading> const& metric) {
  static_assert(
      requires(Reading const& reading) { detail::classes_of(reading); },
      "cxm::paired: takes nps() or csat()");
  static_assert(
      !requires(Scale const& scale) { scale.counts(no_answer::ignored); },
      "cxm::paired: pairs are of people who answered both times; a denominator has no place here");
  if (metric.scale().size() > 64) detail::refuse("cxm::paired: the scale has more than 64 points");
  return paired_tally<Before, After, Scale, Reading>(
      std::move(before), std::move(after), metric.scale(), std::get<0>(metric.readings()));
}
}  // namespace cxm
