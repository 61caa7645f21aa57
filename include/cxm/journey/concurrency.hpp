// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/detail/box.hpp>
#include <cxm/core/field.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/journey/detail/open_journeys.hpp>
#include <cxm/stats/detail/key.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// How many journeys of one customer are open at a time. A journey is open from its start to its
/// end, both included.
///
///     concurrency const open(journeys, case_customer);
///     measure(open.customers(), on(most_open, quantiles()));
///     measure(journeys, by(open.most(), on(last(&contact::recommend), nps())));

namespace cxm {

/// The journeys of one customer beside each other.
template <class Customer, class Duration>
struct customer_concurrency {
  Customer customer;
  std::uint64_t journeys = 0;
  std::uint64_t most = 0;  ///< the largest number open at one time
  Duration span{};         ///< from the first start to the latest end
  Duration open{};         ///< the times of all journeys added up
  /// The number open, averaged over the span; degenerate for a span of no time.
  maybe<double> average = reason::no_data;
};

/// The largest number of journeys that a customer has open at a time, as a field of
/// `concurrency::customers()`.
inline constexpr auto most_open = field<"most_open">([](auto const& one) { return one.most; });

/// The degree of concurrency of all customers and journeys of a store, which must outlive it.
/// `Whose` is a field of journeys: whose they are. O(journeys log journeys).
template <class Store, class Whose>
class concurrency {
  using journey = std::remove_cvref_t<decltype(std::declval<Store const&>()[0])>;
  using customer = detail::answered_t<field_value<Whose, journey>>;
  using time = decltype(std::declval<journey const&>().started());
  using duration = decltype(std::declval<journey const&>().cycle_time());
  struct degree {
    std::uint64_t most = 0;
    double average = 0;
  };

 public:
  using row = customer_concurrency<customer, duration>;

  concurrency(Store const& journeys, Whose whose) : degrees_(journeys.size()) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < journeys.size(); ++i)
      if (answers(cxm::read(whose, journeys[i]))) order.push_back(i);
    auto const who = [&](std::size_t i) { return answer(cxm::read(whose, journeys[i])); };
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return detail::key_before(who(a), who(b));
    });
    for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
      while (end < order.size() && !detail::key_before(who(order[begin]), who(order[end]))) ++end;
      take(journeys, who(order[begin]),
           {order.begin() + static_cast<std::ptrdiff_t>(begin),
            order.begin() + static_cast<std::ptrdiff_t>(end)});
    }
  }
  concurrency(Store const&& journeys, Whose whose) = delete;

  /// One row a customer.
  std::vector<row> const& customers() const { return customers_; }

  /// The most journeys of the customer that were open at one time of the journey, itself included;
  /// 0 for a journey of nobody. A field of journeys; valid as long as this.
  auto most() const {
    return field<"most_open">(
        [all = &degrees_](auto const& one) { return (*all)[one.position()].most; });
  }
  /// Their number, averaged over the journey; for one of no time, the number at its instant.
  auto average() const {
    return field<"average_open">(
        [all = &degrees_](auto const& one) { return (*all)[one.position()].average; });
  }

 private:
  template <class Value>
  static bool answers(Value const& value) {
    if constexpr (detail::is_optional<Value>)
      return value.has_value();
    else
      return true;
  }
  template <class Value>
  static customer answer(Value const& value) {
    if constexpr (detail::is_optional<Value>)
      return *value;
    else
      return value;
  }

  void take(Store const& journeys, customer const& whose, std::vector<std::size_t> const& of) {
    std::vector<detail::open_interval<time>> intervals;
    row total{whose, of.size()};
    for (auto const i : of) {
      intervals.push_back({journeys[i].started(), journeys[i].ended()});
      total.open += journeys[i].cycle_time();
    }
    detail::open_journeys<time> const open(intervals);
    total.most = open.most();
    total.span = open.span();
    if (total.span > duration{})
      total.average =
          static_cast<double>(total.open.count()) / static_cast<double>(total.span.count());
    else
      total.average = reason::degenerate;
    for (std::size_t i = 0; i < of.size(); ++i)
      degrees_[of[i]] = {open.most_in(intervals[i]), open.average_in(intervals[i])};
    customers_.push_back(std::move(total));
  }

  std::vector<row> customers_;
  std::vector<degree> degrees_;
};
template <class Store, class Whose>
concurrency(Store const&, Whose) -> concurrency<Store, Whose>;

}  // namespace cxm
