// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/bind.hpp>
#include <cxm/core/detail/box.hpp>
#include <cxm/core/field.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/core/retraction.hpp>
#include <cxm/event/detail/people_maker.hpp>
#include <cxm/event/identifier.hpp>
#include <cxm/event/people.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

/// \file
/// One person of many identifiers, without guessing:
///
///     auto const evidence = measure(visits, identity_graph(&visit::when,
///         identifier{"user", &visit::user}, identifier{"e-mail", &visit::mail},
///         identifier{"cookie", &visit::cookie, valid_for{30 * 24h}}));
///     auto const who = evidence.result();
///     reconstruct(visits, touchpoint_fields{person_of(who, evidence), &visit::when, …});
///
/// The state is the evidence, which merges exactly and is taken back by `remove`; persons are a
/// reading of it (deterministic: connected components under limits, see identity_rules.hpp). After
/// `remove` ask again, and journeys and scores over `person_of` follow.

namespace cxm {

namespace detail {

/// Microseconds since the epoch; empty where the time is missing or further than 290,000 years.
template <class Time>
std::optional<std::int64_t> microseconds_of(Time const& time) {
  if constexpr (is_optional<Time>) {
    if (!time) return std::nullopt;
    return microseconds_of(*time);
  } else {
    static_assert(is_time_point<Time>,
                  "cxm::identity_graph: the first field must give a std::chrono time point");
    auto const since = time.time_since_epoch();
    double const about = std::chrono::duration<double, std::micro>(since).count();
    if (!(about > -9.2e18 && about < 9.2e18)) return std::nullopt;
    return std::chrono::floor<std::chrono::microseconds>(since).count();
  }
}

}  // namespace detail

/// Evidence of who is who. Made by `identity_graph`.
template <class Time, class... Fields>
class identity_evidence {
 public:
  static constexpr std::string_view type_name = "identity_graph";
  static constexpr merge_law merges = merge_law::exact;
  static constexpr bool retracts = true;

  identity_evidence(Time time, identity_rules rules, std::tuple<identifier<Fields>...> fields)
      : time_(std::move(time)), fields_(std::move(fields)), rules_(std::move(rules)) {
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      ((kinds_[I] = kind_of(std::get<I>(fields_))), ...);
    }
    (std::index_sequence_for<Fields...>{});
    detail::check(rules_);
  }

  /// Identifiers of one event, seen together. O(their length) expected.
  template <class In>
  void add(In const& in) {
    sort_out(
        in, [](std::uint64_t& counter) { ++counter; },
        [&](std::int64_t when, auto const& texts) {
          numbers seen;
          for (auto const& [kind, value] : texts) seen.ids[seen.count++] = log_.number(kind, value);
          log_.add(when, seen.view());
        });
  }
  /// Takes the evidence of an event back: the un-merge. O(log events) for several in a row,
  /// O(events log events) for the first.
  template <class In>
  void remove(In const& in) {
    sort_out(
        in, [](std::uint64_t& counter) { detail::uncount(counter); },
        [&](std::int64_t when, auto const& texts) {
          numbers seen;
          for (auto const& [kind, value] : texts) {
            seen.ids[seen.count] = log_.identifiers().find(kind, value);
            detail::require_counted(seen.ids[seen.count++] != detail::identifier_table::vacant);
          }
          detail::require_counted(log_.remove(when, seen.view()));
        });
  }
  bool empty() const { return log_.copies() == 0 && unidentified_ == 0 && untimed_ == 0; }
  /// The evidence of both; the rules stay those of this one.
  void merge(identity_evidence const& other) {
    detail::require_same(kind_names() == other.kind_names(),
                         "cxm::identity_graph: merging evidence of different kinds");
    detail::require_fit(detail::counts_fit(log_.copies(), other.log_.copies()) &&
                        detail::counts_fit(unidentified_, other.unidentified_) &&
                        detail::counts_fit(untimed_, other.untimed_));
    log_.merge(other.log_);
    unidentified_ += other.unidentified_;
    untimed_ += other.untimed_;
  }

  /// The persons. O(sightings log sightings); nothing of it depends on their order.
  people result() const { return resolved(INT64_MAX); }
  /// As they were known at a time.
  people result(as_of time) const { return resolved(time.since_epoch.count()); }
  /// As they were under other rules; the kinds must be the same.
  people result(identity_rules const& other) const {
    detail::check(other);
    bool same = other.kinds.size() == rules_.kinds.size();
    for (std::size_t i = 0; same && i < other.kinds.size(); ++i)
      same = other.kinds[i].name == rules_.kinds[i].name;
    detail::require_same(same, "cxm::identity_graph: these rules are of other kinds");
    return detail::people_maker(log_, other, INT64_MAX).make();
  }
  identity_rules const& rules() const { return rules_; }

  /// Events with an identifier.
  std::uint64_t identified() const { return log_.copies(); }
  /// Events without one: all are missing, or longer than 256 bytes.
  std::uint64_t unidentified() const { return unidentified_; }
  /// Events without a time, which are no evidence.
  std::uint64_t untimed() const { return untimed_; }

