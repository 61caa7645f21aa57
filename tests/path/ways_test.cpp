// SPDX-License-Identifier: BSL-1.0
// Variants in bounded memory, coarser, with their coverage, and by what they cost.
#include <cxm/core/save.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/path/collapsed.hpp>
#include <cxm/path/critical_paths.hpp>
#include <cxm/path/path_of.hpp>
#include <cxm/path/variants.hpp>
#include <cxm/stats/frequent.hpp>
#include <cxm/stats/measure.hpp>

#include "../journey/logs.hpp"
#include "catch.hpp"

#include <map>
#include <string>

using logs::contact;
using namespace Catch::Matchers;

namespace {

auto const itself = [](int value) { return value; };

/// Skewed: small numbers are frequent.
std::vector<int> stream(std::uint64_t seed, int events) {
  logs::numbers next(seed);
  std::vector<int> values;
  for (int i = 0; i < events; ++i)
    values.push_back(next.below(1 + next.below(1 + next.below(200))));
  return values;
}

template <class Summary>
void check_bounds(Summary const& found, std::map<int, std::uint64_t> exact, std::uint64_t n,
                  std::uint64_t counters) {
  REQUIRE(found.n == n);
  REQUIRE(found.values.size() <= counters);
  REQUIRE(found.unseen_at_most <= n / counters);
  for (auto const& one : found.values) {
    REQUIRE(one.at_least <= exact[one.key]);
    REQUIRE(exact[one.key] <= one.at_most);
    REQUIRE(one.at_most - one.at_least <= found.unseen_at_most);
  }
  std::uint64_t smallest_of_top = UINT64_MAX;
  for (std::size_t i = 0; i < found.certain(); ++i)
    smallest_of_top = std::min(smallest_of_top, exact[found.values[i].key]);
  for (std::size_t i = 0; i < found.values.size(); ++i) {
    if (i >= found.certain()) REQUIRE(exact[found.values[i].key] <= smallest_of_top);
    exact.erase(found.values[i].key);
  }
  std::uint64_t other = 0;
  for (auto const& [key, count] : exact) {
    REQUIRE(count <= found.unseen_at_most);
    other += count;
  }
  REQUIRE(found.other_at_least <= other);
  REQUIRE(other <= found.other_at_most);
}

}  // namespace

TEST_CASE("Space-Saving: every count lies within its bounds on random streams, whole and merged") {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    int const n = 10 + static_cast<int>(seed * 7);
    std::uint64_t const counters = 1 + seed % 40;
    auto const values = stream(seed, n);
    std::map<int, std::uint64_t> exact;
    for (int const value : values) ++exact[value];
    auto const plan = cxm::bind<int>(cxm::frequent(itself, cxm::keep_most{counters}));
    auto whole = plan;
    std::vector parts(3, plan);
    for (std::size_t i = 0; i < values.size(); ++i) {
      whole.add(values[i]);
      parts[i * i % 3].add(values[i]);
    }
    check_bounds(whole.result(), exact, values.size(), counters);
    for (std::size_t i : {std::size_t{1}, std::size_t{2}}) parts[0].merge(parts[i]);
    check_bounds(parts[0].result(), exact, values.size(), counters);
    // And goes on counting, also after a merge and a load.
    auto loaded = cxm::load(plan, cxm::save(parts[0]));
    REQUIRE(cxm::save(loaded) == cxm::save(parts[0]));
    for (int const value : stream(seed + 1000, 100)) {
      loaded.add(value);
      ++exact[value];
    }
    check_bounds(loaded.result(), exact, values.size() + 100, counters);
  }
}

TEST_CASE("Worked example J5: the stream AABACADAABAE with two counters") {
  auto const letter = [](char c) { return c; };
  auto plan = cxm::bind<char>(cxm::frequent(letter, cxm::keep_most{2}));
  for (char const c : std::string_view("AABACADAABAE")) plan.add(c);
  auto const found = plan.result();
  CHECK(found.values[0].key == 'A');
  CHECK(found.values[0].at_least <= 7);
  CHECK(found.values[0].at_most >= 7);
  CHECK(found.certain() >= 1);
}

