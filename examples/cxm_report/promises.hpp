// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// The promises of journeys as the options say: one a journey, the first that its events hold, kept
/// by the goal or by the end of all, compared as instants or as dates.

#include <cxm/journey/contact_choice.hpp>
#include <cxm/journey/journey_fields.hpp>
#include <cxm/journey/promises.hpp>

#include "contacts.hpp"
#include "options.hpp"

#include <cstdint>
#include <optional>
#include <utility>

namespace report {

/// When the promised thing happened: at the goal, else when all was over.
template <class Value, class Field>
struct delivered {
  std::optional<cxm::first_at<std::uint32_t>> goal;
  Field field;

  template <class Journey>
  std::optional<Value> operator()(Journey const& journey) const {
    if (goal) return cxm::at_contact{*goal, field}(journey);
    return cxm::at_contact{cxm::last_to_end, field}(journey);
  }
};

/// What `work` makes of the plan that counts the promises, by `--promise-by`.
template <class Work>
auto with_promises(contact_table const& table, options const& given, Work const& work) {
  std::optional<cxm::first_at<std::uint32_t>> goal;
  if (given.has("--goal")) goal.emplace(touchpoints_named(table, given.list("--goal")));
  if (given.text("--promise-by") == "date")
    return work(
        cxm::promises(cxm::first(&contact::promised_on),
                      delivered<date, decltype(&contact::end_date)>{goal, &contact::end_date},
                      cxm::known_until{table.latest_date}));
  return work(cxm::promises(cxm::first(&contact::promised_at),
                            delivered<instant, decltype(&contact::end)>{goal, &contact::end},
                            cxm::known_until{table.latest}));
}

}  // namespace report
