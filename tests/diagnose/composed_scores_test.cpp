// SPDX-License-Identifier: BSL-1.0
// Scores in combinations that nobody planned: decay, clusters, bands, weights, lists of topics,
// indices and sentiment, inside each other and inside journeys, against flat events and against
// the same plan on the part of the events that a combinator should have chosen.
#include <cxm/cxm.hpp>
#include <cxm/diagnose/at_same_mix.hpp>
#include <cxm/diagnose/why_it_moved.hpp>
#include <cxm/report/format.hpp>
#include <cxm/stats/by_each.hpp>
#include <cxm/stats/decayed.hpp>
#include <cxm/stats/windowed.hpp>
#include <cxm/survey/clustered.hpp>
#include <cxm/survey/homogeneity.hpp>
#include <cxm/survey/period_changes.hpp>
#include <cxm/survey/ranking.hpp>
#include <cxm/survey/shrink.hpp>
#include <cxm/testing/retraction_laws.hpp>

#include "catch.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <random>
#include <string>
#include <vector>

using namespace std::chrono_literals;
using namespace Catch::Matchers;

namespace {
struct contact {
  int customer = 0;
  std::chrono::sys_seconds when{};
  int step = 0;
  std::optional<int> account{};
  std::optional<int> trust{}, ease{};
  std::optional<double> mood{};
  double value = 1;
  std::vector<std::string> topics{};
  std::optional<std::chrono::sys_seconds> end{};
};
std::vector<contact> random_contacts(unsigned seed, std::size_t count) {
  std::mt19937 random(seed);
  std::string const names[] = {"price", "speed", "help"};
  std::vector<contact> made;
  for (std::size_t i = 0; i < count; ++i) {
    contact one{int(random() % 40), std::chrono::sys_seconds(1min * int(random() % 60'000)),
                int(random() % 4)};
    one.account = int(random() % 9);
    one.trust = int(random() % 12);  // 11 is off the scale
    one.ease = 1 + int(random() % 5);
    one.mood = double(random() % 2'000) / 1'000 - 1;
    one.value = double(random() % 5'000) / 900;
    for (auto const& name : names)
      if (random() % 3 == 0) one.topics.push_back(name);
    if (random() % 7 == 0) one.account.reset();
    if (random() % 8 == 0) one.trust.reset();
    if (random() % 3 == 0) one.end = one.when + 1min * int(random() % 90);
    made.push_back(std::move(one));
  }
  return made;
}
auto trust() {
  return cxm::bands(cxm::points<0, 10>{}, cxm::band<"bad", 0, 6, -1>{}, cxm::band<"fair", 7, 8>{},
                    cxm::band<"good", 9, 10, +1>{});
}
auto trust_in_accounts() {
  return cxm::clustered(&contact::account, cxm::on(&contact::trust, trust()));
}
auto index() {
  return cxm::composite(cxm::item(&contact::trust, cxm::points<0, 10>{}),
                        cxm::item(&contact::ease, cxm::points<1, 5>{}), cxm::available_items{});
}
auto journeys_of(std::vector<contact> const& contacts) {
  return cxm::reconstruct(contacts,
                          cxm::touchpoint_fields{&contact::customer, &contact::when, &contact::step,
                                                 cxm::ends_at{&contact::end}},
                          cxm::after_silence{24h});
}
void same_score(auto const& a, auto const& b) {
  CHECK(a.n == b.n);
  CHECK(a.missing == b.missing);
  CHECK(a.invalid == b.invalid);
  CHECK(a.value == b.value);
  CHECK(a.standard_error == b.standard_error);
  CHECK(a.interval.has_value() == b.interval.has_value());
}
}  // namespace

TEST_CASE("Decayed clustered bands by each topic inside each_contact are those of flat contacts") {
  auto const contacts = random_contacts(1, 900);
  auto const journeys = journeys_of(contacts);
  auto const plan = cxm::decayed(&contact::when, cxm::half_life{240h},
                                 cxm::by_each(&contact::topics, trust_in_accounts()));
  auto const flat = cxm::measure(contacts, plan);
  auto const inside = cxm::measure(journeys, cxm::each_contact(plan));
  auto const a = flat.result(), b = inside.result();
  CHECK(a.n == contacts.size());
  CHECK(a.faded == b.faded);
  REQUIRE(a.result.size() == 3);
  for (auto const& [topic, score] : a.result) {
    same_score(score, b.result.at(topic));
    CHECK(score.clusters == b.result.at(topic).clusters);
    CHECK(score.clusters > 9);  // those of no account are alone
    // By hand: only the contacts with this topic, without by_each.
    std::vector<contact> chosen;
    for (auto const& one : contacts)
      if (std::count(one.topics.begin(), one.topics.end(), topic) > 0) chosen.push_back(one);
    chosen.push_back(*std::max_element(contacts.begin(), contacts.end(),
                                       [](auto& x, auto& y) { return x.when < y.when; }));
    chosen.back().trust.reset();  // the latest decides how old the others are
    auto const alone = cxm::measure(
        chosen, cxm::decayed(&contact::when, cxm::half_life{240h}, trust_in_accounts()));
    CHECK_THAT(*alone.result().result.value, WithinAbs(*score.value, 1e-12));
    CHECK_THAT(*alone.result().result.standard_error, WithinAbs(*score.standard_error, 1e-12));
    CHECK_THAT(alone.result().result.at("good").interval->low,
               WithinAbs(score.at("good").interval->low, 1e-12));
  }
  // And what follows from groups follows from these.
  auto const shrunk = cxm::shrink(a.result);
  CHECK(shrunk.entered == 3);
  CHECK(cxm::ranking(shrunk).size() == 3);
  CHECK(cxm::homogeneity(a.result).groups == 3);
  CHECK(fmt::format("{:full}", a.result.at("help")).find("weighted net score") == 0);
}

TEST_CASE("Weighted indices and sentiment, by step and topic, inside each_contact and weighted") {
  auto const contacts = random_contacts(2, 500);
  auto const journeys = journeys_of(contacts);
  auto const plan = cxm::by(
      &contact::step,
      cxm::weighted(&contact::value,
                    cxm::all(index(), cxm::on(&contact::mood, cxm::sentiment()),
                             cxm::by_each(&contact::topics, index()), trust_in_accounts())));
  auto const a = cxm::measure(contacts, plan).result();
  auto const b = cxm::measure(journeys, cxm::each_contact(plan)).result();
  REQUIRE(a.size() == 4);
  for (auto const& [step, found] : a) {
    same_score(std::get<0>(found), std::get<0>(b.at(step)));
    same_score(std::get<1>(found), std::get<1>(b.at(step)));
    same_score(std::get<2>(found).at("price"), std::get<2>(b.at(step)).at("price"));
    same_score(std::get<3>(found), std::get<3>(b.at(step)));
    std::vector<contact> chosen;
    for (auto const& one : contacts)
      if (one.step == step &&
          std::count(one.topics.begin(), one.topics.end(), std::string("price")) > 0)
        chosen.push_back(one);
    same_score(std::get<2>(found).at("price"),
               cxm::measure(chosen, cxm::weighted(&contact::value, index())).result());
  }
  // A weight of the journey is that of each of its contacts.
  auto const size = [](auto const& journey) { return journey.size(); };
  auto const weighed = cxm::measure(
      journeys, cxm::weighted(size, cxm::each_contact(cxm::all(index(), trust_in_accounts()))));
  auto by_hand = index().with_weights();
  for (auto const& journey : journeys)
    for (std::size_t i = 0; i < journey.size(); ++i)
      by_hand.add(journey[i].row(), *cxm::weight_from(journey.size()));
  same_score(std::get<0>(weighed.result()), by_hand.result());
}

TEST_CASE("Fields of contacts behind fields of the user, however deep and in whatever order") {
  auto const contacts = random_contacts(3, 300);
  auto const journeys = journeys_of(contacts);
  std::chrono::seconds all{0};
  for (auto const& one : contacts) all += one.end ? *one.end - one.when : 0s;
  auto const total = [&](auto const& plan) {
    std::chrono::seconds sum{0};
    for (auto const& one : cxm::measure(journeys, cxm::each_contact(plan)).result())
      sum += one.result.sum.value_or(0s);
    return sum;
  };
  auto const spent = cxm::on(cxm::time_spent, cxm::time_sum());
  CHECK(total(cxm::by(&contact::step, spent)) == all);
  CHECK(total(cxm::by(&contact::step, cxm::at_touchpoint, spent)) == all);
  CHECK(total(cxm::by(cxm::at_touchpoint, &contact::step, spent)) == all);
  CHECK(total(cxm::by(&contact::account, spent)) == all);
  auto const named = cxm::on(cxm::field<"minutes">(cxm::time_spent), cxm::time_sum());
  CHECK(total(cxm::by(&contact::step, named)) == all);
  auto const minutes = cxm::measure(
      journeys,
      cxm::each_contact(
          cxm::by(&contact::step, cxm::on(cxm::in_whole{1min, cxm::time_spent}, cxm::moments()))));
  double counted = 0;
  for (auto const& [step, found] : minutes.result()) counted += *found.mean * double(found.n);
  CHECK_THAT(counted * 60, WithinAbs(double(all.count()), 1e-6));
  auto const deep = cxm::measure(
      journeys, cxm::each_contact(cxm::by(
                    &contact::step, cxm::all(cxm::by(cxm::at_touchpoint, spent),
                                             cxm::clustered(cxm::at_touchpoint,
                                                            cxm::on(&contact::trust, trust()))))));
  CHECK(std::get<0>(deep.result().at(1)).size() == 1);
  CHECK(std::get<1>(deep.result().at(1)).clusters == 1);
  auto const placed = cxm::measure(
      journeys,
      cxm::each_placed(cxm::by(
          &contact::step, cxm::by(cxm::part_of_journey{2}, cxm::on(&contact::trust, trust())))));
  CHECK(placed.result().size() == 4);
}

TEST_CASE("Journeys are taken back, contact by contact, and merge over a store by value") {
  auto const contacts = random_contacts(4, 120);
  auto const journeys = journeys_of(contacts);
  auto const laws = [&](auto const& plan) {
    auto const taken = cxm::check_retraction_laws(plan, journeys, {.rounds = 4});
    INFO(taken.text());
    CHECK(taken.holds());
    auto const merged = cxm::check_merge_laws(plan, journeys, {.rounds = 2, .bytes_to_flip = 80});
    INFO(merged.text());
    CHECK(merged.holds());
  };
  laws(cxm::each_contact(cxm::by_each(&contact::topics, trust_in_accounts())));
  laws(cxm::each_contact(cxm::by(&contact::step, cxm::on(cxm::time_spent, cxm::count()))));
  laws(cxm::each_placed(cxm::by(cxm::part_of_journey{3}, index())));
  laws(cxm::weighted([](auto const& journey) { return journey.size(); },
                     cxm::each_contact(cxm::all(index(), trust_in_accounts()))));
  // A journey of which one contact was never counted changes nothing.
  std::vector<contact> three(3, contacts.front());
  for (int i = 0; i < 3; ++i) {
    three[std::size_t(i)].when += 1min * i;
    three[std::size_t(i)].trust = 9 - i;
  }
  auto other = three;
  other.back().trust = 2;
  auto const counted = journeys_of(three), never = journeys_of(other);
  auto plan = cxm::measure(counted, cxm::each_contact(trust_in_accounts()));
  auto placed = cxm::measure(counted, cxm::each_placed(trust_in_accounts()));
  auto const before = cxm::save(plan), placed_before = cxm::save(placed);
  CHECK_THROWS_AS(plan.remove(never[0]), std::invalid_argument);
  CHECK_THROWS_AS(placed.remove(never[0]), std::invalid_argument);
  CHECK(cxm::save(plan) == before);
  CHECK(cxm::save(placed) == placed_before);
  plan.remove(counted[0]);
  CHECK(plan.empty());
}

TEST_CASE("Windows of clusters, periods of bands, and movements of weighted clusters") {
  auto contacts = random_contacts(5, 600);
  std::sort(contacts.begin(), contacts.end(), [](auto& a, auto& b) { return a.when < b.when; });
  auto window =
      cxm::windowed(&contact::when, cxm::sliding{72h},
                    cxm::by(&contact::step, cxm::weighted(&contact::value, trust_in_accounts())));
  auto inside = cxm::by(&contact::step, cxm::weighted(&contact::value, trust_in_accounts()));
  for (auto const& one : contacts) {
    window.add(one);
    if (one.when > contacts.back().when - 72h) inside.add(one);
  }
  auto const kept = window.result().result, wanted = inside.result();
  REQUIRE(kept.size() == wanted.size());
  for (auto const& [step, score] : kept) same_score(score, wanted.at(step));

  auto const by_day =
      cxm::measure(contacts, cxm::by(cxm::week_of(&contact::when), trust_in_accounts()));
  auto const nps_by_day = cxm::measure(
      contacts, cxm::by(cxm::week_of(&contact::when),
                        cxm::clustered(&contact::account, cxm::on(&contact::trust, cxm::nps()))));
  auto const changes = cxm::period_changes(by_day), of_nps = cxm::period_changes(nps_by_day);
  REQUIRE(changes.size() == of_nps.size());
  for (auto const& [week, change] : changes) {
    CHECK(change.value == of_nps.at(week).value);
    CHECK(change.p == of_nps.at(week).p);
    if (change.value) CHECK(change.quantity == "net score");
  }

  auto const now = random_contacts(6, 400), before = random_contacts(7, 400);
  auto const moved = [&](auto const& score) {
    auto const plan = cxm::by(&contact::step, score);
    auto const a = cxm::measure(now, plan), b = cxm::measure(before, plan);
    auto const parts = cxm::why_it_moved(a, b);
    CHECK(*parts.mix + *parts.rate == *parts.value);
    auto const same = cxm::at_same_mix(a, b);
    CHECK(same.value.has_value());
    if (same.interval) CHECK(same.interval->contains(*same.value));
    CHECK(!same.quantity.empty());
    return same;
  };
  CHECK(moved(cxm::weighted(&contact::value, trust_in_accounts())).quantity == "net score");
  CHECK(moved(cxm::weighted(&contact::value, index())).quantity == "mean");
  CHECK(moved(cxm::on(&contact::mood, cxm::sentiment())).interval->high <= 2);
}
