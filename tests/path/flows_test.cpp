// SPDX-License-Identifier: BSL-1.0
// Flow graphs over other nodes and other pairs, without thin edges, and against each other.
#include <cxm/core/save.hpp>
#include <cxm/journey/endings.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/path/compare_flows.hpp>
#include <cxm/path/eventually_follows.hpp>
#include <cxm/path/flow_graph.hpp>
#include <cxm/path/thin_flow.hpp>
#include <cxm/stats/measure.hpp>

#include "../journey/oracle.hpp"
#include "catch.hpp"

#include <map>
#include <set>
#include <string>

using namespace std::chrono_literals;
using logs::at;
using logs::contact;
using namespace Catch::Matchers;

namespace {

template <class Flow>
std::map<std::string, std::uint64_t> edges_of(Flow const& flow) {
  std::map<std::string, std::uint64_t> edges;
  for (auto const& [edge, found] : flow.edges)
    edges[std::string{std::get<0>(edge), std::get<1>(edge)}] = found.count;
  return edges;
}

auto flow_of(std::vector<contact> const& log) {
  auto const journeys = cxm::reconstruct(log, logs::fields());
  return cxm::measure(journeys, cxm::flow_graph(cxm::moments())).result();
}

}  // namespace

TEST_CASE("Anchor 7.17: transitions of five paths") {
  // home, catalog (k), cart (c), purchase, search
  auto const flow = flow_of(logs::written({"hkcp", "hkcp", "hkkc", "hsc", "hss"}));
  CHECK(edges_of(flow) ==
        std::map<std::string, std::uint64_t>{
            {"hk", 3}, {"hs", 2}, {"kc", 3}, {"kk", 1}, {"sc", 1}, {"ss", 1}, {"cp", 2}});
  CHECK(flow.opens.empty());
}

TEST_CASE("A flow graph over another field is the graph of hand-overs") {
  std::vector<contact> log = logs::written({"abc", "ab"});
  for (auto& one : log) one.score = one.what == 'c' ? 2 : 1;
  auto const journeys = cxm::reconstruct(log, logs::fields());
  auto const flow =
      cxm::measure(journeys, cxm::flow_graph(cxm::moments(), cxm::over{&contact::score})).result();
  CHECK(flow.edges.at({1, 1}).count == 2);
  CHECK(flow.edges.at({1, 2}).count == 1);
  CHECK(flow.touchpoints.at(1) == 4);
  CHECK(flow.ends.at(2) == 1);
}

TEST_CASE("E1: open journeys end at their last touchpoint in `opens` as well") {
  auto log = logs::written({"ab", "ab", "ac"});
  for (auto& one : log)
    if (one.customer == 1) one.when += 1000min;
  auto const journeys =
      cxm::reconstruct(log, logs::fields(), cxm::after_silence{100min}, cxm::remember_endings{});
  auto const flow =
      cxm::measure(journeys, cxm::flow_graph(cxm::moments(), cxm::open_when{cxm::still_open}))
          .result();
  CHECK(flow.ends.at('b') == 2);
  CHECK(flow.opens.at('b') == 1);
  CHECK(flow.opens.find('c') == nullptr);
}

TEST_CASE("Eventually-follows agrees with all pairs on random logs, and merges to the same bytes") {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    auto const log = logs::random(seed, 200, 10, 3000);
    auto const journeys = cxm::reconstruct(log, logs::fields());
    std::uint64_t const places = seed % 2 ? 3 : SIZE_MAX;
    std::map<std::string, std::uint64_t> pairs, in_journeys;
    std::uint64_t too_far = 0;
    for (auto const& one :
         oracle::cut(log, [](auto const&, auto const&) { return oracle::verdict{}; })) {
      std::set<std::string> seen;
      for (std::size_t i = 0; i < one.size(); ++i)
        for (std::size_t j = i + 1; j < one.size(); ++j) {
          if (j - i > places) {
            ++too_far;
            continue;
          }
          std::string const edge{one[i].what, one[j].what};
          ++pairs[edge];
          if (seen.insert(edge).second) ++in_journeys[edge];
        }
    }
    auto const plan = cxm::eventually_follows(cxm::moments(), cxm::at_most_apart{places});
    auto const whole = cxm::measure(journeys, plan);
    auto const flow = whole.result();
    REQUIRE(edges_of(flow) == pairs);
    for (auto const& [edge, n] : in_journeys)
      REQUIRE(flow.edges.at({edge[0], edge[1]}).journeys == n);
    auto left = cxm::bind<decltype(journeys)::value_type>(plan), right = left;
    for (std::size_t i = 0; i < journeys.size(); ++i) (i % 3 ? left : right).add(journeys[i]);
    right.merge(left);
    REQUIRE(cxm::save(right) == cxm::save(whole));
    auto const pairs_only =
        cxm::measure(journeys, cxm::each_pair(cxm::count(), cxm::at_most_apart{places}));
    REQUIRE(pairs_only.too_far() == too_far);
  }
  CHECK_THROWS_AS(cxm::each_pair(cxm::count(), cxm::at_most_apart{0}), std::invalid_argument);
}

