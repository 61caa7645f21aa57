// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/bind.hpp>
#include <cxm/core/detail/box.hpp>
#include <cxm/core/field.hpp>

#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>

/// \file
/// An answer, or why there is none. `std::optional` says only that nobody answered; where a survey
/// tool knows that a question was closed, or never shown, a field of type `reply<int>` tells,
/// and `reply_of(&row::recommend, &row::closed)` makes one of two fields. What a denominator
/// makes of it is in survey/survey_question.hpp.

namespace cxm {

/// Why a question has no answer. An empty optional is `ignored`: nothing more is known.
enum class no_answer : std::uint8_t {
  ignored,    ///< shown, and passed over
  dismissed,  ///< shown, and closed or refused by the customer
  not_shown   ///< never shown
};

/// An answer, or why there is none.
template <class Answer>
class reply {
 public:
  constexpr reply(Answer answer) : answer_(std::move(answer)) {}
  constexpr reply(no_answer why) : why_(why) {}
  constexpr reply(std::optional<Answer> answer) : answer_(std::move(answer)) {}

  constexpr explicit operator bool() const noexcept { return answer_.has_value(); }
  constexpr Answer const& operator*() const { return *answer_; }
  /// Meaningful only when there is no answer.
  constexpr no_answer why() const noexcept { return why_; }
  friend constexpr bool operator==(reply const&, reply const&) = default;

 private:
  std::optional<Answer> answer_;
  no_answer why_ = no_answer::ignored;
};

namespace detail {

template <class Value>
inline constexpr bool is_reply = false;
template <class Answer>
inline constexpr bool is_reply<reply<Answer>> = true;
template <class Value>
struct answered<reply<Value>> {
  using type = Value;
};

struct always_shown {
  constexpr bool operator()(auto const&) const { return true; }
};

}  // namespace detail

/// Reads a `reply` off fields that say whether a question was dismissed, and whether it was
/// shown. Made by `reply_of`.
template <class Answer, class Dismissed, class Shown>
class reply_field {
 public:
  constexpr reply_field(Answer answer, Dismissed dismissed, Shown shown)
      : answer_(std::move(answer)), dismissed_(std::move(dismissed)), shown_(std::move(shown)) {}

  constexpr auto name() const { return name_of(*answer_); }

  template <class In>
  constexpr auto operator()(In const& in) const {
    auto const& answer = cxm::read(*answer_, in);
    reply<detail::answered_t<decltype(answer)>> found(answer);
    if (found) return found;
    if (!cxm::read(*shown_, in)) return decltype(found)(no_answer::not_shown);
    return cxm::read(*dismissed_, in) ? decltype(found)(no_answer::dismissed) : found;
  }

 private:
  [[no_unique_address]] detail::box<Answer> answer_;
  [[no_unique_address]] detail::box<Dismissed> dismissed_;
  [[no_unique_address]] detail::box<Shown> shown_;
};

namespace detail {
template <class Answer, class Dismissed, class Shown>
struct event_of<reply_field<Answer, Dismissed, Shown>> : event_of<Answer> {};
}  // namespace detail

/// A field of replies: `answer` where it is there; else `not_shown` where `shown` is false,
/// `dismissed` where `dismissed` is true, and `ignored` otherwise. Someone who answered and then
/// closed the window has answered.
template <class Answer, class Dismissed>
constexpr auto reply_of(Answer answer, Dismissed dismissed) {
  return reply_field<Answer, Dismissed, detail::always_shown>(std::move(answer),
                                                              std::move(dismissed), {});
}
template <class Answer, class Dismissed, class Shown>
constexpr auto reply_of(Answer answer, Dismissed dismissed, Shown shown) {
  return reply_field<Answer, Dismissed, Shown>(std::move(answer), std::move(dismissed),
                                               std::move(shown));
}

}  // namespace cxm
