// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>
#include <cxm/core/field.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/survey/reply.hpp>
#include <cxm/survey/scale.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

/// \file
/// What else, beside the scale, decides which answers may be counted together: on which occasion
/// people were asked, and who counts in the denominator. Both are policies of a metric, as in
/// `nps(transactional{}, of_shown{})`, and part of its state: the average of a relationship and a
/// transactional survey is the score of nobody.

namespace cxm {

struct survey_occasion;     ///< The question on which occasion people were asked.
struct denominator_choice;  ///< The question who counts in the denominator of a share.

/// On which occasion people were asked.
enum class occasion : std::uint8_t { unstated, relationship, transactional, employee };

/// Asked from time to time about the company as a whole.
struct relationship {
  using policy_kind = survey_occasion;
  static constexpr occasion which() { return occasion::relationship; }
};
/// Asked after a contact, about this contact.
struct transactional {
  using policy_kind = survey_occasion;
  static constexpr occasion which() { return occasion::transactional; }
};
/// The company's own people were asked.
struct employee {
  using policy_kind = survey_occasion;
  static constexpr occasion which() { return occasion::employee; }
};
/// The run-time twin of the three.
struct any_occasion {
  using policy_kind = survey_occasion;
  occasion value = occasion::unstated;
  constexpr occasion which() const { return value; }
};

/// Who counts in the denominator of a share.
enum class denominator : std::uint8_t { answered, answered_or_dismissed, shown };

/// Those who gave a valid answer, the default.
struct of_answered {
  using policy_kind = denominator_choice;
  static constexpr denominator which() { return denominator::answered; }
};
/// Those who answered or dismissed the question, as some survey tools count.
struct including_dismissed {
  using policy_kind = denominator_choice;
  static constexpr denominator which() { return denominator::answered_or_dismissed; }
};
/// All to whom the question was shown.
struct of_shown {
  using policy_kind = denominator_choice;
  static constexpr denominator which() { return denominator::shown; }
};
/// The run-time twin of the three.
struct any_denominator {
  using policy_kind = denominator_choice;
  denominator value = denominator::answered;
  constexpr denominator which() const { return value; }
};

namespace detail {
struct unstated_occasion {
  using policy_kind = survey_occasion;
  static constexpr occasion which() { return occasion::unstated; }
};
}  // namespace detail

/// A scale with what else decides who may merge; a model of `scale`. Made where a metric is given
/// such a policy; a metric without one is kept on its bare scale, with the same bytes as ever.
template <class Scale, class Occasion, class Denominator>
class survey_question {
  /// Does anyone without an answer count in the denominator?
  static constexpr bool counts_more = !std::same_as<Denominator, of_answered>;

 public:
  using policy_kind = survey_scale;
  static constexpr std::string_view type_name = "survey_question";

  constexpr survey_question(Scale scale, Occasion occasion, Denominator denominator)
      : scale_(std::move(scale)), occasion_(occasion), denominator_(denominator) {
    if (scale_.high() == INT64_MAX)
      detail::refuse("cxm::survey_question: the scale must end below the largest 64-bit number");
  }
  constexpr std::int64_t low() const { return scale_.low(); }
  constexpr std::int64_t high() const { return scale_.high(); }
  constexpr better good_end() const { return scale_.good_end(); }
  constexpr std::size_t size() const { return scale_.size(); }
  constexpr occasion asked() const { return occasion_.which(); }
  constexpr denominator counted() const { return denominator_.which(); }

  /// Does someone without an answer count in the denominator, for this reason?
  constexpr bool counts(no_answer why) const requires counts_more {
    return counted() == denominator::shown                   ? why != no_answer::not_shown
           : counted() == denominator::answered_or_dismissed ? why == no_answer::dismissed
                                                             : false;
  }
  /// Counters for the points, the invalid and the missing answers, and for those without an answer
  /// who count in the denominator.
  template <class Counter>
  constexpr auto counters() const {
    auto plain = scale_.template counters<Counter>();
    if constexpr (!counts_more) {
      return plain;
    } else if constexpr (requires { plain.push_back(Counter{}); }) {
      plain.push_back(Counter{});
      return plain;
    } else {
      return std::array<Counter, std::tuple_size_v<decltype(plain)> + 1>{};
    }
  }
  static constexpr void describe(auto& self, auto& visit) {
    visit.policy("scale", self.scale_);
    visit.policy("occasion", self.asked());
    visit.policy("denominator", self.counted());
  }
  friend constexpr bool operator==(survey_question const& a, survey_question const& b) {
    return a.scale_ == b.scale_ && a.asked() == b.asked() && a.counted() == b.counted();
  }

 private:
  [[no_unique_address]] Scale scale_;
  [[no_unique_address]] Occasion occasion_;
  [[no_unique_address]] Denominator denominator_;
};

namespace detail {

template <class Scale>
inline constexpr bool is_question = false;
template <class Scale, class Occasion, class Denominator>
inline constexpr bool is_question<survey_question<Scale, Occasion, Denominator>> = true;

template <class Policy>
inline constexpr bool is_question_policy =
    answers_one_of<Policy, survey_occasion, denominator_choice>;

/// `scale` with those of the policies that say who may merge.
template <class Scale, class... Policies>
constexpr auto asked_on(Scale scale, Policies... policies) {
  if constexpr ((is_question_policy<Policies> || ...)) {
    static_assert(
        !is_question<Scale>,
        "cxm::tally: occasion and denominator are stated once, by the metric or by tally");
    auto const occasion = pick<survey_occasion>(unstated_occasion{}, policies...);
    auto const denominator = pick<denominator_choice>(of_answered{}, policies...);
    return survey_question<Scale, std::remove_const_t<decltype(occasion)>,
                           std::remove_const_t<decltype(denominator)>>(std::move(scale), occasion,
                                                                       denominator);
  } else {
    return scale;
  }
}

/// The place of someone without an answer among the counters of `scale`.
template <class Scale>
constexpr std::size_t place_without(Scale const& scale, no_answer why) {
  if constexpr (requires { scale.counts(why); })
    if (scale.counts(why)) return scale.size() + 2;
  return scale.size() + 1;
}
/// The place of an answer, an optional of one, or a reply.
template <class Scale, class Answer>
constexpr std::size_t place_on(Scale const& scale, Answer const& answer) {
  if constexpr (is_reply<Answer>)
    return answer ? point_of(*answer, scale.low(), scale.size())
                  : place_without(scale, answer.why());
  else if constexpr (is_optional<Answer>)
    return answer ? point_of(*answer, scale.low(), scale.size())
                  : place_without(scale, no_answer::ignored);
  else
    return point_of(answer, scale.low(), scale.size());
}

}  // namespace detail
}  // namespace cxm
