// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// Confidence intervals of shares, of nets (share of promoters minus share of detractors) and of
/// means. The method is a type, the confidence an argument: `wilson::share(7, 10)`,
/// `adjusted_wald::net(70, 10, 100, confidence{0.9})`. Shares are in 0..1, nets in -1..1.
/// Which one: `wilson` for a share; `adjusted_wald` for a net (it keeps its level down to n = 10,
/// where the plain `wald` covers 87 % and not 95 %); `student` for a mean.
/// Sources: Wilson, JASA 22 (1927); Agresti & Min, Biometrics 61 (2005) and Rocks, The American
/// Statistician 70 (2016) for adjusted Wald intervals of differences, with 3/4 and 3.
#include <cxm/core/detail/constant_math.hpp>
#include <cxm/core/detail/order.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/wide.hpp>
#include <cxm/stats/bounded_interval.hpp>
#include <cxm/stats/effective_counts.hpp>
#include <cxm/stats/normal.hpp>
#include <cxm/stats/students_t.hpp>

#include <cstdint>
#include <limits>
#include <string_view>

namespace cxm {
namespace detail {
constexpr void check_share(std::uint64_t successes, std::uint64_t n) {
  if (successes > n) refuse("cxm::share: more successes than answers");
}
constexpr void check_net(std::uint64_t promoters, std::uint64_t detractors, std::uint64_t n) {
  if (promoters > n || detractors > n - promoters) {
    refuse("cxm::net: more promoters and detractors than answers");
  }
}
}  // namespace detail

/// (promoters - detractors) / n, in -1..1; `n` above 0.
constexpr double net_share(std::uint64_t promoters, std::uint64_t detractors, std::uint64_t n) {
  detail::check_net(promoters, detractors, n);
  auto const size = promoters < detractors ? detractors - promoters : promoters - detractors;
  double const share = static_cast<double>(size) / static_cast<double>(n);
  return promoters < detractors ? -share : share;
}

/// The variance p + d - (p - d)² of one answer counted as +1, 0 or -1; `n` above 0. From the exact
/// integers n (P + D) - (P - D)² and n², so that it is 0 for unanimous answers and never below.
constexpr double net_variance(std::uint64_t promoters, std::uint64_t detractors, std::uint64_t n) {
  detail::check_net(promoters, detractors, n);
  using word = detail::wide_unsigned<1>;
  auto const size = promoters < detractors ? detractors - promoters : promoters - detractors;
  return detail::ratio_to_double(word{n} * word{promoters + detractors} - word{size} * word{size},
                                 word{n} * word{n});
}

namespace detail {
constexpr net_estimate padded_net(std::uint64_t promoters, std::uint64_t detractors,
                                  std::uint64_t n, added_answers added) {
  return padded_net(
      {static_cast<double>(promoters), static_cast<double>(detractors), static_cast<double>(n)},
      added);
}
template <class Method>
constexpr maybe<bounded_interval> padded_wald(effective_net const& of, confidence level) {
  if (!(of.n > 0)) return reason::no_data;
  auto const found = padded_net(of, Method::added);
  return made_by<Method>(
      level, around(found.net, z_of(level) * detail::square_root(found.variance), net_range));
}

/// A method for shares gives the interval of counts that need not be whole; of whole ones it is the
/// same.
template <class Method>
struct share_method {
  using policy_kind = interval_method;
  static constexpr maybe<bounded_interval> share(std::uint64_t successes, std::uint64_t n,
                                                 confidence level = {}) {
    check_share(successes, n);
    return Method::share(
        effective_share{static_cast<double>(successes), static_cast<double>(n - successes)}, level);
  }
};
/// And so does one for nets.
template <class Method>
struct net_method {
  using policy_kind = interval_method;
  static constexpr maybe<bounded_interval> net(std::uint64_t promoters, std::uint64_t detractors,
                                               std::uint64_t n, confidence level = {}) {
    check_net(promoters, detractors, n);
    return Method::net(effective_net{static_cast<double>(promoters),
                                     static_cast<double>(detractors), static_cast<double>(n)},
                       level);
  }
};
}  // namespace detail

/// The textbook interval, estimate ± z · standard error. Too short for small n or extreme shares,
/// and of length 0 for unanimous answers: for comparison with published figures.
struct wald {
  using policy_kind = interval_method;
  static constexpr std::string_view name = "Wald";
  static constexpr added_answers added{};

  /// Of successes / n.
  static constexpr maybe<bounded_interval> share(std::uint64_t successes, std::uint64_t n,
                                                 confidence level = {}) {
    detail::check_share(successes, n);
    if (n == 0) return reason::no_data;
    double const count = static_cast<double>(n);
    double const p = static_cast<double>(successes) / count;
    double const q = static_cast<double>(n - successes) / count;
    double const half = z_of(level) * detail::square_root(p * q / count);
    return detail::made_by<wald>(level, detail::around(p, half, detail::share_range));
  }
  static constexpr maybe<bounded_interval> share(effective_share const& of, confidence level = {}) {
    double const n = of.n();
    if (!(n > 0)) return reason::no_data;
    double const half = z_of(level) * detail::square_root(of.successes / n * (of.failures / n) / n);
    return detail::made_by<wald>(level,
                                 detail::around(of.successes / n, half, detail::share_range));
  }
  /// Of (promoters - detractors) / n.
  static constexpr maybe<bounded_interval> net(effective_net const& of, confidence level = {}) {
    return detail::padded_wald<wald>(of, level);
  }
  static constexpr maybe<bounded_interval> net(std::uint64_t promoters, std::uint64_t detractors,
                                               std::uint64_t n, confidence level = {}) {
    detail::check_net(promoters, detractors, n);
    if (n == 0) return reason::no_data;
    double const error =
        detail::square_root(net_variance(promoters, detractors, n) / static_cast<double>(n));
    return detail::made_by<wald>(level, detail::around(net_share(promoters, detractors, n),
                                                       z_of(level) * error, detail::net_range));
  }
};

/// Wilson's score interval of a share: it stays within 0..1, and its ends are exactly 0 and 1 where
/// no or all answers are successes.
struct wilson {
  using policy_kind = interval_method;
  static constexpr std::string_view name = "Wilson";

