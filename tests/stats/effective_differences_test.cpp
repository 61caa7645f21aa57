// SPDX-License-Identifier: BSL-1.0
// Whole counts give what the plain differences give, whatever the counts.
#include <cxm/stats/effective_differences.hpp>
#include <cxm/stats/net_intervals.hpp>
#include <cxm/stats/two_means.hpp>
#include <cxm/stats/two_nets.hpp>
#include <cxm/stats/two_shares.hpp>

#include "catch.hpp"

#include <cstdint>
#include <random>

using namespace Catch::Matchers;

namespace {
void check_equal(cxm::comparison const& a, cxm::comparison const& b) {
  CHECK_THAT(*a.value, WithinAbs(*b.value, 1e-14));
  CHECK_THAT(*a.standard_error, WithinRel(*b.standard_error, 1e-13));
  CHECK_THAT(a.interval->raw.low, WithinAbs(b.interval->raw.low, 1e-13));
  CHECK_THAT(a.interval->raw.high, WithinAbs(b.interval->raw.high, 1e-13));
  REQUIRE(a.p.has_value() == b.p.has_value());
  if (a.p) CHECK_THAT(*a.p, WithinRel(*b.p, 1e-11));
}
double real(std::uint64_t count) {
  return static_cast<double>(count);
}
}  // namespace

TEST_CASE("effective differences: nets, shares and means of whole counts are the plain ones") {
  std::mt19937 random(11);
  cxm::confidence const level(0.9);
  for (int i = 0; i < 200; ++i) {
    auto const draw = [&] { return std::uint64_t{1} + random() % 50; };
    cxm::net_counts a{draw(), draw(), 0}, b{draw(), draw(), 0};
    a.n = a.promoters + a.detractors + draw();
    b.n = b.promoters + b.detractors + draw();
    auto const effective = [](cxm::net_counts of) {
      return cxm::effective_net{real(of.promoters), real(of.detractors), real(of.n)};
    };
    auto const nets = [&](auto method) {
      cxm::comparison found{a.n, b.n};
      cxm::detail::fill_difference(found, effective(a), effective(b), method, level);
      check_equal(found, cxm::net_difference(a, b, level, method));
    };
    nets(cxm::adjusted_wald{});
    nets(cxm::mover_wilson{});
    cxm::comparison shares{a.n, b.n};
    cxm::detail::fill_difference(
        shares, cxm::effective_share{real(a.promoters), real(a.n - a.promoters)},
        cxm::effective_share{real(b.promoters), real(b.n - b.promoters)}, cxm::wilson{}, level);
    check_equal(shares, cxm::share_difference({a.promoters, a.n}, {b.promoters, b.n}, level));
    cxm::comparison means{a.n, b.n};
    cxm::detail::fill_difference(means, cxm::detail::effective_mean{3.5, 1.25, real(a.n)},
                                 cxm::detail::effective_mean{3.75, 2, real(b.n)}, level, {-4, 4});
    check_equal(means, cxm::mean_difference({3.5, 1.25, a.n}, {3.75, 2, b.n}, level, cxm::welch{},
                                            {-4, 4}));
  }
}
