// SPDX-License-Identifier: BSL-1.0
// The algebra of boundaries (method reference B5): worked numbers, laws, and 10,000 random
// expressions over random logs against the slow and obvious way, static and run-time twins.
#include <cxm/core/zone.hpp>
#include <cxm/journey/any_boundary.hpp>
#include <cxm/journey/at_new.hpp>
#include <cxm/journey/boundary_algebra.hpp>
#include <cxm/journey/goal.hpp>
#include <cxm/journey/max_size.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/journey/silence_by.hpp>
#include <cxm/journey/stage_regress.hpp>

#include "boundary_oracle.hpp"
#include "catch.hpp"

#include <stdexcept>

using namespace std::chrono_literals;
using logs::at;
using logs::contact;

namespace {

using minutes = std::chrono::minutes;
using silence = cxm::after_silence<minutes::rep, minutes::period>;
using by_what = cxm::after_silence_by<char contact::*, char, minutes>;
using order = std::optional<int> contact::*;
using any = cxm::any_boundary<silence, by_what, cxm::until<char>, cxm::starting_with<char>,
                              cxm::goal<char>, cxm::change_of<order>, cxm::stage_regress<order>,
                              cxm::max_contacts, cxm::max_duration<minutes::rep, minutes::period>,
                              cxm::at_new<cxm::fixed_offset>>;

template <class Boundary>
std::vector<std::string> cut(std::vector<contact> const& log, Boundary const& boundary) {
  return slow::texts_of(
      cxm::reconstruct(log, logs::fields_with_end(), boundary, cxm::remember_endings{}));
}
template <class Boundary>
std::vector<std::string> pieces(std::vector<contact> const& log, Boundary const& boundary) {
  return oracle::texts_of(cxm::reconstruct(log, logs::fields_with_end(), boundary));
}

/// A boundary and its obvious twin.
struct pair {
  any fast;
  slow::rule obvious;
};

by_what slower_channel(minutes a, minutes b, minutes otherwise) {
  return by_what(&contact::what, {{'a', a}, {'b', b}}, otherwise);
}

pair leaf(logs::numbers& next) {
  auto const gap = minutes(1 + next.below(60));
  auto const what = static_cast<char>('a' + next.below(4));
  switch (next.below(10)) {
    case 0:
      return {any(cxm::after_silence{gap}), slow::silence(gap)};
    case 1:
      return {any(cxm::until{what}), slow::until(what)};
    case 2:
      return {any(cxm::starting_with{what}), slow::starting_with(what)};
    case 3:
      return {any(cxm::goal{what}), slow::goal(what)};
    case 4:
      return {any(cxm::change_of{&contact::order}), slow::change_of_order()};
    case 5: {
      int const fall = 1 + next.below(2);
      return {any(cxm::stage_regress{&contact::order, fall}), slow::stage_regress(fall)};
    }
    case 6: {
      auto const most = static_cast<std::size_t>(1 + next.below(9));
      return {any(cxm::max_contacts{most}), slow::max_contacts(most)};
    }
    case 7:
      return {any(cxm::max_duration{4 * gap}), slow::max_duration(4 * gap)};
    case 8: {
      int const offset = 60 * next.below(12);
      auto const zone = cxm::fixed_offset(minutes(offset));
      return {any(cxm::at_new{cxm::calendar::day, zone}), slow::new_day(offset)};
    }
    default: {
      minutes const b(1 + next.below(60)), rest(1 + next.below(60));
      return {any(slower_channel(gap, b, rest)), slow::silence_by({{'a', gap}, {'b', b}}, rest)};
    }
  }
}

pair expression(logs::numbers& next, int depth) {
  int const kind = depth == 0 ? 0 : next.below(5);
  if (kind < 2) return leaf(next);
  if (kind == 2) {
    auto const wanted = expression(next, depth - 1), veto = expression(next, depth - 1);
    return {any::unless(wanted.fast, veto.fast), slow::unless(wanted.obvious, veto.obvious)};
  }
  std::vector<any> fast;
  std::vector<slow::rule> obvious;
  for (int parts = 1 + next.below(3); parts > 0; --parts) {
    auto const one = expression(next, depth - 1);
    fast.push_back(one.fast);
    obvious.push_back(one.obvious);
  }
  if (kind == 3) return {any::either(fast), slow::either(obvious)};
  return {any::both(fast), slow::both(obvious)};
}

std::vector<contact> some_log(std::uint64_t seed) {
  return logs::random(seed, 1 + static_cast<int>(seed % 60), 1 + static_cast<int>(seed % 4),
                      seed % 3 == 0 ? 4000 : 500);
}

}  // namespace

