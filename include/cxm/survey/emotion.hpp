// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/survey/mean.hpp>

#include <cstdint>
#include <type_traits>

/// \file
/// Net emotional value: the positive emotions that a customer felt less the negative ones (Shaw,
/// The DNA of Customer Experience, 2007, with its twenty emotions in four clusters). People feel
/// several at a time, and one person's are not independent; so the unit is the customer, whose
/// balance is one answer: `on([](row const& r) { return emotional_balance(r.felt); },
/// net_emotional_value())`.

namespace cxm {

/// The emotions of the clusters advocacy, recommendation, attention and destroying: the last eight
/// destroy value, the others drive it.
// clang-format off: one cluster a line
enum class emotion : std::uint8_t {
  happy,
  pleased,
  trusting,
  valued,
  focused,
  safe,
  cared_for,
  interested,
  energetic,
  stimulated,
  exploratory,
  indulgent,
  irritated,
  hurried,
  neglected,
  unhappy,
  unsatisfied,
  stressed,
  disappointed,
  frustrated
};
// clang-format on

/// 1 or −1.
constexpr int valence_of(emotion felt) {
  return felt < emotion::irritated ? 1 : -1;
}

/// Positive less negative emotions of one customer, each counted once: from −8 to 12. Nothing felt
/// is 0; a customer who was not asked is an empty optional in the field that calls this. A value
/// that is no `emotion` makes it 127, which is no answer of `net_emotional_value`. O(emotions).
template <class Emotions>
constexpr int emotional_balance(Emotions const& felt) {
  std::uint32_t seen = 0;
  int balance = 0;
  for (emotion const one : felt) {
    if (one > emotion::frustrated) return 127;
    auto const bit = std::uint32_t{1} << static_cast<unsigned>(one);
    if ((seen & bit) == 0) balance += valence_of(one);
    seen |= bit;
  }
  return balance;
}

/// The mean emotional balance, in emotions a customer. Policies as for `mean`, but a scale.
template <class... Policies>
constexpr auto net_emotional_value(Policies... policies) {
  static_assert((!detail::answers_one_of<Policies, survey_scale> && ...),
                "cxm::net_emotional_value: its scale is given by its emotions, from -8 to 12");
  return mean(points<-8, 12>{}, policies...);
}

}  // namespace cxm
