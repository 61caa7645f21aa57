// SPDX-License-Identifier: BSL-1.0
#include <cxm/survey/scale.hpp>
#include <cxm/survey/score.hpp>
#include <cxm/survey/tally.hpp>
#include <cxm/survey/tally_counts.hpp>

#include "catch.hpp"

#include <cmath>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <vector>

static_assert(cxm::scale<cxm::points<0, 10>>);
static_assert(cxm::scale<cxm::any_points>);
static_assert(!cxm::scale<int>);
static_assert(cxm::policy<cxm::points<1, 5>>);
static_assert(cxm::points<0, 10>::size() == 11);

namespace {
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinite = std::numeric_limits<double>::infinity();
enum class effort : std::int8_t { low = 1, high = 5, odd = -7 };
enum class large_effort : std::uint64_t { low = 1, wrapped = 0xfffffffffffffffe };

/// Where an answer went: a point of the scale, or "invalid" as 1000 and "missing" as 2000.
template <class Scale, class Answer>
std::int64_t place(Scale scale, Answer answer) {
  auto tally = cxm::tally(scale, [](cxm::tally_counts const&) { return 0; });
  tally.add(answer);
  auto const counts = tally.counts();
  if (counts.invalid == 1) return 1000;
  if (counts.missing == 1) return 2000;
  for (std::size_t i = 0; i < counts.points.size(); ++i)
    if (counts.points[i] == 1) return counts.low + static_cast<std::int64_t>(i);
  return 3000;
}
template <class Scale>
void check_hostile(Scale zero_to_ten) {
  CHECK(place(zero_to_ten, 7.0) == 7);
  CHECK(place(zero_to_ten, 7.0F) == 7);
  CHECK(place(zero_to_ten, 7.0L) == 7);
  CHECK(place(zero_to_ten, -0.0) == 0);
  CHECK(place(zero_to_ten, 10.0) == 10);
  for (double off : {6.5, 10.5, -0.5, 11.0, -1.0, 1e300, -1e300, 0x1p63, -0x1p63, 0x1p64, 5e-324,
                     not_a_number, infinite, -infinite})
    CHECK(place(zero_to_ten, off) == 1000);
  CHECK(place(zero_to_ten, std::nextafter(7.0, 8.0)) == 1000);
  CHECK(place(zero_to_ten, std::int8_t{10}) == 10);
  CHECK(place(zero_to_ten, std::int8_t{-1}) == 1000);
  CHECK(place(zero_to_ten, std::uint8_t{255}) == 1000);
  CHECK(place(zero_to_ten, char{7}) == 7);
  CHECK(place(zero_to_ten, UINT64_MAX) == 1000);
  CHECK(place(zero_to_ten, UINT32_MAX) == 1000);
  CHECK(place(zero_to_ten, INT64_MIN) == 1000);
  CHECK(place(zero_to_ten, INT64_MAX) == 1000);
  CHECK(place(zero_to_ten, effort::high) == 5);
  CHECK(place(zero_to_ten, effort::odd) == 1000);
  CHECK(place(zero_to_ten, large_effort::wrapped) == 1000);
  CHECK(place(zero_to_ten, std::optional<int>(3)) == 3);
  CHECK(place(zero_to_ten, std::optional<int>()) == 2000);
  CHECK(place(zero_to_ten, std::optional<double>(not_a_number)) == 1000);
  CHECK(place(zero_to_ten, std::optional<effort>(effort::low)) == 1);
}
template <class Scale>
void check_around_zero(Scale five_each_side) {
  CHECK(place(five_each_side, -5) == -5);
  CHECK(place(five_each_side, 0.0) == 0);
  CHECK(place(five_each_side, 1e-20) == 1000);  // not 0, though 1e-20 + 5 is 5
  CHECK(place(five_each_side, -1e-20) == 1000);
  CHECK(place(five_each_side, UINT64_MAX) == 1000);  // not -1
  CHECK(place(five_each_side, UINT64_MAX - 2) == 1000);
  CHECK(place(five_each_side, UINT32_MAX) == 1000);
  CHECK(place(five_each_side, large_effort::wrapped) == 1000);
  CHECK(place(five_each_side, std::int8_t{-5}) == -5);
}
}  // namespace

TEST_CASE(
    "scale: hostile answers are on a point, invalid or missing, alike at compile time and at run "
    "time") {
  check_hostile(cxm::points<0, 10>{});
  check_hostile(cxm::any_points{0, 10});
  check_around_zero(cxm::points<-5, 5>{});
  check_around_zero(cxm::any_points{-5, 5});
}

TEST_CASE("scale: at the ends of 64 bits") {
  CHECK(place(cxm::points<INT64_MAX - 1, INT64_MAX>{}, INT64_MAX) == INT64_MAX);
  CHECK(place(cxm::points<INT64_MIN, INT64_MIN + 3>{}, INT64_MIN + 1) == INT64_MIN + 1);
  CHECK(place(cxm::any_points{INT64_MAX - 1, INT64_MAX}, INT64_MIN) == 1000);
  CHECK(place(cxm::points<INT64_MAX - 1, INT64_MAX>{}, 0x1p63) == 1000);
  CHECK(place(cxm::points<INT64_MIN, INT64_MIN + 3>{}, -0x1p63) == INT64_MIN);
}

TEST_CASE("any_points: refuses what is no scale") {
  CHECK_THROWS_AS(cxm::any_points(5, 5), std::invalid_argument);
  CHECK_THROWS_AS(cxm::any_points(5, 1), std::invalid_argument);
  CHECK_THROWS_AS(cxm::any_points(0, 1024), std::invalid_argument);
  CHECK_THROWS_AS(cxm::any_points(INT64_MIN, INT64_MAX), std::invalid_argument);
  CHECK(cxm::any_points(0, 1023).size() == 1024);
  CHECK(cxm::any_points(1, 5) == cxm::any_points(1, 5));
  CHECK_FALSE(cxm::any_points(1, 5) == cxm::any_points(1, 5, cxm::better::low));
}

TEST_CASE("tally_counts: exact sums and quantiles of type 7") {
  std::vector<std::uint64_t> const points = {3, 0, 1};  // -1, -1, -1, 1
  cxm::tally_counts const counts{-1, cxm::better::high, points, 0, 0};
  CHECK(counts.high() == 1);
  CHECK(counts.n() == 4);
  CHECK(counts.mean() == cxm::maybe(-0.5));
  CHECK(counts.variance() == cxm::maybe(1.0));
  CHECK(counts.quantile(0.5) == cxm::maybe(-1.0));
  CHECK(counts.quantile(1.0) == cxm::maybe(1.0));
  CHECK(counts.quantile(5.0 / 6) == cxm::maybe(0.0));
  CHECK(counts.between(-1, 0) == 3);
  CHECK(counts.at_or_better(0) == 1);
  for (double share : {-0.1, 1.5, not_a_number})
    CHECK_THROWS_AS(counts.quantile(share), std::invalid_argument);
}
