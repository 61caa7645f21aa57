// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/bind.hpp>
#include <cxm/core/detail/box.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/field.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/journey/contact.hpp>
#include <cxm/journey/repeats.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/proportion.hpp>

#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

/// \file
/// `rework()`: how much of the work on journeys is done again (B13), and at which touchpoints; or
/// by any other field: `rework(&contact::failure)` says how many failures had been met before.

namespace cxm {

/// What `rework` found.
template <class Groups>
struct rework_summary {
  std::uint64_t journeys = 0;
  share again;                                       ///< journeys with a repeat, of all
  std::uint64_t contacts = 0;                        ///< that have a value of the field
  std::uint64_t repeats = 0;                         ///< self loops + loop returns
  std::uint64_t self_loops = 0;                      ///< repeats of the contact right before
  std::uint64_t loop_returns = 0;                    ///< repeats after others
  maybe<double> rework_share = reason::no_data;      ///< repeats of contacts, 0 to 1
  maybe<double> mean_loop_length = reason::no_data;  ///< of loop returns; 2 or more
  Groups by_value;  ///< how many contacts repeated each touchpoint, or value of the field
};

/// Counts rework. Made by `rework`; `Groups` counts repeats by value.
template <class Field, class Groups>
class rework_counts {
 public:
  static constexpr std::string_view type_name = "rework";
  static constexpr merge_law merges = merge_law_of<Groups>;

  rework_counts(Field of, Groups groups) : field_(std::move(of)), groups_(std::move(groups)) {}

  template <class Journey>
  void add(Journey const& journey) {
    ++journeys_;
    for (std::size_t i = 0; i < journey.size(); ++i) {
      auto const contact = journey[i];
      auto const& value = cxm::read(*field_, contact);
      detail::if_answered(
          value, [&](auto const&) { ++contacts_; }, [] {});
    }
    auto const before = self_loops_ + loop_returns_;
    detail::repeats_in(*field_, journey, [&](std::size_t i, std::size_t length) {
      ++(length == 1 ? self_loops_ : loop_returns_);
      loop_lengths_ += length == 1 ? 0 : length;
      groups_.add(journey[i]);
    });
    again_ += self_loops_ + loop_returns_ != before ? 1 : 0;
  }
  void merge(rework_counts const& other) {
    detail::require_same(detail::same_field(*field_, *other.field_),
                         "cxm::rework: merging rework by different fields");
    detail::require_fit(detail::counts_fit(contacts_, other.contacts_) &&
                        detail::counts_fit(loop_lengths_, other.loop_lengths_));
    groups_.merge(other.groups_);
    journeys_ += other.journeys_;
    again_ += other.again_;
    contacts_ += other.contacts_;
    self_loops_ += other.self_loops_;
    loop_returns_ += other.loop_returns_;
    loop_lengths_ += other.loop_lengths_;
  }
  auto result() const {
    auto groups = groups_.result();
    auto const again = self_loops_ + loop_returns_;
    return rework_summary<decltype(groups)>{journeys_,
                                            share_of(again_, journeys_),
                                            contacts_,
                                            again,
                                            self_loops_,
                                            loop_returns_,
                                            ratio(again, contacts_),
                                            ratio(loop_lengths_, loop_returns_),
                                            std::move(groups)};
  }
  template <class Journey>
  auto bound_to() const {
    auto groups = cxm::bind<typename Journey::contact>(groups_);
    if constexpr (std::is_same_v<decltype(groups), Groups>)
      return *this;  // with all that it has counted
    else
      return rework_counts<Field, decltype(groups)>(*field_, std::move(groups));
  }
  bool valid() const {
    auto const again = self_loops_ + loop_returns_;
    return again_ <= journeys_ && again_ <= again && again <= contacts_ &&
           loop_lengths_ / 2 >= loop_returns_;
  }
  static void describe(auto& self, auto& visit) {
    detail::visit_field(visit, *self.field_);
    visit.state("journeys", self.journeys_);
    visit.state("again", self.again_);
    visit.state("contacts", self.contacts_);
    visit.state("self_loops", self.self_loops_);
    visit.state("loop_returns", self.loop_returns_);
    visit.state("loop_lengths", self.loop_lengths_);
    visit.state("groups", self.groups_);
  }

 private:
  static maybe<double> ratio(std::uint64_t part, std::uint64_t whole) {
    if (whole == 0) return reason::no_data;
    return static_cast<double>(part) / static_cast<double>(whole);
  }

  [[no_unique_address]] detail::box<Field> field_;
  Groups groups_;
  std::uint64_t journeys_ = 0, again_ = 0, contacts_ = 0;
  std::uint64_t self_loops_ = 0, loop_returns_ = 0, loop_lengths_ = 0;
};

/// Counts contacts that repeat an earlier one of their journey, by `field`. Policy: `at_most`
/// values (default 1,000,000).
template <class Field, class... Policies>
requires(!policy<Field>) auto rework(Field field, Policies... policies) {
  static_assert((detail::answers_one_of<Policies, group_cap> && ...) && sizeof...(Policies) <= 1,
                "cxm::rework: the only policy is at_most, once");
  auto groups = by(field, count(), detail::pick<group_cap>(at_most{1'000'000}, policies...));
  return rework_counts<Field, decltype(groups)>(std::move(field), std::move(groups));
}
/// By touchpoint.
template <class... Policies>
requires(policy<Policies>&&...) auto rework(Policies... policies) {
  return rework(at_touchpoint, std::move(policies)...);
}

}  // namespace cxm
