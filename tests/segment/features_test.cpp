// SPDX-License-Identifier: BSL-1.0
#include <cxm/event/touchpoint_fields.hpp>
#include <cxm/journey/journey_fields.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/segment/feature_policies.hpp>
#include <cxm/segment/feature_recipe.hpp>
#include <cxm/segment/features.hpp>
#include <cxm/segment/ordinal.hpp>
#include <cxm/segment/scaling.hpp>
#include <cxm/segment/transforms.hpp>

#include "catch.hpp"
#include "segment/clouds.hpp"

#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

using namespace std::chrono_literals;

namespace {
enum class tariff : std::int8_t { none = -1, basic, plus, premium };
struct customer {
  double spent;
  std::optional<int> recommend;
  std::chrono::minutes waited;
  bool digital;
  tariff plan;
  std::optional<tariff> former;
  int calls() const { return recommend.value_or(0) / 2; }
};
constexpr double no_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();
}  // namespace

TEST_CASE("features: a row for each member, durations in seconds, the incomplete counted") {
  std::vector<customer> const all = {{10.5, 9, 90min, true, tariff::premium, tariff::basic},
                                     {20, {}, 1min, false, tariff::basic, tariff::basic},
                                     {no_number, 3, 1min, false, tariff::basic, tariff::basic},
                                     {infinity, {}, 1min, false, tariff::basic, tariff::basic},
                                     {1e141, 4, 1min, false, tariff::basic, tariff::basic},
                                     {-0.0, 4, 0min, false, tariff::none, tariff::plus},
                                     {1, 4, 0min, false, tariff::basic, {}}};
  auto const table =
      cxm::features(all, &customer::spent, cxm::field<"recommend">(&customer::recommend),
                    &customer::waited, &customer::digital, cxm::ordinal(&customer::plan),
                    cxm::ordinal(cxm::field<"former">(&customer::former)), &customer::calls,
                    [](customer const& one) { return one.spent * 2; });
  CHECK(table.members() == 7);
  CHECK(table.rows() == 2);
  CHECK(table.left_out().missing == 3);  // one of them is infinite as well
  CHECK(table.left_out().not_finite == 2);
  CHECK(table.left_out().total() + table.rows() == table.members());
  CHECK(table.member(0) == 0);
  CHECK(table.member(1) == 5);
  CHECK(table.names() == std::vector<std::string>{"feature_1", "recommend", "feature_3",
                                                  "feature_4", "feature_5", "former", "feature_7",
                                                  "feature_8"});
  std::vector<double> const first = {10.5, 9, 5400, 1, 2, 0, 4, 21};
  for (Eigen::Index j = 0; j < 8; ++j) {
    CHECK(table.values()(0, j) == first[static_cast<std::size_t>(j)]);
    CHECK(table.scaled()(0, j) == table.values()(0, j));
  }
  CHECK_FALSE(std::signbit(table.values()(1, 0)));
  CHECK(table.values()(1, 4) == -1);

  auto const spread = table.per_member(std::vector<int>{4, 5});
  CHECK(spread.size() == 7);
  CHECK(spread[0] == 4);
  CHECK_FALSE(spread[1]);
  CHECK(spread[5] == 5);
  CHECK_THROWS_AS(table.per_member(std::vector<int>{4}), std::invalid_argument);
}

TEST_CASE("features: of journeys, with whatever fields journeys have") {
  struct contact {
    int customer;
    std::chrono::sys_seconds when;
    int touchpoint;
    std::optional<int> recommend;
  };
  auto const at = [](int hour) { return std::chrono::sys_seconds(hour * 1h); };
  std::vector<contact> const log = {
      {1, at(0), 1, {}}, {1, at(5), 2, 9}, {2, at(1), 1, 3}, {3, at(2), 1, {}}};
  auto const journeys = cxm::reconstruct(
      log, cxm::touchpoint_fields{&contact::customer, &contact::when, &contact::touchpoint});
  auto const table = cxm::features(journeys, cxm::cycle_time, cxm::contacts,
                                   cxm::last(cxm::field<"recommend">(&contact::recommend)));
  CHECK(table.names() == std::vector<std::string>{"cycle_time", "contacts", "last recommend"});
  CHECK(table.rows() == 2);
  CHECK(table.left_out().missing == 1);
  CHECK(table.values().col(0).sum() == 18000);
  CHECK(table.values().col(1).sum() == 3);
  CHECK(table.values().col(2).sum() == 12);
}

