// SPDX-License-Identifier: BSL-1.0
// The tables of the Olist data set that the example reads, as the application would keep them.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace olist {

using time = std::chrono::sys_seconds;  // local time of São Paulo, as the shop wrote it

struct order {
  std::string status;
  time purchased;
  time promised;  // the day of the estimate, at 00:00
};

enum class step : std::uint8_t { purchase, approved, carrier, delivered, review };

struct event {
  std::uint32_t order;  // its place in `tables::orders`
  time when;
  step what;
};

struct review {
  std::uint32_t order;
  int score;  // 1 to 5
  time answered;
  bool latest = false;  // of those of its order
};

struct tables {
  std::vector<order> orders;
  std::vector<event> events;    // purchase to delivery, and the latest review of each order
  std::vector<review> reviews;  // every review
};

/// Reads olist_orders_dataset.csv and olist_order_reviews_dataset.csv in `directory`; throws
/// std::runtime_error with the file, the line and what is wrong there.
tables read(std::string const& directory);

}  // namespace olist
