// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/hash.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/detail/group_map.hpp>

#include "catch.hpp"

#include <algorithm>
#include <cstdint>
#include <ctime>
#include <vector>

namespace {

/// The word that `mix` takes to `mixed`.
std::uint64_t unmix(std::uint64_t mixed) {
  auto const unshift = [](std::uint64_t word, int by) {
    std::uint64_t found = word;
    for (int i = 0; i < 64 / by + 1; ++i) found = word ^ (found >> by);
    return found;
  };
  mixed = unshift(mixed, 31) * 0x319642b2d24d8ec3U;
  mixed = unshift(mixed, 27) * 0x96de1b173f119089U;
  return unshift(mixed, 30);
}
/// A key whose canonical hash is `hash`.
std::uint64_t chosen(std::uint64_t hash) {
  return unmix(hash - 0x9e3779b97f4a7c15U) ^ 0x243f6a8885a308d3U;
}

using map = cxm::detail::group_map<std::uint64_t, decltype(cxm::count())>;

/// The seconds it takes to count each key twice; the best of three.
double seconds_for(std::vector<std::uint64_t> const& keys) {
  double best = 1e9;
  for (int turn = 0; turn < 3; ++turn) {
    auto const begin = std::clock();
    map groups(cxm::count(), 1'000'000);
    for (int twice = 0; twice < 2; ++twice)
      for (auto const key : keys) groups.at(key).add(key);
    CHECK(groups.groups().size() == keys.size());
    best = std::min(best, double(std::clock() - begin) / CLOCKS_PER_SEC);
  }
  return best;
}

}  // namespace

TEST_CASE("crowding: 40,000 chosen keys cost about what random ones do") {
  std::vector<std::uint64_t> evil, random;
  for (std::uint64_t i = 0; i < 40'000; ++i) {
    evil.push_back(chosen(i << 24));
    random.push_back(chosen(cxm::detail::mix(i)));
  }
  REQUIRE(cxm::detail::key_hash(evil[5]) == std::uint64_t{5} << 24);
  CHECK(seconds_for(evil) < 5 * seconds_for(random));  // a thousand times without a defence
}
