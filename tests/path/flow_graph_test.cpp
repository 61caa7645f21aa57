// SPDX-License-Identifier: BSL-1.0
// The worked numbers of E1 and E2: ABCD twice, ACBD, ABD, ABCBD.
#include <cxm/core/save.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/path/flow_graph.hpp>
#include <cxm/path/transition.hpp>
#include <cxm/path/variants.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/quantiles.hpp>

#include "../journey/oracle.hpp"
#include "catch.hpp"

#include <map>
#include <set>
#include <string>

using namespace std::chrono_literals;
using logs::at;
using logs::contact;

namespace {

auto const textbook = logs::written({"ABCD", "ABCD", "ACBD", "ABD", "ABCBD"});

}  // namespace

TEST_CASE("Worked example E1: the edges of five journeys") {
  auto const journeys = cxm::reconstruct(textbook, logs::fields());
  auto const flow = cxm::measure(journeys, cxm::flow_graph()).result();
  std::map<std::string, std::uint64_t> edges;
  for (auto const& [edge, found] : flow.edges)
    edges[std::string{std::get<0>(edge), std::get<1>(edge)}] = found.count;
  CHECK(edges == std::map<std::string, std::uint64_t>{
                     {"AB", 4}, {"BC", 3}, {"CD", 2}, {"AC", 1}, {"CB", 2}, {"BD", 3}});
  CHECK(flow.journeys == 5);
  CHECK(flow.starts.at('A') == 5);
  CHECK(flow.ends.at('D') == 5);
  CHECK(flow.touchpoints.at('B') == 6);
}

TEST_CASE("Worked example E2: four variants, ABCD twice") {
  auto const journeys = cxm::reconstruct(textbook, logs::fields());
  auto const ways = cxm::measure(journeys, cxm::variants()).result();
  CHECK(ways.size() == 4);
  auto const top = cxm::most_frequent(ways, 2);
  CHECK(std::string(top[0].key.begin(), top[0].key.end()) == "ABCD");
  CHECK(top[0].result == 2);
  CHECK(std::string(top[1].key.begin(), top[1].key.end()) == "ABCBD");
  CHECK(cxm::most_frequent(ways, 99).size() == 4);
}

TEST_CASE("An edge knows in how many journeys it occurs, and an overlap waits no time") {
  std::vector<contact> const log = {{1, at(0), 'a', at(100)}, {1, at(10), 'b', at(20)},
                                    {1, at(130), 'a', {}},    {1, at(140), 'b', {}},
                                    {2, at(0), 'a', {}},      {2, at(7), 'b', {}}};
  auto const journeys = cxm::reconstruct(log, logs::fields_with_end());
  auto const flow = cxm::measure(journeys, cxm::flow_graph(cxm::quantiles())).result();
  auto const& edge = flow.edges.at({'a', 'b'});
  CHECK(edge.count == 3);
  CHECK(edge.journeys == 2);
  CHECK(edge.overlaps == 1);
  CHECK(edge.wait.ascending == std::vector<std::chrono::minutes>{0min, 7min, 10min});
  CHECK(flow.edges.at({'b', 'a'}).wait.ascending == std::vector<std::chrono::minutes>{30min});
}

TEST_CASE("Flow graphs agree with a map of maps on random logs, whole and merged from parts") {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    auto const log = logs::random(seed, 400, 15, 3000);
    auto const journeys = cxm::reconstruct(log, logs::fields_with_end(), cxm::after_silence{40min});
    std::map<std::pair<char, char>, std::vector<std::int64_t>> waits;
    std::map<std::pair<char, char>, std::size_t> in_journeys;
    for (auto const &one : oracle::cut(log, [](auto const&so_far, auto const&next) {
           return oracle::verdict{!so_far.empty() && next.when - oracle::latest_end(so_far) > 40min,
                                  false};
         })) {
      std::set<std::pair<char, char>> seen;
      for (std::size_t i = 1; i < one.size(); ++i) {
        auto const before =
            oracle::journey(one.begin(), one.begin() + static_cast<std::ptrdiff_t>(i));
        std::pair const edge{one[i - 1].what, one[i].what};
        waits[edge].push_back(
            std::max<std::int64_t>(0, (one[i].when - oracle::latest_end(before)).count()));
        if (seen.insert(edge).second) ++in_journeys[edge];
      }
    }
    auto const plan = cxm::flow_graph(cxm::quantiles());
    auto const whole = cxm::measure(journeys, plan);
    auto const flow = whole.result();
    REQUIRE(flow.edges.size() == waits.size());
    for (auto& [edge, expected] : waits) {
      std::sort(expected.begin(), expected.end());
      auto const& found = flow.edges.at({edge.first, edge.second});
      REQUIRE(found.count == expected.size());
      REQUIRE(found.journeys == in_journeys[edge]);
      for (std::size_t i = 0; i < expected.size(); ++i)
        REQUIRE(found.wait.ascending[i].count() == expected[i]);
    }
    auto left = cxm::bind<decltype(journeys)::value_type>(plan), right = left;
    for (std::size_t i = 0; i < journeys.size(); ++i) (i % 3 ? left : right).add(journeys[i]);
    right.merge(left);
    REQUIRE(cxm::save(right) == cxm::save(whole));
    REQUIRE(cxm::load(left, cxm::save(whole)) == whole);
  }
}

TEST_CASE("Transitions are events: measured by whom, by where, by anything") {
  auto const journeys = cxm::reconstruct(textbook, logs::fields());
  auto const by_target =
      cxm::measure(journeys, cxm::each_transition(cxm::by(
                                 cxm::to_touchpoint, cxm::on(cxm::waiting_time, cxm::moments()))))
          .result();
  CHECK(by_target.at('D').n == 5);
  CHECK(by_target.at('D').mean->count() == 10.0);
}

TEST_CASE("The time of an edge is the field that timed_by names") {
  std::vector<contact> const log = {
      {1, at(0), 'a', at(30)}, {1, at(10), 'b', at(15)}, {1, at(50), 'c', {}}};
  auto const journeys = cxm::reconstruct(log, logs::fields_with_end());
  auto const plan =
      cxm::flow_graph(cxm::quantiles(), cxm::timed_by{cxm::between_starts}, cxm::at_most{1000});
  auto const counted = cxm::measure(journeys, plan);
  auto const flow = counted.result();
  CHECK(flow.edges.at({'a', 'b'}).wait.ascending == std::vector<std::chrono::minutes>{10min});
  CHECK(flow.edges.at({'a', 'b'}).overlaps == 1);
  CHECK(flow.edges.at({'b', 'c'}).wait.ascending == std::vector<std::chrono::minutes>{40min});
  // Another time is another state.
  auto const waits = cxm::measure(journeys, cxm::flow_graph(cxm::quantiles(), cxm::at_most{1000}));
  CHECK_FALSE(cxm::try_load(waits, cxm::save(counted)));
}

TEST_CASE("The most frequent edges, by a field of their results") {
  auto const journeys = cxm::reconstruct(textbook, logs::fields());
  auto const flow = cxm::measure(journeys, cxm::flow_graph()).result();
  auto const top = cxm::most_frequent(flow.edges, 3, [](auto const& edge) { return edge.count; });
  std::string order;
  for (auto const& [edge, found] : top)
    order += std::string{std::get<0>(edge), std::get<1>(edge), ' '};
  CHECK(order == "AB BC BD ");
}
