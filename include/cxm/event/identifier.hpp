// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>
#include <cxm/core/field.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/event/detail/identifier_table.hpp>
#include <cxm/event/identity_rules.hpp>

#include <array>
#include <charconv>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

/// \file
/// Which fields of the user's own struct identify a person: `identifier{"cookie", &visit::cookie,
/// per_person{50}, valid_for{30 * 24h}}`. Texts, whole numbers, enums, or optionals of them; the
/// same value must always be written the same way, so a field may trim and lower an address.

namespace cxm {

/// A field with the kind of identifier that it gives, and the limits of the kind.
template <class Field>
struct identifier {
  identifier_kind kind;
  Field field;
  bool limited = false;  ///< `per_person` was given

  template <class... Policies>
  identifier(std::string_view name, Field reads, Policies... policies)
      : kind{std::string(name), 5, std::nullopt},
        field(std::move(reads)),
        limited(detail::answers_to<identifiers_of_kind, Policies...> > 0) {
    static_assert(
        (detail::answers_one_of<Policies, identifiers_of_kind, life_of_identifier> && ...) &&
            detail::no_question_twice<identifiers_of_kind,
                                      life_of_identifier>::template in<Policies...>,
        "cxm::identifier: after name and field come per_person and valid_for, each once");
    kind.most = detail::pick<identifiers_of_kind>(per_person{5}, policies...).most;
    if constexpr (detail::answers_to < life_of_identifier, Policies... >> 0)
      kind.life = detail::pick<life_of_identifier>(0, policies...).time;
  }
};
template <class Field, class... Policies>
identifier(std::string_view, Field, Policies...) -> identifier<Field>;

namespace detail {

inline void check(identity_rules const& rules) {
  if (rules.owners == 0 || rules.identifiers == 0)
    refuse("cxm::identity_graph: a limit of 0 would let nobody be a person");
  for (auto const& kind : rules.kinds) {
    if (kind.most == 0) refuse("cxm::identity_graph: a limit of 0 would let nobody be a person");
    if (kind.name.empty() || kind.name.find(':') != std::string::npos)
      refuse("cxm::identity_graph: a kind needs a name without a colon");
    if (kind.life && kind.life->count() < 0)
      refuse("cxm::valid_for: the time must not be negative");
  }
}
/// A kind that is new, the strongest first; of several fields of one kind the first says its
/// limits.
template <class Field>
void add_kind(identity_rules& rules, identifier<Field> const& one) {
  for (auto const& known : rules.kinds)
    if (known.name == one.kind.name) return;
  rules.kinds.push_back(one.kind);
  if (rules.kinds.size() == 1 && !one.limited) rules.kinds.front().most = 1;
}

/// The identifiers of one event, as (number of the kind, text); numbers are written here.
template <std::size_t Most>
class identifier_texts {
 public:
  identifier_texts() = default;
  identifier_texts(identifier_texts const&) = delete;

  template <class Field, class In>
  void read(std::uint16_t kind, Field const& field, In const& in) {
    using shown = decltype(cxm::read(field, in));
    static_assert(std::is_reference_v<shown> || !std::is_same_v<answered_t<shown>, std::string>,
                  "cxm::identifier: a field that makes a new text: return a std::string_view of "
                  "what is kept");
    take(kind, cxm::read(field, in));
  }
  auto begin() const { return texts_.begin(); }
  auto end() const { return texts_.begin() + static_cast<std::ptrdiff_t>(count_); }

 private:
  template <class Value>
  void take(std::uint16_t kind, Value const& value) {
    if constexpr (is_optional<Value>) {
      if (value) take(kind, *value);
    } else if constexpr (std::convertible_to<Value const&, std::string_view>) {
      std::string_view const text = value;
      if (!text.empty() && text.size() <= identifier_table::longest_value)
        texts_[count_++] = {kind, text};
    } else if constexpr (std::is_enum_v<Value>) {
      take(kind, static_cast<std::underlying_type_t<Value>>(value));
    } else {
      static_assert(std::integral<Value> && !std::same_as<Value, bool>,
                    "cxm::identifier: an identifier is a text or a whole number, or an optional");
      auto& digits = digits_[count_];
      auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
      texts_[count_++] = {kind, {digits.data(), static_cast<std::size_t>(end - digits.data())}};
    }
  }

  // Longer values are no identifiers: whoever sends them must not fill the memory.
  std::array<std::pair<std::uint16_t, std::string_view>, Most> texts_{};
  std::array<std::array<char, 24>, Most> digits_;  // written before they are read
  std::size_t count_ = 0;
};

}  // namespace detail
}  // namespace cxm
