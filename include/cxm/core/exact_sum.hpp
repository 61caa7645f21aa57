// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// Exact sums of doubles. The state is one long fixed-point number that covers the whole range of
/// double, so nothing is ever rounded until the sum is read: every order, partition and merge of
/// the same numbers gives the same bytes. Only integer arithmetic is used, which makes the state
/// immune to -ffast-math, fused multiply-add and rounding modes. The idea of a full-range
/// accumulator is U. Kulisch's; R. Neal (arXiv 1505.05571) showed that it is fast enough.
#include <cxm/core/error.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/core/merge_law.hpp>
#include <cxm/core/wide.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

namespace cxm {
namespace detail {
/// A finite double as `(-1)^negative * significand * 2^(position - 1074)`.
struct double_parts {
  std::uint64_t significand;
  unsigned position;
  bool negative;
};

/// True for anything but infinities and NaN, by the bits: -ffinite-math-only can't remove it.
constexpr bool is_finite(double value) noexcept {
  return ((std::bit_cast<std::uint64_t>(value) >> 52) & 0x7ff) != 0x7ff;
}

constexpr double_parts parts_of(double value) noexcept {
  auto const bits = std::bit_cast<std::uint64_t>(value);
  auto const biased = static_cast<unsigned>((bits >> 52) & 0x7ff);
  unsigned const normal = biased != 0 ? 1 : 0;
  std::uint64_t const fraction = bits & ((std::uint64_t{1} << 52) - 1);
  return {fraction | (std::uint64_t{normal} << 52), biased - normal, (bits >> 63) != 0};
}
}  // namespace detail

/// A sum of doubles, or of products of two doubles, kept exactly as `words * 2^Lowest` in two's
/// complement. Use it by its two names `exact_sum` and `exact_product_sum`. Numbers that are not
/// finite are counted, never added. Room is left for at least 2^76 terms of any size.
/// Reading costs O(Words). Adding touches two or three words (about 3 ns, a product 5 ns); only a
/// sum that keeps changing its sign carries through all the words above (about 20 ns).
template <std::size_t Words, int Lowest>
class basic_exact_sum {
 public:
  static constexpr std::string_view type_name = Lowest == -1074 ? "exact_sum" : "exact_product_sum";
  static constexpr std::uint16_t schema = 1;
  static constexpr merge_law merges = merge_law::exact;
  /// The weight of the lowest bit is 2 to this power.
  static constexpr int lowest_exponent = Lowest;

  constexpr void add(double value) noexcept {
    if (!detail::is_finite(value)) {
      ++non_finite_;
      return;
    }
    add_parts(detail::parts_of(value), false);
  }
  /// The inverse of `add`: afterwards the bytes are as if `value` had never been added.
  constexpr void subtract(double value) noexcept {
    if (!detail::is_finite(value)) {
      --non_finite_;
      return;
    }
    add_parts(detail::parts_of(value), true);
  }
  /// Adds `a * b` without rounding the product.
  constexpr void add_product(double a, double b) noexcept requires(Lowest <= -2148) {
    if (!detail::is_finite(a) || !detail::is_finite(b)) {
      ++non_finite_;
      return;
    }
    add_product_parts(detail::parts_of(a), detail::parts_of(b), false);
  }
  /// The inverse of `add_product`.
  constexpr void subtract_product(double a, double b) noexcept requires(Lowest <= -2148) {
    if (!detail::is_finite(a) || !detail::is_finite(b)) {
      --non_finite_;
      return;
    }
    add_product_parts(detail::parts_of(a), detail::parts_of(b), true);
  }

  /// Adds the other sum. Throws if the number of terms behind the two (more than 2^76 of the
  /// largest double) makes the range overflow; then this sum is unchanged.
  constexpr void merge(basic_exact_sum const& other) {
    detail::wide_unsigned<Words> sum{words_};
    sum.add(other.words_);
    bool const result_negative = (sum.words[Words - 1] >> 63) != 0;
    if ((negative() == other.negative() && result_negative != negative()) ||
        other.non_finite_ > UINT64_MAX - non_finite_) {
      detail::refuse("cxm::exact_sum::merge: the sum is out of the range of the accumulator");
    }
    words_ = sum;
    non_finite_ += other.non_finite_;
  }

