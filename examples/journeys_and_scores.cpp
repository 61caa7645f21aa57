// SPDX-License-Identifier: BSL-1.0
// Journeys composed with scores: the same fields, accumulators and policies measure contacts and
// whole journeys. With a boundary of one's own, and one pass over the journeys for five questions.
#include <cxm/journey.hpp>
#include <cxm/path.hpp>
#include <cxm/stats.hpp>
#include <cxm/survey.hpp>

#include <fmt/core.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

using namespace std::chrono_literals;

// The application's own types: nothing here belongs to cxm.
enum class step { order, call, visit, activated, bill };
constexpr char const* name_of(step what) {
  constexpr char const* names[] = {"order", "call", "visit", "activated", "bill"};
  return names[static_cast<int>(what)];
}

struct contact {
  std::uint64_t customer;
  std::chrono::sys_seconds when;
  step touchpoint;
  std::optional<int> recommend;
};

// A boundary of one's own: a second order of the same customer opens a new journey, unless it comes
// within the hour, for then it is a double click.
struct reorder {
  using policy_kind = cxm::journey_boundary;
  cxm::cut operator()(auto const& so_far, auto const& next) const {
    bool const again =
        next.touchpoint() == step::order && !so_far.empty() && next.time() - so_far.started() > 1h;
    return {.before = again, .after = false};
  }
};

int main() {
  auto const day = [](int n, int hour = 9) {
    return std::chrono::sys_days{} + std::chrono::days(n) + std::chrono::hours(hour);
  };
  std::vector<contact> const log = {
      {1, day(0), step::order, {}},     {1, day(3), step::visit, 9},
      {1, day(4), step::activated, 10}, {2, day(0), step::order, {}},
      {2, day(0, 10), step::order, {}}, {2, day(6), step::call, 4},
      {2, day(9), step::call, 2},       {2, day(15), step::activated, 3},
      {3, day(1), step::order, {}},     {3, day(2), step::activated, 9},
      {1, day(60), step::order, {}},    {1, day(61), step::activated, 10},
      {4, day(5), step::order, {}},     {4, day(9), step::call, 6},
  };

  auto const journeys = cxm::reconstruct(
      log,
      cxm::touchpoint_fields{&contact::customer, &contact::when, &contact::touchpoint,
                             cxm::keep{&contact::recommend}},
      cxm::either{reorder{}, cxm::after_silence{30 * 24h}, cxm::until{step::activated}});

  auto const called = [](auto const& journey) {
    for (auto const& one : journey)
      if (one.touchpoint() == step::call) return true;
    return false;
  };
  auto const found = cxm::measure(
      journeys,
      cxm::all(cxm::on(cxm::cycle_time, cxm::quantiles()),                            // how long
               cxm::on(cxm::time_to{cxm::reached{step::activated}}, cxm::moments()),  // to the goal
               cxm::by(called, cxm::on(cxm::last(&contact::recommend), cxm::nps())),  // remembered
               cxm::each_contact(
                   cxm::by(&contact::touchpoint, cxm::on(&contact::recommend, cxm::nps()))),
               cxm::variants()));  // which ways
  auto const& [times, activation, remembered, lived, ways] = found.result();

  using days = std::chrono::duration<double, std::ratio<86400>>;
  fmt::print("{} customers, {} journeys, median {:.1f} days\n", journeys.customers(),
             journeys.size(), days(*times.median()).count());
  fmt::print("{} activated, after {:.1f} days on average; {} not\n", activation.n,
             days(*activation.mean).count(), activation.missing);
  for (auto const& [had_to_call, score] : remembered)
    fmt::print("journeys {} a call: NPS {:+.0f} [{:+.0f}, {:+.0f}], n = {}\n",
               had_to_call ? "with" : "without", *score.value, score.interval->low,
               score.interval->high, score.n);
  for (auto const& [touchpoint, score] : lived)
    if (score.n > 0)
      fmt::print("at {}: NPS {:+.0f}, n = {}\n", name_of(touchpoint), *score.value, score.n);
  for (auto const& [way, count] : cxm::most_frequent(ways, 2)) {
    fmt::print("{} ×", count);
    for (auto const touchpoint : way) fmt::print(" {}", name_of(touchpoint));
    fmt::print("\n");
  }
}