TEST_CASE("features: columns at run time are the fields at compile time") {
  clouds::rows const data = {{1, 2, 7}, {3, 4, 9}, {5, no_number, 1}};
  auto const run_time = cxm::features(data, std::vector{cxm::column{2, "c"}, cxm::column{0, "a"}});
  auto const fixed = cxm::features(data, cxm::column{2, "c"}, cxm::column{0, "a"});
  CHECK(run_time.values() == fixed.values());
  CHECK(run_time.names() == fixed.names());
  CHECK_THROWS_AS(cxm::features(data, std::vector<cxm::column>{}), std::invalid_argument);
  CHECK(cxm::features(data, cxm::column{1}).left_out().not_finite == 1);

  std::vector<std::vector<std::optional<double>>> const gaps = {{1, {}}, {2, 3}};
  CHECK(cxm::features(gaps, clouds::columns(2)).left_out().missing == 1);
  CHECK(cxm::features(clouds::rows{}, clouds::columns(2), cxm::zscore{}).rows() == 0);
}

TEST_CASE(
    "scaling: z-scores have mean 0 and population variance 1; robust ones ignore an outlier") {
  clouds::rows const data = {{2, 1}, {4, 2}, {4, 3}, {4, 4}, {5, 1000}, {5, 3}, {7, 2}, {9, 5}};
  auto const z = cxm::features(data, clouds::columns(2), cxm::zscore{});
  CHECK(z.recipe().location()[0] == 5);  // the textbook's example: mean 5, deviation 2
  CHECK(z.recipe().spread()[0] == 2);
  CHECK(z.scaled()(0, 0) == -1.5);
  CHECK(std::abs(z.scaled().col(1).sum()) < 1e-12);
  CHECK(std::abs(z.scaled().col(1).squaredNorm() - 8) < 1e-12);
  CHECK(z.values()(0, 0) == 2);

  auto const r = cxm::features(data, cxm::robust{}, clouds::columns(2));
  CHECK(r.recipe().location()[1] == 3);  // 1 2 2 3 3 4 5 1000; |x - 3|: 0 0 1 1 1 2 2 997
  CHECK(r.recipe().spread()[1] == 1.4826);
  CHECK(r.recipe().location()[0] == 4.5);
  CHECK(r.scaled()(4, 1) == 997 / 1.4826);
  CHECK(r.recipe().scaling() == "robust");
}

TEST_CASE("scaling: a feature without spread is centred, not divided, and named") {
  clouds::rows const data = {{3, 0, 1}, {3, 0, 2}, {3, 0, 3}, {3, 50, 4}};
  auto const z = cxm::features(data, clouds::columns(3), cxm::zscore{});
  CHECK(z.without_spread() == std::vector<std::string>{"x0"});
  CHECK(z.scaled().col(0).isZero(0));
  auto const r = cxm::features(data, clouds::columns(3), cxm::robust{});
  CHECK(r.without_spread() == std::vector<std::string>{"x0", "x1"});
  CHECK(r.scaled()(3, 1) == 50);
  CHECK(cxm::features(data, clouds::columns(3)).without_spread().empty());
  clouds::rows const one = {{3, -7}};
  CHECK(cxm::features(one, clouds::columns(2), cxm::zscore{}).scaled().isZero(0));
  // A spread against which a distance would overflow counts as none.
  clouds::rows const far = {{0}, {1e-300}, {2e-300}, {1e100}, {0}};
  CHECK(cxm::features(far, clouds::columns(1), cxm::robust{}).without_spread().size() == 1);
}

TEST_CASE("scaling: does not depend on the order of the members") {
  cxm::random_stream random(cxm::seed{5});
  auto data = clouds::random(random, 200, 2, 0);
  auto const forward = cxm::features(data, clouds::columns(2), cxm::zscore{});
  std::reverse(data.begin(), data.end());
  auto const backward = cxm::features(data, clouds::columns(2), cxm::zscore{});
  CHECK(forward.recipe().location() == backward.recipe().location());
  CHECK(forward.recipe().spread() == backward.recipe().spread());
}

TEST_CASE("scaling: names at run time") {
  clouds::rows const data = {{1}, {2}, {4}};
  auto const same = [&](auto fixed) {
    auto const a = cxm::features(data, cxm::any_scaling{fixed.name()}, clouds::columns(1));
    auto const b = cxm::features(data, fixed, clouds::columns(1));
    return a.scaled() == b.scaled() && a.recipe().scaling() == b.recipe().scaling();
  };
  CHECK(same(cxm::unscaled{}));
  CHECK(same(cxm::zscore{}));
  CHECK(same(cxm::robust{}));
  CHECK_THROWS_AS(cxm::any_scaling{"minmax"}, std::invalid_argument);
}

