// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/detail/box.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/field.hpp>
#include <cxm/core/fixed_string.hpp>
#include <cxm/core/hash.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

/// \file
/// Segments by rules: named predicates in order, the first that holds wins, everybody else is
/// "other". A field like any other:
///
///     auto kind = rule_segments(rule<"critic">(between(&answer::recommend, 0, 6)),
///                               rule<"key">(above(&answer::value, 1000)));
///     measure(answers, by(kind, on(&answer::recommend, nps())));

namespace cxm {

/// A named predicate. Gives true, false, or an empty optional where it is not known: no match.
template <fixed_string Name, class Predicate>
class named_rule {
 public:
  constexpr explicit named_rule(Predicate holds) : holds_(std::move(holds)) {}
  static constexpr std::string_view name() { return Name.view(); }

  template <class In>
  constexpr bool operator()(In const& in) const {
    auto const said = cxm::read(holds_, in);
    if constexpr (detail::is_optional<std::remove_const_t<decltype(said)>>)
      return said && static_cast<bool>(*said);
    else
      return static_cast<bool>(said);
  }

 private:
  [[no_unique_address]] Predicate holds_;
};

/// Names a predicate: `rule<"critic">(between(&answer::recommend, 0, 6))`. Beware of comparing an
/// optional with <: an empty one is less than any number. `within`, `above`, `below`, `equals` and
/// `unanswered` know better.
template <fixed_string Name, class Predicate>
constexpr auto rule(Predicate holds) {
  return named_rule<Name, Predicate>(std::move(holds));
}

namespace detail {

/// A test of a field's value; empty where the field is.
template <class Field, class Test>
class tested_field {
 public:
  constexpr tested_field(Field field, Test test)
      : field_(std::move(field)), test_(std::move(test)) {}
  template <class In>
  constexpr std::optional<bool> operator()(In const& in) const {
    decltype(auto) value = cxm::read(field_, in);
    if constexpr (is_optional<std::remove_cvref_t<decltype(value)>>) {
      if (!value) return std::nullopt;
      return (*test_)(*value);
    } else {
      return (*test_)(value);
    }
  }

 private:
  [[no_unique_address]] Field field_;
  box<Test> test_;
};

}  // namespace detail

/// low <= field <= high; not known where the field is empty. So are the following.
template <class Field, class Value>
constexpr auto between(Field field, Value low, Value high) {
  return detail::tested_field(std::move(field), [low, high](auto const& value) {
    return !(value < low) && !(high < value);
  });
}
/// field > bound.
template <class Field, class Value>
constexpr auto above(Field field, Value bound) {
  return detail::tested_field(std::move(field),
                              [bound](auto const& value) { return bound < value; });
}
/// field < bound.
template <class Field, class Value>
constexpr auto below(Field field, Value bound) {
  return detail::tested_field(std::move(field),
                              [bound](auto const& value) { return value < bound; });
}
template <class Field, class Value>
constexpr auto equals(Field field, Value wanted) {
  return detail::tested_field(std::move(field),
                              [wanted](auto const& value) { return value == wanted; });
}
/// The field is empty.
template <class Field>
constexpr auto unanswered(Field field) {
  return [held = detail::box<Field>(std::move(field))](auto const& in) {
    return !cxm::read(*held, in);
  };
}
/// All of the predicates hold; not known counts as no.
template <class... Predicates>
constexpr auto holding_all(Predicates... holds) {
  return [rules = std::tuple(named_rule<"", Predicates>(std::move(holds))...)](auto const& in) {
    return std::apply([&](auto const&... one) { return (one(in) && ...); }, rules);
  };
}

/// Ordered rules. Labels are the places of the rules from 0, `size() - 1` is "other".
template <class... Rules>
class rule_segmentation {
 public:
  using label = std::uint32_t;
  static constexpr std::size_t rules = sizeof...(Rules);

  constexpr explicit rule_segmentation(Rules... given)
      : rules_(detail::box<Rules>(std::move(given))...) {
    name_ = "rules:";
    for (auto const one : {Rules::name()...}) name_.append(" ").append(one);
  }

  /// The number of segments, "other" included.
  static constexpr std::size_t size() { return rules + 1; }
  static constexpr label other() { return static_cast<label>(rules); }
  static constexpr std::array<std::string_view, rules + 1> names() {
    return {Rules::name()..., "other"};
  }
  /// The name of a label.
  static constexpr std::string_view name_of(label segment) {
    if (segment >= size()) detail::refuse("cxm::rule_segments: a label beyond the rules");
    return names()[segment];
  }
  /// "rules: " and their names in order: what tells such fields apart.
  std::string_view name() const { return name_; }

  /// The first rule that holds.
  template <class In>
  label operator()(In const& in) const {
    label found = other();
    label at = 0;
    std::apply(
        [&](auto const&... one) {
          static_cast<void>((((*one)(in) ? (found = at, true) : (++at, false)) || ...));
        },
        rules_);
    return found;
  }
  /// Which of the rules hold.
  template <class In>
  std::array<bool, rules> matches(In const& in) const {
    return std::apply([&](auto const&... one) { return std::array<bool, rules>{(*one)(in)...}; },
                      rules_);
  }

 private:
  std::tuple<detail::box<Rules>...> rules_;
  std::string name_;
};

/// Segments by rules, made by `rule`.
template <class... Rules>
auto rule_segments(Rules... rules) {
  static_assert(sizeof...(Rules) > 0, "cxm::rule_segments: needs at least one rule");
  return rule_segmentation<Rules...>(std::move(rules)...);
}

// Recipes.

/// critic 0–6, passive 7–8, promoter 9–10; no answer and what is no point of the scale is "other".
template <class Field>
auto nps_segments(Field recommend) {
  return rule_segments(rule<"critic">(between(recommend, 0, 6)),
                       rule<"passive">(between(recommend, 7, 8)),
                       rule<"promoter">(between(recommend, 9, 10)));
}
/// A critic of high value: whose answer is at most 6 and whose value is above `high`.
template <class Field, class Value, class Bound>
constexpr auto at_risk(Field recommend, Value value, Bound high) {
  return rule<"at risk">(
      holding_all(between(std::move(recommend), 0, 6), above(std::move(value), high)));
}
/// Who had contacts, none of them with a human: `human` counts those, `all` every contact.
template <class Human, class Contacts>
constexpr auto digital_only(Human human, Contacts all) {
  return rule<"digital only">(
      holding_all(between(std::move(human), 0, 0), above(std::move(all), 0)));
}
/// Who has not answered within `longest` (F1: 180 days) before `now`, or never.
template <class Field, class Time, class Duration>
constexpr auto silent(Field last_answer, Time now, Duration longest) {
  auto const old = below(last_answer, now - longest);
  return rule<"silent">([=, field = detail::box<Field>(last_answer)](auto const& in) {
    using kind = std::remove_cvref_t<decltype(cxm::read(*field, in))>;
    if constexpr (detail::is_optional<kind>)
      if (!cxm::read(*field, in)) return true;
    return *old(in);
  });
}

}  // namespace cxm
