// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// What is wrong at the provider, found in its records by composition: each question is one plan.
/// The functions can be copied: only the names of fields and touchpoints belong to the story.
///
/// The rule of decision, so that nothing is found where nothing is. A group stands out only if its
/// whole interval lies beyond the whole interval of all the others together; a share is too high
/// only if its whole interval lies above what is tolerated. Every interval of a comparison is taken
/// at confidence 1 - 0.05 / `comparisons` (Bonferroni), so that over all questions together the
/// chance of a false finding is below 5 %; it is much lower, for two intervals that do not touch
/// say more than that their difference is not zero.

#include <cxm/event.hpp>
#include <cxm/journey.hpp>
#include <cxm/path.hpp>
#include <cxm/stats.hpp>
#include <cxm/survey.hpp>

#include "provider.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace story {

/// 4 departments, 1 share of promises, 6 touchpoints, 12 months, 1 set of groups.
inline constexpr int comparisons = 4 + 1 + 6 + 12 + 1;
inline constexpr cxm::confidence sure{1 - 0.05 / comparisons};

/// A number with its interval and the observations behind it.
struct estimate {
  double value = 0, low = 0, high = 0;
  std::uint64_t n = 0;
};
/// Where something stands out, and what it stands out from.
struct finding {
  std::string where;
  estimate here;
  estimate elsewhere;  ///< where it is only a bound, n is 0
};

template <class Score>
estimate in_short(Score const& score) {
  return {*score.value, score.interval->low, score.interval->high, score.n};
}
/// Of a mean time, in hours.
template <class Duration>
estimate in_short(cxm::moments_summary<Duration> const& times) {
  auto const hours = [](Duration time) {
    return std::chrono::duration<double, std::ratio<3600>>(time).count();
  };
  auto const ends = cxm::student::mean(hours(*times.mean), hours(*times.deviation), times.n, sure);
  return {hours(*times.mean), ends->low, ends->high, times.n};
}

/// `inner` over the events of each value of `field`, and over all the others: a list of key, result
/// there, result elsewhere. `nested` says where in a plan the events are met, as `each_contact`
/// does.
template <class Events, class Nested, class Field, class Inner>
auto each_against_the_rest(Events const& events, Nested nested, Field field, Inner inner) {
  auto const keys = cxm::measure(events, nested(cxm::by(field, cxm::count()))).result();
  auto const split = [&](auto const& key) {
    auto const is_here = [field, key](auto const& event) { return cxm::read(field, event) == key; };
    return cxm::measure(events, nested(cxm::by(is_here, inner))).result();
  };
  std::vector<std::pair<std::remove_cvref_t<decltype(keys.begin()->key)>,
                        decltype(split(keys.begin()->key))>>
      found;
  for (auto const& [key, n] : keys) found.emplace_back(key, split(key));
  return found;
}
inline constexpr auto as_they_are = [](auto plan) { return plan; };

/// An order, from the shop or the page to the working line, is a journey; what comes after is
/// another.
inline auto orders_of(std::vector<contact> const& contacts) {
  return cxm::reconstruct(
      contacts,
      cxm::touchpoint_fields{&contact::customer, &contact::time, &contact::touchpoint,
                             cxm::ends_at{&contact::end}, cxm::keep{&contact::department}},
      cxm::either{cxm::starting_with{touchpoint::order}, cxm::until{touchpoint::activation}});
}
inline constexpr auto is_order = [](auto const& journey) {
  return journey.front().touchpoint() == touchpoint::order;
};

/// The department before which orders lie longer than before the others: the time between the
/// departments, which is in no department's own figures.
template <class Journeys>
std::vector<finding> slow_departments(Journeys const& journeys) {
  auto const handover = [](auto const& step) {
    return step.earlier().read(&contact::department) != step.later().read(&contact::department);
  };
  auto const receiver = [](auto const& step) { return step.later().read(&contact::department); };
  auto const handovers = [&](auto plan) {
    return cxm::where(is_order, cxm::each_transition(cxm::where(handover, std::move(plan))));
  };
  std::vector<finding> found;
  for (auto const& [department, waits] : each_against_the_rest(
           journeys, handovers, receiver, cxm::on(cxm::waiting_time, cxm::moments()))) {
    auto const here = in_short(waits.at(true)), elsewhere = in_short(waits.at(false));
    if (here.low > elsewhere.high)
      found.push_back({std::string(name_of(department)), here, elsewhere});
  }
  return found;
}

