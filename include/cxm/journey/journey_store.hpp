// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/detail/indexed_iterator.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/field.hpp>
#include <cxm/journey/detail/cutting.hpp>
#include <cxm/journey/detail/row_reader.hpp>
#include <cxm/journey/detail/unzeroed.hpp>
#include <cxm/journey/journey.hpp>
#include <cxm/journey/journey_fate.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// The journey store: the events of a log in columns, brought together by customer, in time order,
/// and cut into journeys. It is a range of journeys, so `measure(store, plan)` runs any number of
/// accumulators over them in one pass. The user's rows are not copied but for the fields named to
/// `reconstruct`; they must outlive the store.

namespace cxm {

namespace detail {
template <class Rows, class Reader>
class store_builder;
template <class Rows, class Reader>
class record_columns;
template <class Rows, class Reader>
class store_appender;
}  // namespace detail

/// Rows that did not become contacts, by the reason. Each row is counted once.
struct rows_left_out {
  std::uint64_t missing_customer = 0;
  std::uint64_t missing_time = 0;
  std::uint64_t missing_touchpoint = 0;
  std::uint64_t end_before_start = 0;
  std::uint64_t duplicates = 0;       ///< copies, by the fields given to `once_per`
  std::uint64_t same_content = 0;     ///< copies, by the fields given to `once_per_content`
  std::uint64_t near_duplicates = 0;  ///< copies, by the time given to `near_duplicates`
  std::uint64_t future = 0;           ///< later than they were seen, by `quarantine_future`

  std::uint64_t total() const {
    return missing_customer + missing_time + missing_touchpoint + end_before_start + duplicates +
           same_content + near_duplicates + future;
  }
};

/// Journeys over the rows `Rows`, read by `Reader`. Made by `reconstruct`. Journeys of one customer
/// follow each other in time; the order of the customers is unspecified, but the same for the same
/// input on every machine.
template <class Rows, class Reader>
class journey_store {
 public:
  using customer_type = typename Reader::customer_type;
  using time_type = typename Reader::time_type;
  using touchpoint_type = typename Reader::touchpoint_type;
  using value_type = journey_of<journey_store>;

  journey_store(Rows rows, Reader reader) : rows_(std::move(rows)), reader_(std::move(reader)) {}

  /// The number of journeys.
  std::size_t size() const { return journeys_.size(); }
  bool empty() const { return journeys_.empty(); }
  value_type operator[](std::size_t i) const {
    auto const& one = journeys_[i];
    std::size_t const end = i + 1 < journeys_.size() ? journeys_[i + 1].first : times_.size();
    return {this, one.customer, one.first, end - one.first, one.ended, i};
  }
  auto begin() const { return detail::indexed_iterator(detail::indexed<journey_store>{this}, 0); }
  auto end() const {
    return detail::indexed_iterator(detail::indexed<journey_store>{this}, size());
  }

  /// The number of customers with at least one contact.
  std::size_t customers() const { return customers_.size(); }
  /// The number of contacts in all journeys; rows = events + left_out().total() + collapsed().
  std::size_t events() const { return times_.size(); }
  /// Contacts that `collapse_repeats` folded into the one before.
  std::uint64_t collapsed() const { return collapsed_; }
  rows_left_out const& left_out() const { return left_out_; }
  /// The touchpoints of all contacts, journey after journey.
  std::span<touchpoint_type const> touchpoints() const { return touchpoints_; }

  /// True if `reconstruct` was asked to remember how journeys ended (journey/known.hpp). What
  /// follows throws `std::invalid_argument` if it was not.
  bool remembers_endings() const { return observed_.has_value(); }
  /// From when and until when the log is known: as declared, or by its earliest and latest time.
  time_type observed_from() const { return observed().from; }
  time_type observed_until() const { return observed().until; }
  /// How journey `i` began and ended.
  journey_fate fate_at(std::size_t i) const {
    observed();
    if (i >= fates_.size())
      detail::refuse("cxm::ending: pieces of a journey have no ending of their own");
    return fates_[i];
  }

