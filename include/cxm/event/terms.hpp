// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

/// \file
/// Words of the field for what a touchpoint event says of itself: who acted, whether the customer
/// sees it, and whether it is a whole contact or the start or end of one. None is required: they
/// are values for fields of the user's own struct, as `by(&contact::actor, …)`. Channels,
/// departments and stages have no list here: they are the user's own.

namespace cxm {

/// Who acted in a touchpoint event.
enum class actor : std::uint8_t {
  customer,
  brand,
  third_party,  ///< word of mouth, reviews, press, comparison sites: nobody whom the firm sends
  partner       ///< acts for the firm: a courier, an agent, an outsourced call centre
};

/// The name of an actor, as tables print it.
constexpr std::string_view name(actor who) {
  constexpr std::array<std::string_view, 4> names = {"customer", "brand", "third_party", "partner"};
  return names[static_cast<std::size_t>(who)];
}

/// Whether the customer meets an event.
enum class visibility : std::uint8_t {
  front,  ///< the customer meets it
  back    ///< a step of the back office that the customer does not see
};
constexpr std::string_view name(visibility seen) {
  return seen == visibility::front ? "front" : "back";
}

/// What a row says of a contact.
enum class lifecycle : std::uint8_t {
  point,     ///< all of it
  start,     ///< its start; the end is another row
  complete,  ///< its end
  cancel     ///< its end without success
};
constexpr std::string_view name(lifecycle part) {
  constexpr std::array<std::string_view, 4> names = {"point", "start", "complete", "cancel"};
  return names[static_cast<std::size_t>(part)];
}

namespace detail {

/// Equal but for the case of the 26 letters.
constexpr bool same_letters(std::string_view a, std::string_view b) {
  auto const lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (lower(a[i]) != lower(b[i])) return false;
  return true;
}

}  // namespace detail

/// A transition of the XES lifecycle extension, in any case: `start` and `complete` as they are;
/// `withdraw`, `ate_abort` and `pi_abort` cancel, and so does `cancel`; all others (schedule,
/// assign, suspend, resume …) and unknown ones are events of their own: points.
constexpr lifecycle lifecycle_of(std::string_view transition) {
  if (detail::same_letters(transition, "start")) return lifecycle::start;
  if (detail::same_letters(transition, "complete")) return lifecycle::complete;
  for (std::string_view const ends : {"cancel", "withdraw", "ate_abort", "pi_abort"})
    if (detail::same_letters(transition, ends)) return lifecycle::cancel;
  return lifecycle::point;
}

}  // namespace cxm