  /// The same fields and rules, and no evidence.
  identity_evidence without_evidence() const { return {*time_, rules_, fields_}; }
  /// Whose event this is by these people; empty where no identifier of it is known.
  template <class In>
  std::optional<std::string_view> person_in(people const& known, In const& in) const {
    auto const when = detail::microseconds_of(cxm::read(*time_, in));
    if (!when) return std::nullopt;
    detail::identifier_texts<sizeof...(Fields)> texts;
    read_texts(texts, in);
    return known.person_of_event(texts, *when);
  }

  static void describe(auto& self, auto& visit) {
    for (auto const& name : self.kind_names()) visit.policy("kind", std::string_view(name));
    visit.state("evidence", self.log_);
    visit.state("unidentified", self.unidentified_);
    visit.state("untimed", self.untimed_);
  }
  bool valid() const {
    auto const& table = log_.identifiers();
    for (std::uint32_t id = 0; id < table.size(); ++id)
      if (table.kind(id) >= rules_.kinds.size()) return false;
    for (auto const& one : log_.sightings())
      if (one.size > sizeof...(Fields)) return false;
    return log_.copies() <= INT64_MAX && unidentified_ <= INT64_MAX && untimed_ <= INT64_MAX;
  }

 private:
  struct numbers {
    std::array<std::uint32_t, sizeof...(Fields)> ids{};
    std::size_t count = 0;
    std::span<std::uint32_t> view() { return std::span(ids).first(count); }
  };

  people resolved(std::int64_t until) const {
    return detail::people_maker(log_, rules_, until).make();
  }
  template <class Field>
  std::uint16_t kind_of(identifier<Field> const& one) const {
    for (std::size_t i = 0; i < rules_.kinds.size(); ++i)
      if (rules_.kinds[i].name == one.kind.name) return static_cast<std::uint16_t>(i);
    detail::refuse("cxm::identity_graph: an identifier whose kind has no rules");
  }
  std::vector<std::string> kind_names() const {
    std::vector<std::string> names;
    for (auto const& kind : rules_.kinds) names.push_back(kind.name);
    return names;
  }
  template <class In>
  void read_texts(detail::identifier_texts<sizeof...(Fields)>& texts, In const& in) const {
    std::size_t i = 0;
    std::apply([&](auto const&... one) { (texts.read(kinds_[i++], one.field, in), ...); }, fields_);
  }
  /// `no_evidence(counter)`, or `evidence(time, identifiers)`.
  template <class In, class NoEvidence, class Evidence>
  void sort_out(In const& in, NoEvidence const& no_evidence, Evidence const& evidence) {
    auto const when = detail::microseconds_of(cxm::read(*time_, in));
    if (!when) return no_evidence(untimed_);
    detail::identifier_texts<sizeof...(Fields)> texts;
    read_texts(texts, in);
    if (texts.begin() == texts.end()) return no_evidence(unidentified_);
    evidence(*when, texts);
  }

  detail::box<Time> time_;
  std::tuple<identifier<Fields>...> fields_;
  std::array<std::uint16_t, sizeof...(Fields)> kinds_{};
  identity_rules rules_;
  detail::sighting_log log_;
  std::uint64_t unidentified_ = 0;
  std::uint64_t untimed_ = 0;
};

namespace detail {

template <class Type>
inline constexpr bool is_identifier = false;
template <class Field>
inline constexpr bool is_identifier<identifier<Field>> = true;

template <class Time, class Arguments, std::size_t... I>
auto make_identity(Time time, Arguments arguments, identity_rules rules,
                   std::index_sequence<I...>) {
  (add_kind(rules, std::get<I>(arguments)), ...);
  return identity_evidence(std::move(time), std::move(rules),
                           std::tuple(std::get<I>(std::move(arguments))...));
}

}  // namespace detail

/// Evidence of identity: when an event happened, and the identifiers that it may carry, the
/// strongest kind first; two of one name are of one kind. Policies after them:
/// `shared_by_at_most`, `identifiers_at_most` and `blocked_values`.
template <class Time, class... Arguments>
auto identity_graph(Time time, Arguments... arguments) {
  constexpr std::size_t fields =
      (std::size_t{0} + ... + std::size_t{detail::is_identifier<Arguments>});
  static_assert(fields > 0, "cxm::identity_graph: needs at least one identifier");
  static_assert(fields <= detail::sighting_log::most_together,
                "cxm::identity_graph: takes at most 64 identifiers");
  static_assert(
      ((detail::is_identifier<Arguments> ||
        detail::answers_one_of<Arguments, sharing_limit, person_size, no_identifiers>)&&...),
      "cxm::identity_graph: takes identifier{name, field}, then shared_by_at_most, "
      "identifiers_at_most and blocked_values");
  static_assert(detail::no_question_twice<sharing_limit, person_size,
                                          no_identifiers>::template in<Arguments...>,
                "cxm::identity_graph: two policies answer the same question");
  identity_rules rules;
  rules.owners = detail::pick<sharing_limit>(shared_by_at_most{5}, arguments...).owners;
  rules.identifiers = detail::pick<person_size>(identifiers_at_most{50}, arguments...).most;
  rules.blocked = detail::pick<no_identifiers>(blocked_values{}, arguments...).values;
  return detail::make_identity(std::move(time), std::tuple(std::move(arguments)...),
                               std::move(rules), std::make_index_sequence<fields>{});
}

}  // namespace cxm
