// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/two_means.hpp>

#include "catch.hpp"
#include "golden.hpp"

#include <cmath>
#include <vector>

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {
cxm::mean_estimate estimate(golden::value const& values) {
  double sum = 0;
  for (auto const& value : values) sum += value.number();
  double const n = static_cast<double>(values.size());
  double squares = 0;
  for (auto const& value : values)
    squares += (value.number() - sum / n) * (value.number() - sum / n);
  return {sum / n, std::sqrt(squares / (n - 1)), values.size()};
}
}  // namespace

TEST_CASE("Welch and Student against two_sample_tests.json") {
  for (auto const& record : golden::read("two_sample_tests.json")["records"]) {
    INFO(record["id"].text);
    auto const x = estimate(record["input"]["x"]);
    auto const y = estimate(record["input"]["y"]);
    auto const check = [&](char const* name, cxm::comparison const& found) {
      INFO(name);
      auto const& wanted = record["expect"][name];
      CHECK_THAT(*found.statistic, WithinRel(wanted["statistic"].number(), 1e-12));
      CHECK_THAT(*found.degrees_of_freedom, WithinRel(wanted["df"].number(), 1e-12));
      CHECK_THAT(*found.p, WithinRel(wanted["p"].number(), 1e-10));
      CHECK_THAT(found.interval->low, WithinRel(wanted["ci"][0].number(), 1e-11));
      CHECK_THAT(found.interval->high, WithinRel(wanted["ci"][1].number(), 1e-11));
    };
    auto const welch = cxm::mean_difference(x, y);
    check("welch", welch);
    check("student", cxm::mean_difference(x, y, {}, cxm::pooled{}));
    // One-sided: half of the two-sided p on the side of the estimate.
    CHECK_THAT(*welch.p / 2, WithinRel(record["expect"]["welch_less"].number(), 1e-10));
  }
}

TEST_CASE("means without answers, of one answer, without spread") {
  CHECK(cxm::mean_difference({}, {3, 1, 5}).value.why() == cxm::reason::no_data);
  auto const one = cxm::mean_difference({4, 0, 1}, {3, 1, 5});
  CHECK(*one.value == 1.0);
  CHECK(one.interval.why() == cxm::reason::degenerate);
  CHECK(one.p.why() == cxm::reason::degenerate);
  auto const flat = cxm::mean_difference({4, 0, 3}, {3, 0, 5});
  CHECK(flat.p.why() == cxm::reason::degenerate);
  auto const half = cxm::mean_difference({4, 0, 3}, {3, 1, 5}, {}, {}, {-4, 4});
  CHECK_THAT(*half.degrees_of_freedom, WithinRel(4.0, 1e-14));
  CHECK((half.interval->low >= -4 && half.interval->high <= 4));
}
