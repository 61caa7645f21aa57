// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/detail/constant_math.hpp>

#include "catch.hpp"

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>

namespace constant = cxm::detail::constant;

static_assert(cxm::detail::square_root(2.0) == 1.4142135623730951);
static_assert(cxm::detail::square_root(0.0) == 0.0);
static_assert(cxm::detail::square_root(1e-320) > 0.0);
static_assert(cxm::detail::logarithm(1.0) == 0.0);
static_assert(cxm::detail::exponential(0.0) == 1.0);
static_assert(cxm::detail::absolute(-2.5) == 2.5);

namespace {
double relative(double found, double wanted) {
  return found == wanted ? 0.0 : std::abs(found - wanted) / std::abs(wanted);
}
}  // namespace

TEST_CASE("constant_math: the square root is that of the processor, to the last bit") {
  std::mt19937_64 random(1);
  for (int i = 0; i < 100'000; ++i) {
    auto const x = std::bit_cast<double>(random() >> 1);
    if (!std::isfinite(x)) continue;
    REQUIRE(constant::square_root(x) == std::sqrt(x));
  }
  for (double x : {5e-324, 1e-310, std::numeric_limits<double>::max(), 4.0, 0.25})
    CHECK(constant::square_root(x) == std::sqrt(x));
  CHECK(std::isnan(constant::square_root(-1.0)));
}

TEST_CASE("constant_math: logarithms and exponentials within some ulps, and at the ends") {
  std::mt19937_64 random(2);
  auto const uniform = [&] { return static_cast<double>(random() >> 11) * 0x1p-53; };
  for (int i = 0; i < 100'000; ++i) {
    auto const any = std::bit_cast<double>(random() >> 1);
    if (std::isfinite(any) && any > 0)
      REQUIRE(relative(constant::logarithm(any), std::log(any)) < 1e-15);
    double const near_one = 0.5 + uniform();
    REQUIRE(relative(constant::logarithm(near_one), std::log(near_one)) < 1e-15);
    double const x = (uniform() - 0.5) * 1400;
    REQUIRE(relative(constant::exponential(x), std::exp(x)) < 1e-15);
    double const a = uniform(), b = uniform();
    REQUIRE(relative(constant::product_plus(a, b, -a * b), std::fma(a, b, -a * b)) == 0);
  }
  CHECK(constant::logarithm(0.0) == -std::numeric_limits<double>::infinity());
  CHECK(std::isnan(constant::logarithm(-1.0)));
  CHECK(constant::exponential(1000.0) == std::numeric_limits<double>::infinity());
  CHECK(constant::exponential(-1000.0) == 0.0);
  CHECK(relative(constant::exponential(-744.0), std::exp(-744.0)) < 0.2);  // subnormal
}
