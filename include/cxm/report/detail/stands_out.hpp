// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// How sure is it that a score differs from a fixed value, whichever score it is? The p-value by
/// the interval of its kind (survey/target.hpp), else by its standard error, else by what its
/// interval at 95 % implies.

#include <cxm/core/codec.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/report/detail/people.hpp>
#include <cxm/report/estimate.hpp>
#include <cxm/stats/comparison.hpp>
#include <cxm/survey/noisy_estimates.hpp>
#include <cxm/survey/target.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <concepts>
#include <tuple>
#include <type_traits>
#include <variant>

namespace cxm::detail {

inline maybe<double> p_by_error(maybe<double> const& value, maybe<double> const& error,
                                double level) {
  if (!value) return value.why();
  if (!error) return error.why();
  if (!(*error > 0)) return reason::degenerate;
  return two_sided((*value - level) / *error);
}
inline maybe<double> p_by_ends(estimate const& score, double level) {
  if (!score.value) return score.value.why();
  if (!score.low || !score.high) return score.low.why();
  return p_by_error(score.value, (*score.high - *score.low) / (2 * z_of(confidence{})), level);
}
template <class Score>
maybe<double> p_against(Score const& score, double level) {
  auto const test = against(score, target{level});
  return test.above.transform(
      [&](double above) { return std::min(1.0, 2 * std::min(above, *test.below)); });
}

/// A net of bands, which `against` knows only by its error.
template <class Result>
inline constexpr bool is_plain_net =
    score_of_net<Result> && !std::derived_from<Result, nps_score> && !weighted_result<Result>;

/// The two-sided p that the quantity is `level`.
template <class Result>
maybe<double> p_of_standing_out(Result const& result, double level) {
  if constexpr (is_variant<Result>) {
    return std::visit([&](auto const& one) { return p_of_standing_out(one, level); }, result);
  } else if constexpr (is_tuple<Result>) {
    auto const first = [&]<class First, class... Rest>(auto const& self, First const& one,
                                                       Rest const&... rest) -> maybe<double> {
      if constexpr (gives_estimate<First>())
        return p_of_standing_out(one, level);
      else
        return self(self, rest...);
    };
    return std::apply([&](auto const&... part) { return first(first, part...); }, result);
  } else if constexpr (!score_of_mean<Result> &&
                       (is_weighted_score<Result> || is_plain_net<Result>)) {
    // A unanimous group has no error of its own; it is steadied as a small one is.
    std::array<Result, 1> const alone{result};
    auto const steadied = noisy_estimates(alone, own_answers{}).front();
    return p_by_error(result.value,
                      steadied.transform([](auto const& one) { return std::sqrt(one.variance); }),
                      level);
  } else if constexpr (std::derived_from<Result, share>) {
    csat_score as_score;
    as_score.n = result.n;
    as_score.value = result.value;
    as_score.good = result.successes;
    return p_against(as_score, level);
  } else if constexpr (std::derived_from<Result, nps_score> ||
                       std::derived_from<Result, csat_score> ||
                       (weighted_result<Result> && score_of_net<Result>) ||
                       (std::derived_from<Result, mean_score> && !is_weighted_score<Result>)) {
    return p_against(result, level);
  } else if constexpr (requires { p_by_error(result.value, result.standard_error, level); }) {
    return p_by_error(result.value, result.standard_error, level);
  } else {
    return p_by_ends(estimate_of(result), level);
  }
}

}  // namespace cxm::detail
