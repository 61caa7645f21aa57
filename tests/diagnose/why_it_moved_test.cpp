// SPDX-License-Identifier: BSL-1.0
#include <cxm/cxm.hpp>
#include <cxm/diagnose/at_same_mix.hpp>
#include <cxm/diagnose/why_it_moved.hpp>

#include "catch.hpp"
#include "exact_oracle.hpp"

#include <cmath>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <tuple>
#include <vector>

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {
struct answer {
  std::string segment;
  int channel;
  std::optional<int> recommend;
  double weight = 1;
};
void add(std::vector<answer>& to, std::string const& segment, int promoters, int passives,
         int detractors) {
  for (int i = 0; i < promoters; ++i) to.push_back({segment, i % 3, 9 + i % 2});
  for (int i = 0; i < passives; ++i) to.push_back({segment, i % 3, 7 + i % 2});
  for (int i = 0; i < detractors; ++i) to.push_back({segment, i % 3, i % 7});
}
auto by_segment(auto metric) {
  return cxm::by(&answer::segment, cxm::on(&answer::recommend, metric));
}
/// Cycle 1: A +40, B 0, half each; cycle 2: A +38, B -2, four fifths A (method reference I4).
std::vector<answer> cycle(int number) {
  std::vector<answer> found;
  if (number == 1) {
    add(found, "A", 300, 100, 100);
    add(found, "B", 200, 100, 200);
  } else {
    add(found, "A", 504, 96, 200);
    add(found, "B", 68, 60, 72);
  }
  return found;
}
std::vector<answer> drawn(std::mt19937_64& random, int segments) {
  std::vector<answer> found;
  auto const n = 20 + random() % 400;
  for (std::size_t i = 0; i < n; ++i)
    found.push_back(
        {std::string(1, static_cast<char>('a' + random() % static_cast<unsigned>(segments))),
         static_cast<int>(random() % 3),
         random() % 10 == 0 ? std::optional<int>() : static_cast<int>(random() % 11),
         static_cast<double>(random() % 5) / 2});
  return found;
}
/// Every sum with ==.
template <class Movement>
void check_exact(Movement const& found) {
  double mix = 0, rate = 0;
  auto const take = [&](auto const& part) {
    mix += *part.mix;
    rate += *part.rate;
  };
  for (auto const& one : found.segments) take(one.result);
  if (found.segments.other()) take(*found.segments.other());
  CHECK(mix == *found.mix);
  CHECK(rate == *found.rate);
  CHECK(mix + rate == *found.value);
}
}  // namespace

TEST_CASE("why_it_moved and at_same_mix, I4: +10 that is all mix, both segments got worse") {
  auto const now = cxm::measure(cycle(2), by_segment(cxm::nps()));
  auto const before = cxm::measure(cycle(1), by_segment(cxm::nps()));
  auto const found = cxm::why_it_moved(now, before);
  CHECK_THAT(*found.first, WithinAbs(30, 1e-12));
  CHECK_THAT(*found.second, WithinAbs(20, 1e-12));
  CHECK_THAT(*found.value, WithinAbs(10, 2e-11));
  CHECK_THAT(*found.rate, WithinAbs(-2, 1e-10));
  CHECK_THAT(*found.mix, WithinAbs(12, 1e-10));
  auto const& a = found.segments.at("A");
  CHECK(a.first_n == 800);
  CHECK(a.second_n == 500);
  CHECK(*a.first_share == 0.8);
  CHECK(*a.second_share == 0.5);
  CHECK(*a.first == 38);
  CHECK(*a.second == 40);
  CHECK_THAT(*a.rate, WithinAbs(-1.3, 1e-10));
  check_exact(found);
  for (auto const& same :
       {cxm::at_same_mix(now, before), cxm::at_same_mix(now, before, cxm::mix_of_first{}),
        cxm::at_same_mix(now, before, cxm::mix_of_both{}, cxm::confidence{0.9})}) {
    CHECK_THAT(*same.value, WithinAbs(-2, 1e-12));
    CHECK(*same.covered == 1);
    CHECK(same.interval->contains(-2));
    CHECK(!same.significant());
  }
  // The crude change is significant, and in the other direction.
  CHECK(cxm::compare(cxm::measure(cycle(2), cxm::on(&answer::recommend, cxm::nps())),
                     cxm::measure(cycle(1), cxm::on(&answer::recommend, cxm::nps())))
            .significant());
}

