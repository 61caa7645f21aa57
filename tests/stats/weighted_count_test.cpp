// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/weighted.hpp>
#include <cxm/stats/weighted_count.hpp>
#include <cxm/testing/merge_laws.hpp>

#include "catch.hpp"

#include <random>
#include <vector>

using namespace Catch::Matchers;

namespace {
struct visit {
  int channel;
  double weight;
};
}  // namespace

TEST_CASE("weighted count: n, sum of weights, of squares, and Kish's n") {
  std::vector<visit> const visits = {{1, 1}, {1, 2}, {1, 1}, {1, 3},
                                     {2, 1}, {2, 2}, {2, 0}, {2, -1}};
  auto const plan = cxm::weighted(&visit::weight, cxm::count());
  cxm::weighted_total const found = cxm::measure(visits, plan).result();
  CHECK(found.n == 6);
  CHECK(found.unweighed == 1);
  CHECK(found.weight == 10);
  CHECK(found.square == 20);
  CHECK(*found.effective_n == 5);
  auto const groups =
      cxm::measure(visits, cxm::weighted(&visit::weight, cxm::by(&visit::channel, cxm::count())));
  CHECK(groups.result().at(2).weight == 3);
  CHECK(cxm::measure(std::vector<visit>(), plan).result().effective_n.why() ==
        cxm::reason::no_data);
}

TEST_CASE("weighted count: merge laws on saved bytes") {
  std::mt19937 random(4);
  std::vector<visit> visits;
  for (int i = 0; i < 60; ++i)
    visits.push_back({0, static_cast<double>(random() % 1000) / 7 * (i % 9 == 0 ? 0 : 1)});
  auto const report = cxm::check_merge_laws(cxm::weighted(&visit::weight, cxm::count()), visits);
  INFO(report.text());
  CHECK(report.holds());
}
