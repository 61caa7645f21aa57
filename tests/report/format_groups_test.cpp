// SPDX-License-Identifier: BSL-1.0
// Shrunk and ranked groups, surveys, windows, movements, wholes and parts say what they are.
#include <cxm/cxm.hpp>
#include <cxm/diagnose/at_same_mix.hpp>
#include <cxm/diagnose/whole_and_parts.hpp>
#include <cxm/diagnose/why_it_moved.hpp>
#include <cxm/report/figure_table.hpp>
#include <cxm/report/format.hpp>
#include <cxm/report/publish.hpp>
#include <cxm/stats/mix_and_rate.hpp>
#include <cxm/stats/variance_components.hpp>
#include <cxm/survey/clustered.hpp>
#include <cxm/survey/period_changes.hpp>
#include <cxm/survey/ranking.hpp>
#include <cxm/survey/reliability.hpp>
#include <cxm/survey/response.hpp>
#include <cxm/survey/shrink.hpp>

#include "catch.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

using namespace std::chrono_literals;

namespace {
struct answer {
  int shop = 0;
  int recommend = 0;
  std::chrono::sys_seconds when{};
  double weight = 1;
};
std::vector<answer> shops(int shift = 0) {
  std::vector<answer> made;
  for (int shop = 0; shop < 4; ++shop)
    for (int i = 0; i < 20 + 10 * shop; ++i)
      made.push_back({shop,
                      i % 10 < 2 + 2 * shop + shift ? 9
                      : i % 3                       ? 7
                                                    : 3,
                      std::chrono::sys_seconds(1h * i), 1.0 + i % 3});
  return made;
}
auto by_shop() {
  return cxm::by(&answer::shop, cxm::on(&answer::recommend, cxm::nps()));
}
std::string full(auto const& result) {
  return fmt::format("{:full}", result);
}
std::string prose(auto const& result) {
  return fmt::format("{:text}", result);
}
bool has(std::string const& text, std::string const& part) {
  return text.find(part) != std::string::npos;
}
}  // namespace

TEST_CASE("format: shrunk groups, and each of them") {
  auto const found = cxm::shrink(cxm::measure(shops(), by_shop()));
  CHECK(has(full(found), "4 groups; deviation between groups "));
  auto const& first = found.groups.at(0);
  CHECK(has(full(first), "shrunk NPS "));
  CHECK(has(full(first), "; as answered "));
  CHECK(has(full(first), " % of its distance"));
  CHECK(fmt::format("{:short}", first).front() != ' ');
  CHECK(has(prose(first), "The shrunk NPS is "));
  cxm::shrinkage const none;
  CHECK(full(none) == "common mean no data, 0 groups; between groups: no data");
  CHECK(full(cxm::shrinkage{2.0, 1.0, 0.0, {}}) ==
        "common mean 2.00, 0 groups; the groups differ no more than chance lets them");
  CHECK(full(cxm::shrunk_estimate{3, 4, 0.25}) ==
        "shrunk estimate 3.00; error 2.00, it keeps 25 % of its distance");
}

TEST_CASE("format: ranks") {
  CHECK(full(cxm::rank_spread{0.75, 0, 1.3, 1, 2}) ==
        "rank 1..2; the best with 75 %, the worst with 0 %, expected rank 1.3");
  CHECK(fmt::format("{}", cxm::rank_spread{1, 0, 1, 1, 1}) == "1");
  CHECK(fmt::format("{}", cxm::rank_score{}) == "no data");
  auto const ranks = cxm::ranking(cxm::shrink(cxm::measure(shops(), by_shop())));
  CHECK(has(full(ranks.at(3)), "n = 50; the best with "));
}

