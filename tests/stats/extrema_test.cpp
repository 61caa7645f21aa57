// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/extrema.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/testing/merge_laws.hpp>

#include "catch.hpp"

#include <chrono>
#include <cmath>
#include <limits>
#include <optional>
#include <vector>

namespace {
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinite = std::numeric_limits<double>::infinity();
template <class Value>
auto extrema_of(std::vector<Value> const& values) {
  return cxm::measure(values, cxm::extrema()).result();
}
template <class Value>
void check_laws(std::vector<Value> const& values) {
  auto const report = cxm::check_merge_laws(cxm::extrema(), values);
  INFO(report.text());
  CHECK(report.holds());
}
using hours = std::chrono::duration<double, std::ratio<3600>>;
using moment = std::chrono::time_point<std::chrono::system_clock, hours>;
}  // namespace

TEST_CASE("extrema: of numbers, enums, durations and times; nothing of nothing") {
  enum class size { small, large };
  CHECK(extrema_of(std::vector<int>{}).min == cxm::maybe<int>(cxm::reason::no_data));
  CHECK(extrema_of(std::vector{3, -7, 5}).min == cxm::maybe(-7));
  CHECK(extrema_of(std::vector{3, -7, 5}).max == cxm::maybe(5));
  CHECK(extrema_of(std::vector{UINT64_MAX, std::uint64_t{0}}).max == cxm::maybe(UINT64_MAX));
  CHECK(extrema_of(std::vector{size::large, size::small}).min == cxm::maybe(size::small));
  using std::chrono::sys_seconds;
  std::vector<sys_seconds> const times = {sys_seconds(std::chrono::seconds(9)),
                                          sys_seconds(std::chrono::seconds(4))};
  CHECK(extrema_of(times).min == cxm::maybe(times[1]));
  auto const some = extrema_of(std::vector<std::optional<int>>{std::nullopt, 4});
  CHECK(some.missing == 1);
  CHECK(some.n == 1);
}

TEST_CASE("extrema: what is not finite is invalid, also inside a duration or a time") {
  auto const numbers = extrema_of(std::vector{not_a_number, 2.0, infinite, -infinite, -3.0});
  CHECK(numbers.invalid == 3);
  CHECK(numbers.min == cxm::maybe(-3.0));
  auto const waits = extrema_of(std::vector{hours(not_a_number), hours(2), hours(infinite)});
  CHECK(waits.n == 1);
  CHECK(waits.invalid == 2);
  CHECK(waits.min == cxm::maybe(hours(2)));
  CHECK(extrema_of(std::vector{moment(hours(not_a_number)), moment(hours(1))}).max ==
        cxm::maybe(moment(hours(1))));
}

TEST_CASE("extrema: merge laws, with both zeros and what is not finite") {
  check_laws(std::vector{5, 3, 9, -4});
  check_laws(std::vector{-0.0, 0.0, not_a_number, infinite, 0.0, -0.0});
  check_laws(std::vector{hours(-0.0), hours(0.0), hours(not_a_number)});
  check_laws(
      std::vector<std::optional<moment>>{moment(hours(-0.0)), moment(hours(0)), std::nullopt});
}
