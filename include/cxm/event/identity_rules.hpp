// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>
#include <cxm/core/policy.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// What may make two identifiers one person: limits that stop a shared tablet, a placeholder or a
/// bot from making one person of many. Rules are readings of the evidence: they never decide who
/// may merge, and can be changed without reading an event again.

namespace cxm {

struct identifiers_of_kind;  ///< The question how many identifiers of a kind a person has.
struct life_of_identifier;   ///< The question how long a sighting speaks for an identifier.
struct sharing_limit;        ///< The question how many people may share an identifier.
struct person_size;          ///< The question how many identifiers a person has in all.
struct no_identifiers;       ///< The question which values identify nobody.
struct time_of_knowledge;    ///< The question what was known when.

/// At most so many identifiers of this kind are one person's. Default 1 for the strongest kind, 5
/// for others.
struct per_person {
  using policy_kind = identifiers_of_kind;
  std::uint32_t most;
};
/// A sighting says whose an identifier is for so long before and after it: 30 days for a cookie,
/// 365 for a device. Default for ever.
struct valid_for {
  using policy_kind = life_of_identifier;
  std::chrono::microseconds time;
};
/// An identifier seen with more identifiers of the strongest kind than this is shared, as a tablet
/// in a shop or the phone of a household is, and links nothing. Default 5.
struct shared_by_at_most {
  using policy_kind = sharing_limit;
  std::uint32_t owners;
};
/// A person has at most so many identifiers. Default 50.
struct identifiers_at_most {
  using policy_kind = person_size;
  std::uint32_t most;
};
/// Values that identify nobody, beside those of `identifies_nobody`: test accounts, the number of
/// the switchboard. Compared byte by byte.
struct blocked_values {
  using policy_kind = no_identifiers;
  std::vector<std::string> values;

  blocked_values(std::initializer_list<std::string_view> texts)
      : values(texts.begin(), texts.end()) {}
};
/// Only sightings up to this time are evidence: who a person was known to be then.
struct as_of {
  using policy_kind = time_of_knowledge;
  std::chrono::microseconds since_epoch;

  template <class Clock, class Duration>
  explicit as_of(std::chrono::time_point<Clock, Duration> time)
      : since_epoch(std::chrono::floor<std::chrono::microseconds>(time.time_since_epoch())) {}
};

/// Is this what programs write where there is no identifier: nothing, zeros and dashes, "null",
/// "undefined", "anonymous" and their kin, in any case? Never the identity of anybody.
constexpr bool identifies_nobody(std::string_view value) {
  constexpr std::string_view words[] = {"-1",        "null",  "nil",    "none",
                                        "undefined", "nan",   "n/a",    "na",
                                        "true",      "false", "(null)", "[object object]",
                                        "anonymous", "guest", "unknown"};
  while (!value.empty() && value.front() == ' ') value.remove_prefix(1);
  while (!value.empty() && value.back() == ' ') value.remove_suffix(1);
  if (value.find_first_not_of("0-") == std::string_view::npos) return true;
  for (auto const word : words) {
    bool same = word.size() == value.size();
    for (std::size_t i = 0; same && i < word.size(); ++i) {
      char const c =
          value[i] >= 'A' && value[i] <= 'Z' ? static_cast<char>(value[i] - 'A' + 'a') : value[i];
      same = c == word[i];
    }
    if (same) return true;
  }
  return false;
}

/// A kind of identifier.
struct identifier_kind {
  std::string name;
  std::uint32_t most = 5;                         ///< of one person
  std::optional<std::chrono::microseconds> life;  ///< of what a sighting says; empty: for ever
};

/// All rules together, the strongest kind first.
struct identity_rules {
  std::vector<identifier_kind> kinds;
  std::uint32_t owners = 5;
  std::uint32_t identifiers = 50;
  std::vector<std::string> blocked;
};

/// Why identifiers were not made one person's.
enum class identity_refusal : std::uint8_t {
  blocked,       ///< the value identifies nobody
  shared,        ///< seen with too many of the strongest kind
  kind_limit,    ///< the person would have too many identifiers of a kind
  person_limit,  ///< the person would have too many identifiers
};

/// One refusal: of an identifier, or of a link of two.
struct refused_link {
  identity_refusal why;
  std::string first;           ///< as "cookie:c1"
  std::string second;          ///< empty where the identifier itself was refused
  std::string kind;            ///< whose limit it was, for `kind_limit`
  std::uint64_t would_be = 0;  ///< so many there would be, or are
  std::uint64_t limit = 0;

  friend bool operator==(refused_link const&, refused_link const&) = default;
};

}  // namespace cxm