  /// The position of the first journey of the customer whose journey is at `i`. O(log of the number
  /// between).
  std::size_t first_journey_beside(std::size_t i) const {
    auto const same = [&](std::size_t at) {
      return journeys_[at].customer == journeys_[i].customer;
    };
    std::size_t step = 1, known = i;
    while (step <= known && same(known - step)) {
      known -= step;
      step *= 2;
    }
    for (; step > 0; step /= 2)
      if (step <= known && same(known - step)) known -= step;
    return known;
  }

  customer_type const& customer_at(std::size_t customer) const { return customers_[customer]; }
  time_type time_at(std::size_t position) const { return times_[position]; }
  time_type end_at(std::size_t position) const {
    return ends_.empty() ? times_[position] : ends_[position];
  }
  touchpoint_type const& touchpoint_at(std::size_t position) const {
    return touchpoints_[position];
  }
  decltype(auto) row_at(std::size_t position) const { return rows_[row_of_[position]]; }

  /// The user's field `field` of the contact at `position`: from its column if it is one of the
  /// fields given to `reconstruct`, else from the user's row.
  template <class Field>
  auto read_at(Field const& field, std::size_t position) const {
    using value = detail::kept_t<Field, row_type>;
    auto const& fields = reader_.fields();
    if constexpr (std::is_same_v<Field, std::remove_cvref_t<decltype(fields.touchpoint)>> &&
                  std::is_same_v<value, touchpoint_type>) {
      if (same_field(field, fields.touchpoint)) return touchpoints_[position];
    }
    return read_kept<0>(field, position);
  }

 private:
  friend class detail::store_builder<Rows, Reader>;
  friend class detail::record_columns<Rows, Reader>;
  friend class detail::store_appender<Rows, Reader>;
  using row_type = std::remove_cvref_t<decltype(std::declval<Rows const&>()[0])>;
  struct journey_entry {
    time_type ended;
    std::uint32_t first;
    std::uint32_t customer;
  };

  detail::observation<time_type> const& observed() const {
    if (!observed_)
      detail::refuse(
          "cxm::reconstruct: was not asked to remember endings; give it remember_endings{} or "
          "known_until{time}");
    return *observed_;
  }

  /// Two fields of one type are the same if they compare equal, or have no state in which they
  /// could differ.
  template <class Field>
  static constexpr bool same_field(Field const& a, Field const& b) {
    if constexpr (std::is_empty_v<Field>)
      return true;
    else if constexpr (requires { a.callable(); })
      return same_field(a.callable(), b.callable());
    else if constexpr (std::is_member_pointer_v<Field> || std::is_pointer_v<Field>)
      return a == b;
    else
      return false;
  }

  template <std::size_t I, class Field>
  detail::kept_t<Field, row_type> read_kept(Field const& field, std::size_t position) const {
    using keep_fields = typename Reader::keep_fields;
    if constexpr (I == std::tuple_size_v<keep_fields>) {
      return cxm::read(field, rows_[row_of_[position]]);
    } else {
      if constexpr (std::is_same_v<Field, std::tuple_element_t<I, keep_fields>>) {
        if (same_field(field, std::get<I>(reader_.keeps()))) return std::get<I>(kept_)[position];
      }
      return read_kept<I + 1>(field, position);
    }
  }

  template <class>
  struct columns_for;
  template <class... Values>
  struct columns_for<std::tuple<Values...>> {
    using type = std::tuple<detail::unzeroed_vector<Values>...>;
  };
  using kept_columns = typename columns_for<decltype(std::declval<Reader const&>().kept(
      std::declval<row_type>()))>::type;

  Rows rows_;
  Reader reader_;
  std::vector<customer_type> customers_;
  std::vector<journey_entry> journeys_;
  detail::unzeroed_vector<time_type> times_;
  detail::unzeroed_vector<time_type> ends_;  // empty where every contact ends when it begins
  detail::unzeroed_vector<touchpoint_type> touchpoints_;
  detail::unzeroed_vector<std::uint32_t> row_of_;
  kept_columns kept_;
  rows_left_out left_out_;
  std::uint64_t collapsed_ = 0;
  std::optional<detail::observation<time_type>> observed_;
  std::vector<journey_fate> fates_;  // empty where nobody asked
};

}  // namespace cxm
