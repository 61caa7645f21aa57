// SPDX-License-Identifier: BSL-1.0
// Groups with like needs: journeys clustered by how they went, each group described and scored, and
// the model saved and used again for a customer who comes later.
#include <cxm/core/save.hpp>
#include <cxm/journey.hpp>
#include <cxm/segment.hpp>
#include <cxm/stats.hpp>
#include <cxm/survey.hpp>

#include <fmt/core.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

using namespace std::chrono_literals;

// The application's own types: nothing here belongs to cxm.
enum class step { order, call, visit, activated };
struct contact {
  std::uint64_t customer;
  std::chrono::sys_seconds when;
  step touchpoint;
  std::optional<int> recommend;
};

// A customer's way from the order to the activation, after some days with calls in between.
void add_journey(std::vector<contact>& log, int days, int calls, std::optional<int> recommend) {
  std::uint64_t const customer = log.empty() ? 1 : log.back().customer + 1;
  auto const at = [](auto time) { return std::chrono::sys_seconds(time); };
  log.push_back({customer, at(0h), step::order, {}});
  for (int i = 1; i <= calls; ++i) log.push_back({customer, at(i * 20h), step::call, {}});
  log.push_back({customer, at(days * 24h), step::activated, recommend});
}

std::vector<contact> a_month() {
  std::vector<contact> log;
  for (int i = 0; i < 60; ++i) add_journey(log, 3 + i % 3, i % 5 == 0, 9 + i % 2);
  for (int i = 0; i < 30; ++i) add_journey(log, 14 + i % 3, 3 + i % 2, i % 3 == 0 ? 9 : 7);
  for (int i = 0; i < 10; ++i) add_journey(log, 28 + i % 4, 8 + i % 3, 2);
  return log;
}

auto journeys_of(std::vector<contact> const& log) {
  return cxm::reconstruct(
      log, cxm::touchpoint_fields{&contact::customer, &contact::when, &contact::touchpoint});
}

int main() {
  auto const log = a_month();
  auto const journeys = journeys_of(log);

  auto const table = cxm::features(journeys, cxm::cycle_time, cxm::contacts, cxm::zscore{});
  auto const chosen = cxm::choose_k(table, 2, 6, cxm::seed{7});
  auto const& segment = chosen.model;
  for (auto const& one : chosen.evidence)
    fmt::print("k = {}: silhouette {:.3f}\n", one.k, *one.silhouette.mean);

  // The model is a field: any score by segment is one line.
  auto const scores =
      cxm::measure(journeys, cxm::by(segment, cxm::on(cxm::last(&contact::recommend), cxm::nps())));
  auto const found = scores.result();
  for (auto const& group : cxm::profile(table, segment)) {
    auto const score = found.at(group.segment);
    fmt::print("\nsegment {}: {} journeys, {:.0f} %, NPS {:+.0f} [{:+.0f}, {:+.0f}]\n",
               group.segment, group.n, 100 * *group.share, *score.value, score.interval->low,
               score.interval->high);
    for (auto const& one : group.features)
      fmt::print("  {:<10} {:>9.1f}, the others {:>9.1f}: {:+.1f} deviations\n", one.name,
                 *one.mean, *one.mean_of_rest, *one.difference);
  }

  // Elsewhere: the saved model meets somebody new.
  auto const bytes = cxm::save(segment);
  auto const loaded =
      cxm::load(cxm::segment_plan(cxm::cycle_time, cxm::contacts, cxm::zscore{}), bytes);
  std::vector<contact> later;
  add_journey(later, 29, 5, {});
  fmt::print("\na new journey of 29 days with 5 calls is of segment {}\n",
             *loaded(journeys_of(later)[0]));
}
