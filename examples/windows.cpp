// SPDX-License-Identifier: BSL-1.0
// Answers and time: a score by month against the month before, the last hour as it slides, a score
// that forgets slowly, reasons of which an answer has several, and a customer who asks to be
// erased.
#include <cxm/core.hpp>
#include <cxm/stats.hpp>
#include <cxm/survey.hpp>
#include <cxm/survey/period_changes.hpp>

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

using namespace std::chrono;
using namespace std::chrono_literals;

struct answer {
  int customer;
  sys_seconds when;
  std::optional<int> recommend;
  std::vector<std::string> reasons;
};

// Seven weeks of answers, one every 50 minutes; better ones once the hotline was staffed, in March.
std::vector<answer> answers() {
  char const* const reasons[] = {"price", "waiting", "staff"};
  std::vector<answer> made;
  for (int i = 0; i < 1400; ++i) {
    auto const when = sys_days(2024y / February / 10) + i * 50min;
    int const mood = (i * 7 + i / 5) % 11;
    answer one{
        i % 40, when, when < sys_days(2024y / March / 1) ? mood : std::min(10, mood + 3), {}};
    if (i % 9 == 0) one.recommend.reset();
    if (mood < 7) one.reasons = {reasons[i % 3], reasons[i % 2]};
    made.push_back(one);
  }
  return made;
}

int main() {
  auto const all = answers();
  auto const score = cxm::on(&answer::recommend, cxm::nps());

  // The month is the one that clocks in Berlin show.
  cxm::posix_zone const berlin("CET-1CEST,M3.5.0,M10.5.0/3");
  auto by_month = cxm::measure(all, cxm::by(cxm::month_of(&answer::when, berlin), score));
  for (auto const& [month, change] : cxm::period_changes(by_month)) {
    fmt::print("{}: NPS {:+.1f}", month.label(), *by_month.result().at(month).value);
    if (change.value)
      fmt::print(", {:+.1f} against the month before ({:+.1f} to {:+.1f})", *change.value,
                 change.interval->low, change.interval->high);
    fmt::print("\n");
  }

  // The last six hours. Answers that the window leaves behind are taken back, not counted anew.
  auto recent = cxm::windowed(&answer::when, cxm::sliding{6h}, score);
  double lowest = 100;
  for (auto const& one : all) {
    recent.add(one);
    if (recent.result().result.n >= 5) lowest = std::min(lowest, *recent.result().result.value);
  }
  fmt::print("last 6 hours: NPS {:+.1f} of {} answers; at its lowest {:+.1f}\n",
             *recent.result().result.value, recent.result().result.n, lowest);

  // All answers, of which one that is 30 days older counts half.
  auto const faded =
      cxm::measure(all, cxm::decayed(&answer::when, cxm::transactional_half_life, score)).result();
  fmt::print("with a half-life of 30 days: NPS {:+.1f}, worth {:.0f} answers of equal weight\n",
             *faded.result.value, *faded.result.effective_n);

  // An answer may name several reasons, and then counts for each.
  auto by_reason = cxm::measure(all, cxm::by_each(&answer::reasons, score));
  auto const found = by_reason.result();
  for (auto const& [reason, nps] : found)
    fmt::print("{:<8} NPS {:+.1f}, n = {}\n", reason, *nps.value, nps.n);
  fmt::print("{} answers name {} reasons, {} name none\n", found.events, found.memberships,
             found.without);

  // Customer 7 asks to be erased: the states lose the answers, and nothing is read again.
  std::vector<answer> rest;
  for (auto const& one : all) {
    if (one.customer != 7) {
      rest.push_back(one);
      continue;
    }
    by_month.remove(one);
    by_reason.remove(one);
  }
  recent.forget([](answer const& one) { return one.customer == 7; });
  bool const as_if_never_asked =
      by_month == cxm::measure(rest, cxm::by(cxm::month_of(&answer::when, berlin), score)) &&
      by_reason == cxm::measure(rest, cxm::by_each(&answer::reasons, score));
  fmt::print("without customer 7 the states are {} of a count without those answers\n",
             as_if_never_asked ? "the bytes" : "NOT the bytes");
  return as_if_never_asked ? 0 : 1;
}
