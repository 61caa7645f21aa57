// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// The records of a broadband provider: what its systems write down of each contact, and what its
/// surveys bring back. Plain structs of the company; nothing here knows of cxm.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace story {

using instant = std::chrono::sys_seconds;

enum class touchpoint : std::uint8_t {
  order,
  order_check,
  appointment,
  arrival,
  installation,
  activation,
  bill,
  support_call,
  self_service,
  complaint
};
constexpr std::string_view name_of(touchpoint at) {
  constexpr std::string_view names[] = {
      "order",      "order_check", "appointment",  "arrival",      "installation",
      "activation", "bill",        "support_call", "self_service", "complaint"};
  return names[static_cast<int>(at)];
}

/// Of the provider: who did the work.
enum class department : std::uint8_t {
  sales,
  back_office,
  planning,
  field_service,
  network,
  billing,
  customer_care
};
constexpr std::string_view name_of(department of) {
  constexpr std::string_view names[] = {"sales",   "back_office", "planning",     "field_service",
                                        "network", "billing",     "customer_care"};
  return names[static_cast<int>(of)];
}

enum class channel : std::uint8_t { shop, web, phone, visit, mail, app, internal };
constexpr std::string_view name_of(channel through) {
  constexpr std::string_view names[] = {"shop", "web", "phone", "visit", "mail", "app", "internal"};
  return names[static_cast<int>(through)];
}

/// Of a business customer: the department that has the line.
enum class unit : std::uint8_t { accounting, design, sales, warehouse, management };
constexpr std::string_view name_of(unit of) {
  constexpr std::string_view names[] = {"accounting", "design", "sales", "warehouse", "management"};
  return names[static_cast<int>(of)];
}

/// Who the customer is: a person, or a department of a business account.
struct party {
  std::uint32_t customer;
  std::optional<std::uint32_t> account;
  std::optional<unit> of_account;
};

/// One contact, as the systems of the departments know it.
struct contact : party {
  instant time;
  instant end;
  story::touchpoint touchpoint;
  story::department department;
  story::channel channel;
  std::optional<std::uint32_t> order;
  std::optional<instant> promised;  ///< by when the technician shall be there
  std::optional<bool> target_met;   ///< the department's own indicator for this contact
  std::optional<int> amount;        ///< of a bill, in cents
};

/// One answer to a survey: to the question of recommendation, or to that of the last contact.
struct answer : party {
  instant time;
  std::optional<std::uint32_t> order;
  std::optional<story::touchpoint> touchpoint;  ///< of the contact that is rated
  std::optional<int> recommend;                 ///< 0 to 10
  std::optional<int> rating;                    ///< 1 to 5
};

/// Groups of customers with like needs; hidden from the records.
enum class need : std::uint8_t { independence, guidance, speed };

/// What the company has, and the truth that it does not have.
struct records {
  std::vector<contact> contacts;  ///< in the order of time
  std::vector<answer> answers;    ///< in the order of time
  instant until;                  ///< everything before is known
  std::vector<need> needs;        ///< by customer; for tests, no one at the provider knows
};

}  // namespace story
