// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// The touchpoint events of a file: loaded into small rows, and reconstructed into journeys as the
/// options say. What `journeys` and `paths` have in common.

#include <cxm/event/symbols.hpp>
#include <cxm/event/terms.hpp>
#include <cxm/event/touchpoint_fields.hpp>
#include <cxm/journey/any_boundary.hpp>
#include <cxm/journey/boundary.hpp>
#include <cxm/journey/fold_lifecycle.hpp>
#include <cxm/journey/journey_store.hpp>
#include <cxm/journey/reconstruct.hpp>

#include "input.hpp"
#include "options.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace report {

using instant = std::chrono::sys_time<std::chrono::microseconds>;
/// A calendar date as it was written, whatever the zone.
using date = std::chrono::local_days;

/// One event, 56 bytes whatever the file holds: customers, touchpoints and ids are numbers.
struct contact {
  std::uint32_t customer;
  std::uint32_t touchpoint;
  instant start;
  instant end;           ///< the start where there is no end
  date end_date;         ///< in the offset that it was written with
  date promised_date{};  ///< likewise
  instant promised = nothing;
  std::uint32_t id = no_id;
  std::uint32_t partner = no_id;  ///< the case of a customer's event or the customer of a case's
  std::uint32_t department = no_id;
  std::uint32_t channel = no_id;

  static constexpr instant nothing = instant::max();
  static constexpr std::uint32_t no_id = UINT32_MAX;

  std::optional<instant> promised_at() const {
    return promised == nothing ? std::nullopt : std::optional(promised);
  }
  std::optional<date> promised_on() const {
    return promised == nothing ? std::nullopt : std::optional(promised_date);
  }
  std::optional<std::uint32_t> event_id() const { return known(id); }
  std::optional<std::uint32_t> partner_id() const { return known(partner); }
  static std::optional<std::uint32_t> known(std::uint32_t id) {
    return id == no_id ? std::nullopt : std::optional(id);
  }
};

/// All events of a file.
struct contact_table {
  std::vector<contact> rows;
  cxm::symbols touchpoints;  ///< numbered in the order of their bytes
  cxm::symbols departments;  ///< likewise
  cxm::symbols channels;
  row_counts counts;
  std::vector<cxm::lifecycle> parts;          ///< of each row, while `--lifecycle` is not folded
  std::optional<cxm::folding_counts> folded;  ///< what `--lifecycle` made of the rows
  std::uint64_t duplicates = 0;               ///< left out before folding
  bool has_ends = false;                      ///< `--end-time` or `--lifecycle` was given
  instant latest = instant::min();            ///< the latest start or end of a used row
  date latest_date{};                         ///< and its date as written
};

/// The customers and cases of the events, for files beside them. Whose journeys they are is said by
/// `keys`; `partners` are the cases of customers, or the customers of cases.
struct party_names {
  bool keyed_by_case = false;
  cxm::symbols keys, partners;
};

/// The options that it understands, beside those of `input`.
std::vector<std::string> contact_options();

/// Reads the file of `--in`. Throws as `input` does.
contact_table load_contacts(options const& given);
/// Reads the files of `--events`, where both `--customer` and `--case` may be given: a case is one
/// journey unless there is a boundary and a customer.
contact_table load_contacts(options const& given, party_names& names);

/// The numbers of touchpoints by name; one that the file does not have is left out.
std::vector<std::uint32_t> touchpoints_named(contact_table const& table,
                                             std::vector<std::string> const& names);

using silence =
    cxm::after_silence<std::chrono::microseconds::rep, std::chrono::microseconds::period>;
using boundary =
    cxm::any_boundary<silence, cxm::starting_with<std::uint32_t>, cxm::until<std::uint32_t>>;

inline auto contact_fields() {
  return cxm::touchpoint_fields{&contact::customer, &contact::start, &contact::touchpoint,
                                cxm::ends_at{&contact::end}};
}
using journeys =
    decltype(cxm::reconstruct(std::declval<std::vector<contact> const&>(), contact_fields()));

/// The journeys of the table, which must outlive them.
journeys reconstructed(contact_table const& table, options const& given);

}  // namespace report
