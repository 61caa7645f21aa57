// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/fixed_string.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

/// \file
/// A field is anything that can be read off the user's event: a pointer to a member, a getter, a
/// lambda. It may carry a name, `field<"recommend">(&answer::recommend)`, which enters error texts,
/// table heads, JSON and the saved fingerprint. `std::optional` in the user's data means "not
/// answered". The run-time twin of a field is `column{i}`, which reads position i of a row.

namespace cxm {

namespace detail {

/// std::invoke for one argument, without <functional>.
template <class Field, class In>
constexpr decltype(auto) invoke(Field const& field, In const& in) {
  if constexpr (std::is_member_object_pointer_v<Field>)
    return (in.*field);
  else if constexpr (std::is_member_function_pointer_v<Field>)
    return (in.*field)();
  else
    return field(in);
}

template <class Value>
inline constexpr bool is_optional = false;
template <class Value>
inline constexpr bool is_optional<std::optional<Value>> = true;

template <class Value>
struct answered {
  using type = Value;
};
template <class Value>
struct answered<std::optional<Value>> {
  using type = Value;
};
/// The type of an answer that was given: `Value` without its optional.
template <class Value>
using answered_t = typename answered<std::remove_cvref_t<Value>>::type;

}  // namespace detail

namespace detail {

/// A field that the user's own event has not: it reads a contact of a journey, or its place there.
template <class Field>
inline constexpr bool needs_contact = requires {
  typename Field::needs_contact;
};

/// False for such a field of an event that is no contact: a plan over both is bound to the fields
/// of the user's event first, and to the contact later.
template <class Field, class In>
concept readable = !needs_contact<Field> || requires(Field const& field, In const& in) {
  in.read(field);
};

}  // namespace detail

/// Reads `field` off `in`. An event that knows better where its fields are kept, as a contact
/// inside a journey store does, offers `in.read(field)` and is asked first.
template <class Field, class In>
constexpr decltype(auto) read(Field const& field, In const& in) {
  if constexpr (requires { in.read(field); })
    return in.read(field);
  else if constexpr (detail::readable<Field, In>)
    return detail::invoke(field, in);
  else
    static_assert(detail::readable<Field, In>,
                  "cxm::read: this field reads contacts of journeys, as time_spent does; "
                  "each_contact(…) or each_placed(…) around the plan gives it contacts");
}

/// What reading `Field` off an `In` gives, without reference and const.
template <class Field, class In>
using field_value = std::remove_cvref_t<decltype(cxm::read(std::declval<Field const&>(),
                                                           std::declval<In const&>()))>;

namespace detail {

/// What a field says of who can show it holds for the field with its name too.
template <class Callable>
struct contact_mark {};
template <class Callable>
requires requires {
  typename Callable::reads_contact;
}
struct contact_mark<Callable> {
  using reads_contact = void;
};
template <class Callable>
struct place_mark {};
template <class Callable>
requires requires {
  typename Callable::reads_place;
}
struct place_mark<Callable> {
  using reads_place = void;
};
template <class Callable>
struct need_mark {};
template <class Callable>
requires needs_contact<Callable>
struct need_mark<Callable> {
  using needs_contact = void;
};

}  // namespace detail

/// A field with a name known at compile time; made by `field<"name">(callable)`.
template <fixed_string Name, class Callable>
class named_field : public detail::contact_mark<Callable>,
                    public detail::place_mark<Callable>,
                    public detail::need_mark<Callable> {
 public:
  constexpr explicit named_field(Callable reads) : callable_(std::move(reads)) {}

  static constexpr std::string_view name() { return Name.view(); }
  constexpr Callable const& callable() const { return callable_; }

  template <class In>
  constexpr decltype(auto) operator()(In const& in) const {
    return cxm::read(callable_, in);
  }
  /// A name that the user gave says what is the same, however it is read.
  friend constexpr bool operator==(named_field const&, named_field const&) { return true; }

 private:
  [[no_unique_address]] Callable callable_;
};

/// Names a field: `field<"recommend">(&answer::recommend)`.
template <fixed_string Name, class Callable>
constexpr auto field(Callable callable) {
  return named_field<Name, Callable>(std::move(callable));
}

/// The run-time twin of a field: position `index` of a row that can be indexed, with an optional
/// name.
class column {
 public:
  explicit column(std::size_t index, std::string name = {})
      : index_(index), name_(std::move(name)) {}

  std::string_view name() const { return name_; }
  std::size_t index() const { return index_; }
  /// By the name where there is one: in another file the same column may stand elsewhere.
  friend bool operator==(column const& a, column const& b) {
    return a.name_ == b.name_ && (!a.name_.empty() || a.index_ == b.index_);
  }

  template <class Row>
  decltype(auto) operator()(Row const& row) const {
    return row[index_];
  }

 private:
  std::size_t index_;
  std::string name_;
};

/// The name of a field, empty where it has none.
template <class Field>
constexpr std::string_view name_of(Field const& field) {
  if constexpr (requires { field.name(); })
    return field.name();
  else
    return {};
}

namespace detail {

/// False where two fields of one type are seen to be different, for merge: by their names, and by
/// comparing them where they can be compared, as pointers to members, columns, and fields with
/// parameters can. Lambdas with captures can't. A field that knows better has `same_field_as`.
template <class Field>
constexpr bool same_field(Field const& a, Field const& b) {
  if constexpr (requires { a.same_field_as(b); }) return a.same_field_as(b);
  if (name_of(a) != name_of(b)) return false;
  if constexpr (requires { static_cast<bool>(a == b); })
    return static_cast<bool>(a == b);
  else
    return true;
}

/// What of a field decides who may merge: its name, and what it says itself of its parameters.
/// `what` it is to the plan. A plan that has a field describes it by this and nothing else.
template <class Field>
constexpr void visit_field(auto& visit, Field const& field, std::string_view what = "field") {
  visit.policy(what, name_of(field));
  if constexpr (requires { field.describe_field(visit); }) field.describe_field(visit);
}
/// The same of the fields that a field is made of, for its `describe_field`.
template <class... Fields>
constexpr void visit_parts(auto& visit, Fields const&... part) {
  (visit_field(visit, part, "part"), ...);
}

}  // namespace detail
}  // namespace cxm
