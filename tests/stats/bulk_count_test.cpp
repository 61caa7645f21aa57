// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/save.hpp>
#include <cxm/event/rows_of.hpp>
#include <cxm/stats/all.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/each.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/moments.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/proportion.hpp>
#include <cxm/stats/weighted.hpp>
#include <cxm/stats/where.hpp>
#include <cxm/survey/mean.hpp>
#include <cxm/survey/nps.hpp>
#include <cxm/survey/tally.hpp>

#include "catch.hpp"

#include <list>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

struct answer {
  int touchpoint;
  std::uint8_t channel;
  std::int8_t score;
  std::optional<int> effort;
  std::optional<bool> solved;
  double spent;
  bool human;
  std::string text;
};

std::vector<answer> random_answers(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<answer> made(count);
  for (std::size_t i = 0; i < count; ++i) {
    auto& one = made[i];
    // Larger numbers come later, and some fit no dense table.
    one.touchpoint = static_cast<int>(random() % (4 + i / 20));
    if (random() % 500 == 0) one.touchpoint = -1 - one.touchpoint;
    if (random() % 700 == 0) one.touchpoint += 1 << 20;
    one.channel = static_cast<std::uint8_t>(random() % 5);
    one.score = static_cast<std::int8_t>(random() % 14 - 2);
    if (random() % 4 != 0) one.effort = static_cast<int>(random() % 9);
    if (random() % 3 != 0) one.solved = random() % 2 == 0;
    one.spent = static_cast<double>(random() % 7);
    one.human = random() % 3 == 0;
    one.text = std::string(1, static_cast<char>('a' + random() % 3));
  }
  return made;
}

/// The bytes of many at once and of one after the other, which a list can only give.
template <class Plan>
void check_same(Plan const& plan) {
  for (std::size_t const count : {0U, 1U, 7U, 100U, 1500U, 20'000U}) {
    auto const answers = random_answers(count, 1);
    auto const one_by_one = cxm::measure(std::list<answer>(answers.begin(), answers.end()), plan);
    auto const at_once = cxm::measure(answers, plan);
    CHECK(cxm::save(at_once) == cxm::save(one_by_one));
    auto const twice = cxm::measure(answers, at_once);
    CHECK(cxm::save(twice) ==
          cxm::save(cxm::measure(std::list<answer>(answers.begin(), answers.end()), one_by_one)));
  }
}
auto recommend() {
  return cxm::on(&answer::score, cxm::nps());
}

}  // namespace

TEST_CASE("add_many: counts as one event after the other does") {
  check_same(cxm::count());
  check_same(recommend());
  check_same(cxm::on(&answer::spent, cxm::nps()));
  check_same(cxm::on(&answer::effort, cxm::tally(cxm::any_points{1, 7}, cxm::mean())));
  check_same(cxm::on(&answer::effort, cxm::moments()));
  check_same(cxm::on(&answer::solved, cxm::proportion()));
  check_same(cxm::on(&answer::human, cxm::proportion()));
  check_same(cxm::where(&answer::human, recommend()));
  check_same(cxm::weighted(&answer::spent, recommend()));
  check_same(cxm::all(recommend(), cxm::count(), cxm::on(&answer::effort, cxm::moments())));
  using question = cxm::one_of<decltype(recommend()), cxm::event_count>;
  check_same(cxm::each<question>({question(recommend()), question(cxm::count())}));
}

TEST_CASE("add_many: in groups of small numbers, of others, and beyond a cap") {
  check_same(cxm::by(&answer::touchpoint, recommend()));
  check_same(cxm::by(&answer::touchpoint, &answer::channel, recommend()));
  check_same(cxm::by(&answer::human, &answer::channel, cxm::on(&answer::effort, cxm::nps())));
  check_same(cxm::by(&answer::channel, cxm::count()));
  check_same(cxm::by(&answer::channel,
                     cxm::on(&answer::effort, cxm::tally(cxm::any_points{1, 7}, cxm::mean()))));
  check_same(cxm::by(&answer::channel, cxm::on(&answer::solved, cxm::proportion())));
  check_same(cxm::by(&answer::channel, cxm::where(&answer::human, recommend())));
  check_same(cxm::by(&answer::channel, cxm::on(&answer::effort, cxm::moments())));
  check_same(cxm::by(&answer::text, recommend()));
  check_same(cxm::by(&answer::effort, recommend()));
  check_same(cxm::by(&answer::touchpoint, cxm::by(&answer::channel, recommend())));
  check_same(cxm::by(&answer::touchpoint, recommend(), cxm::at_most{5}));
  check_same(cxm::by(&answer::touchpoint, &answer::channel, cxm::count(), cxm::at_most{40}));
}

TEST_CASE("add_many: columns with gaps, plain or in rows") {
  std::mt19937 random(3);
  std::vector<std::int8_t> scores(5000);
  std::vector<unsigned char> valid((scores.size() + 7) / 8);
  std::vector<int> channels(scores.size());
  auto expected = cxm::nps();
  auto by_channel = cxm::by([](int const& c) { return c; }, cxm::count());
  for (std::size_t i = 0; i < scores.size(); ++i) {
    scores[i] = static_cast<std::int8_t>(random() % 13);
    channels[i] = static_cast<int>(random() % 6);
    bool const answered = random() % 3 != 0;
    if (answered) valid[i / 8] = static_cast<unsigned char>(valid[i / 8] | 1U << (i % 8));
    expected.add(answered ? std::optional(scores[i]) : std::nullopt);
    by_channel.add(channels[i]);
  }
  cxm::column_with_gaps<std::int8_t> const column(scores, valid);
  auto counted = cxm::nps();
  counted.add_many(column);
  CHECK(counted == expected);
  auto const rows = cxm::rows_of(channels, column);
  CHECK(cxm::measure(rows, cxm::on(cxm::nth<1>, cxm::nps())).result().n == expected.result().n);
  auto const found =
      cxm::measure(rows, cxm::by(cxm::nth<0>, cxm::on(cxm::nth<1>, cxm::nps()))).result();
  std::uint64_t n = 0, missing = 0;
  for (auto const& [channel, score] : found) {
    n += score.n;
    missing += score.missing;
    CHECK(score.n + score.missing + score.invalid == by_channel.result().at(channel));
  }
  CHECK(n == expected.result().n);
  CHECK(missing == expected.result().missing);
}

TEST_CASE("add_many: more answers than counters hold are refused at once, and none is counted") {
  std::vector<int> const answers(200, 9);
  auto almost = cxm::nps();  // 2^63 − 256 answers
  for (int bit = 62; bit >= 8; --bit) {
    auto part = cxm::nps();
    part.add(9);
    for (int doubling = 0; doubling < bit; ++doubling) part.merge(part);
    almost.merge(part);
  }
  almost.add_many(answers);
  CHECK(almost.result().n == (std::uint64_t{1} << 63) - 256 + 200);
  auto const full = cxm::save(almost);
  CHECK_THROWS_AS(almost.add_many(answers), std::invalid_argument);
  CHECK(cxm::save(almost) == full);
}
