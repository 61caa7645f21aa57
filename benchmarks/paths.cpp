// SPDX-License-Identifier: BSL-1.0
//
// The flow graph with mean times and the exact variants over one journey store: hand-written scans
// against `measure`, each alone and all in one pass with scores.
#include <cxm/journey/journey_fields.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/path/flow_graph.hpp>
#include <cxm/path/variants.hpp>
#include <cxm/stats/all.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/moments.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/survey/nps.hpp>

#include "events.hpp"
#include "harness.hpp"
#include "paths_by_hand.hpp"

#include <functional>

namespace {

using bench::event;

auto reconstructed(std::vector<event> const& log) {
  return cxm::reconstruct(log,
                          cxm::touchpoint_fields{&event::customer, &event::when, &event::touchpoint,
                                                 cxm::keep{&event::score}},
                          cxm::after_silence{std::chrono::minutes{30}});
}

auto flow_plan() {
  return cxm::flow_graph(cxm::moments(), cxm::at_most{UINT64_MAX});
}
auto variant_plan() {
  return cxm::variants(cxm::count(), cxm::at_most{UINT64_MAX});
}
auto score_plan() {
  return cxm::by(cxm::first_touchpoint, cxm::on(cxm::last(&event::score), cxm::nps()));
}

template <class Flow>
std::uint64_t checked_flow(Flow const& flow) {
  bench::checksum check;
  check.add(flow.journeys);
  for (auto const& [edge, found] : flow.edges) {
    check.add(std::get<0>(edge) * std::uint64_t{bench::touchpoints} + std::get<1>(edge));
    check.add(found.count);
    check.add(found.journeys);
    check.add(static_cast<std::uint64_t>(
        found.wait.mean->count() * static_cast<double>(found.count) / 1e6 + 0.5));
  }
  return check.value();
}

/// The twenty most frequent are read off the plan, without sorting all.
template <class Plan>
std::uint64_t checked_variants(Plan const& plan) {
  bench::checksum check;
  std::uint64_t distinct = 0;
  plan.each_group([&](auto const&, auto const&) { ++distinct; });
  check.add(distinct);
  for (auto const& one : cxm::most_frequent(plan, 20)) {
    check.add(one.result);
    for (auto const touchpoint : one.key) check.add(touchpoint);
  }
  return check.value();
}

using contest = bench::contest<std::function<std::uint64_t()>>;

}  // namespace

int main(int argc, char** argv) {
  auto const settings = bench::read_settings(argc, argv);
  auto const log = bench::make_events(settings.events);

  contest rows("Flow graph with mean times, from rows (W3)", log.size());
  rows.add("partition and scan by hand", [&] {
    return bench::basic_journeys_by_hand<bench::flow_by_hand>(log).answers().checked();
  });
  rows.add("cxm::reconstruct, cxm::flow_graph",
           [&] { return checked_flow(cxm::measure(reconstructed(log), flow_plan()).result()); });
  rows.run(settings.turns);
  contest variant_rows("Exact variants, top 20, from rows (W3v)", log.size());
  variant_rows.add("partition and scan by hand", [&] {
    return bench::basic_journeys_by_hand<bench::variants_by_hand>(log).answers().checked();
  });
  variant_rows.add("cxm::reconstruct, cxm::variants", [&] {
    return checked_variants(cxm::measure(reconstructed(log), variant_plan()));
  });
  variant_rows.run(settings.turns);

  auto const store = reconstructed(log);
  contest flow("Flow graph over the store", log.size());
  flow.add("scan by hand", [&] {
    bench::flow_by_hand graph;
    for (auto const& one : store) graph.journey(bench::stored_contacts(one));
    return graph.checked();
  });
  flow.add("cxm::flow_graph",
           [&] { return checked_flow(cxm::measure(store, flow_plan()).result()); });
  flow.run(settings.turns);
  contest variant("Variants over the store", log.size());
  variant.add("scan by hand", [&] {
    bench::variants_by_hand ways;
    for (auto const& one : store) ways.journey(bench::stored_contacts(one));
    return ways.checked();
  });
  variant.add("cxm::variants",
              [&] { return checked_variants(cxm::measure(store, variant_plan())); });
  variant.run(settings.turns);

  // Not the same answers, so only the times are compared: each returns 0.
  contest fused("All in one pass, the dearest alone first", log.size());
  fused.add("cxm::variants", [&] { return cxm::measure(store, variant_plan()).empty() ? 1U : 0U; });
  fused.add("flow graph, variants and NPS by first touchpoint", [&] {
    auto const all = cxm::measure(store, cxm::all(flow_plan(), variant_plan(), score_plan()));
    return std::get<1>(all.parts()).empty() ? 1U : 0U;
  });
  fused.add("cxm::flow_graph",
            [&] { return cxm::measure(store, flow_plan()).result().journeys == 0 ? 1U : 0U; });
  fused.run(settings.turns);
}
