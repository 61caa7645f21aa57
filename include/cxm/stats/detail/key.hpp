// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/codec.hpp>
#include <cxm/core/hash.hpp>

#include <array>
#include <bit>
#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// Keys of groups. A key is looked up by what a field gives (a number, an enum, text, an optional,
/// a sequence such as a path, or a tuple of these) and owned once, when its group is new: no
/// allocation while groups repeat. The hash is canonical, equal for the view and for the owned key.

namespace cxm::detail {

template <class View>
concept text_view = std::convertible_to<View const&, std::string_view>;

/// Anything with a size and an index, as a span of touchpoints.
template <class View>
concept sequence_view = !text_view<View> && !is_tuple<View> && requires(View const& view) {
  { view.size() } -> std::convertible_to<std::size_t>;
  view[std::size_t{}];
};

template <class View>
struct owned {
  using type = View;
};
template <text_view View>
struct owned<View> {
  using type = std::string;
};
template <sequence_view View>
struct owned<View> {
  using type = std::vector<
      typename owned<std::remove_cvref_t<decltype(std::declval<View const&>()[0])>>::type>;
};
template <class View>
struct owned<std::optional<View>> {
  using type = std::optional<typename owned<View>::type>;
};
template <class... Views>
struct owned<std::tuple<Views...>> {
  using type = std::tuple<typename owned<std::remove_cvref_t<Views>>::type...>;
};
template <class First, class Second>
struct owned<std::pair<First, Second>> {
  using type = std::pair<typename owned<std::remove_cvref_t<First>>::type,
                         typename owned<std::remove_cvref_t<Second>>::type>;
};
template <class View>
using owned_t = typename owned<std::remove_cvref_t<View>>::type;

/// One spelling for equal numbers: +0 for -0, one NaN for all.
template <std::floating_point Number>
constexpr Number canonical(Number number) {
  if (number != number) return std::numeric_limits<Number>::quiet_NaN();
  return number == Number{} ? Number{} : number;
}

template <class View>
owned_t<View> own(View const& view) {
  using key = owned_t<View>;
  if constexpr (text_view<View>) {
    return std::string(std::string_view(view));
  } else if constexpr (sequence_view<View>) {
    key owned;
    owned.reserve(view.size());
    for (std::size_t i = 0; i < view.size(); ++i) owned.push_back(own(view[i]));
    return owned;
  } else if constexpr (is_optional<View>) {
    return view ? key(own(*view)) : key();
  } else if constexpr (is_tuple<View>) {
    return std::apply([](auto const&... part) { return key(own(part)...); }, view);
  } else if constexpr (std::floating_point<View>) {
    return canonical(view);
  } else {
    return view;
  }
}

template <class Number>
constexpr std::uint64_t as_word(Number number) {
  if constexpr (std::is_enum_v<Number>)
    return as_word(static_cast<std::underlying_type_t<Number>>(number));
  else if constexpr (is_duration<Number>)
    return as_word(number.count());
  else if constexpr (is_time_point<Number>)
    return as_word(number.time_since_epoch());
  else if constexpr (std::floating_point<Number>)
    return std::bit_cast<std::uint64_t>(static_cast<double>(canonical(number)));
  else if constexpr (requires { number.key_word(); })
    return as_word(number.key_word());
  else {
    static_assert(std::integral<Number>,
                  "cxm::by: a key is a number, an enum, text, a time, or an optional, a tuple or a "
                  "sequence of these");
    if constexpr (std::integral<Number>)
      return static_cast<std::uint64_t>(static_cast<std::int64_t>(number));
    else
      return 0;
  }
}

/// The length comes last, and is left out for a single element that is no sequence itself: so the
/// run-time key of one column, {x}, and of several, {x, y}, have the hash of their static twins x
/// and (x, y).
template <class View>
void hash_into(word_hash& hash, View const& view) {
  if constexpr (text_view<View>) {
    hash.add(std::string_view(view));
  } else if constexpr (sequence_view<View>) {
    for (std::size_t i = 0; i < view.size(); ++i) hash_into(hash, view[i]);
    if (sequence_view<std::remove_cvref_t<decltype(view[0])>> || view.size() != 1)
      hash.add(std::uint64_t{view.size()});
  } else if constexpr (is_optional<View>) {
    hash.add(std::uint64_t{view.has_value()});
    if (view) hash_into(hash, *view);
  } else if constexpr (is_tuple<View>) {
    std::apply([&](auto const&... part) { (hash_into(hash, part), ...); }, view);
    if (std::tuple_size_v<View> != 1) hash.add(std::uint64_t{std::tuple_size_v<View>});
  } else {
    hash.add(as_word(view));
  }
}

template <class View>
std::uint64_t key_hash(View const& view) {
  word_hash hash;
  hash_into(hash, view);
  return hash.value();
}

/// The same with a secret, for tables whose canonical hashes somebody has chosen to collide.
template <class View>
std::uint64_t secret_key_hash(View const& view, std::uint64_t secret) {
  word_hash hash(secret);
  hash_into(hash, view);
  return hash.value();
}

template <class Key, class View>
bool same_key(Key const& key, View const& view) {
  if constexpr (text_view<View>) {
    return key == std::string_view(view);
  } else if constexpr (sequence_view<View>) {
    if (key.size() != view.size()) return false;
    for (std::size_t i = 0; i < view.size(); ++i)
      if (!same_key(key[i], view[i])) return false;
    return true;
  } else if constexpr (is_optional<View>) {
    return key.has_value() == view.has_value() && (!view || same_key(*key, *view));
  } else if constexpr (is_tuple<View>) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return (same_key(std::get<I>(key), std::get<I>(view)) && ...);
    }
    (std::make_index_sequence<std::tuple_size_v<View>>{});
  } else {
    return as_word(key) == as_word(view);
  }
}

/// The order in which groups are listed: `<`, but with a place for NaN, after all numbers.
template <class Key>
bool key_before(Key const& a, Key const& b) {
  if constexpr (std::floating_point<Key>) {
    return a < b || (a == a && b != b);
  } else if constexpr (is_optional<Key>) {
    return b && (!a || key_before(*a, *b));
  } else if constexpr (is_vector<Key>) {
    for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
      if (key_before(a[i], b[i])) return true;
      if (key_before(b[i], a[i])) return false;
    }
    return a.size() < b.size();
  } else if constexpr (is_tuple<Key>) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      int order = 0;  // of the first parts that differ
      (void)((order = key_before(std::get<I>(a), std::get<I>(b))   ? -1
                      : key_before(std::get<I>(b), std::get<I>(a)) ? 1
                                                                   : 0,
              order != 0) ||
             ...);
      return order < 0;
    }
    (std::make_index_sequence<std::tuple_size_v<Key>>{});
  } else {
    return a < b;
  }
}

/// Keys made of a few whole numbers can be found in a dense table while the numbers are small.
template <class View>
inline constexpr std::size_t digits_in = std::is_integral_v<View> || std::is_enum_v<View> ? 1 : 0;
template <class... Views>
inline constexpr std::size_t digits_in<std::tuple<Views...>> =
    ((digits_in<std::remove_cvref_t<Views>> == 1) && ...) ? sizeof...(Views) : 0;

template <class View>
constexpr auto digits_of(View const& view) {
  if constexpr (is_tuple<View>) {
    return std::apply([](auto const&... part) { return std::array{as_word(part)...}; }, view);
  } else {
    return std::array{as_word(view)};
  }
}

}  // namespace cxm::detail
