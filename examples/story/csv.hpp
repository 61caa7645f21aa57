// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// The records as the files that a company would have: one line a contact, one line an answer.

#include "provider.hpp"

#include <fmt/chrono.h>
#include <fmt/core.h>

#include <iterator>
#include <optional>
#include <string>

namespace story {

namespace detail {

/// 2025-03-01T09:30:00Z; empty for no time.
inline std::string csv(std::optional<instant> time) {
  return time ? fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(time->time_since_epoch().count()))
              : std::string();
}
template <class Name>
requires requires(Name name) {
  name_of(name);
}
std::string csv(std::optional<Name> name) {
  return name ? std::string(name_of(*name)) : std::string();
}
inline std::string csv(std::optional<int> number) {
  return number ? fmt::format("{}", *number) : std::string();
}
inline std::string csv(std::optional<bool> flag) {
  return flag ? *flag ? "yes" : "no" : "";
}
/// An id behind the letter of its kind.
inline std::string csv(char kind, std::optional<std::uint32_t> id) {
  return id ? fmt::format("{}{}", kind, *id) : std::string();
}
inline std::string csv(party const& who) {
  return fmt::format("{},{},{}", csv('c', who.customer), csv('a', who.account),
                     csv(who.of_account));
}
/// Cents as 29.90.
inline std::string money(std::optional<int> cents) {
  return cents ? fmt::format("{}.{:02}", *cents / 100, *cents % 100) : std::string();
}

}  // namespace detail

inline std::string events_csv(records const& all) {
  using detail::csv;
  std::string text =
      "customer,account,unit,time,end_time,touchpoint,department,channel,order,promised,target_met,"
      "amount\n";
  for (auto const& one : all.contacts)
    fmt::format_to(std::back_inserter(text), "{},{},{},{},{},{},{},{},{},{}\n", csv(one),
                   csv(std::optional(one.time)), csv(std::optional(one.end)),
                   name_of(one.touchpoint), name_of(one.department), name_of(one.channel),
                   csv('o', one.order), csv(one.promised), csv(one.target_met),
                   detail::money(one.amount));
  return text;
}

inline std::string answers_csv(records const& all) {
  using detail::csv;
  std::string text = "customer,account,unit,time,order,touchpoint,recommend,rating\n";
  for (auto const& one : all.answers)
    fmt::format_to(std::back_inserter(text), "{},{},{},{},{},{}\n", csv(one),
                   csv(std::optional(one.time)), csv('o', one.order), csv(one.touchpoint),
                   csv(one.recommend), csv(one.rating));
  return text;
}

}  // namespace story
