// SPDX-License-Identifier: BSL-1.0
// Published: the six targets and four judges of Shrout & Fleiss, Psychological Bulletin 86 (1979),
// table 2: BMS 11.24, WMS 6.26, ICC(1,1) = .17, ICC(1,4) = .44, F(5, 18) = 1.79; the interval −.133
// to .723 is the one that the R package psych prints for them.
#include <cxm/stats/by.hpp>
#include <cxm/stats/exact_moments.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/moments.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/variance_components.hpp>

#include "catch.hpp"

#include <cmath>
#include <map>
#include <random>
#include <utility>
#include <vector>

using namespace Catch::Matchers;

namespace {
struct rating {
  int where;
  int value;
};
auto split(std::vector<rating> const& ratings, cxm::confidence level = {}) {
  auto const found =
      cxm::measure(ratings, cxm::by(&rating::where, cxm::on(&rating::value, cxm::moments())));
  return cxm::variance_components(found.result(), level);
}
std::vector<rating> shrout_and_fleiss() {
  std::vector<std::vector<int>> const table = {{9, 2, 5, 8}, {6, 1, 3, 2},  {8, 4, 6, 8},
                                               {7, 1, 2, 6}, {10, 5, 6, 9}, {6, 2, 4, 7}};
  std::vector<rating> ratings;
  for (int target = 0; target < 6; ++target)
    for (int const value : table[static_cast<std::size_t>(target)])
      ratings.push_back({target, value});
  return ratings;
}
}  // namespace

TEST_CASE("Variance components: table 2 of Shrout & Fleiss (1979), ICC(1,1) = .17") {
  auto const found = split(shrout_and_fleiss());
  CHECK(found.groups == 6);
  CHECK(found.n == 24);
  CHECK_THAT(*found.mean_square_between, WithinAbs(11.24, 0.005));
  CHECK_THAT(*found.mean_square_within, WithinAbs(6.26, 0.005));
  CHECK_THAT(*found.icc, WithinAbs(0.17, 0.005));
  CHECK_THAT(*found.reliability, WithinAbs(0.44, 0.005));
  CHECK_THAT(*found.statistic, WithinAbs(1.79, 0.005));
  CHECK_THAT(found.interval->raw.low, WithinAbs(-0.133, 0.0005));
  CHECK_THAT(found.interval->raw.high, WithinAbs(0.723, 0.0005));
  // The same to all digits, by NumPy and SciPy.
  CHECK_THAT(*found.icc, WithinRel(0.16574176840547544, 1e-13));
  CHECK_THAT(*found.p, WithinRel(0.16476880834463953, 1e-11));
  CHECK_THAT(found.interval->raw.low, WithinRel(-0.13293232487475098, 1e-12));
  CHECK_THAT(found.interval->high, WithinRel(0.722560062328121, 1e-12));
  CHECK(found.interval->low == 0.0);
  CHECK(*found.group_size == 4.0);
  CHECK(*found.df_between == 5.0);
  CHECK(*found.df_within == 18.0);
}

TEST_CASE("Variance components equal sums of squares by definition, for groups of unequal size") {
  std::mt19937_64 random(3);
  for (int round = 0; round < 100; ++round) {
    std::vector<rating> ratings;
    std::map<int, std::vector<double>> groups;
    int const places = 2 + static_cast<int>(random() % 6);
    for (int i = 0; i < 3 + static_cast<int>(random() % 60); ++i) {
      int const where = static_cast<int>(random() % static_cast<unsigned>(places));
      int const value = where + static_cast<int>(random() % 8);
      ratings.push_back({where, value});
      groups[where].push_back(value);
    }
    double const n = static_cast<double>(ratings.size()), k = static_cast<double>(groups.size());
    double sum = 0, between = 0, within = 0, sizes = 0;
    for (auto const& one : ratings) sum += one.value;
    for (auto const& [where, values] : groups) {
      double total = 0;
      for (double const x : values) total += x;
      double const size = static_cast<double>(values.size()), mean = total / size;
      between += size * (mean - sum / n) * (mean - sum / n);
      for (double const x : values) within += (x - mean) * (x - mean);
      sizes += size * size;
    }
    if (k < 2 || n <= k || within <= 0) continue;
    auto const found = split(ratings);
    double const n0 = (n - sizes / n) / (k - 1);
    double const msb = between / (k - 1), msw = within / (n - k);
    CHECK_THAT(*found.mean, WithinRel(sum / n, 1e-13));
    CHECK_THAT(*found.between, WithinAbs((msb - msw) / n0, 1e-11));
    CHECK_THAT(*found.within, WithinRel(msw, 1e-12));
    CHECK_THAT(*found.icc, WithinAbs((msb - msw) / (msb + (n0 - 1) * msw), 1e-12));
    CHECK(*found.share >= 0);
    CHECK(found.interval->low <= *found.share);
    CHECK(*found.share <= found.interval->high);
    CHECK(split(ratings, cxm::confidence{0.5}).interval->low >= found.interval->low);
  }
}

TEST_CASE("Variance components of doubles, and of the same ratings shifted") {
  auto const ratings = shrout_and_fleiss();
  auto const plain = split(ratings);
  auto const doubles = cxm::variance_components(
      cxm::measure(ratings,
                   cxm::by(&rating::where, cxm::on([](rating const& r) { return 0.5 * r.value; },
                                                   cxm::exact_moments())))
          .result());
  CHECK_THAT(*doubles.icc, WithinRel(*plain.icc, 1e-13));
  CHECK_THAT(*doubles.within, WithinRel(*plain.within / 4, 1e-13));
  auto shifted = ratings;
  for (auto& one : shifted) one.value += 1'000'000;
  CHECK_THAT(*split(shifted).icc, WithinRel(*plain.icc, 1e-8));
}

TEST_CASE("Variance components where there is nothing to split") {
  CHECK(split({}).icc.why() == cxm::reason::no_data);
  CHECK(split({}).mean.why() == cxm::reason::no_data);
  CHECK(split({{1, 5}, {1, 7}}).icc.why() == cxm::reason::degenerate);  // one group
  CHECK(*split({{1, 5}, {1, 7}}).mean == 6.0);
  CHECK(split({{1, 5}, {2, 7}}).icc.why() == cxm::reason::degenerate);  // one value each
  auto const same = split({{1, 5}, {1, 5}, {2, 5}, {2, 5}});
  CHECK(same.icc.why() == cxm::reason::degenerate);
  CHECK(*same.within == 0.0);
  CHECK(*same.between == 0.0);
  auto const apart = split({{1, 5}, {1, 5}, {2, 9}, {2, 9}});
  CHECK(*apart.share == 1.0);
  CHECK(apart.interval->low == 1.0);
  CHECK(apart.p.why() == cxm::reason::degenerate);
  auto const alike = split({{1, 5}, {1, 9}, {2, 5}, {2, 9}});
  CHECK(*alike.icc == -1.0);
  CHECK(*alike.share == 0.0);
  CHECK(alike.reliability.why() == cxm::reason::degenerate);
  CHECK(alike.interval->low == 0.0);
}