/// Promised windows in which the technician did not come, where more than `tolerated` are late.
template <class Journeys>
std::vector<finding> broken_windows(Journeys const& journeys, instant until, double tolerated) {
  auto const promises = cxm::measure(journeys, cxm::promises(cxm::first(&contact::promised),
                                                             cxm::reached{touchpoint::arrival},
                                                             cxm::known_until{until}, sure))
                            .result();
  auto const late = in_short(promises.late_share);
  if (late.low <= tolerated) return {};
  return {{"technician's window", late, {tolerated, tolerated, tolerated, 0}}};
}

/// Touchpoints that meet their department's target (the whole interval above `target`) and please
/// customers less than the others do.
inline std::vector<finding> green_but_red(std::vector<contact> const& contacts,
                                          std::vector<answer> const& answers, double target) {
  auto const met =
      cxm::measure(contacts, cxm::by(&contact::touchpoint,
                                     cxm::on(&contact::target_met, cxm::proportion(sure))))
          .result();
  auto const rated = [](auto plan) {
    return cxm::where([](answer const& one) { return one.rating.has_value(); }, std::move(plan));
  };
  std::vector<finding> found;
  for (auto const& [touchpoint, ratings] : each_against_the_rest(
           answers, rated, &answer::touchpoint, cxm::on(&answer::rating, cxm::csat(sure)))) {
    auto const here = in_short(ratings.at(true)), elsewhere = in_short(ratings.at(false));
    if (met.at(*touchpoint).interval->low > target && here.high < elsewhere.low)
      found.push_back({std::string(name_of(*touchpoint)), here, elsewhere});
  }
  return found;
}

/// Months in which customers would recommend less than in the others.
inline std::vector<finding> bad_months(std::vector<answer> const& answers) {
  auto const month = [](answer const& one) {
    std::chrono::year_month_day const day(std::chrono::floor<std::chrono::days>(one.time));
    return static_cast<unsigned>(day.month());
  };
  std::vector<finding> found;
  for (auto const& [number, scores] : each_against_the_rest(
           answers, as_they_are, month, cxm::on(&answer::recommend, cxm::nps(sure)))) {
    auto const& [here, elsewhere] = std::pair(scores.at(true), scores.at(false));
    if (here.n > 0 && here.interval->high < elsewhere.interval->low)
      found.push_back({"month " + std::to_string(number), in_short(here), in_short(elsewhere)});
  }
  return found;
}

/// Whether the technician came after the promised window; empty without a promise or a visit.
struct came_late {
  cxm::reached<touchpoint> arrival{touchpoint::arrival};

  static constexpr std::string_view name() { return "came_late"; }
  template <class Journey>
  std::optional<bool> operator()(Journey const& journey) const {
    auto const promised = cxm::first(&contact::promised)(journey);
    auto const arrived = arrival(journey);
    return promised && arrived ? std::optional(*arrived > *promised) : std::nullopt;
  }
};

/// The answers about orders, each with its order: by its number, or where it has none, the order of
/// the customer that was done at most 30 days before.
template <class Journeys>
auto with_orders(Journeys const& orders, std::vector<answer> const& answers) {
  return cxm::join_answers(orders, answers, cxm::answer_fields{&answer::customer, &answer::time},
                           cxm::same_case{&answer::order, &contact::order},
                           cxm::within{std::chrono::days(30)});
}

/// The willingness to recommend after a kept window, after a missed one, and of answers that belong
/// to no order.
template <class Joined>
auto scores_by_promise(Joined const& joined) {
  return cxm::measure(
             joined, cxm::by(cxm::of_journey(came_late{}), cxm::on(&answer::recommend, cxm::nps())))
      .result();
}

}  // namespace story