TEST_CASE("B5: stages 1 2 3 1 with a regress of 2 are two journeys, A C P and A") {
  std::vector<contact> const log = {{1, at(0), 'A', {}, 1},
                                    {1, at(1), 'C', {}, 2},
                                    {1, at(2), 'P', {}, 3},
                                    {1, at(3), 'A', {}, 1}};
  CHECK(pieces(log, cxm::stage_regress{&contact::order}) ==
        std::vector<std::string>{"1: 0-2 ACP", "1: 3-3 A"});
  CHECK(pieces(log, cxm::stage_regress{&contact::order, 3}).size() == 1);
}

TEST_CASE("both cuts where all agree, with the cuts of all of them") {
  // d comes after a silence, x ends: only where both happen there is a cut, before and after.
  std::vector<contact> const log = {
      {1, at(0), 'a'}, {1, at(5), 'x'}, {1, at(100), 'd'}, {1, at(200), 'x'}, {1, at(205), 'e'}};
  CHECK(pieces(log, cxm::both{cxm::after_silence{60min}, cxm::until{'x'}}) ==
        std::vector<std::string>{"1: 0-100 axd", "1: 200-200 x", "1: 205-205 e"});
  CHECK(pieces(log, cxm::both{cxm::after_silence{60min}, cxm::never{}}).size() == 1);
}

TEST_CASE("unless lets one boundary object to another") {
  std::vector<contact> const log = {
      {1, at(0), 'a', {}, 1}, {1, at(100), 'b', {}, 1}, {1, at(200), 'c', {}, 2}};
  CHECK(pieces(log, cxm::unless{cxm::after_silence{60min}, cxm::starting_with{'b'}}) ==
        std::vector<std::string>{"1: 0-100 ab", "1: 200-200 c"});
}

TEST_CASE("then cuts pieces out of pieces, and is not commutative") {
  auto const log = logs::written({"aaxaaaxa"});
  auto const by_two = cxm::max_contacts{2};
  CHECK(pieces(log, cxm::then{cxm::until{'x'}, by_two}) ==
        std::vector<std::string>{"0: 0-10 aa", "0: 20-20 x", "0: 30-40 aa", "0: 50-60 ax",
                                 "0: 70-70 a"});
  CHECK(pieces(log, cxm::then{by_two, cxm::until{'x'}}) ==
        std::vector<std::string>{"0: 0-10 aa", "0: 20-20 x", "0: 30-30 a", "0: 40-50 aa",
                                 "0: 60-60 x", "0: 70-70 a"});
}

TEST_CASE("A maximum wins over partners and vetoes, wherever it stands") {
  auto const log = logs::written({"abcde"});
  std::vector<std::string> const by_two = {"0: 0-10 ab", "0: 20-30 cd", "0: 40-40 e"};
  cxm::max_contacts const most{2};
  CHECK(pieces(log, most) == by_two);
  CHECK(pieces(log, cxm::both{most, cxm::never{}}) == by_two);
  CHECK(pieces(log, cxm::unless{most, cxm::starting_with(std::vector{'a', 'b', 'c', 'd', 'e'})}) ==
        by_two);
  CHECK(pieces(log, cxm::unless{cxm::never{}, most}) == by_two);
}