TEST_CASE("why_it_moved on random answers: the parts sum to the last bit, as exact fractions say") {
  std::mt19937_64 random{37};
  for (int round = 0; round < 60; ++round) {
    auto const plan =
        by_segment(cxm::tally(cxm::nps(), cxm::mean(), cxm::csat(cxm::points<0, 10>{})));
    auto const now = cxm::measure(drawn(random, 6), plan).result();
    auto const before = cxm::measure(drawn(random, 7), plan).result();  // one more segment
    auto const [nps, mean, share] = cxm::why_it_moved(now, before);
    check_exact(nps);
    check_exact(mean);
    check_exact(share);
    // Σ mix and Σ rate by fractions: numerators over N_a N_b and over 2 N_a N_b n_a n_b, of nets.
    oracle::integer first = 0, second = 0;
    for (auto const& one : now) first += std::get<0>(one.result).n;
    for (auto const& one : before) second += std::get<0>(one.result).n;
    for (auto const& [key, part] : nps.segments) {
      if (part.first_n == 0 || part.second_n == 0) {
        CHECK(*part.rate == 0);
        continue;
      }
      auto const net = [&key = key](auto const& groups) {
        auto const& score = std::get<0>(groups.at(key));
        return oracle::integer(score.promoters) - oracle::integer(score.detractors);
      };
      oracle::integer const a = part.first_n, b = part.second_n;
      oracle::integer const above =
          100 * (net(now) * b - net(before) * a) * (a * second + b * first);
      CHECK_THAT(*part.rate,
                 WithinAbs(oracle::nearest(above, 2 * a * b * first * second), 1.5e-11));
    }
    CHECK_THAT(*nps.value, WithinAbs(*nps.first - *nps.second, 2e-11));
    // With the mean of both mixes the standardised difference is the rate, of what both have.
    auto const same = cxm::at_same_mix(cxm::measure(drawn(random, 5), by_segment(cxm::nps())),
                                       cxm::measure(drawn(random, 5), by_segment(cxm::nps())),
                                       cxm::mix_of_both{});
    CHECK(same.interval->contains(*same.value));
  }
}

TEST_CASE("at_same_mix with the mean of both mixes is the rate") {
  std::mt19937_64 random{38};
  for (int round = 0; round < 20; ++round) {
    auto const now = cxm::measure(drawn(random, 4), by_segment(cxm::nps()));
    auto const before = cxm::measure(drawn(random, 4), by_segment(cxm::nps()));
    auto const rate = cxm::why_it_moved(now, before).rate;
    CHECK_THAT(*cxm::at_same_mix(now, before, cxm::mix_of_both{}).value, WithinAbs(*rate, 1e-9));
  }
}

TEST_CASE("why_it_moved: several segment fields, a cap, weights") {
  std::mt19937_64 random{39};
  auto const now = drawn(random, 6), before = drawn(random, 6);
  auto const both =
      cxm::by(&answer::segment, &answer::channel, cxm::on(&answer::recommend, cxm::nps()));
  auto const found = cxm::why_it_moved(cxm::measure(now, both), cxm::measure(before, both));
  CHECK(found.segments.size() == 18);
  check_exact(found);
  auto const capped = cxm::by(&answer::segment, &answer::channel,
                              cxm::on(&answer::recommend, cxm::nps()), cxm::at_most{5});
  auto const most = cxm::why_it_moved(cxm::measure(now, capped), cxm::measure(before, capped));
  CHECK(most.segments.size() == 5);
  CHECK(most.segments.other()->first_n > 0);
  CHECK(*most.value == *found.value);
  check_exact(most);
  auto const weighted = cxm::weighted(&answer::weight, by_segment(cxm::nps()));
  auto const heavy = cxm::why_it_moved(cxm::measure(now, weighted), cxm::measure(before, weighted));
  auto const whole = cxm::weighted(&answer::weight, cxm::on(&answer::recommend, cxm::nps()));
  CHECK_THAT(*heavy.first, WithinAbs(*cxm::measure(now, whole).result().value, 1e-11));
  check_exact(heavy);
  CHECK(cxm::at_same_mix(cxm::measure(now, weighted), cxm::measure(before, weighted)).value);
  // A weight of k is k answers.
  std::vector<answer> copies;
  for (auto const& one : now)
    for (int i = 0; i < static_cast<int>(2 * one.weight); ++i) copies.push_back(one);
  std::vector<answer> copies_before;
  for (auto const& one : before)
    for (int i = 0; i < static_cast<int>(2 * one.weight); ++i) copies_before.push_back(one);
  auto const copied = cxm::why_it_moved(cxm::measure(copies, by_segment(cxm::nps())),
                                        cxm::measure(copies_before, by_segment(cxm::nps())));
  CHECK_THAT(*heavy.mix, WithinAbs(*copied.mix, 1e-9));
  CHECK_THAT(*heavy.rate, WithinAbs(*copied.rate, 1e-9));
}

