// SPDX-License-Identifier: BSL-1.0
// From those who answered to those who are meant: a survey of business customers, where people of
// one account answer alike, small accounts answer more seldom, and one account pays for many.
#include <cxm/stats.hpp>
#include <cxm/survey.hpp>
#include <cxm/survey/adjustment.hpp>
#include <cxm/survey/inference.hpp>

#include <fmt/core.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

// The application's own type: nothing here belongs to cxm.
struct answer {
  std::uint32_t account;
  std::string size;    // of the account
  std::string region;  // of the person
  int recommend;
  double revenue;  // that this person decides on, in thousands a year
};

// Forty accounts; the mood of an account moves all its people.
std::vector<answer> a_survey() {
  std::vector<answer> answers;
  for (std::uint32_t account = 1; account <= 40; ++account) {
    bool const large = account % 4 == 0;
    std::uint32_t const people = large ? 9 : 2 + account % 3;
    std::uint32_t const mood = account * 7 % 6;
    for (std::uint32_t who = 0; who < people; ++who) {
      int const score = std::min(10, static_cast<int>(3 + mood + (who * 5 + account) % 5));
      answers.push_back({account, large ? "large" : "small",
                         (account + who) % (large ? 5 : 2) == 0 ? "south" : "north", score,
                         large ? 40.0 + mood : 3.0 + who});
    }
  }
  answers.front().revenue = 9000;  // a giant
  return answers;
}

template <class Score>
void print(char const* what, Score const& score) {
  fmt::print("{:<34}{:+6.1f}  error {:4.1f}  {:+6.1f} to {:+6.1f}\n", what, *score.value,
             *score.standard_error, score.interval->low, score.interval->high);
}

void errors(std::vector<answer> const& answers) {
  auto const score = cxm::on(&answer::recommend, cxm::nps());
  print("every answer for itself", cxm::measure(answers, score).result());
  auto const clustered = cxm::measure(answers, cxm::clustered(&answer::account, score)).result();
  print("people of one account answer alike", clustered);
  fmt::print(
      "  {} answers of {} accounts know as much as {:.0f} strangers (design effect {:.2f})\n",
      clustered.n, clustered.clusters, *clustered.design_n, *clustered.design_effect);
  print("  of 50 accounts that there are", cxm::corrected(clustered, cxm::of_population{50}));
}

void raked(std::vector<answer> const& answers) {
  auto const cells =
      cxm::measure(answers, cxm::by(cxm::field<"size">(&answer::size),
                                    cxm::field<"region">(&answer::region), cxm::count()));
  auto const found = cxm::rake(cells.result(), {{"large", 0.30}, {"small", 0.70}},
                               {{"north", 0.60}, {"south", 0.40}});
  fmt::print("raked in {} sweeps, weights worth {:.0f} answers of {}:\n", found.sweeps,
             *found.effective_n, answers.size());
  for (auto const& [cell, weight] : *found.weights)
    fmt::print("  {:<6}{:<6}{:.3f}\n", std::get<0>(cell), std::get<1>(cell), weight.value());
  auto const weight = found.weights->of(&answer::size, &answer::region);
  auto const scores = cxm::measure(
      answers, cxm::weighted(weight, cxm::clustered(&answer::account,
                                                    cxm::on(&answer::recommend, cxm::nps()))));
  print("raked, clustered by account", scores.result());
}

void money(std::vector<answer> const& answers) {
  auto const cap = *cxm::value_cap(answers, &answer::revenue);
  auto const plan = cxm::weighted(
      &answer::revenue, cxm::on(&answer::recommend, cxm::tally(cxm::nps(), cxm::at_stake())),
      cxm::value_weights{cap});
  auto const measured = cxm::measure(answers, plan);
  auto const& [score, stake] = measured.result();
  print("by revenue", score);
  fmt::print("  capped at {:.0f} ({} cut); detractors decide on {:.0f} of {:.0f} thousand\n", cap,
             measured.seen().capped, stake.value, stake.total);
}

void silence(std::vector<answer> const& answers) {
  auto const score = cxm::measure(answers, cxm::on(&answer::recommend, cxm::nps())).result();
  auto const response = cxm::response_of(score, cxm::invitations{600, 25});
  auto const bounds = *cxm::with_silent(score, response);
  fmt::print(
      "{:.1f} % of {} have answered ({} bounced): whatever the others think, the NPS of all is\n"
      "  {:+.1f} to {:+.1f}; it is below 0 if theirs is below {:+.1f}\n",
      100 * *response.rate, response.delivered, response.bounced, bounds.score.low,
      bounds.score.high, *cxm::break_even(score, response));
}

// Bands of one's own in clusters, by region; then an account asks to be forgotten.
void forgotten(std::vector<answer> const& answers) {
  auto const liking = cxm::bands(cxm::points<0, 10>{}, cxm::band<"cold", 0, 5, -1>{},
                                 cxm::band<"cool", 6, 7>{}, cxm::band<"warm", 8, 10, +1>{});
  auto regions = cxm::measure(
      answers, cxm::by(&answer::region,
                       cxm::clustered(&answer::account, cxm::on(&answer::recommend, liking))));
  auto const show = [&](char const* when) {
    for (auto const& [region, score] : regions.result())
      fmt::print("  {:<8}{:<6}{:3} people of {:2} accounts, {:.0f} % warm ({:.0f} to {:.0f})\n",
                 when, region, score.n, score.clusters, 100 * *score.at("warm").share,
                 100 * score.at("warm").interval->low, 100 * score.at("warm").interval->high);
  };
  fmt::print("an account of nine is forgotten:\n");
  show("before");
  for (auto const& one : answers)
    if (one.account == 40) regions.remove(one);
  show("after");
}

int main() {
  auto const answers = a_survey();
  errors(answers);
  raked(answers);
  money(answers);
  silence(answers);
  forgotten(answers);
}
