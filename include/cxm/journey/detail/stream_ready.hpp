// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/journey/detail/store_appender.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

/// \file
/// Final journeys that wait to be counted together: a small journey store is made of them, so that
/// plans meet the journeys that they know.

namespace cxm::detail {

template <class Row, class Reader>
class stream_ready {
 public:
  using rows = std::span<Row const>;
  using store = journey_store<rows, Reader>;
  using journey = typename store::value_type;
  using time = typename Reader::time_type;

  void add(Row row) { rows_.push_back(std::move(row)); }
  void close(std::size_t contacts, time ended) { journeys_.push_back({contacts, ended}); }
  bool empty() const { return journeys_.empty(); }
  std::size_t contacts() const { return rows_.size(); }
  std::size_t bytes() const {
    return rows_.capacity() * sizeof(Row) + journeys_.capacity() * sizeof(journeys_[0]);
  }
  /// Calls `take(journey)` for each.
  template <class Take>
  void each(Reader const& reader, Take const& take) const {
    store_appender<rows, Reader> appender(rows(rows_), reader);
    for (auto const& [contacts, ended] : journeys_) appender.append(contacts, ended);
    auto const made = std::move(appender).take();
    for (auto const& one : made) take(one);
  }
  void clear() {
    rows_.clear();
    journeys_.clear();
  }

 private:
  std::vector<Row> rows_;
  std::vector<std::pair<std::size_t, time>> journeys_;
};

}  // namespace cxm::detail
