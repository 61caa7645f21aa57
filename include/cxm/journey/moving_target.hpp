// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// A promise that is moved when it can't be kept is kept on paper: the customer waits for the first
/// promise, the company measures against the last (B11). `moving_target` keeps both ledgers, and
/// says by how much the one flatters:
///
///     measure(journeys, moving_target(&contact::promised, reached{step::delivered},
///                                     known_until{log_end}));

#include <cxm/core/accumulator.hpp>
#include <cxm/core/bind.hpp>
#include <cxm/core/detail/box.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/wide.hpp>
#include <cxm/journey/journey_fields.hpp>
#include <cxm/journey/promise_ledger.hpp>
#include <cxm/journey/waiting.hpp>
#include <cxm/stats/net_intervals.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace cxm {

/// A field of a journey: `field` of the last contact that has an answer, of those that began before
/// the time that `milestone` gives; of all contacts where that was not reached. A promise made
/// after the delivery is none.
template <class Milestone, class Field>
struct last_before {
  Milestone milestone;
  Field field;

  constexpr last_before(Milestone when, Field of)
      : milestone(std::move(when)), field(std::move(of)) {}
  constexpr std::string_view name() const { return detail::derived_name<"last ", Field>(field); }

  template <class Journey>
  constexpr auto operator()(Journey const& journey) const {
    using answer = detail::answered_t<decltype(journey.back().read(field))>;
    std::optional<answer> found;
    auto const end = detail::milestone_time(milestone, journey);
    for (std::size_t i = journey.size(); i-- > 0 && !found;)
      if (!end || journey[i].time() < *end)
        detail::if_answered(
            journey[i].read(field), [&](auto const& value) { found = value; }, [] {});
    return found;
  }
  void describe_field(auto& visit) const { detail::visit_parts(visit, milestone, field); }
  friend bool operator==(last_before const&, last_before const&) = default;
};

namespace detail {
/// The policies that `promise_of` knows, as a tuple.
template <class... Policies>
constexpr auto promise_policies_without_confidence(Policies const&... policies) {
  return std::tuple_cat([](auto const& policy) {
    if constexpr (answers<std::remove_cvref_t<decltype(policy)>, confidence_level>)
      return std::tuple();
    else
      return std::tuple(policy);
  }(policies)...);
}
}  // namespace detail

/// Two views of the same promises.
template <class Duration>
struct moving_target_summary {
  promise_ledger_summary<Duration> customer;  ///< against the first promise
  promise_ledger_summary<Duration> company;   ///< against the last promise before the delivery
  std::uint64_t promised_again = 0;           ///< journeys whose last promise is not their first
  std::uint64_t decided = 0;                  ///< journeys where both promises are decided
  std::uint64_t only_company = 0;             ///< of these, on time for the company only
  std::uint64_t only_customer = 0;            ///< of these, on time for the customer only
  /// On-time share of the company less that of the customer, over `decided`, −1 to 1: above 0,
  /// promises were moved until they were kept. The same journeys, so the interval is that of a
  /// paired difference (Agresti & Min 2005).
  maybe<double> difference = reason::no_data;
  maybe<bounded_interval> interval = reason::no_data;
};

/// Counts promises against the first and the last. Made by `moving_target`.
template <class First, class Last>
class moving_target_counts {
 public:
  static constexpr std::string_view type_name = "moving_target";
  static constexpr merge_law merges = merge_law::exact;

  moving_target_counts(First first, Last last, confidence level)
      : first_(std::move(first)), last_(std::move(last)), level_(level) {}

  template <class Journey>
  void add(Journey const& journey) {
    first_.add(journey);
    last_.add(journey);
    auto const customer = first_.rule()(journey), company = last_.rule()(journey);
    if (!customer || !company) return;
    auto const first = detail::promise_as_optional(cxm::read(first_.rule().promised(), journey));
    auto const last = detail::promise_as_optional(cxm::read(last_.rule().promised(), journey));
    if (!(*first == *last)) ++again_;
    if (!customer->decided() || !company->decided()) return;
    ++decided_;
    only_company_ += customer->broken() && !company->broken() ? 1 : 0;
    only_customer_ += !customer->broken() && company->broken() ? 1 : 0;
  }
  void merge(moving_target_counts const& other) {
    detail::require_same(last_.rule() == other.last_.rule(),
                         "cxm::moving_target: merging counts of different promises");
    first_.merge(other.first_);  // first: it refuses what would overflow
    last_.merge(other.last_);
    again_ += other.again_;
    decided_ += other.decided_;
    only_company_ += other.only_company_;
    only_customer_ += other.only_customer_;
  }
  auto result() const {
    auto customer = first_.result();
    using summary = decltype(customer);
    using duration = typename summary::duration;
    moving_target_summary<duration> found{std::move(customer), last_.result(), again_, decided_,
                                          only_company_,       only_customer_};
    if (decided_ == 0) return found;
    found.difference = net_share(only_company_, only_customer_, decided_);
    found.interval = agresti_min::net(only_company_, only_customer_, decided_, level_);
    return found;
  }
  bool valid() const {
    return first_.valid() && last_.valid() && only_company_ <= decided_ &&
           only_customer_ <= decided_ - only_company_ && decided_ <= INT64_MAX &&
           again_ <= INT64_MAX;
  }
  template <class Journey>
  auto bound_to() const {
    auto first = cxm::bind<Journey>(first_);
    auto last = cxm::bind<Journey>(last_);
    using bound = moving_target_counts<decltype(first), decltype(last)>;
    if constexpr (std::same_as<bound, moving_target_counts>)
      return *this;  // with all that it has counted
    else
      return bound(std::move(first), std::move(last), level_);
  }
  static void describe(auto& self, auto& visit) {
    visit.state("first", self.first_);
    visit.state("last", self.last_);
    visit.state("again", self.again_);
    visit.state("decided", self.decided_);
    visit.state("only_company", self.only_company_);
    visit.state("only_customer", self.only_customer_);
  }

 private:
  First first_;
  Last last_;
  confidence level_;
  std::uint64_t again_ = 0, decided_ = 0, only_company_ = 0, only_customer_ = 0;
};

/// Promises of a journey against the first and the last that its contacts hold: `promised` is a
/// field of contacts, `delivered` a milestone of the journey. Policies: those of `promise_of`, and
/// `confidence`.
template <class Promised, class Delivered, class... Policies>
auto moving_target(Promised promised, Delivered delivered, Policies... policies) {
  auto const level = detail::pick<confidence_level>(confidence{}, policies...);
  auto const ledger_by = [&](auto field) {
    return std::apply(
        [&](auto... rest) { return promise_ledger(promise_of(field, delivered, rest...), level); },
        detail::promise_policies_without_confidence(policies...));
  };
  auto first_ledger = ledger_by(first<Promised>(promised));
  auto last_ledger = ledger_by(last_before<Delivered, Promised>(delivered, promised));
  return moving_target_counts<decltype(first_ledger), decltype(last_ledger)>(
      std::move(first_ledger), std::move(last_ledger), level);
}

}  // namespace cxm
