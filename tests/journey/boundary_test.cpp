// SPDX-License-Identifier: BSL-1.0
// Boundaries against the slow and obvious way, and the worked numbers of the field: B4 (a gap of 5
// over 10, 12, 20 and a late 16), B5 (either is the bitwise or of the verdicts).
#include <cxm/journey/boundary.hpp>
#include <cxm/journey/reconstruct.hpp>

#include "catch.hpp"
#include "oracle.hpp"

#include <stdexcept>

using namespace std::chrono_literals;
using logs::at;
using logs::contact;

namespace {

template <class Boundary>
std::vector<std::string> cut(std::vector<contact> const& log, Boundary const& boundary) {
  return oracle::texts_of(cxm::reconstruct(log, logs::fields_with_end(), boundary));
}

oracle::rule silence(std::chrono::minutes gap) {
  return [gap](auto const& so_far, auto const& next) {
    return oracle::verdict{!so_far.empty() && next.when - oracle::latest_end(so_far) > gap, false};
  };
}

}  // namespace

TEST_CASE("A silence longer than the gap cuts, one of exactly the gap joins") {
  std::vector<contact> const log = {{1, at(10), 'a'}, {1, at(12), 'b'}, {1, at(20), 'c'}};
  CHECK(cut(log, cxm::after_silence{5min}) ==
        std::vector<std::string>{"1: 10-12 ab", "1: 20-20 c"});
  auto late = log;
  late.push_back({1, at(16), 'd'});
  CHECK(cut(late, cxm::after_silence{5min}) == std::vector<std::string>{"1: 10-20 abdc"});
  std::vector<contact> const exact = {{1, at(0), 'a'}, {1, at(30), 'b'}, {1, at(61), 'c'}};
  CHECK(cut(exact, cxm::after_silence{30min}) ==
        std::vector<std::string>{"1: 0-30 ab", "1: 61-61 c"});
}

TEST_CASE("Silence is measured from the latest end so far, not from the last contact") {
  std::vector<contact> const log = {
      {1, at(0), 'a', at(100)}, {1, at(10), 'b', at(20)}, {1, at(125), 'c'}};
  CHECK(cut(log, cxm::after_silence{30min}) == std::vector<std::string>{"1: 0-125 abc"});
}

TEST_CASE("until cuts after, starting_with cuts before, either may do both") {
  auto const log = logs::written({"abxcdxa"});
  CHECK(cut(log, cxm::until{'x'}) ==
        std::vector<std::string>{"0: 0-20 abx", "0: 30-50 cdx", "0: 60-60 a"});
  CHECK(cut(log, cxm::starting_with{'x'}) ==
        std::vector<std::string>{"0: 0-10 ab", "0: 20-40 xcd", "0: 50-60 xa"});
  CHECK(cut(log, cxm::either{cxm::until{'x'}, cxm::starting_with{'x'}}) ==
        std::vector<std::string>{"0: 0-10 ab", "0: 20-20 x", "0: 30-40 cd", "0: 50-50 x",
                                 "0: 60-60 a"});
  CHECK(cut(log, cxm::until(std::vector{'b', 'd'})) ==
        std::vector<std::string>{"0: 0-10 ab", "0: 20-40 xcd", "0: 50-60 xa"});
  CHECK(cut(log, cxm::until{'a'}) == std::vector<std::string>{"0: 0-0 a", "0: 10-60 bxcdxa"});
}

TEST_CASE("A change of key cuts, and a contact without the key continues") {
  std::vector<contact> const log = {{1, at(0), 'a', {}, 7},
                                    {1, at(1), 'b', {}, {}},
                                    {1, at(2), 'c', {}, 7},
                                    {1, at(3), 'd', {}, 8},
                                    {1, at(4), 'e', {}, {}}};
  CHECK(cut(log, cxm::change_of{&contact::order}) ==
        std::vector<std::string>{"1: 0-2 abc", "1: 3-4 de"});
  CHECK(cut(log, cxm::change_of{&contact::what}).size() == 5);
}

TEST_CASE("A gap that is not longer than zero is refused") {
  CHECK_THROWS_AS(cxm::after_silence{0min}, std::invalid_argument);
  CHECK_THROWS_AS(cxm::after_silence{-5min}, std::invalid_argument);
}

TEST_CASE("Boundaries and their combinations agree with the obvious way on random logs") {
  oracle::rule const until_a = [](auto const&, auto const& next) {
    return oracle::verdict{false, next.what == 'a'};
  };
  oracle::rule const from_b = [](auto const&, auto const& next) {
    return oracle::verdict{next.what == 'b', false};
  };
  oracle::rule const by_order = [](auto const& so_far, auto const& next) {
    if (!next.order) return oracle::verdict{};
    for (auto one = so_far.rbegin(); one != so_far.rend(); ++one)
      if (one->order) return oracle::verdict{*one->order != *next.order, false};
    return oracle::verdict{};
  };
  auto const both = [](oracle::rule const& first, oracle::rule const& second) -> oracle::rule {
    return [=](auto const& so_far, auto const& next) {
      auto const a = first(so_far, next), b = second(so_far, next);
      return oracle::verdict{a.before || b.before, a.after || b.after};
    };
  };
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    auto const log = logs::random(seed, 150, 1 + static_cast<int>(seed % 9), 400);
    CAPTURE(seed);
    REQUIRE(cut(log, cxm::never{}) ==
            oracle::texts(oracle::cut(log, [](auto&&...) { return oracle::verdict{}; })));
    REQUIRE(cut(log, cxm::after_silence{15min}) == oracle::texts(oracle::cut(log, silence(15min))));
    REQUIRE(cut(log, cxm::either{cxm::after_silence{15min}, cxm::until{'a'}}) ==
            oracle::texts(oracle::cut(log, both(silence(15min), until_a))));
    REQUIRE(cut(log, cxm::either{cxm::change_of{&contact::order}, cxm::starting_with{'b'}}) ==
            oracle::texts(oracle::cut(log, both(by_order, from_b))));
  }
}