TEST_CASE("why_it_moved of groups of groups: each channel by segment") {
  std::mt19937_64 random{41};
  auto const now = drawn(random, 4), before = drawn(random, 4);
  auto const nested = cxm::by(&answer::channel, by_segment(cxm::nps()));
  auto const found = cxm::why_it_moved(cxm::measure(now, nested), cxm::measure(before, nested));
  REQUIRE(found.size() == 3);
  for (auto const& [channel, part] : found) {
    check_exact(part);
    auto const only = cxm::where([at = channel](answer const& one) { return one.channel == at; },
                                 by_segment(cxm::nps()));
    auto const alone =
        cxm::why_it_moved(cxm::measure(now, only).result(), cxm::measure(before, only).result());
    CHECK(*part.mix == *alone.mix);
    CHECK(*part.rate == *alone.rate);
  }
}

TEST_CASE(
    "why_it_moved: a new segment is mix, an empty side and a withheld segment have no parts") {
  std::vector<answer> before, now;
  add(before, "A", 50, 30, 20);
  add(now, "A", 50, 30, 20);
  add(now, "B", 10, 0, 0);
  auto const plan = by_segment(cxm::nps());
  auto const found = cxm::why_it_moved(cxm::measure(now, plan), cxm::measure(before, plan));
  CHECK(*found.rate == 0);
  CHECK(*found.mix == *found.value);
  CHECK(found.segments.at("B").second.why() == cxm::reason::no_data);
  CHECK(*found.segments.at("B").second_share == 0);
  auto const same =
      cxm::at_same_mix(cxm::measure(now, plan), cxm::measure(before, plan), cxm::mix_of_first{});
  CHECK_THAT(*same.covered, WithinRel(100.0 / 110, 1e-14));
  CHECK_THAT(*same.value, WithinAbs(0, 1e-12));
  auto const nothing = cxm::why_it_moved(cxm::measure(now, plan), plan);
  CHECK(nothing.value.why() == cxm::reason::no_data);
  CHECK(nothing.first_n == 110);
  CHECK(nothing.segments.at("A").mix.why() == cxm::reason::no_data);
  CHECK(cxm::at_same_mix(cxm::measure(now, plan), plan).value.why() == cxm::reason::no_data);
  auto const careful = by_segment(cxm::nps(cxm::min_n{20}));
  auto const withheld =
      cxm::why_it_moved(cxm::measure(now, careful), cxm::measure(before, careful));
  CHECK(withheld.mix.why() == cxm::reason::below_min_n);
  std::vector<answer> other;
  add(other, "C", 5, 3, 2);
  auto const disjoint = cxm::at_same_mix(cxm::measure(other, plan), cxm::measure(before, plan));
  CHECK(disjoint.value.why() == cxm::reason::degenerate);
  CHECK(*disjoint.covered == 0);
}

TEST_CASE("why_it_moved: another scale or other fields are not comparable") {
  auto const asked =
      cxm::by(&answer::segment, cxm::on(&answer::recommend, cxm::csat(cxm::any_points{1, 5})));
  auto const other =
      cxm::by(&answer::segment, cxm::on(&answer::recommend, cxm::csat(cxm::any_points{1, 7})));
  CHECK_THROWS_AS(cxm::why_it_moved(asked, other), std::invalid_argument);
  CHECK_THROWS_AS(cxm::at_same_mix(asked, other), std::invalid_argument);
  auto const named = [](auto field) {
    return cxm::by(field, cxm::on(&answer::recommend, cxm::nps()));
  };
  std::vector<answer> answers;
  add(answers, "A", 5, 3, 2);
  auto const one = cxm::measure(answers, named(cxm::field<"one">(&answer::segment))).result();
  auto const two = cxm::measure(answers, named(cxm::field<"two">(&answer::segment))).result();
  CHECK_THROWS_AS(cxm::why_it_moved(one, two), std::invalid_argument);
}

