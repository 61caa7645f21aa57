// SPDX-License-Identifier: BSL-1.0
// The fallback type against the built-in one (where there is one) on random and extreme numbers.
#include <cxm/core/int128.hpp>

#include "catch.hpp"

#include <array>
#include <cmath>
#include <random>
#include <vector>

using cxm::int128;
using cxm::detail::two_word_int128;

namespace {
int128 native(two_word_int128 value) {
  return cxm::from_words({value.low(), value.high()});
}
bool same(int128 a, two_word_int128 b) {
  return cxm::words_of(a) == cxm::words_of(b);
}

// Words with long runs of ones and zeros find the carries that uniform words miss.
std::uint64_t odd_word(std::mt19937_64& random) {
  constexpr std::array<std::uint64_t, 8> edges{
      0, 1, 2, ~0ULL, ~0ULL - 1, 1ULL << 63, (1ULL << 63) - 1, 10};
  switch (random() % 4) {
    case 0:
      return edges[random() % 8];
    case 1:
      return random() >> (random() % 64);
    case 2:
      return ~(random() >> (random() % 64));
    default:
      return random();
  }
}
two_word_int128 odd_number(std::mt19937_64& random) {
  std::uint64_t const high = odd_word(random);
  return {odd_word(random), static_cast<std::int64_t>(high)};
}
}  // namespace

static_assert(two_word_int128{7} - 9 == -2);
static_assert(two_word_int128{-7} / 2 == -3 && two_word_int128{-7} % 2 == -1);
static_assert(static_cast<double>(two_word_int128{1} << 100) == 0x1p100);
static_assert(cxm::int128_min<> < 0 && cxm::int128_max<> > 0);
static_assert(cxm::detail::multiply(INT64_MIN, INT64_MIN) == (static_cast<int128>(1) << 126));
static_assert(cxm::detail::multiply<two_word_int128>(INT64_MIN, INT64_MIN) ==
              (two_word_int128{1} << 126));
static_assert(two_word_int128{true} == 1 && two_word_int128{'a'} == 97);

TEST_CASE("two words behave as the built-in 128-bit integer") {
  std::mt19937_64 random{1};
  for (int round = 0; round < 200'000; ++round) {
    two_word_int128 const a = odd_number(random);
    two_word_int128 const b = odd_number(random);
    int128 const x = native(a);
    int128 const y = native(b);
    int128 sum{};
    two_word_int128 own_sum{};
    bool const overflow = cxm::add_overflows(x, y, sum);
    bool right = overflow == cxm::add_overflows(a, b, own_sum) && same(sum, own_sum);
    right = right && same(sum, a + b) && (x < y) == (a < b) && (x == y) == (a == b) &&
            (x >= y) == (a >= b);
#if defined(__SIZEOF_INT128__)
    __extension__ typedef unsigned __int128 wrapping;
    int128 expected{};
    right = right && __builtin_add_overflow(x, y, &expected) == overflow && expected == sum;
    right = right &&
            same(static_cast<int128>(static_cast<wrapping>(x) - static_cast<wrapping>(y)), a - b);
    right = right &&
            same(static_cast<int128>(static_cast<wrapping>(x) * static_cast<wrapping>(y)), a * b);
    right = right && same(static_cast<int128>(-static_cast<wrapping>(x)), -a);
    int const count = static_cast<int>(random() % 128);
    right = right && same(static_cast<int128>(static_cast<wrapping>(x) << count), a << count);
    right = right && same(x >> count, a >> count);
    if (y != 0 && !(x == cxm::int128_min<> && y == -1)) {
      right = right && same(x / y, a / b) && same(x % y, a % b);
    }
    auto const small = static_cast<std::int64_t>(random() >> (random() % 63)) | 1;
    if (small != -1) right = right && same(x / small, a / small) && same(x % small, a % small);
#endif
    right = right && static_cast<double>(x) == static_cast<double>(a);
    right = right && static_cast<std::int64_t>(x) == static_cast<std::int64_t>(a);
    right = right && static_cast<std::uint64_t>(x) == static_cast<std::uint64_t>(a);
    right = right && cxm::to_string(x) == cxm::to_string(a) &&
            same(cxm::from_words(cxm::words_of(x)), a);
    right = right && cxm::detail::multiply_words(a.low(), b.low()) ==
                         cxm::detail::multiply_words_portably(a.low(), b.low());
    auto const product = cxm::detail::multiply(a.high(), b.high());
    right = right && same(product, cxm::detail::multiply<two_word_int128>(a.high(), b.high()));
    if (!right) FAIL("differs at " << cxm::to_string(a) << " and " << cxm::to_string(b));
  }
  SUCCEED();
}

