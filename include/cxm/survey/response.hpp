// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// How many of those who were asked have answered, and what the others could do to a score:
/// `response_of(score, invitations{2000})`, the bounds between which the score of all lies whatever
/// the silent ones think, and the score of theirs at which the verdict flips. A response rate
/// belongs next to every score. Source of the bounds: Manski, Journal of Human Resources 24 (1989).

#include <cxm/core/error.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/stats/interval.hpp>
#include <cxm/stats/proportion.hpp>
#include <cxm/survey/csat.hpp>
#include <cxm/survey/mean.hpp>
#include <cxm/survey/nps.hpp>
#include <cxm/survey/score.hpp>

#include <concepts>
#include <cstdint>

namespace cxm {

/// Whom a survey reached. An invitation that bounced asked nobody: it is counted apart and in no
/// rate.
struct invitations {
  std::uint64_t delivered;
  std::uint64_t bounced = 0;
};

/// Who answered.
struct response {
  std::uint64_t answered = 0;
  std::uint64_t delivered = 0;
  std::uint64_t bounced = 0;
  maybe<double> rate = reason::no_data;         ///< answered / delivered
  maybe<double> bounce_rate = reason::no_data;  ///< bounced / (delivered + bounced)
};

/// The response of `answered` people; throws `std::invalid_argument` for more answers than
/// delivered invitations.
inline response response_of(std::uint64_t answered, invitations asked) {
  if (answered > asked.delivered)
    detail::refuse("cxm::response_of: more answers than invitations that were delivered");
  response found{answered, asked.delivered, asked.bounced};
  auto const part = [](std::uint64_t count, std::uint64_t rest) {
    return static_cast<double>(count) / (static_cast<double>(count) + static_cast<double>(rest));
  };
  if (asked.delivered > 0) found.rate = part(answered, asked.delivered - answered);
  if (asked.delivered > 0 || asked.bounced > 0)
    found.bounce_rate = part(asked.bounced, asked.delivered);
  return found;
}
/// The response behind a score: its valid answers.
template <class Score>
requires(std::derived_from<Score, score> || std::derived_from<Score, share>) response
    response_of(Score const& score, invitations asked) {
  return cxm::response_of(score.n, asked);
}

/// Between which ends the score of everybody lies.
struct silent_bounds {
  interval score;     ///< the silent all answer at the worst end, and all at the best one
  interval sampling;  ///< the same around the ends of the score's own interval
};

namespace detail {

template <class Score>
constexpr interval range_of() {
  if constexpr (std::derived_from<Score, nps_score>) {
    return {-100, 100};
  } else {
    static_assert(std::derived_from<Score, csat_score> || std::derived_from<Score, share>,
                  "cxm::with_silent: which range has this score? Give it, as interval{1, 5}");
    return {0, 1};
  }
}

}  // namespace detail

/// The worst and the best that the score of all who were asked can be, r m + (1 − r) low and
/// r m + (1 − r) high for a response rate r and a score that lies within `range`. In the unit of
/// the score; `no_data` where nobody answered.
template <class Score>
maybe<silent_bounds> with_silent(Score const& score, response const& of, interval range) {
  if (!score.value.has_value()) return score.value.why();
  if (!of.rate) return of.rate.why();
  double const r = *of.rate;
  auto const around = [&](double low, double high) {
    return interval{r * low + (1 - r) * range.low, r * high + (1 - r) * range.high};
  };
  silent_bounds found{around(*score.value, *score.value), {}};
  found.sampling =
      score.interval.has_value() ? around(score.interval->low, score.interval->high) : found.score;
  return found;
}
/// Of NPS, CSAT and shares, whose range is known.
template <class Score>
maybe<silent_bounds> with_silent(Score const& score, response const& of) {
  return cxm::with_silent(score, of, detail::range_of<Score>());
}

/// The score of the silent at which that of all is exactly `level`: (level − r m)/(1 − r). Beyond
/// the range of the score: whatever they think, the verdict stays. `degenerate` where all answered.
template <class Score>
maybe<double> break_even(Score const& score, response const& of, double level = 0) {
  if (!score.value.has_value()) return score.value.why();
  if (!of.rate) return of.rate.why();
  if (of.answered == of.delivered) return reason::degenerate;
  return (level - *of.rate * *score.value) / (1 - *of.rate);
}

}  // namespace cxm