  /// The sum, rounded to the nearest double (ties to even); 0 for no terms. `reason::overflow` if
  /// it is larger than every double (the state itself is still exact).
  constexpr maybe<double> value() const noexcept {
    double const size = detail::to_double(magnitude(), Lowest);
    if (!detail::is_finite(size)) return reason::overflow;
    return negative() ? -size : size;
  }
  constexpr maybe<double> result() const noexcept { return value(); }

  /// How many infinities and NaNs were given and left out.
  constexpr std::uint64_t non_finite() const noexcept { return non_finite_; }
  /// The words of the two's complement, the least significant first.
  constexpr std::array<std::uint64_t, Words> const& words() const noexcept { return words_.words; }
  constexpr bool negative() const noexcept { return (words_.words[Words - 1] >> 63) != 0; }
  /// The absolute value in units of `2^lowest_exponent`, for exact arithmetic on sums.
  constexpr detail::wide_unsigned<Words> magnitude() const noexcept {
    return negative() ? detail::wide_unsigned<Words>{} - words_ : words_;
  }

  static constexpr void describe(auto& self, auto& visit) {
    visit.state("words", self.words_.words);
    visit.state("non_finite", self.non_finite_);
  }
  friend constexpr bool operator==(basic_exact_sum const&, basic_exact_sum const&) = default;

 private:
  /// Adds the low `used` words of `addend` (negated if `negative`) from word `at` on. Without a
  /// branch on the sign, which is random in real data; the carry seldom goes further.
  template <std::size_t Used>
  constexpr void add_words(std::array<std::uint64_t, Used> const& addend, std::size_t at,
                           bool negative) noexcept {
    std::uint64_t const flip = negative ? ~std::uint64_t{0} : 0;
    std::uint64_t carry = negative ? 1 : 0;
    auto& words = words_.words;
    for (std::size_t i = 0; i < Used; ++i)
      carry = detail::add_word(words[at + i], addend[i] ^ flip, carry, words[at + i]);
    // Beyond the addend stand zeros, or the ones of its two's complement: these cancel a carry.
    for (std::size_t i = at + Used; i < Words && carry != (flip & 1); ++i) {
      words[i] += flip + carry;
      carry = negative ? (words[i] != ~std::uint64_t{0} ? 1 : 0) : (words[i] == 0 ? 1 : 0);
    }
  }
  constexpr void add_parts(detail::double_parts value, bool inverse) noexcept {
    unsigned const position = value.position + static_cast<unsigned>(-1074 - Lowest);
    unsigned const bit = position % 64;
    std::uint64_t const low = value.significand << bit;
    std::uint64_t const high = (value.significand >> 1) >> (63 - bit);
    add_words<2>({low, high}, position / 64, value.negative != inverse);
  }
  constexpr void add_product_parts(detail::double_parts a, detail::double_parts b,
                                   bool inverse) noexcept {
    auto const [low, high] = detail::multiply_words(a.significand, b.significand);
    unsigned const position = a.position + b.position + static_cast<unsigned>(-2148 - Lowest);
    unsigned const bit = position % 64;
    std::array<std::uint64_t, 3> const shifted{
        low << bit, (high << bit) | ((low >> 1) >> (63 - bit)), (high >> 1) >> (63 - bit)};
    add_words<3>(shifted, position / 64, (a.negative != b.negative) != inverse);
  }

  detail::wide_unsigned<Words> words_;
  std::uint64_t non_finite_ = 0;
};

/// The exact sum of doubles: 280 bytes.
using exact_sum = basic_exact_sum<34, -1074>;
/// The exact sum of products of doubles, such as squares or weighted values: 544 bytes.
using exact_product_sum = basic_exact_sum<67, -2148>;
}  // namespace cxm
