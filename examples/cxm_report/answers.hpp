// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// The answers of a survey beside the events: who answered, when, about what, and how; and how they
/// are brought to the journeys of the events.

#include <cxm/event/symbols.hpp>
#include <cxm/journey/join_answers.hpp>
#include <cxm/journey/journey_fields.hpp>

#include "contacts.hpp"
#include "metrics.hpp"
#include "options.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace report {

struct answer {
  std::uint32_t customer = contact::no_id;
  std::uint32_t order = contact::no_id;  ///< the case
  instant time{};
  date day{};  ///< in the offset that the time was written with
  std::uint32_t touchpoint = contact::no_id;
  std::optional<double> score{};

  std::optional<std::uint32_t> customer_id() const { return contact::known(customer); }
  std::optional<std::uint32_t> case_id() const { return contact::known(order); }
};

struct answer_table {
  std::vector<answer> rows{};
  cxm::symbols touchpoints{};  ///< numbered in the order of their bytes
  row_counts counts{};
  bool has_touchpoints = false;
};

/// The options that it understands, beside those of the events.
std::vector<std::string> answer_options();

/// Reads the files of `--answers`. An answer is grouped by `--by`, else by the columns of
/// `--touchpoint`, where the file has them. Throws as `input` does.
answer_table load_answers(options const& given, party_names& names);

/// The case of an event.
struct case_of_event {
  bool keyed_by_case;
  std::optional<std::uint32_t> operator()(contact const& one) const {
    return keyed_by_case ? one.customer : one.partner_id();
  }
};
/// The customer of a journey.
struct customer_of_journey {
  bool keyed_by_case;
  template <class Journey>
  std::optional<std::uint32_t> operator()(Journey const& journey) const {
    if (keyed_by_case) return cxm::first(&contact::partner_id)(journey);
    return journey.customer();
  }
};

/// Each answer with its journey: that of its case, else the last one of its customer.
inline auto joined(journeys const& found, std::vector<answer> const& answers, bool keyed_by_case,
                   std::chrono::microseconds longest) {
  return cxm::join_answers(found, answers, cxm::answer_fields{&answer::customer_id, &answer::time},
                           cxm::same_case{&answer::case_id, case_of_event{keyed_by_case}},
                           cxm::whose{customer_of_journey{keyed_by_case}}, cxm::within{longest});
}

}  // namespace report
