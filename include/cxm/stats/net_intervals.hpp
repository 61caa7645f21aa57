// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// More intervals of a net share (P - D) / n, beside `adjusted_wald`, `wald` and `student`. A net
/// is the difference of two shares of the same answers, as McNemar's paired difference is, so the
/// literature of paired proportions applies with b = promoters and c = detractors.
/// Which one: `mover_wilson` and `tango` stay within -1..1 and hold their level near the ends,
/// where nearly all are promoters; the other two are for comparison with published figures.
/// Sources: Agresti & Min, Statistics in Medicine 24 (2005); Bonett & Price, J. Educational and
/// Behavioral Statistics 37 (2012); Tango, Statistics in Medicine 17 (1998); Newcombe, same volume.
#include <cxm/core/detail/order.hpp>
#include <cxm/stats/interval.hpp>

#include <cstdint>
#include <string_view>

namespace cxm {
/// The Wald interval after adding half a promoter, half a detractor and one passive.
struct agresti_min : detail::net_method<agresti_min> {
  static constexpr std::string_view name = "Agresti-Min";
  static constexpr added_answers added{0.5, 2};

  using detail::net_method<agresti_min>::net;
  static constexpr maybe<bounded_interval> net(effective_net const& of, confidence level = {}) {
    return detail::padded_wald<agresti_min>(of, level);
  }
};

/// The Wald interval after adding one promoter and one detractor.
struct bonett_price : detail::net_method<bonett_price> {
  static constexpr std::string_view name = "Bonett-Price";
  static constexpr added_answers added{1, 2};

  using detail::net_method<bonett_price>::net;
  static constexpr maybe<bounded_interval> net(effective_net const& of, confidence level = {}) {
    return detail::padded_wald<bonett_price>(of, level);
  }
};

/// Tango's score interval: all nets D that the score test would not reject,
/// |P - D - n·net| <= z sqrt(n (2 q + net (1 - net))), q being the share of detractors that is most
/// likely under that net. Found by bisection, to the last digits.
struct tango : detail::net_method<tango> {
  static constexpr std::string_view name = "Tango score";

  using detail::net_method<tango>::net;
  static constexpr maybe<bounded_interval> net(effective_net const& of, confidence level = {}) {
    if (!(of.n > 0)) return reason::no_data;
    double const z = z_of(level);
    interval const ends{-high(of.detractors, of.promoters, of.n, z),
                        high(of.promoters, of.detractors, of.n, z)};
    return detail::made_by<tango>(level, {ends, ends});
  }

 private:
  /// The score statistic at `net`, 0 at the estimate and falling. A negative net is mirrored: then
  /// nothing cancels under the root.
  static constexpr double statistic(double p, double d, double n, double net) noexcept {
    if (net < 0) return -statistic(d, p, n, -net);
    double const b = -p - d + (2 * n - p + d) * net;
    double const c = -d * net * (1 - net);
    double const root = detail::square_root(b * b - 8 * n * c);
    // The root of 2n q² + b q + c = 0; the form that adds like signs.
    double const q = b > 0 ? (c == 0 ? 0.0 : -2 * c / (b + root)) : (root - b) / (4 * n);
    double const variance = n * (2 * q + net * (1 - net));
    double const difference = p - d - n * net;
    return variance > 0 ? difference / detail::square_root(variance) : difference * 1e300;
  }
  static constexpr double high(double p, double d, double n, double z) noexcept {
    if (p >= n) return 1;
    double inside = (p - d) / n;
    double outside = 1;
    while (true) {
      double const middle = inside + (outside - inside) / 2;
      if (!(inside < middle && middle < outside)) return middle;
      (statistic(p, d, n, middle) >= -z ? inside : outside) = middle;
    }
  }
};

/// Newcombe's square-and-add method from the Wilson intervals of the shares of promoters and
/// detractors, with the correlation of the two.
struct mover_wilson {
  using policy_kind = interval_method;
  static constexpr std::string_view name = "MOVER-Wilson";

  static constexpr maybe<bounded_interval> net(std::uint64_t promoters, std::uint64_t detractors,
                                               std::uint64_t n, confidence level = {}) {
    detail::check_net(promoters, detractors, n);
    if (n == 0) return reason::no_data;
    return found(
        {static_cast<double>(promoters), static_cast<double>(detractors), static_cast<double>(n)},
        net_share(promoters, detractors, n), level);
  }
  static constexpr maybe<bounded_interval> net(effective_net const& of, confidence level = {}) {
    if (!(of.n > 0)) return reason::no_data;
    return found(of, (of.promoters - of.detractors) / of.n, level);
  }

 private:
  static constexpr maybe<bounded_interval> found(effective_net const& of, double net,
                                                 confidence level) {
    double const p = of.promoters / of.n;
    double const d = of.detractors / of.n;
    auto const good = *wilson::share({of.promoters, of.n - of.promoters}, level);
    auto const bad = *wilson::share({of.detractors, of.n - of.detractors}, level);
    double const others = (1 - p) * (1 - d);
    double const correlation = others > 0 ? -detail::square_root(p * d / others) : 0;
    interval const ends{net - length(p - good.low, bad.high - d, correlation),
                        net + length(good.high - p, d - bad.low, correlation)};
    return detail::made_by<mover_wilson>(level, detail::clip(ends, detail::net_range));
  }
  static constexpr double length(double a, double b, double correlation) noexcept {
    return detail::square_root(detail::greater(0.0, a * a + b * b - 2 * correlation * a * b));
  }
};
}  // namespace cxm