TEST_CASE("at_same_mix keeps its level, also with segments of ten answers") {
  // Nets of six segments that do not change, mixes that do. 1,000 rounds: ± 1.5 points.
  std::mt19937_64 random{40};
  auto const side = [&](bool turned, int size) {
    std::vector<answer> found;
    for (int segment = 0; segment < 6; ++segment) {
      int const n = size * (turned ? 6 - segment : segment + 1);
      for (int i = 0; i < n; ++i) {
        double const u = static_cast<double>(random() >> 11) * 0x1p-53;
        double const promoters = 0.35 + 0.1 * segment;
        found.push_back({std::string(1, static_cast<char>('a' + segment)), 0,
                         u < promoters         ? 10
                         : u < promoters + 0.1 ? 8
                                               : 3});
      }
    }
    return found;
  };
  for (int const size : {2, 10}) {
    int inside = 0;
    constexpr int rounds = 1'000;
    for (int round = 0; round < rounds; ++round) {
      auto const same = cxm::at_same_mix(cxm::measure(side(false, size), by_segment(cxm::nps())),
                                         cxm::measure(side(true, size), by_segment(cxm::nps())));
      inside += same.interval->contains(0) ? 1 : 0;
    }
    CAPTURE(size, inside);
    CHECK(inside > 0.925 * rounds);
    CHECK(inside < 0.985 * rounds);
  }
}

TEST_CASE("at_same_mix says what it compares, in which unit, and stays on its scale") {
  auto const of = [](auto const& plan) {
    return cxm::at_same_mix(cxm::measure(cycle(2), plan), cxm::measure(cycle(1), plan));
  };
  auto const nps = of(by_segment(cxm::nps()));
  CHECK(nps.quantity == "NPS");
  CHECK(nps.in == cxm::unit::points);
  CHECK(nps.test == "Z");
  auto const csat = of(by_segment(cxm::csat(cxm::points<0, 10>{})));
  CHECK(csat.quantity == "CSAT");
  CHECK(csat.in == cxm::unit::share);
  auto const mean = of(by_segment(cxm::mean(cxm::points<0, 10>{})));
  CHECK(mean.quantity == "mean");
  CHECK(mean.in == cxm::unit::number);
  auto const trust =
      of(by_segment(cxm::bands(cxm::points<0, 10>{}, cxm::band<"bad", 0, 6, -1>{},
                               cxm::band<"fair", 7, 8>{}, cxm::band<"good", 9, 10, +1>{})));
  CHECK(trust.quantity == "net score");
  CHECK(trust.in == cxm::unit::points);
  CHECK(trust.value == nps.value);
  CHECK(trust.interval->low == nps.interval->low);
  CHECK(trust.p == nps.p);
  // Two answers a side can't differ by more than the scale is wide.
  std::vector<answer> up(2, {"A", 0, 10}), down(2, {"A", 0, 0});
  auto const far = cxm::at_same_mix(cxm::measure(up, by_segment(cxm::nps())),
                                    cxm::measure(down, by_segment(cxm::nps())));
  CHECK(far.value == cxm::maybe(200.0));
  CHECK(far.interval->high == 200);
  CHECK(far.interval->raw.high > 200);
}

TEST_CASE("at_same_mix of clustered scores has a value, and no error that ignores the clusters") {
  std::mt19937_64 random(12);
  auto const now = drawn(random, 4), before = drawn(random, 4);
  auto const by_channel = cxm::by(
      &answer::segment, cxm::clustered(&answer::channel, cxm::on(&answer::recommend, cxm::nps())));
  auto const plain = cxm::at_same_mix(cxm::measure(now, by_segment(cxm::nps())),
                                      cxm::measure(before, by_segment(cxm::nps())));
  auto const found =
      cxm::at_same_mix(cxm::measure(now, by_channel), cxm::measure(before, by_channel));
  CHECK_THAT(*found.value, WithinAbs(*plain.value, 1e-12));
  CHECK(found.first.has_value());
  for (auto const& one : {found.standard_error, found.statistic, found.p})
    CHECK(one.why() == cxm::reason::not_identified);
  CHECK(found.interval.why() == cxm::reason::not_identified);
  auto const nobody = cxm::at_same_mix(cxm::measure(std::vector<answer>{}, by_channel),
                                       cxm::measure(before, by_channel));
  CHECK(nobody.interval.why() == cxm::reason::no_data);
}