TEST_CASE("features: the logarithm of what is skewed, limits, and a feature for each category") {
  CHECK(cxm::detail::log_of_one_plus(0) == 0);
  for (double x = 1e-12; x < 1e130; x *= 1.37)
    CHECK(std::abs(cxm::detail::log_of_one_plus(x) - std::log1p(x)) <= 4e-16 * std::log1p(x));
  std::vector<customer> const all = {{0, 4, 2min, true, tariff::premium, tariff::basic},
                                     {99, {}, 1min, true, tariff::basic, {}},
                                     {-1, 1, 1min, false, tariff::plus, tariff::plus},
                                     {1e6, 2, 1min, true, tariff::plus, tariff::basic}};
  auto const spent = cxm::field<"spent">(&customer::spent);
  auto const logs = cxm::features(all, cxm::logged(spent), cxm::logged(&customer::waited));
  CHECK(logs.names() == std::vector<std::string>{"log spent", "feature_2"});
  CHECK(logs.left_out().not_finite == 1);  // -1
  CHECK(logs.values()(0, 0) == 0);
  CHECK(std::abs(logs.values()(1, 0) - std::log(100)) < 1e-15);
  CHECK(std::abs(logs.values()(0, 1) - std::log(121)) < 1e-14);

  auto const limited = cxm::features(all, cxm::limited(spent, 0, 100));
  CHECK(limited.names() == std::vector<std::string>{"spent"});
  CHECK(limited.values()(2, 0) == 0);
  CHECK(limited.values()(3, 0) == 100);
  CHECK_THROWS_AS(cxm::limited(spent, 1, 0), std::invalid_argument);

  auto const plan = cxm::field<"plan">(&customer::plan);
  auto const former = cxm::field<"former">(&customer::former);
  std::vector<tariff> const both = {tariff::basic, tariff::plus};
  auto const hot = cxm::features(all, cxm::one_hot(plan, both), cxm::one_hot(former, both));
  CHECK(hot.names() == std::vector<std::string>{"plan=0", "plan=1", "former=0", "former=1"});
  CHECK(hot.left_out().missing == 1);
  CHECK(hot.values().row(0).sum() == 1);  // premium is not listed
  CHECK(hot.values()(1, 1) == 1);
  CHECK(hot.values()(1, 3) == 1);
}

TEST_CASE(
    "features: gaps are filled with the median, far values limited, and so for members who come "
    "later") {
  struct answer {
    std::optional<double> effort;
    std::chrono::seconds waited;
  };
  std::vector<answer> all;
  for (int i = 0; i < 101; ++i) all.push_back({i, std::chrono::seconds(i)});
  all[100].waited = 100000s;
  all.push_back({{}, 50s});
  auto const effort = cxm::field<"effort">(&answer::effort);
  auto const table = cxm::features(all, effort, &answer::waited, cxm::fill_missing{},
                                   cxm::winsorised{0.05}, cxm::zscore{});
  CHECK(table.rows() == 102);
  CHECK(table.filled() == 1);
  CHECK(table.left_out().total() == 0);
  CHECK(table.values()(101, 0) == 50);
  CHECK(table.units() == std::vector<cxm::unit>{cxm::unit::number, cxm::unit::seconds});
  CHECK(table.recipe().fill() == std::vector<double>{50, 50});
  CHECK(std::abs(table.recipe().lowest()[1] - 5.05) <
        1e-12);                             // (102 - 1) * 0.05 = 5.05 of 0, 1, 2, …
  CHECK(table.values()(100, 1) == 100000);  // the units are left as they are
  CHECK(table.scaled()(100, 1) == table.scaled().col(1).maxCoeff());
  CHECK(std::abs(table.scaled().col(1).squaredNorm() - 102) < 1e-9);

  auto row = table.recipe().buffer();
  CHECK(table.recipe().read(answer{{}, 1000000s}, row.data()) == cxm::feature_row::complete);
  table.recipe().scale(row.data());
  CHECK(row[0] == table.scaled()(101, 0));
  CHECK(row[1] == table.scaled()(100, 1));
  CHECK(table.recipe().read(answer{no_number, 1s}, row.data()) == cxm::feature_row::not_finite);

  auto const nobody = cxm::features(std::vector<answer>{{{}, 1s}}, effort, cxm::fill_missing{});
  CHECK(nobody.values()(0, 0) == 0);
  CHECK_THROWS_AS(cxm::features(all, effort, cxm::winsorised{0.5}), std::invalid_argument);
  // Without scaling the limits hold too.
  CHECK(cxm::features(all, &answer::waited, cxm::winsorised{0.05}).scaled().col(0).maxCoeff() <
        100);
}
