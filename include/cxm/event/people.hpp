// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/event/identity_rules.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

/// \file
/// Who it was: the persons that identifiers were resolved to, and every link that was refused. A
/// person is named by the strongest identifier, of these the one seen first, of these the smallest:
/// "user:ada". What evidence leaves open is nobody else's: "?cookie:c1", the same in every run.

namespace cxm {

namespace detail {
class people_maker;

/// A stronger identifier with which one was seen, and when: the person it may be.
struct claim {
  static constexpr std::uint32_t nobody = UINT32_MAX;
  std::uint32_t of = 0;  ///< the one that is claimed
  std::uint32_t person = nobody;
  std::int64_t first = 0;
  std::int64_t last = 0;
};
}  // namespace detail

/// The persons behind identifiers. Made by `identity_graph(…).result()`; a value.
class people {
 public:
  /// How many persons there are.
  std::size_t size() const { return persons_; }
  /// Every refusal, in the order in which links were tried; first identifiers that link nothing.
  std::vector<refused_link> const& refusals() const { return refusals_; }

  /// The person that this identifier is part of, whenever it was seen; empty for one that was never
  /// seen or is blocked. The text lives as long as these people. O(log identifiers).
  std::optional<std::string_view> person_of(std::string_view kind, std::string_view value) const {
    auto const at = place_of(kind_of(kind), value);
    if (at == none || uses_[at] == use::blocked) return std::nullopt;
    return uses_[at] == use::shared ? open_name(at) : name(person_[at]);
  }
  /// Whose it was at a time: the only one with whom it was seen near enough in time
  /// (`valid_for`). `?kind:value` where there was none, or more than one.
  template <class Clock, class Duration>
  std::optional<std::string_view> person_of(std::string_view kind, std::string_view value,
                                            std::chrono::time_point<Clock, Duration> time) const {
    auto const at = place_of(kind_of(kind), value);
    if (at == none || uses_[at] == use::blocked) return std::nullopt;
    auto const since =
        std::chrono::floor<std::chrono::microseconds>(time.time_since_epoch()).count();
    return uses_[at] == use::shared ? open_name(at) : named_at(at, since);
  }
  /// The identifiers of a person, as "kind:value", in order of kind and value; empty where there
  /// is no such person. O(identifiers).
  std::vector<std::string_view> identifiers_of(std::string_view person) const {
    std::vector<std::string_view> found;
    for (std::uint32_t i = 0; i < person_.size(); ++i)
      if (uses_[i] == use::links && name(person_[i]) == person) found.push_back(name(i));
    return found;
  }

  /// Whose event this is, of identifiers (number of the kind, value) in any order: the person of
  /// the strongest that links.
  template <class Identifiers>
  std::optional<std::string_view> person_of_event(Identifiers const& seen,
                                                  std::int64_t microseconds) const {
    std::uint32_t best = none, shared = none;
    for (auto const& [kind, value] : seen) {
      auto const at = place_of(kind, value);
      if (at == none) continue;
      if (uses_[at] == use::links) best = std::min(best, at);
      if (uses_[at] == use::shared) shared = std::min(shared, at);
    }
    if (best != none) return named_at(best, microseconds);
    if (shared != none) return open_name(shared);
    return std::nullopt;
  }

 private:
  friend detail::people_maker;
  enum class use : std::uint8_t { links, shared, blocked };
  static constexpr std::uint32_t none = UINT32_MAX;

  std::size_t kind_of(std::string_view name) const {
    for (std::size_t i = 0; i < names_.size(); ++i)
      if (names_[i] == name) return i;
    return names_.size();
  }
  std::string_view open_name(std::uint32_t at) const {
    std::size_t const begin = at == 0 ? 0 : ends_[at - 1];
    return std::string_view(text_).substr(begin, ends_[at] - begin);
  }
  std::string_view name(std::uint32_t at) const { return open_name(at).substr(1); }
  std::string_view value(std::uint32_t at) const {
    return name(at).substr(names_[kinds_[at]].size() + 1);
  }
  /// By search, not by hash: no values can be chosen that make it slow.
  std::uint32_t place_of(std::size_t kind, std::string_view wanted) const {
    std::uint32_t low = 0, high = static_cast<std::uint32_t>(kinds_.size());
    while (low < high) {
      std::uint32_t const middle = low + (high - low) / 2;
      bool const below = kinds_[middle] != kind ? kinds_[middle] < kind : value(middle) < wanted;
      (below ? low : high) = below ? middle + 1 : middle;
    }
    return low < kinds_.size() && kinds_[low] == kind && value(low) == wanted ? low : none;
  }
  std::string_view named_at(std::uint32_t at, std::int64_t time) const {
    auto claim = std::lower_bound(claims_.begin(), claims_.end(), at,
                                  [](detail::claim const& a, std::uint32_t b) { return a.of < b; });
    if (claim == claims_.end() || claim->of != at) return name(person_[at]);
    std::optional<std::uint32_t> owner;
    for (; claim != claims_.end() && claim->of == at; ++claim) {
      if (time < claim->first || time > claim->last) continue;
      if (claim->person == detail::claim::nobody || (owner && *owner != claim->person))
        return open_name(at);
      owner = claim->person;
    }
    return owner ? name(*owner) : open_name(at);
  }

  std::vector<std::string> names_;  // of kinds
  std::string text_;                // "?kind:value" of each, in order of kind and value
  std::vector<std::size_t> ends_;
  std::vector<std::uint16_t> kinds_;
  std::vector<use> uses_;
  std::vector<std::uint32_t> person_;  // of each, the identifier by which it is named
  std::vector<detail::claim> claims_;
  std::vector<refused_link> refusals_;
  std::size_t persons_ = 0;
};

}  // namespace cxm
