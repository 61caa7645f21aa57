// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/all.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/by_each.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/weighted.hpp>
#include <cxm/stats/where.hpp>
#include <cxm/survey/compare.hpp>
#include <cxm/survey/nps.hpp>
#include <cxm/testing/retraction_laws.hpp>

#include "catch.hpp"

#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace {

enum class product : std::uint8_t { mobile, broadband, tv };
struct answer {
  std::vector<std::string> topics;
  std::optional<std::vector<int>> regions;
  std::vector<product> products;
  int channel = 0;
  int score = 0;
  double weight = 1;
};

std::vector<answer> random_answers(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  char const* const words[] = {"price", "wait", "staff", "a topic with a long name", ""};
  std::vector<answer> made(count);
  for (auto& one : made) {
    for (auto n = random() % 4; n > 0; --n) one.topics.push_back(words[random() % 5]);
    if (random() % 5 != 0) {
      one.regions.emplace();
      // Some carry more values than are compared where they stand.
      for (auto n = random() % 10 == 0 ? 40 : random() % 3; n > 0; --n)
        one.regions->push_back(static_cast<int>(random() % 90) - 5);
    }
    for (auto n = random() % 3; n > 0; --n) one.products.push_back(product(random() % 3));
    one.channel = static_cast<int>(random() % 3);
    one.score = static_cast<int>(random() % 11);
    one.weight = static_cast<double>(random() % 5) / 2;
  }
  return made;
}
auto recommend() {
  return cxm::on(&answer::score, cxm::nps());
}

}  // namespace

TEST_CASE("by_each: an event counts once for each of its distinct values, as sets would say") {
  auto const answers = random_answers(800, 1);
  std::map<std::string, std::uint64_t> topics;
  std::map<int, std::uint64_t> regions;
  std::uint64_t memberships = 0, without = 0, missing = 0, empty_lists = 0;
  for (auto const& one : answers) {
    std::set<std::string> const distinct(one.topics.begin(), one.topics.end());
    for (auto const& topic : distinct) ++topics[topic];
    memberships += distinct.size();
    without += distinct.empty() ? 1 : 0;
    if (!one.regions) ++missing;
    if (!one.regions) continue;
    empty_lists += one.regions->empty() ? 1 : 0;
    for (int region : std::set<int>(one.regions->begin(), one.regions->end())) ++regions[region];
  }
  auto const by_topic = cxm::measure(answers, cxm::by_each(&answer::topics, cxm::count())).result();
  REQUIRE(by_topic.size() == topics.size());
  for (auto const& [topic, n] : by_topic) CHECK(n == topics.at(topic));
  CHECK(by_topic.events == 800);
  CHECK(by_topic.memberships == memberships);
  CHECK(by_topic.without == without);
  CHECK(by_topic.missing == 0);
  auto const by_region =
      cxm::measure(answers, cxm::by_each(cxm::field<"region">(&answer::regions), cxm::count()))
          .result();
  REQUIRE(by_region.size() == regions.size());
  for (auto const& [region, n] : by_region) CHECK(n == regions.at(region));
  CHECK(by_region.missing == missing);
  CHECK(by_region.without == empty_lists);
  CHECK(by_region.names() == std::vector<std::string>{"region"});
}

TEST_CASE("by_each: repeated values, +0 and -0, and nothing") {
  struct reading {
    std::vector<double> at;
  };
  std::vector<reading> const readings = {{{0.0, -0.0, 1.0, 0.0}}, {{}}};
  auto const found = cxm::measure(readings, cxm::by_each(&reading::at, cxm::count())).result();
  CHECK(found.size() == 2);
  CHECK(found.at(0.0) == 1);
  CHECK(found.memberships == 2);
  CHECK(found.without == 1);
  auto const nothing =
      cxm::measure(std::vector<reading>{}, cxm::by_each(&reading::at, cxm::count())).result();
  CHECK(nothing.empty());
  CHECK(nothing.events == 0);
}

TEST_CASE("by_each: composes, merges exactly, saves and retracts") {
  auto const answers = random_answers(120, 2);
  auto const laws = [&](auto const& plan) {
    auto const merges =
        cxm::check_merge_laws(plan, answers, {.seed = 3, .rounds = 3, .bytes_to_flip = 60});
    INFO(merges.text());
    CHECK(merges.holds());
    auto const retracts = cxm::check_retraction_laws(plan, answers, {.seed = 4, .rounds = 6});
    INFO(retracts.text());
    CHECK(retracts.holds());
  };
  laws(cxm::by_each(&answer::topics, recommend()));
  laws(cxm::by_each(&answer::products, cxm::all(cxm::count(), recommend())));
  laws(cxm::by(&answer::channel, cxm::by_each(&answer::regions, cxm::count())));
  laws(cxm::by_each(&answer::topics, cxm::by_each(&answer::products, recommend())));
  laws(cxm::weighted(&answer::weight, cxm::by_each(&answer::topics, recommend())));
  auto const loud = [](answer const& one) { return one.score < 3; };
  laws(cxm::by_each(&answer::topics, cxm::where(cxm::field<"loud">(loud), recommend())));
  laws(cxm::where(cxm::field<"loud">(loud), cxm::by_each(&answer::products, cxm::count())));
}

TEST_CASE("by_each: a cap merges the rest, whatever the order, and then nothing is taken back") {
  auto const answers = random_answers(300, 5);
  auto const plan = cxm::by_each(&answer::regions, cxm::count(), cxm::at_most{7});
  auto const report =
      cxm::check_merge_laws(plan, answers, {.seed = 6, .rounds = 4, .bytes_to_flip = 60});
  INFO(report.text());
  CHECK(report.holds());
  auto counted = cxm::measure(answers, plan);
  auto const found = counted.result();
  std::uint64_t sum = found.other().value();
  for (auto const& group : found) sum += group.result;
  CHECK(sum == found.memberships);
  auto const before = cxm::save(counted);
  for (auto const& one : answers)
    if (one.regions && !one.regions->empty())
      CHECK_THROWS_AS(counted.remove(one), std::invalid_argument);
  CHECK(cxm::save(counted) == before);
}

TEST_CASE("by_each: an event is taken back from all of its groups or from none") {
  auto plan = cxm::by_each(&answer::topics, cxm::count());
  answer first, second, stranger;
  first.topics = {"price", "wait"};
  second.topics = {"price"};
  stranger.topics = {"price", "wait", "never"};
  plan.add(first);
  plan.add(second);
  auto const before = cxm::save(plan);
  CHECK_THROWS_AS(plan.remove(stranger), std::invalid_argument);
  CHECK_THROWS_AS(plan.remove(answer{}), std::invalid_argument);  // none came without topics
  CHECK(cxm::save(plan) == before);
  plan.remove(first);
  CHECK(plan.result().size() == 1);
  CHECK(plan.result().memberships == 1);
}

TEST_CASE("by_each: results of two periods are compared group by group") {
  auto const plan = cxm::by_each(&answer::products, recommend());
  auto const change = cxm::compare(cxm::measure(random_answers(300, 7), plan),
                                   cxm::measure(random_answers(300, 8), plan));
  CHECK(change.size() == 3);
  CHECK(change.at(product::tv).value);
}