TEST_CASE("With room for all, counts are exact and there is no other") {
  auto plan = cxm::bind<int>(cxm::frequent(itself));
  for (int const value : {3, 1, 3}) plan.add(value);
  auto const found = plan.result();
  REQUIRE(found.values.size() == 2);
  CHECK(found.values[0].key == 3);
  CHECK(found.values[0].exact());
  CHECK(found.unseen_at_most == 0);
  CHECK(found.other_at_most == 0);
  CHECK(found.certain() == 2);
  CHECK_THROWS_AS(cxm::frequent(itself, cxm::keep_most{0}), std::invalid_argument);
  auto small = cxm::bind<int>(cxm::frequent(itself, cxm::keep_most{2}));
  CHECK_THROWS_AS(plan.merge(small), std::invalid_argument);
  static_assert(decltype(plan)::merges == cxm::merge_law::approximate);
}

TEST_CASE("No bytes make frequent values that break their own bounds") {
  auto plan = cxm::bind<int>(cxm::frequent(itself, cxm::keep_most{3}));
  for (int const value : stream(1, 50)) plan.add(value);
  auto const bytes = cxm::save(plan);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    auto broken = bytes;
    broken[i] ^= std::byte{0x41};
    CHECK_FALSE(cxm::try_load(plan, broken));
  }
}

TEST_CASE("Variants in bounded memory, collapsed, cut and in another field") {
  auto log = logs::written({"aab", "ab", "abb", "abc"});
  for (auto& one : log) one.score = one.what == 'a' ? 1 : 2;
  auto const journeys = cxm::reconstruct(log, logs::fields());
  auto const top = cxm::measure(journeys, cxm::frequent(cxm::path, cxm::keep_most{10})).result();
  CHECK(top.values.size() == 4);
  auto const runs = cxm::measure(journeys, cxm::by(cxm::collapsed_path, cxm::count())).result();
  CHECK(runs.at({'a', 'b'}) == 3);
  auto const heads = cxm::measure(journeys, cxm::by(cxm::path_prefix{2}, cxm::count())).result();
  CHECK(heads.at({'a', 'b'}) == 3);
  auto const desks =
      cxm::measure(journeys, cxm::by(cxm::path_of{&contact::score}, cxm::count())).result();
  CHECK(desks.at({1, 2, 2}) == 2);
}

TEST_CASE("Worked example E2: coverage of five journeys in four variants") {
  auto const log = logs::written({"ABCD", "ABCD", "ACBD", "ABD", "ABCBD"});
  auto const journeys = cxm::reconstruct(log, logs::fields());
  auto const ways = cxm::measure(journeys, cxm::variants()).result();
  auto const covered = cxm::coverage_of(ways);
  CHECK(covered.journeys == 5);
  CHECK(covered.distinct == 4);
  CHECK(covered.needed == 3);  // 2 + 1 + 1 of 5
  CHECK(*covered.simplicity == 0.8);
  CHECK(cxm::coverage_of(ways, 0.4).needed == 1);
  CHECK_THROWS_AS(cxm::coverage_of(ways, 1.1), std::invalid_argument);
  CHECK(cxm::most_frequent(cxm::measure(journeys, cxm::variants()), 2).size() == 2);

  // Pain: one contact more than three.
  auto const worst = cxm::critical_paths(
      ways, [](auto count) { return count; }, [](auto) { return 10.0; },
      [](auto count) {
        return count == 2 ? cxm::maybe<double>(0.5) : cxm::maybe<double>(cxm::reason::no_data);
      });
  CHECK(*worst[0].criticality == 10);
  CHECK(worst[0].volume == 2);
  CHECK(worst[0].share == 1);
  CHECK(worst[1].criticality.why() == cxm::reason::no_data);
  CHECK_THROWS_AS(cxm::critical_paths(
                      ways, [](auto count) { return count; }, [](auto) { return -1.0; },
                      [](auto) { return 1.0; }),
                  std::invalid_argument);
}