  static constexpr maybe<bounded_interval> share(std::uint64_t successes, std::uint64_t n,
                                                 confidence level = {}) {
    detail::check_share(successes, n);
    if (n == 0) return reason::no_data;
    return ends(static_cast<double>(successes), static_cast<double>(n - successes),
                static_cast<double>(n), level);
  }
  static constexpr maybe<bounded_interval> share(effective_share const& of, confidence level = {}) {
    if (!(of.n() > 0)) return reason::no_data;
    return ends(of.successes, of.failures, of.n(), level);
  }

 private:
  static constexpr bounded_interval ends(double x, double failures, double n, confidence level) {
    double const square = z_of(level) * z_of(level);
    interval const ends{low(x, n, square), 1 - low(failures, n, square)};
    // 1 - low would lose the digits of a small upper end.
    if (x > failures) return detail::made_by<wilson>(level, {ends, ends});
    interval const precise{ends.low, high(x, n, square)};
    return detail::made_by<wilson>(level, {precise, precise});
  }
  // With x successes: A = 2x + z², B = z sqrt(z² + 4 x (n - x) / n), the ends (A ± B) / 2(n + z²).
  static constexpr double root(double x, double n, double square) noexcept {
    return detail::square_root(square * (square + 4 * x * ((n - x) / n)));
  }
  // A - B cancels for a small x; (A² - B²) / (A + B) does not, and is 0 for x = 0.
  static constexpr double low(double x, double n, double square) noexcept {
    return 2 * x * (x / n) / (2 * x + square + root(x, n, square));
  }
  static constexpr double high(double x, double n, double square) noexcept {
    return (2 * x + square + root(x, n, square)) / (2 * (n + square));
  }
};

/// The Wald interval after adding 3/4 promoter, 3/4 detractor and 3/2 passive. Its centre is pulled
/// to 0; the estimate that goes with it is the plain net.
struct adjusted_wald : detail::net_method<adjusted_wald> {
  static constexpr std::string_view name = "adjusted Wald";
  static constexpr added_answers added{0.75, 3};

  using detail::net_method<adjusted_wald>::net;
  static constexpr maybe<bounded_interval> net(effective_net const& of, confidence level = {}) {
    return detail::padded_wald<adjusted_wald>(of, level);
  }
};

/// Student's interval, estimate ± t · s / sqrt(n) with n - 1 degrees of freedom; `degenerate` for a
/// single answer, whose spread is unknown.
struct student {
  using policy_kind = interval_method;
  static constexpr std::string_view name = "Student's t";

  static constexpr maybe<bounded_interval> net(std::uint64_t promoters, std::uint64_t detractors,
                                               std::uint64_t n, confidence level = {}) {
    detail::check_net(promoters, detractors, n);
    if (n == 0) return reason::no_data;
    if (n == 1) return reason::degenerate;
    double const rest = static_cast<double>(n - 1);
    double const error = detail::square_root(net_variance(promoters, detractors, n) / rest);
    return detail::made_by<student>(
        level, detail::around(net_share(promoters, detractors, n), t_of(rest, level) * error,
                              detail::net_range));
  }
  static constexpr maybe<bounded_interval> net(effective_net const& of, confidence level = {}) {
    if (!(of.n > 0)) return reason::no_data;
    double const p = of.promoters / of.n;
    double const d = of.detractors / of.n;
    double const variance = detail::greater(0.0, p * (1 - p) + d * (1 - d) + 2 * p * d);
    return mean(p - d, detail::square_root(of.n / (of.n - 1) * variance), effective_size{of.n},
                level, detail::net_range);
  }
  /// Of a mean with sample standard deviation `sd` (dividing by n - 1). A mean of answers on a
  /// scale gives the ends of the scale as `range`.
  static constexpr maybe<bounded_interval> mean(double mean, double sd, std::uint64_t n,
                                                confidence level = {},
                                                interval range = everything) {
    if (n == 0) return reason::no_data;
    if (n == 1) return reason::degenerate;
    double const error = sd / detail::square_root(static_cast<double>(n));
    return detail::made_by<student>(
        level, detail::around(mean, t_of(static_cast<double>(n - 1), level) * error, range));
  }
  static constexpr maybe<bounded_interval> mean(double mean, double sd, effective_size size,
                                                confidence level = {},
                                                interval range = everything) {
    if (!(size.n > 0)) return reason::no_data;
    if (!(size.n > 1)) return reason::degenerate;
    double const error = sd / detail::square_root(size.n);
    return detail::made_by<student>(level,
                                    detail::around(mean, t_of(size.n - 1, level) * error, range));
  }

 private:
  static constexpr interval everything{-std::numeric_limits<double>::infinity(),
                                       std::numeric_limits<double>::infinity()};
  static constexpr double t_of(double df, confidence level) {
    return -students_t_quantile(level.tail(), df);
  }
};
}  // namespace cxm
