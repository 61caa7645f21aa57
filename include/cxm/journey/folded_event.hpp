// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/field.hpp>
#include <cxm/journey/detail/row_handle.hpp>
#include <cxm/journey/detail/row_reader.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

/// \file
/// A contact whose start and end were two rows of the user's (journey/fold_lifecycle.hpp), seen as
/// one event, and the fields that read what it knows beside the user's own.

namespace cxm {

/// What a folded event was made of.
enum class folding : std::uint8_t {
  point,               ///< one row that is all of it
  whole,               ///< a start and its completion
  cancelled,           ///< a start and the row that cancelled it
  open,                ///< a start that nothing ended: it may still go on
  unmatched_complete,  ///< a completion without a start: a point
  unmatched_cancel     ///< a cancellation without a start: a point
};

/// The name of a kind, as tables print it.
constexpr std::string_view name(folding kind) {
  constexpr std::array<std::string_view, 6> names = {
      "point", "whole", "cancelled", "open", "unmatched_complete", "unmatched_cancel"};
  return names[static_cast<std::size_t>(kind)];
}

/// One or two rows as one event. Reads the user's fields off the row that began it. A view: valid
/// as long as the user's rows.
template <class Rows, class Time>
class folded_event {
  using handle = detail::row_handle<Rows>;

 public:
  using row_type = typename handle::row_type;

  constexpr folded_event(handle first, handle last, folding kind, std::optional<Time> end)
      : first_(first), last_(last), end_(end), kind_(kind) {}

  folding kind() const { return kind_; }
  /// When it ended. Empty where it is open, and for a point whose row knows no end.
  std::optional<Time> const& ended() const { return end_; }
  /// The row that began it, and the row that ended it, which may be the same.
  row_type const& first_row() const { return *first_; }
  row_type const& last_row() const { return *last_; }

  template <class Field>
  decltype(auto) read(Field const& field) const {
    if constexpr (requires { typename Field::reads_folded; })
      return field(*this);
    else
      return cxm::read(field, *first_);
  }

 private:
  handle first_;
  handle last_;
  std::optional<Time> end_;
  folding kind_;
};

/// When a folded event ended, as a field: `ends_at{folded_end}`.
struct end_of_folded {
  using reads_folded = void;
  static constexpr std::string_view name() { return "end"; }
  constexpr auto operator()(auto const& event) const { return event.ended(); }
};
inline constexpr end_of_folded folded_end{};

/// What a folded event was made of, as a field: `by(folded_as, count())`.
struct kind_of_folded {
  using reads_folded = void;
  static constexpr std::string_view name() { return "folding"; }
  constexpr folding operator()(auto const& event) const { return event.kind(); }
};
inline constexpr kind_of_folded folded_as{};

/// A field of the row that ended an event, as its outcome: `at_completion{&row::resource}`. Empty
/// where the event is open.
template <class Field>
struct at_completion {
  using reads_folded = void;
  Field field;
  constexpr explicit at_completion(Field of) : field(std::move(of)) {}
  constexpr std::string_view name() const { return name_of(field); }

  template <class Event>
  constexpr auto operator()(Event const& event) const {
    using answer = detail::answered_t<detail::kept_t<Field, typename Event::row_type>>;
    return event.kind() == folding::open
               ? std::optional<answer>()
               : std::optional<answer>(cxm::read(field, event.last_row()));
  }
};

}  // namespace cxm