TEST_CASE("10,000 random expressions cut as the obvious way does, and end so") {
  for (std::uint64_t seed = 0; seed < 10'000; ++seed) {
    logs::numbers next(seed * 7919 + 1);
    auto const log = some_log(seed);
    auto const boundary = expression(next, 3);
    INFO("seed " << seed);
    REQUIRE(cut(log, boundary.fast) == slow::cut(log, boundary.obvious));
  }
}

TEST_CASE("Random pieces of pieces are those of the obvious way") {
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    logs::numbers next(seed * 104'729 + 1);
    auto const log = some_log(seed);
    std::vector<any> fast;
    std::vector<slow::rule> obvious;
    for (int levels = 1 + next.below(3); levels > 0; --levels) {
      auto const one = expression(next, 2);
      fast.push_back(one.fast);
      obvious.push_back(one.obvious);
    }
    INFO("seed " << seed);
    auto const wanted = slow::cut_then(log, obvious);
    REQUIRE(pieces(log, any::then(fast)) == wanted);
    // Associative: a, then (b, then c).
    any rest = fast.back();
    for (std::size_t i = fast.size() - 1; i-- > 0;) rest = any::then({fast[i], rest});
    REQUIRE(pieces(log, rest) == wanted);
  }
}

TEST_CASE("Static expressions and their run-time twins give the same verdicts") {
  auto const s = cxm::after_silence{40min};
  auto const u = cxm::until{'a'};
  auto const g = cxm::goal{'b', 'c'};
  auto const c = cxm::change_of{&contact::order};
  auto const r = cxm::stage_regress{&contact::order, 1};
  auto const m = cxm::max_contacts{7};
  auto const d = cxm::max_duration{300min};
  auto const n = cxm::at_new{cxm::calendar::day, cxm::fixed_offset(3h)};
  auto const by = slower_channel(10min, 60min, 30min);
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    auto const log = some_log(seed);
    INFO("seed " << seed);
    REQUIRE(cut(log, cxm::either{s, g, m}) == cut(log, any::either({any(s), any(g), any(m)})));
    REQUIRE(
        cut(log, cxm::both{by, cxm::either{c, u}, cxm::both{c, d}}) ==
        cut(log, any::both({any(by), any::either({any(c), any(u)}), any::both({any(c), any(d)})})));
    REQUIRE(cut(log, cxm::unless{cxm::either{s, n}, cxm::unless{r, u}}) ==
            cut(log, any::unless(any::either({any(s), any(n)}), any::unless(any(r), any(u)))));
    REQUIRE(cut(log, cxm::then{n, cxm::then{cxm::either{g, s}, m}}) ==
            cut(log, any::then({any(n), any::then({any::either({any(g), any(s)}), any(m)})})));
    REQUIRE(cut(log, cxm::then{any::then({any(n), any(s)}), m}) == cut(log, cxm::then{n, s, m}));
  }
}

TEST_CASE("Configurations without a meaning are refused") {
  CHECK_THROWS_AS(any::both({}), std::invalid_argument);
  CHECK_THROWS_AS(any::then({}), std::invalid_argument);
  auto const layers = any::then({any(cxm::until{'a'}), any(cxm::until{'b'})});
  CHECK_THROWS_AS(any::either({layers}), std::invalid_argument);
  CHECK_THROWS_AS((cxm::either{layers, cxm::never{}}), std::invalid_argument);
  CHECK_THROWS_AS(any::unless(any(), layers), std::invalid_argument);
  CHECK_THROWS_AS(cxm::max_contacts{0}, std::invalid_argument);
  CHECK_THROWS_AS(cxm::max_duration{0min}, std::invalid_argument);
  CHECK_THROWS_AS((cxm::stage_regress{&contact::order, 0}), std::invalid_argument);
  CHECK_THROWS_AS(slower_channel(0min, 1min, 1min), std::invalid_argument);
}
