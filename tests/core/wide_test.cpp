// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/wide.hpp>

#include "catch.hpp"
#include "exact_oracle.hpp"

#include <random>

using cxm::int128;
using cxm::detail::wide_unsigned;

namespace {
template <std::size_t Words>
oracle::integer exact(wide_unsigned<Words> const& number) {
  oracle::integer result = 0;
  for (std::size_t i = Words; i-- > 0;) result = (result << 64) + number.words[i];
  return result;
}
template <std::size_t Words>
wide_unsigned<Words> odd_number(std::mt19937_64& random) {
  wide_unsigned<Words> number;
  for (auto& word : number.words) {
    auto const kind = random() % 4;
    word = kind == 0 ? 0 : kind == 1 ? ~0ULL : random();
  }
  return number >>= static_cast<int>(random() % (64 * Words));
}
}  // namespace

static_assert(to_double(wide_unsigned<3>{1} << 190) == 0x1p190);
static_assert(ratio_to_double(wide_unsigned<1>{1}, wide_unsigned<2>{3}) == 1.0 / 3.0);
static_assert(cxm::detail::divide_to_double(int128{-7}, 2) == -3.5);

TEST_CASE("arithmetic of wide integers agrees with arbitrary precision") {
  std::mt19937_64 random{1};
  oracle::integer const modulus = oracle::power_of_two(256);
  for (int round = 0; round < 5'000; ++round) {
    auto const a = odd_number<4>(random);
    auto const b = odd_number<4>(random);
    auto const c = odd_number<2>(random);
    oracle::integer const x = exact(a);
    oracle::integer const y = exact(b);
    bool right = exact(a + b) == (x + y) % modulus && exact(a - b) == (x - y + modulus) % modulus;
    right = right && exact(a * c) == x * exact(c) && exact(c * a) == x * exact(c);
    right = right && (a < b) == (x < y) && (a == b) == (x == y);
    int const count = static_cast<int>(random() % 256);
    right = right && exact(a << count) == (x << static_cast<unsigned>(count)) % modulus;
    right = right && exact(a >> count) == x >> static_cast<unsigned>(count);
    right = right && a.bit_width() == (x == 0 ? 0 : static_cast<int>(msb(x)) + 1);
    auto sum = a;
    auto const carry = sum.add(cxm::detail::word_pair{c.words[0], c.words[1]});
    right = right && exact(sum) + carry * modulus == x + exact(c);
    right = right && to_double(a) == oracle::nearest(x, 1);
    if (!c.is_zero()) right = right && ratio_to_double(a, c) == oracle::nearest(x, exact(c));
    if (!b.is_zero()) right = right && ratio_to_double(c, b) == oracle::nearest(exact(c), y);
    if (!right) FAIL("differs at " << x << " and " << y);
  }
  SUCCEED();
}

TEST_CASE("a ratio that is a tie goes to even") {
  std::mt19937_64 random{2};
  for (int round = 0; round < 2'000; ++round) {
    std::uint64_t const odd = (1ULL << 53) + (random() >> 12) * 2 + 1;  // 54 bits: halfway
    std::uint64_t const factor = (random() >> (random() % 63)) | 1;
    auto const product = wide_unsigned<1>{odd} * wide_unsigned<1>{factor};
    if (ratio_to_double(product, wide_unsigned<1>{factor}) != static_cast<double>(odd)) FAIL(odd);
  }
  SUCCEED();
}

TEST_CASE("mean and variance of integers are rounded once") {
  std::mt19937_64 random{3};
  for (int round = 0; round < 500; ++round) {
    auto const n = 2 + random() % 40;
    auto const base = static_cast<std::int64_t>(random());
    int const shift = static_cast<int>(random() % 64);
    int128 sum = 0;
    cxm::detail::square_sum squares;
    oracle::integer exact_sum = 0;
    oracle::integer exact_squares = 0;
    for (std::uint64_t i = 0; i < n; ++i) {
      auto const value =
          (base >> (shift / 2)) / 2 + (static_cast<std::int64_t>(random()) >> shift) / 2;
      sum += value;
      squares.add(cxm::detail::square_of(value));
      exact_sum += value;
      exact_squares += oracle::integer{value} * value;
    }
    oracle::integer const spread = exact_squares * n - exact_sum * exact_sum;
    CHECK(cxm::detail::divide_to_double(sum, n) == oracle::nearest(exact_sum, n));
    CHECK(cxm::detail::sample_variance(n, sum, squares) ==
          oracle::nearest(spread, oracle::integer{n} * (n - 1)));
    CHECK(cxm::detail::population_variance(n, sum, squares) ==
          oracle::nearest(spread, oracle::integer{n} * n));
  }
}

TEST_CASE("the variance of equal numbers is exactly zero") {
  for (std::int64_t value :
       {std::int64_t{0}, std::int64_t{-1}, std::int64_t{1'780'000'000'000}, INT64_MIN, INT64_MAX}) {
    int128 sum = 0;
    cxm::detail::square_sum squares;
    for (int i = 0; i < 3; ++i) {
      sum += value;
      squares.add(cxm::detail::square_of(value));
    }
    CHECK(cxm::detail::sample_variance(3, sum, squares) == 0.0);
  }
}
