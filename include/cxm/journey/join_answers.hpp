// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Answers of a survey brought to the journeys that they speak of:
///
///     auto joined = join_answers(journeys, answers, answer_fields{&answer::customer,
///     &answer::time},
///                                same_case{&answer::order, &contact::order}, within{30 * 24h});
///     measure(joined, by(of_journey(first_touchpoint), on(&answer::recommend, nps())));
///
/// An answer with a case id belongs to the journey with a contact of that case; any other to the
/// journey of its customer that was over last, if that was not too long ago. What finds no journey,
/// or more than one, is left without, and counted by the reason: nothing is guessed. Of several
/// answers to one journey all count, or `first_answer{}`, or `latest_answer{}`.

#include <cxm/core/detail/indexed_iterator.hpp>
#include <cxm/core/field.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/journey/answer_choice.hpp>
#include <cxm/journey/detail/answer_index.hpp>
#include <cxm/journey/detail/case_index.hpp>
#include <cxm/journey/detail/chosen_answers.hpp>
#include <cxm/journey/join_counts.hpp>
#include <cxm/journey/joined_fields.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/journey/within.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

namespace cxm {

/// Whose answer it is and when it was given; fields of the user's answer, or optionals of them.
template <class Customer, class Time>
struct answer_fields {
  Customer customer;
  Time time;
};
template <class Customer, class Time>
answer_fields(Customer, Time) -> answer_fields<Customer, Time>;

/// The question by which id answers and contacts are known to belong together.
struct case_id;

/// An answer and a contact with this id belong together. Either may be an empty optional, and a
/// contact may have several ids, as a vector of them.
template <class AnswerField, class ContactField>
struct same_case {
  using policy_kind = case_id;
  AnswerField of_answer;
  ContactField of_contact;
};
template <class AnswerField, class ContactField>
same_case(AnswerField, ContactField) -> same_case<AnswerField, ContactField>;

/// Only customers and times say where an answer belongs. The default.
struct no_case {
  using policy_kind = case_id;
};

/// The question whose a journey is.
struct journey_customer;

/// A field of journeys says whose they are, as where each case is a journey and its contacts name
/// the customer: `whose{first(&contact::customer)}`. An empty optional: nobody's.
template <class Field>
struct whose {
  using policy_kind = journey_customer;
  Field of_journey;
};
template <class Field>
whose(Field) -> whose<Field>;

namespace detail {
/// The customers by whom the journeys were reconstructed. The default.
struct own_customers {
  using policy_kind = journey_customer;
};
}  // namespace detail

/// An answer and its journey. Fields of the user's answer read the answer; `of_journey` reads the
/// journey. A view: valid as long as the join.
template <class Join>
class joined_answer {
 public:
  constexpr joined_answer(Join const* join, std::size_t index) : join_(join), index_(index) {}

  /// The user's own answer.
  decltype(auto) answer() const { return join_->answer_at(index_); }
  /// What became of it.
  answer_fate fate() const { return join_->fate_at(index_); }
  /// The journey, empty where there was none or more than one, or another answer counts.
  auto journey() const { return join_->journey_at(index_); }
  template <class Field>
  decltype(auto) read(Field const& field) const {
    if constexpr (requires { typename Field::reads_joined; })
      return field(*this);
    else
      return cxm::read(field, answer());
  }

 private:
  Join const* join_;
  std::size_t index_;
};

/// Answers with the journeys that they belong to, in the order of the answers. Made by
/// `join_answers`; both journeys and answers must outlive it.
template <class Journeys, class Answers>
class joined_answers {
 public:
  using value_type = joined_answer<joined_answers>;

  joined_answers(Journeys const* journeys, Answers answers)
      : journeys_(journeys), answers_(std::move(answers)) {
    counts_.journeys = journeys->size();
  }

  /// The number of answers, matched or not.
  std::size_t size() const { return journey_of_.size(); }
  value_type operator[](std::size_t i) const { return {this, i}; }
  auto begin() const { return detail::indexed_iterator(detail::indexed<joined_answers>{this}, 0); }
  auto end() const {
    return detail::indexed_iterator(detail::indexed<joined_answers>{this}, size());
  }
  join_counts const& counts() const { return counts_; }

