// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/codec.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/fingerprint.hpp>
#include <cxm/core/maybe.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// Saved states. `save` writes what an accumulator has counted, `load(plan, bytes)` puts it into a
/// copy of the plan that counted it. The bytes carry a magic number, the type, its schema version,
/// the fingerprint of the whole plan and a checksum; they are read as hostile: what is damaged, cut
/// short, of another plan, or breaks an invariant that `add` keeps, is refused. The format, byte by
/// byte, is in core/README.md.

namespace cxm {

/// The bytes of a saved state.
using saved_bytes = std::vector<std::byte>;

namespace detail {

inline constexpr std::uint32_t saved_magic = 0x31'6d'78'63;  // "cxm1", little-endian

inline std::uint64_t checksum(std::span<std::byte const> data) {
  word_hash hash;
  hash.add(std::string_view(reinterpret_cast<char const*>(data.data()), data.size()));
  return hash.value();
}

/// Empty when all is well, else the sentence for the user.
template <class Accumulator>
std::string load_into(Accumulator& plan, std::span<std::byte const> data) {
  if (data.size() < sizeof(std::uint64_t)) return "cxm::load: the bytes are cut short";
  auto const body = data.first(data.size() - sizeof(std::uint64_t));
  std::uint64_t sum = 0;
  byte_reader(body.data() + body.size(), sizeof(std::uint64_t)).word(sum);
  byte_reader in(body.data(), body.size());
  std::uint32_t magic = 0;
  if (!in.word(magic) || magic != saved_magic)
    return "cxm::load: these are not bytes that cxm saved";
  if (sum != checksum(body)) return "cxm::load: the bytes are damaged: their checksum is wrong";
  std::string type;
  std::uint16_t schema = 0;
  std::uint64_t plan_print = 0;
  if (!in.text(type) || !in.word(schema) || !in.word(plan_print))
    return "cxm::load: the bytes are cut short";
  if (type != Accumulator::type_name)
    return "cxm::load: the bytes hold a state of '" + type + "', the plan is of '" +
           std::string(Accumulator::type_name) + "'";
  if (schema != schema_of<Accumulator>)
    return "cxm::load: the bytes hold schema version " + std::to_string(schema) + " of '" + type +
           "', this library reads version " + std::to_string(schema_of<Accumulator>);
  if (plan_print != fingerprint(plan))
    return "cxm::load: the bytes of '" + type +
           "' were saved by a plan with other policies, field names or parts";
  if (!detail::decode(in, plan) || in.left() != 0)
    return "cxm::load: the bytes of '" + type + "' break a rule of that state";
  return {};
}

}  // namespace detail

/// The bytes of what `accumulator` has counted. Equal states give equal bytes, whatever the order
/// in which they were counted or merged, if the accumulator merges exactly. Two unnamed fields of
/// one type can't be told apart on load: name the fields of a plan that is saved. O(size of the
/// state).
template <class Accumulator>
saved_bytes save(Accumulator const& accumulator) {
  detail::byte_writer out;
  out.word(detail::saved_magic);
  out.text(Accumulator::type_name);
  out.word(detail::schema_of<Accumulator>);
  out.word(detail::fingerprint(accumulator));
  detail::encode(out, accumulator);
  out.word(detail::checksum(out.bytes));
  return std::move(out.bytes);
}

/// A copy of `plan` that holds the saved state. Throws `bad_state`, whose text says why.
template <class Accumulator>
Accumulator load(Accumulator plan, std::span<std::byte const> data) {
  if (auto const problem = detail::load_into(plan, data); !problem.empty())
    throw bad_state(problem);
  return plan;
}

/// As `load`, but says `reason::bad_state` instead of throwing.
template <class Accumulator>
maybe<Accumulator> try_load(Accumulator plan, std::span<std::byte const> data) noexcept {
  try {
    if (detail::load_into(plan, data).empty()) return plan;
  } catch (...) {  // out of memory: never more than the bytes that are there, but possible
  }
  return reason::bad_state;
}

namespace detail {

/// True when `a` and `b` were made by the same plan and have counted the same.
template <class Accumulator>
bool same_state(Accumulator const& a, Accumulator const& b) {
  byte_writer left, right;
  encode(left, a);
  encode(right, b);
  return left.bytes == right.bytes && fingerprint(a) == fingerprint(b);
}

}  // namespace detail

/// Two accumulators of one type are equal when they were made by the same plan and have counted the
/// same.
template <detail::described Accumulator>
bool operator==(Accumulator const& a, Accumulator const& b) {
  return detail::same_state(a, b);
}

}  // namespace cxm
