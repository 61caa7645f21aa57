// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/journey/journey_store.hpp>

#include <cstddef>
#include <cstdint>
#include <tuple>
#include <utility>

/// \file
/// Fills a journey store with journeys that are already cut: contacts of each in order.

namespace cxm::detail {

template <class Rows, class Reader>
class store_appender {
 public:
  using store = journey_store<Rows, Reader>;
  using time = typename store::time_type;

  /// For journeys whose contacts are all of `rows`, one journey after the other.
  store_appender(Rows rows, Reader reader) : store_(std::move(rows), std::move(reader)) {
    auto const& all = store_.rows_;
    store_.times_.reserve(all.size());
    store_.touchpoints_.reserve(all.size());
    store_.row_of_.reserve(all.size());
  }

  /// The next `size` rows are a journey, of a customer of its own: what looks beside a journey sees
  /// nothing.
  void append(std::size_t size, time ended) {
    auto const first = static_cast<std::uint32_t>(store_.times_.size());
    auto const number = static_cast<std::uint32_t>(store_.customers_.size());
    store_.customers_.push_back(store_.reader_.customer(store_.rows_[first]));
    store_.journeys_.push_back({ended, first, number});
    for (std::size_t i = first; i < first + size; ++i) {
      auto const& row = store_.rows_[i];
      store_.times_.push_back(store_.reader_.time(row));
      if constexpr (Reader::has_ends)
        store_.ends_.push_back(store_.reader_.end(row, store_.times_.back()));
      store_.touchpoints_.push_back(store_.reader_.touchpoint(row));
      store_.row_of_.push_back(static_cast<std::uint32_t>(i));
      keep(store_.reader_.kept(row));
    }
  }
  store take() && { return std::move(store_); }

 private:
  template <class Values>
  void keep(Values values) {
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (std::get<I>(store_.kept_).push_back(std::move(std::get<I>(values))), ...);
    }
    (std::make_index_sequence<std::tuple_size_v<Values>>{});
  }
  store store_;
};

}  // namespace cxm::detail
