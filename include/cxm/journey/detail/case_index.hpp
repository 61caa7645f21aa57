// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// The journey that an answer belongs to by the ids of cases. A sorted array with binary search, so
/// that a case with a million contacts costs no more than a logarithm.

#include <cxm/core/field.hpp>
#include <cxm/journey/detail/answer_index.hpp>
#include <cxm/journey/join_counts.hpp>
#include <cxm/stats/detail/key.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

namespace cxm::detail {

/// Without case ids nothing is found by them.
struct no_case_index {
  std::optional<found_journey> journey_of(auto const&) const { return std::nullopt; }
};

/// A contact may belong to several cases: a range of ids that is no text.
template <class Value>
concept several_case_ids = !text_view<Value> && requires(Value const& ids) {
  ids.begin();
  ids.end();
};
template <class Value>
struct case_id_of {
  using type = owned_t<Value>;
};
template <several_case_ids Value>
struct case_id_of<Value> {
  using type = owned_t<std::remove_cvref_t<decltype(*std::declval<Value const&>().begin())>>;
};
template <class Value>
using case_id_t = typename case_id_of<Value>::type;

/// Calls `found(id)` for each id that a contact has.
template <class Value, class Found>
void each_case_id(Value const& value, Found const& found) {
  if constexpr (is_optional<Value>) {
    if (value) each_case_id(*value, found);
  } else if constexpr (several_case_ids<Value>) {
    for (auto const& id : value) found(id);
  } else {
    found(value);
  }
}

/// Which journeys have contacts of a case.
template <class Case, class AnswerField>
class case_index {
 public:
  template <class Journeys, class ContactField>
  case_index(Journeys const& journeys, AnswerField of_answer, ContactField const& of_contact)
      : of_answer_(std::move(of_answer)) {
    for (std::size_t i = 0; i < journeys.size(); ++i) add(journeys[i], i, of_contact);
    std::sort(entries_.begin(), entries_.end(), [](entry const& a, entry const& b) {
      if (join_before(a.id, b.id)) return true;
      return !join_before(b.id, a.id) && a.journey < b.journey;
    });
  }

  /// Nothing where the answer has no case id.
  template <class Answer>
  std::optional<found_journey> journey_of(Answer const& answer) const {
    auto const& value = cxm::read(of_answer_, answer);
    using key = owned_t<answered_t<decltype(value)>>;
    static_assert(std::is_same_v<key, Case>,
                  "cxm::join_answers: the case ids of answers and contacts are of different types");
    if (!is_given(value)) return std::nullopt;
    auto const wanted = join_key(given(value));
    auto const first = std::lower_bound(
        entries_.begin(), entries_.end(), wanted,
        [](entry const& one, auto const& id) { return join_before(join_key(one.id), id); });
    if (first == entries_.end() || join_before(wanted, join_key(first->id)))
      return found_journey{no_journey, answer_fate::unknown_case};
    auto const next = std::next(first);
    if (next != entries_.end() && !join_before(wanted, join_key(next->id)))
      return found_journey{no_journey, answer_fate::several_journeys};
    return found_journey{first->journey, answer_fate::by_case};
  }

 private:
  struct entry {
    Case id;
    std::uint32_t journey;
  };

  /// Each case once for each journey: contacts of one case mostly follow each other.
  template <class Journey, class ContactField>
  void add(Journey const& journey, std::size_t index, ContactField const& of_contact) {
    std::size_t const start = entries_.size();
    for (std::size_t i = 0; i < journey.size(); ++i) {
      auto const& value = journey[i].read(of_contact);
      each_case_id(value, [&](auto const& id) {
        if (entries_.size() > start && !differs(join_key(entries_.back().id), join_key(id))) return;
        entries_.push_back({own(id), static_cast<std::uint32_t>(index)});
      });
    }
    if (entries_.size() - start < 2) return;
    auto const mine = entries_.begin() + static_cast<std::ptrdiff_t>(start);
    std::sort(mine, entries_.end(),
              [](entry const& a, entry const& b) { return join_before(a.id, b.id); });
    entries_.erase(std::unique(mine, entries_.end(),
                               [](entry const& a, entry const& b) { return !differs(a.id, b.id); }),
                   entries_.end());
  }
  template <class Key>
  static bool differs(Key const& a, Key const& b) {
    return join_before(a, b) || join_before(b, a);
  }

  AnswerField of_answer_;
  std::vector<entry> entries_;
};

/// By the policy that answers `case_id`.
template <class Journeys, class Policy>
auto case_index_of(Journeys const& journeys, Policy const& policy) {
  if constexpr (requires { policy.of_contact; }) {
    using value = std::remove_cvref_t<decltype(journeys[0][0].read(policy.of_contact))>;
    using field = std::remove_cvref_t<decltype(policy.of_answer)>;
    return case_index<case_id_t<answered_t<value>>, field>(journeys, policy.of_answer,
                                                           policy.of_contact);
  } else {
    return no_case_index{};
  }
}

}  // namespace cxm::detail
