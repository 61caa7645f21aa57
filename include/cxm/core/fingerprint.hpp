// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/codec.hpp>
#include <cxm/core/hash.hpp>

#include <concepts>
#include <cstdint>
#include <string_view>
#include <type_traits>

/// \file
/// The fingerprint of a plan: a hash of every type name, schema version, state policy, field name
/// and part in it, but of nothing that was counted. States merge and load only where fingerprints
/// agree.

namespace cxm::detail {

template <class Accumulator>
consteval std::uint16_t find_schema() {
  if constexpr (requires { Accumulator::schema; })
    return Accumulator::schema;
  else
    return 1;
}
template <class Accumulator>
inline constexpr std::uint16_t schema_of = find_schema<Accumulator>();

struct fingerprint_visitor;

/// Hashes what kind of value a member is: two states of different number types must not load as
/// each other.
template <class Type>
void hash_kind(word_hash& hash) {
  if constexpr (requires { Type::hash_kind(hash); })
    Type::hash_kind(hash);
  else if constexpr (described<Type>)
    hash.add(std::string_view(Type::type_name));
  else if constexpr (std::is_enum_v<Type>)
    hash_kind<std::underlying_type_t<Type>>(hash);
  else if constexpr (std::same_as<Type, int128>)
    hash.add("int128");
  else if constexpr (std::integral<Type>) {
    hash.add(std::signed_integral<Type> ? "signed" : "unsigned");
    hash.add(sizeof(Type));
  } else if constexpr (std::floating_point<Type>) {
    hash.add("floating");
    hash.add(sizeof(Type));
  } else if constexpr (is_duration<Type>) {
    hash.add("duration");
    hash.add(static_cast<std::uint64_t>(Type::period::num));
    hash.add(static_cast<std::uint64_t>(Type::period::den));
    hash_kind<typename Type::rep>(hash);
  } else if constexpr (is_time_point<Type>) {
    hash.add("time");
    hash_kind<typename Type::duration>(hash);
  } else if constexpr (is_optional<Type> || is_vector<Type>) {
    hash.add(is_vector<Type> ? "vector" : "optional");
    hash_kind<typename Type::value_type>(hash);
  } else if constexpr (is_array<Type>) {
    hash.add("array");
    hash.add(std::tuple_size_v<Type>);
    hash_kind<typename Type::value_type>(hash);
  } else if constexpr (is_tuple<Type>) {
    hash.add("tuple");
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (hash_kind<std::remove_cvref_t<std::tuple_element_t<I, Type>>>(hash), ...);
    }
    (std::make_index_sequence<std::tuple_size_v<Type>>{});
  } else {
    hash.add("text");
  }
}

template <class Type>
void hash_plan(word_hash& hash, Type const& value);

struct fingerprint_visitor {
  word_hash& hash;

  void policy(std::string_view name, auto const& value) {
    using type = std::remove_cvref_t<decltype(value)>;
    hash.add(name);
    if constexpr (described<type>) {
      hash_plan(hash, value);
    } else {
      hash_kind<type>(hash);
      byte_writer out;
      encode(out, value);
      hash.add(std::string_view(reinterpret_cast<char const*>(out.bytes.data()), out.bytes.size()));
    }
  }
  void state(std::string_view name, auto const& value) {
    using type = std::remove_cvref_t<decltype(value)>;
    hash.add(name);
    if constexpr (described<type>)
      hash_plan(hash, value);
    else
      hash_kind<type>(hash);
  }
};

template <class Type>
void hash_plan(word_hash& hash, Type const& value) {
  hash.add(std::string_view(Type::type_name));
  hash.add(schema_of<Type>);
  fingerprint_visitor visit{hash};
  Type::describe(value, visit);
}

template <class Accumulator>
std::uint64_t fingerprint(Accumulator const& plan) {
  word_hash hash;
  hash_plan(hash, plan);
  return hash.value();
}

}  // namespace cxm::detail
