// SPDX-License-Identifier: BSL-1.0
// The times of journeys in a set of Boost over exact numbers: what a person would write down.
#include <cxm/adapt/from_boost.hpp>
#include <cxm/core/save.hpp>
#include <cxm/journey/boundary.hpp>
#include <cxm/journey/journey_fields.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>

#include "catch.hpp"

#include <boost/accumulators/statistics/count.hpp>
#include <boost/accumulators/statistics/max.hpp>
#include <boost/accumulators/statistics/mean.hpp>
#include <boost/accumulators/statistics/min.hpp>
#include <boost/accumulators/statistics/stats.hpp>
#include <boost/accumulators/statistics/sum.hpp>

#include <chrono>
#include <cstdint>
#include <vector>

using namespace std::chrono_literals;
namespace acc = boost::accumulators;
namespace tag = boost::accumulators::tag;

namespace {

struct contact {
  std::uint64_t customer;
  std::chrono::sys_seconds when;
  int touchpoint;
};
using times = acc::stats<tag::count, tag::sum, tag::mean, tag::min, tag::max>;

std::chrono::sys_seconds at(std::chrono::seconds since) {
  return std::chrono::sys_seconds{std::chrono::sys_days{std::chrono::year{2024} / 3 / 1}} + since;
}

}  // namespace

TEST_CASE("mean, least and greatest cycle time of journeys come from a set of Boost") {
  // Cycle times: customer 1: 90 s, and a day later 10 s; customer 2: 40 s; customer 3: 0 s.
  std::vector<contact> const contacts{{1, at(0s), 1},       {2, at(5s), 2},   {1, at(90s), 2},
                                      {2, at(45s), 1},      {3, at(100s), 1}, {1, at(24h), 1},
                                      {1, at(24h + 10s), 3}};
  auto const journeys = cxm::reconstruct(
      contacts, cxm::touchpoint_fields{&contact::customer, &contact::when, &contact::touchpoint},
      cxm::after_silence{1h});
  auto const plan = cxm::on(cxm::cycle_time, cxm::boost_set<cxm::exact, times>());
  auto const counted = cxm::measure(journeys, plan);
  auto const found = counted.result();
  CHECK(acc::count(found) == 4);
  CHECK(acc::sum(found) == 140);
  CHECK(acc::mean(found) == 35.0);
  CHECK(acc::min(found) == 0);
  CHECK(acc::max(found) == 90);
  CHECK(found.missing == 0);

  auto const grouped = cxm::measure(journeys, cxm::by(cxm::first_touchpoint, plan)).result();
  CHECK(acc::mean(grouped.at(1)) == 100.0 / 3);
  CHECK(acc::max(grouped.at(2)) == 40);

  using journey = std::remove_cvref_t<decltype(*journeys.begin())>;
  auto parts = std::vector(3, cxm::bind<journey>(plan));
  std::size_t next = 0;
  for (auto const& one : journeys) parts[next++ % parts.size()].add(one);
  auto total = parts[2];
  total.merge(parts[0]);
  total.merge(cxm::load(cxm::bind<journey>(plan), cxm::save(parts[1])));
  CHECK(cxm::save(total) == cxm::save(counted));
}