TEST_CASE("A thinned graph keeps every touchpoint on a way from a start to an end") {
  auto const flow = flow_of(logs::written({"abd", "abd", "abd", "acd", "ad"}));
  auto const thin = cxm::thin_flow(flow, 2);
  // ac and cd are thin, but the only way to c and on; ad is hidden.
  CHECK(edges_of(thin.flow) ==
        std::map<std::string, std::uint64_t>{{"ab", 3}, {"bd", 3}, {"ac", 1}, {"cd", 1}});
  CHECK(thin.hidden_edges == 1);
  CHECK(thin.hidden_transitions == 1);
  CHECK(thin.kept_as_way == 2);
  CHECK(edges_of(cxm::thin_flow(flow, 0).flow) == edges_of(flow));
  CHECK(cxm::thin_flow(flow_of({}), 5).hidden_edges == 0);

  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    auto const any = flow_of(logs::random(seed, 60, 12, 300));
    auto const kept = cxm::thin_flow(any, 4);
    std::set<char> from_start, to_end;
    for (auto const& one : any.starts) from_start.insert(one.key);
    for (auto const& one : any.ends) to_end.insert(one.key);
    for (int round = 0; round < 5; ++round)
      for (auto const& [edge, found] : kept.flow.edges) {
        if (from_start.contains(std::get<0>(edge))) from_start.insert(std::get<1>(edge));
        if (to_end.contains(std::get<1>(edge))) to_end.insert(std::get<0>(edge));
      }
    REQUIRE(from_start.size() == any.touchpoints.size());
    REQUIRE(to_end.size() == any.touchpoints.size());
    std::uint64_t transitions = kept.hidden_transitions;
    for (auto const& [edge, found] : kept.flow.edges) transitions += found.count;
    std::uint64_t all = 0;
    for (auto const& [edge, found] : any.edges) all += found.count;
    REQUIRE(transitions == all);
    REQUIRE(kept.flow.edges.size() + kept.hidden_edges == any.edges.size());
  }
}

TEST_CASE("E9's contrast as edges: 60 of 200 detractors against 15 of 300 promoters") {
  std::vector<std::string_view> detractors, promoters;
  for (int i = 0; i < 200; ++i) detractors.push_back(i < 60 ? "abab" : "cd");
  for (int i = 0; i < 300; ++i) promoters.push_back(i < 15 ? "ab" : "cd");
  auto const found =
      cxm::compare_flows(flow_of(logs::written(detractors)), flow_of(logs::written(promoters)));
  REQUIRE(found.size() == 3);  // ab, ba, cd
  auto const& ab = *std::find_if(found.begin(), found.end(),
                                 [](auto const& one) { return one.key == std::tuple('a', 'b'); });
  // Journeys, not the 120 transitions.
  CHECK_THAT(*ab.difference.value, WithinAbs(0.25, 1e-15));
  CHECK(ab.difference.significant());
  CHECK(*ab.adjusted_p >= *ab.difference.p);
  for (std::size_t i = 1; i < found.size(); ++i)
    CHECK(*found[i - 1].difference.p <= *found[i].difference.p);
  // Benjamini and Hochberg: the largest of three p stays as it is.
  CHECK(*found[2].adjusted_p == *found[2].difference.p);
  auto const nothing = cxm::compare_flows(flow_of({}), flow_of(logs::written({"ab"})));
  REQUIRE(nothing.size() == 1);
  CHECK(nothing[0].adjusted_p.why() == cxm::reason::no_data);
}