TEST_CASE("format: reliability, variance between groups, response and the silent") {
  cxm::reliability alpha;
  CHECK(full(alpha) ==
        "Cronbach's alpha no data, n = 0, 0 missing, 0 invalid; how far 0 questions agree, at most "
        "1");
  alpha = {.n = 30,
           .missing = 2,
           .alpha = 0.84,
           .standardized = 0.85,
           .mean_correlation = 0.43,
           .items = std::vector<cxm::item_reliability>(7)};
  CHECK(full(alpha) ==
        "Cronbach's alpha 0.84, n = 30, 2 missing, 0 invalid; how far 7 questions agree, at most "
        "1; mean correlation 0.43, standardized alpha 0.85");
  CHECK(prose(alpha).substr(0, 58) == "Cronbach's alpha is 0.84. 30 complete rows count; 2 missin");
  cxm::variance_split split;
  CHECK(fmt::format("{}", split) == "no data");
  split.groups = 3, split.n = 30, split.share = 0.25, split.between = 1.0, split.within = 9.0;
  CHECK(full(split) ==
        "variance between groups 25 %, n = 30 in 3 groups; share of the variance that lies between "
        "groups; deviation 1.00 between groups, 3.00 within");
  CHECK(full(cxm::response_of(30, cxm::invitations{120, 5})) ==
        "response rate 25 %, 30 of 120 delivered invitations, 5 bounced");
  auto const bounds = cxm::silent_bounds{{-50, 50}, {-60, 70}};
  CHECK(fmt::format("{:.0full}", bounds) ==
        "score of everybody -50..50; whatever the silent would have answered; with the error of "
        "those who did -60..70");
}

TEST_CASE("format: windows, decay and clusters say what else became of the answers") {
  auto window =
      cxm::windowed(&answer::when, cxm::sliding{10h}, cxm::on(&answer::recommend, cxm::nps()));
  for (auto const& one : shops())
    if (one.shop == 0) window.add(one);
  window.add(answer{0, 9, std::chrono::sys_seconds(1h)});
  CHECK(has(full(window.result()), "NPS "));
  CHECK(has(full(window.result()), "10 events in the window, 1 late"));
  CHECK(has(prose(window.result()), "; 10 events in the window, 1 late"));
  auto const aged = cxm::measure(shops(), cxm::decayed(&answer::when, cxm::half_life{24h},
                                                       cxm::on(&answer::recommend, cxm::nps())));
  CHECK(has(full(aged.result()), "weighted NPS "));
  CHECK(has(full(aged.result()), "140 events weighed by age"));
  auto counts = cxm::windowed(&answer::when, cxm::sliding{900h}, cxm::count());
  for (auto const& one : shops()) counts.add(one);
  CHECK(full(counts.result()).find("140 events") == 0);
  auto const clusters =
      cxm::measure(shops(), cxm::clustered(&answer::shop, cxm::on(&answer::recommend, cxm::nps())));
  CHECK(has(full(clusters.result()), " independent answers, in 4 clusters, design effect "));
  CHECK(full(clusters.result()).find("clustered NPS ") == 0);
  CHECK(!has(full(clusters.result()), "weight"));
  auto const weighed = cxm::measure(
      shops(),
      cxm::weighted([](answer const& one) { return 1.0 + one.shop; },
                    cxm::clustered(&answer::shop, cxm::on(&answer::recommend, cxm::nps()))));
  CHECK(full(weighed.result()).find("weighted NPS ") == 0);
  CHECK(has(full(weighed.result()), "of equal weight, 0 of weight 0, in 4 clusters"));
}

TEST_CASE("format: why it moved, at the same mix, and period against period") {
  CHECK(full(cxm::mix_and_rate{1.5, -2}) == "+1.50 by mix, -2.00 by rate");
  CHECK(full(*cxm::decompose(std::vector<cxm::two_sided_group>{{1, 2, 1, 1}})) ==
        "difference +1.00, 1 group; 2.00 less 1.00; 0.00 because others answered (mix), +1.00 "
        "because they answered otherwise (rate)");
  auto const now = cxm::measure(shops(1), by_shop()), before = cxm::measure(shops(), by_shop());
  auto const moved = cxm::why_it_moved(now, before);
  CHECK(has(full(moved), "n = 140 and 140, 4 segments; "));
  CHECK(has(full(moved), "0.00 because others answered (mix), +"));
  CHECK(has(full(moved.segments.at(0)), "share of answers 14 % and 14 %"));
  auto const same = cxm::at_same_mix(now, before);
  CHECK(has(full(same), "difference in NPS at the same mix +"));
  CHECK(has(prose(same), " at that mix."));
  cxm::movement<decltype(moved.segments)> const none{.segments = {{}, {}, std::nullopt}};
  CHECK(fmt::format("{}", none) == "no data");
  auto const days = cxm::measure(shops(), cxm::by(cxm::day_of(&answer::when, cxm::utc{}),
                                                  cxm::on(&answer::recommend, cxm::nps())));
  for (auto const& [day, change] : cxm::period_changes(days))
    CHECK(has(full(change), "difference in "));
}