TEST_CASE("a product that does not fit is noticed") {
  std::mt19937_64 random{4};
  two_word_int128 const lowest = cxm::int128_min<two_word_int128>;
  for (int round = 0; round < 100'000; ++round) {
    int const bits = static_cast<int>(random() % 128);
    two_word_int128 const a = odd_number(random) >> bits;
    two_word_int128 const b = odd_number(random) >> (127 - bits);
    two_word_int128 product{};
    bool const overflow = cxm::multiply_overflows(a, b, product);
    // A wrapped product gives its factor back by division only if it did not wrap.
    bool const fits = a == 0 || (a != -1 && a * b / a == b && !(b == lowest && a == lowest)) ||
                      (a == -1 && b != lowest);
    int128 native_product = 0;
    bool right = overflow != fits && (overflow || product == a * b);
    right = right && cxm::multiply_overflows(native(a), native(b), native_product) == overflow;
    right = right && (overflow || same(native_product, product));
    if (!right) FAIL("differs at " << cxm::to_string(a) << " and " << cxm::to_string(b));
  }
  two_word_int128 product{};
  CHECK(!cxm::multiply_overflows(lowest, two_word_int128{1}, product));
  CHECK(cxm::multiply_overflows(lowest, two_word_int128{-1}, product));
  CHECK(!cxm::multiply_overflows(two_word_int128{1} << 126, two_word_int128{-2}, product));
  CHECK(product == lowest);
  CHECK(cxm::multiply_overflows(two_word_int128{1} << 126, two_word_int128{2}, product));
}

TEST_CASE("a 128-bit integer becomes the nearest double, ties to even") {
  std::mt19937_64 random{2};
  for (int round = 0; round < 100'000; ++round) {
    // Around a tie: 53 bits, then 1000…, then a last bit that may break the tie.
    int const shift = 12 + static_cast<int>(random() % 60);
    std::uint64_t const kept = (1ULL << 52) | (random() >> 12);
    two_word_int128 number = two_word_int128{kept} << shift;
    int const off = static_cast<int>(random() % 3) - 1;
    number += (two_word_int128{1} << (shift - 1)) + off;
    bool const up = off > 0 || (off == 0 && (kept & 1) != 0);
    double const expected = std::ldexp(static_cast<double>(kept + (up ? 1 : 0)), shift);
    if (static_cast<double>(number) != expected) FAIL(cxm::to_string(number));
    if (static_cast<double>(-number) != -expected) FAIL(cxm::to_string(number));
    if (static_cast<double>(native(number)) != expected) FAIL(cxm::to_string(number));
  }
  CHECK(static_cast<double>(cxm::int128_min<two_word_int128>) == -0x1p127);
  CHECK(static_cast<double>(cxm::int128_max<two_word_int128>) == 0x1p127);
  CHECK(static_cast<double>(two_word_int128{}) == 0.0);
}

TEST_CASE("rounding to a double is right at the edges of the range") {
  using cxm::detail::round_to_double;
  CHECK(round_to_double(1, false, -1074) == 0x1p-1074);
  CHECK(round_to_double(1, false, -1075) == 0.0);  // a tie with 0, which is even
  CHECK(round_to_double(3, false, -1076) == 0x1p-1074);
  CHECK(round_to_double(3, false, -1075) == 0x1p-1073);  // a tie, up to even
  CHECK(round_to_double(1ULL << 63, true, -1075 - 63) == 0x1p-1074);
  CHECK(round_to_double(1ULL << 63, true, -1076 - 63) == 0.0);
  CHECK(round_to_double(~0ULL, true, -1022 - 64) == 0x1p-1022);  // carries into the normal range
  CHECK(round_to_double(~0ULL, true, 1024 - 64) == std::numeric_limits<double>::infinity());
  CHECK(round_to_double((1ULL << 53) - 1, false, 971) == std::numeric_limits<double>::max());
  CHECK(round_to_double(1, false, 1024) == std::numeric_limits<double>::infinity());
  std::mt19937_64 random{3};
  for (int round = 0; round < 100'000; ++round) {
    std::uint64_t const bits = random() & ~(1ULL << 63);
    auto const value = std::bit_cast<double>(bits);
    if (!std::isfinite(value)) continue;
    std::uint64_t const fraction = bits & ((1ULL << 52) - 1);
    int const biased = static_cast<int>(bits >> 52);
    std::uint64_t const whole = biased == 0 ? fraction : fraction | (1ULL << 52);
    if (round_to_double(whole, false, (biased == 0 ? 1 : biased) - 1075) != value) FAIL(value);
  }
}

TEST_CASE("decimal text") {
  CHECK(cxm::to_string(int128{0}) == "0");
  CHECK(cxm::to_string(int128{-42}) == "-42");
  CHECK(cxm::to_string(int128{1'000'000'000'000'000'000}) == "1000000000000000000");
  CHECK(cxm::to_string(cxm::int128_min<>) == "-170141183460469231731687303715884105728");
  CHECK(cxm::to_string(cxm::int128_max<two_word_int128>) ==
        "170141183460469231731687303715884105727");
  CHECK(cxm::to_string(cxm::detail::multiply(1'000'000'000'000'000'000, 1'000'000'000'000)) ==
        "1" + std::string(30, '0'));
}
