// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/hash.hpp>

#include "catch.hpp"

#include <bit>
#include <cstdint>
#include <set>
#include <string>

using cxm::detail::mix;
using cxm::detail::word_hash;

namespace {
constexpr std::uint64_t hash_of(std::string_view text) {
  word_hash hash;
  hash.add(text);
  return hash.value();
}
constexpr std::uint64_t hash_of(std::uint64_t word) {
  word_hash hash;
  hash.add(word);
  return hash.value();
}
}  // namespace

TEST_CASE("hash: the finish is splitmix64's, by its published stream for the seed 1234567") {
  std::uint64_t state = 1234567;
  CHECK(mix(state += 0x9e3779b97f4a7c15U) == 6457827717110365317U);
  CHECK(mix(state += 0x9e3779b97f4a7c15U) == 3203168211198807973U);
  CHECK(mix(state += 0x9e3779b97f4a7c15U) == 9817491932198370423U);
  CHECK(mix(state += 0x9e3779b97f4a7c15U) == 4593380528125082431U);
  CHECK(mix(state += 0x9e3779b97f4a7c15U) == 16408922859458223821U);
}

TEST_CASE("hash: compile time and run time agree, for every length of text") {
  static constexpr char text[] = "touchpoints of a customer";
  constexpr std::uint64_t constant = hash_of(std::string_view(text));
  std::string copy = text;
  CHECK(hash_of(std::string_view(copy)) == constant);
  static_assert(hash_of(std::string_view("abc")) != hash_of(std::string_view("abd")));
  std::set<std::uint64_t> seen;
  for (std::size_t size = 0; size <= copy.size(); ++size)
    seen.insert(hash_of(std::string_view(copy).substr(0, size)));
  CHECK(seen.size() == copy.size() + 1);
}

TEST_CASE("hash: text carries its length") {
  word_hash first, second;
  first.add("ab");
  first.add("c");
  second.add("a");
  second.add("bc");
  CHECK(first.value() != second.value());
  std::string const zeros(3, '\0');
  CHECK(hash_of(std::string_view(zeros)) != hash_of(std::string_view(zeros).substr(1)));
}

TEST_CASE("hash: a flipped input bit flips about half of the output") {
  for (std::uint64_t word = 0; word < 1000; ++word)
    for (int bit = 0; bit < 64; ++bit) {
      int const changed = std::popcount(hash_of(word) ^ hash_of(word ^ (std::uint64_t{1} << bit)));
      REQUIRE(changed >= 8);
      REQUIRE(changed <= 56);
    }
}