TEST_CASE("format: wholes and parts, valences, times and ledgers") {
  CHECK(full(cxm::whole_and_parts{}) ==
        "parts less the whole no data, n = 0 of 0 journeys; on 0..100, the mean rating of contacts "
        "less that of the journey");
  CHECK(fmt::format("{}", cxm::valence_point{}) == "no data");
  using times = cxm::time_summary<std::chrono::seconds>;
  times const mean = [] {
    auto sums = cxm::bind<std::chrono::seconds>(cxm::time_sum());
    for (auto const one : {3600s, 7200s * 2}) sums.add(one);
    return sums.result();
  }();
  CHECK(full(mean).find("mean time 2.5 h, n = 2, 0 missing; deviation ") == 0);
}

TEST_CASE("format and table: indices, sentiment, and answers that only a denominator counts") {
  auto const felt = cxm::measure(std::vector<double>{0.5, -0.5, 0.9}, cxm::sentiment()).result();
  CHECK(full(felt).find("sentiment 0.30 (") == 0);
  CHECK(has(full(felt), "mean valence, from -1 to 1; 1 negative, 0 neutral, 2 positive, net +33"));
  auto const index = cxm::composite(cxm::item(&answer::recommend, cxm::points<0, 10>{}),
                                    cxm::item(&answer::shop, cxm::points<0, 3>{}));
  CHECK(has(full(cxm::measure(shops(), index).result()), "index of 2 items, shown on 0..100; "));
  CHECK(full(cxm::measure(shops(), cxm::weighted(&answer::weight, index)).result())
            .find("weighted index ") == 0);

  struct asked {
    int shop;
    cxm::reply<int> answer;
  };
  std::vector<asked> all;
  for (int i = 0; i < 40; ++i)
    all.push_back({i % 2, i % 4 == 0 ? cxm::reply<int>(cxm::no_answer::dismissed)
                                     : cxm::reply<int>(1 + i % 5)});
  auto const shown = cxm::publish(
      cxm::measure(all, cxm::by(&asked::shop, cxm::on(&asked::answer, cxm::csat(cxm::of_shown{}))))
          .result(),
      cxm::min_people{2});
  auto const text = cxm::text(cxm::tabulate(shown));
  CHECK(has(text, "unanswered"));
  cxm::json_writer json;
  write(json, cxm::tabulate(shown));
  CHECK(has(json.text(), "\"unanswered\":10"));
  // Where every answer that counts was given, there is no such column.
  auto const plain = cxm::publish(cxm::measure(shops(), by_shop()).result(), cxm::min_people{2});
  CHECK(!has(cxm::text(cxm::tabulate(plain)), "unanswered"));
}

TEST_CASE("format: what journeys cost, repeat, hand over and spare") {
  cxm::effort_summary effort{4, 1, 2.5, {}};
  effort.components.push_back({"calls", 2, 3, 6, 1.5, 0.6});
  effort.components.push_back({"waits", 1, 4, 4, 1.0, 0.4});
  CHECK(full(effort) ==
        "mean effort 2.50, n = 4, 1 missing; units a journey; calls 60 %, waits 40 %");
  struct nothing {};
  cxm::rework_summary<nothing> again;
  CHECK(fmt::format("{}", again) == "no data");
  again.journeys = 3, again.contacts = 10, again.self_loops = 1, again.loop_returns = 2;
  again.rework_share = 0.3;
  CHECK(full(again) ==
        "rework 30 %, n = 10 contacts of 3 journeys; share of contacts that repeat an earlier one "
        "of their journey; 1 right after it, 2 after others");
  CHECK(full(cxm::hand_over_summary<nothing, nothing>{2, 5, 1, 0, {}, {}}) ==
        "hand-overs: 5 in 2 journeys; 1 straight back, 0 of no known owner");
  cxm::contactless_summary spared{3, 1, 1, 0, cxm::share_of(3, 4), cxm::interval{0.6, 0.8}};
  CHECK(full(spared).find("contactless journeys 75 % (") == 0);
  CHECK(has(full(spared), "1 unknown, 0 without a contact seen, from 60 % to 80 % whatever"));
  std::vector<answer> const visits = shops();
  auto const journeys = cxm::reconstruct(
      visits, cxm::touchpoint_fields{&answer::shop, &answer::when, &answer::recommend});
  auto const ledger = cxm::measure(journeys, cxm::time_ledger(&answer::shop)).result();
  CHECK(full(ledger).find("mean end-to-end time 34.0 h, n = 4 journeys") == 0);
}
