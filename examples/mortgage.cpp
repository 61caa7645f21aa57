// SPDX-License-Identifier: BSL-1.0
// A mortgage lasts for years: the relationship is made of journeys (getting the loan, a question
// about a payment, the renewal), and these of episodes (an evening on the website, a call with its
// letter). Where each journey ends, how it ended, what is merely not over yet, and what went on
// side by side.
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
enum class step {
  enquiry,
  advice,
  application,
  documents,
  approval,
  payout,
  question,
  answer,
  solved,
  offer,
  renewed
};
enum class channel { web, phone, post, branch };

struct contact {
  std::uint64_t customer;
  std::chrono::sys_time<std::chrono::minutes> when;
  step what;
  channel by;
  std::optional<int> matter;  // the number of the loan or of the question, where one is known
  std::optional<int> easy;    // "the bank made it easy": 1 to 7
};

constexpr auto day = 24h;
auto on_day(int number, int hour = 9, int minute = 0) {
  return std::chrono::sys_time<std::chrono::minutes>(number * day + hour * 1h + minute * 1min);
}

std::vector<contact> mortgages() {
  using enum step;
  using enum channel;
  return {
      // A whole life: loan, question, renewal.
      {1, on_day(40, 20), enquiry, web, {}, {}},
      {1, on_day(40, 20, 12), enquiry, web, {}, {}},
      {1, on_day(43), advice, branch, 11, {}},
      {1, on_day(50, 21), application, web, 11, {}},
      {1, on_day(50, 21, 25), documents, web, 11, {}},
      {1, on_day(74), approval, post, 11, {}},
      {1, on_day(81), payout, post, 11, 6},
      {1, on_day(240), question, phone, 12, {}},
      {1, on_day(242), answer, phone, 12, {}},
      {1, on_day(243), solved, post, 12, 3},
      {1, on_day(1700), offer, post, 13, {}},
      {1, on_day(1706), question, phone, 14, {}},
      {1, on_day(1708), question, phone, {}, {}},
      {1, on_day(1709), answer, phone, 14, {}},
      {1, on_day(1712), renewed, branch, 13, 7},
      // Applied, was asked for documents, and was never heard of again.
      {2, on_day(60, 19), enquiry, web, {}, {}},
      {2, on_day(63), application, branch, 21, {}},
      {2, on_day(75), documents, post, 21, 2},
      // Was on the way when the log began.
      {3, on_day(2), documents, post, 31, {}},
      {3, on_day(9), approval, post, 31, {}},
      {3, on_day(15), payout, post, 31, 5},
      {3, on_day(900), question, web, 32, {}},
      // Is on the way now.
      {4, on_day(1784, 18), enquiry, web, {}, {}},
      {4, on_day(1790), application, branch, 41, {}},
  };
}

int main() {
  auto const log = mortgages();
  auto const end = on_day(1800, 0);
  cxm::touchpoint_fields const fields{&contact::customer, &contact::when, &contact::what};

  // A letter may be answered after two weeks, a click is not. No journey is longer than a year.
  cxm::after_silence_by const silence{&contact::by,
                                      std::vector{std::pair{channel::web, cxm::usual_gap::email},
                                                  std::pair{channel::phone, cxm::usual_gap::phone}},
                                      30 * day};
  auto const journeys =
      cxm::reconstruct(log, fields,
                       cxm::either{cxm::goal{step::payout, step::solved, step::renewed}, silence,
                                   cxm::max_duration{365 * day}},
                       cxm::known_from{on_day(0, 0)}, cxm::known_until{end});

  cxm::after_silence const pause{30min};
  for (auto const& one : journeys)
    fmt::print("customer {}, journey {}: {:>4} days, {} contacts in {} episodes, {}{}\n",
               one.customer(), cxm::cycle_number(one), one.cycle_time() / day, one.size(),
               cxm::episode_count{pause}(one), name(cxm::ending(one)),
               cxm::left_truncated(one) ? ", begun before the log" : "");

  auto const whole = [](auto const& journey) { return !cxm::left_truncated(journey); };
  auto const loan = cxm::reached{step::payout};
  auto const wants_loan = [](auto const& journey) {
    return cxm::first_touchpoint(journey) == step::enquiry;
  };
  auto const found = cxm::measure(
      journeys,
      cxm::all(cxm::where(whole, cxm::on(cxm::complete_cycle_time, cxm::quantiles())),
               cxm::where(wants_loan, cxm::on(cxm::converted{loan, 90 * day}, cxm::proportion())),
               cxm::by(cxm::ending, cxm::on(cxm::last(&contact::easy), cxm::moments())),
               cxm::on(cxm::since_former, cxm::quantiles()),
               cxm::each_episode(pause, cxm::count())));
  auto const& [times, converted, ease, between, visits] = found.result();

  using days = std::chrono::duration<double, std::ratio<86400>>;
  fmt::print("\ncomplete journeys take {:.1f} days (median of {}), {} not complete\n",
             days(*times.median()).count(), times.n(), times.missing);
  fmt::print("a loan within 90 days of the enquiry: {} of {}, {} too young to tell\n",
             converted.successes, converted.n, converted.missing);
  for (auto const& [how, score] : ease)
    if (score.n > 0)
      fmt::print("{}: made easy {:.1f} of 7, n = {}\n", name(how), *score.mean, score.n);
  fmt::print("{} episodes; from one journey to the next {:.0f} days (median)\n", visits,
             days(*between.median()).count());

  auto const lives = cxm::measure(cxm::relationships(journeys),
                                  cxm::all(cxm::on(cxm::journey_count, cxm::moments()),
                                           cxm::on(cxm::cycle_time, cxm::extrema())));
  auto const& [per_customer, length] = lives.result();
  fmt::print("{} relationships of {:.2f} journeys, the longest over {} days\n", per_customer.n,
             *per_customer.mean, *length.max / day);

  // The same log by matters, which overlap: customer 1 asked a question during the renewal.
  auto const matters = cxm::cases_of(log, fields, &contact::matter);
  auto const by_matter = cxm::reconstruct(
      matters, cxm::touchpoint_fields{cxm::case_key, &contact::when, &contact::what});
  cxm::concurrency const side_by_side(by_matter, cxm::case_customer);
  fmt::print("\n");
  for (auto const& one : side_by_side.customers())
    fmt::print("customer {}: {} lines of contact, at most {} at a time\n", one.customer,
               one.journeys, one.most);
}