  /// The position in the store of the journey that answer `i` belongs to.
  std::optional<std::size_t> journey_of(std::size_t i) const {
    return journey_of_[i] == detail::no_journey ? std::nullopt
                                                : std::optional<std::size_t>(journey_of_[i]);
  }
  /// The position of the answer to the journey at position `i` of the store: of several the latest,
  /// or by `first_answer` the first.
  std::optional<std::size_t> answer_to(std::size_t i) const {
    return answer_to_[i] == detail::no_journey ? std::nullopt
                                               : std::optional<std::size_t>(answer_to_[i]);
  }
  Journeys const& journeys() const { return *journeys_; }
  decltype(auto) answer_at(std::size_t i) const { return answers_[i]; }
  auto journey_at(std::size_t i) const {
    using journey = std::remove_cvref_t<decltype((*journeys_)[i])>;
    auto const found = journey_of(i);
    return found ? std::optional<journey>((*journeys_)[*found]) : std::nullopt;
  }

  answer_fate fate_at(std::size_t i) const { return fates_[i]; }

  /// Brings the next answer to a journey; `join_answers` does it for all.
  void push_back(detail::found_journey found) {
    journey_of_.push_back(found.journey);
    fates_.push_back(found.fate);
    ++counter(found.fate);
  }
  /// Leaves each journey the answers that count, by a policy; `join_answers` does it at the end.
  template <class Time, class Choice>
  void choose(Time const& time, Choice) {
    detail::chosen_answers chosen(answers_, journey_of_, time);
    counts_.journeys_answered = chosen.journeys();
    counts_.journeys_with_several = chosen.journeys_with_several();
    answer_to_.assign(journeys_->size(), detail::no_journey);
    std::vector<std::uint32_t> others;
    chosen.template each<Choice>(
        [&](std::size_t journey, std::uint32_t answer) { answer_to_[journey] = answer; },
        [&](std::uint32_t answer) { others.push_back(answer); });
    for (auto const answer : others) {
      --counter(fates_[answer]);
      ++counter(fates_[answer] = answer_fate::passed_over);
      journey_of_[answer] = detail::no_journey;
    }
  }

 private:
  std::uint64_t& counter(answer_fate fate) {
    return counts_.*detail::join_counters[static_cast<std::size_t>(fate)];
  }

  Journeys const* journeys_;
  Answers answers_;
  std::vector<std::uint32_t> journey_of_;
  std::vector<answer_fate> fates_;
  std::vector<std::uint32_t> answer_to_;
  join_counts counts_;
};

/// Joins `answers` (a contiguous range of the user's structs, or `rows_of(columns…)`) to the
/// journeys of a store. Policies: `same_case{…}` (default: none), `within{…}` (default 30 days),
/// `whose{…}` (default: the customer by whom they were reconstructed), and of several answers to
/// one journey `every_answer` (default), `first_answer` or `latest_answer`; the others are
/// `passed_over`.
/// - An answer with a case id is joined by that alone, whenever it was given.
/// - Any other is joined to the journey of its customer that ended last, of those that ended at its
///   time or before, and at most `within` before; a journey not yet over is not meant.
///
/// O((contacts + answers) log contacts + answers log answers); memory 12 bytes a journey, 5
/// an answer, and the case ids.
template <class Journeys, class Answers, class Customer, class Time, class... Policies>
auto join_answers(Journeys const& journeys, Answers const& answers,
                  answer_fields<Customer, Time> fields, Policies... policies) {
  static_assert((detail::answers_one_of<Policies, case_id, time_limit, journey_customer,
                                        answers_per_journey> &&
                 ...),
                "cxm::join_answers: takes same_case, within, whose, and first_answer or its like");
  static_assert(detail::no_question_twice<case_id, time_limit, journey_customer,
                                          answers_per_journey>::template in<Policies...>,
                "cxm::join_answers: two policies answer the same question");
  auto const limit =
      detail::pick<time_limit>(within{std::chrono::hours(30 * 24)}, policies...).longest;
  auto const by_case =
      detail::case_index_of(journeys, detail::pick<case_id>(no_case{}, policies...));
  detail::customer_index const by_customer(
      journeys, detail::customers_of(journeys, detail::pick<journey_customer>(
                                                   detail::own_customers{}, policies...)));
  auto seen = detail::borrowed(answers);
  joined_answers<Journeys, decltype(seen)> joined(&journeys, seen);
  for (std::size_t i = 0; i < seen.size(); ++i) {
    auto&& answer = seen[i];
    auto const found = by_case.journey_of(answer);
    joined.push_back(found ? *found : by_customer.journey_of(answer, fields, limit));
  }
  joined.choose(fields.time, detail::pick<answers_per_journey>(every_answer{}, policies...));
  return joined;
}

/// Temporaries would be gone before the join is read.
template <class Journeys, class Answers, class... Rest>
void join_answers(Journeys const&& journeys, Answers const&, Rest...) = delete;
template <class Journeys, class Answer, class Allocator, class... Rest>
void join_answers(Journeys const&, std::vector<Answer, Allocator> const&&, Rest...) = delete;

}  // namespace cxm
