// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/confidence.hpp>
#include <cxm/core/detail/constant_math.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/survey/tally_counts.hpp>
#include <cxm/survey/weighted_counts.hpp>

#include <cstdint>
#include <string_view>

/// \file
/// Does a column look like the scale that it is read on? A column of 1 to 10 read as 0 to 10 shows
/// nothing wrong: no answer is off the scale, every score is computed, and is not comparable. What
/// gives it away is that nobody ever answered 0. `tally(nps(), scale_check())` says so as soon as
/// there are answers enough to tell.

namespace cxm {

/// What the answers say of the scale.
enum class scale_verdict : std::uint8_t {
  fits,             ///< both ends are used, hardly anything is off the scale
  too_few_to_tell,  ///< an end is unused, as it may be by chance
  end_unused,       ///< an end is unused though it should have been seen: another scale?
  off_scale         ///< more answers are off the scale than typing errors would be
};

/// The name of a verdict.
constexpr std::string_view name(scale_verdict verdict) {
  constexpr std::string_view names[] = {"fits", "too_few_to_tell", "end_unused", "off_scale"};
  return names[static_cast<std::size_t>(verdict)];
}

/// How much of the scale was used.
struct scale_report {
  std::uint64_t n = 0;
  std::uint64_t missing = 0;
  std::uint64_t invalid = 0;
  maybe<std::int64_t> lowest = reason::no_data;   ///< the lowest answer on the scale
  maybe<std::int64_t> highest = reason::no_data;  ///< the highest
  std::uint64_t unused_low = 0;                   ///< points below the lowest answer
  std::uint64_t unused_high = 0;                  ///< points above the highest
  /// At most this share of answers belongs to what was never seen at the ends, 1 − (1 −
  /// level)^(1/n) with the confidence asked for: about 3/n.
  maybe<double> unseen_share = reason::no_data;
  maybe<scale_verdict> verdict = reason::no_data;
};

/// The question which share of answers is too small to wonder about.
struct negligible_share;

/// A share of answers so small that its absence at an end, or its presence off the scale, means
/// nothing. Default 0.01.
class negligible {
 public:
  using policy_kind = negligible_share;

  constexpr explicit negligible(double share) : share_(share) {
    if (!(share > 0 && share < 1))
      detail::refuse("cxm::negligible: a share between 0 and 1, as in negligible{0.01}");
  }
  constexpr double share() const { return share_; }

 private:
  double share_;
};

/// Reads a tally for signs of another scale.
struct scale_check_reading {
  negligible share;
  confidence level;

  constexpr scale_report operator()(tally_counts const& counts) const {
    scale_report found{counts.n(), counts.missing + counts.unanswered, counts.invalid};
    if (found.n > 0) use_of(found, counts);
    if (found.n + found.invalid > 0) found.verdict = verdict_of(found);
    return found;
  }
  /// Weights do not change on which scale people answered.
  constexpr scale_report operator()(weighted_counts const& counts) const {
    return (*this)(counts.answers);
  }

 private:
  constexpr void use_of(scale_report& found, tally_counts const& counts) const {
    std::size_t first = 0, last = counts.points.size() - 1;
    while (counts.points[first] == 0) ++first;
    while (counts.points[last] == 0) --last;
    found.unused_low = first;
    found.unused_high = counts.points.size() - 1 - last;
    found.lowest = counts.low + static_cast<std::int64_t>(first);
    found.highest = counts.low + static_cast<std::int64_t>(last);
    auto const n = static_cast<double>(found.n);
    found.unseen_share = -detail::exponential_m1(detail::logarithm(1 - level.level()) / n);
  }
  constexpr scale_verdict verdict_of(scale_report const& found) const {
    auto const all = static_cast<double>(found.n) + static_cast<double>(found.invalid);
    if (static_cast<double>(found.invalid) > share.share() * all) return scale_verdict::off_scale;
    if (found.unused_low + found.unused_high == 0) return scale_verdict::fits;
    return *found.unseen_share < share.share() ? scale_verdict::end_unused
                                               : scale_verdict::too_few_to_tell;
  }
};

/// Does the column look like its scale? A reading for `tally`. Policies, in any order: `negligible`
/// and `confidence`. With the defaults an end that nobody used is called out from 299 answers on.
template <class... Policies>
constexpr auto scale_check(Policies... policies) {
  static_assert((detail::answers_one_of<Policies, negligible_share, confidence_level> && ...),
                "cxm::scale_check: takes negligible and confidence");
  static_assert(
      detail::no_question_twice<negligible_share, confidence_level>::template in<Policies...>,
      "cxm::scale_check: two policies answer the same question");
  return scale_check_reading{detail::pick<negligible_share>(negligible{0.01}, policies...),
                             detail::pick<confidence_level>(confidence{}, policies...)};
}

}  // namespace cxm
