// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/bind.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/journey/detail/without_answers.hpp>
#include <cxm/journey/hand_over.hpp>
#include <cxm/journey/time_sum.hpp>
#include <cxm/stats/all.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/moments.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/where.hpp>

#include <cstdint>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

/// \file
/// The matrix of hand-overs, department by department, with the waits on each seam (B10): where a
/// journey lies between two desks, and how long. A composition of `each_hand_over` and `by` whose
/// result has names.

namespace cxm {

/// Hand-overs from one department to another.
template <class Wait>
struct seam_summary {
  std::uint64_t count = 0;
  std::uint64_t back = 0;  ///< ping-pong: of these, straight back to where the journey came from
  Wait wait;               ///< `time_summary`; a hand-over without wait enters with 0
};

/// Counts one seam.
template <class Wait>
class seam_counts {
 public:
  static constexpr std::string_view type_name = "seam";
  static constexpr merge_law merges = merge_law::exact;

  explicit seam_counts(Wait wait) : wait_(std::move(wait)) {}

  template <class Seam>
  void add(Seam const& seam) {
    ++count_;
    back_ += seam.back() ? 1 : 0;
    wait_.add(seam.wait());
  }
  void merge(seam_counts const& other) {
    detail::require_fit(detail::counts_fit(count_, other.count_));
    wait_.merge(other.wait_);
    count_ += other.count_;
    back_ += other.back_;
  }
  auto result() const { return seam_summary<result_of<Wait>>{count_, back_, wait_.result()}; }
  template <class Seam>
  auto bound_to() const {
    auto wait = cxm::bind<decltype(std::declval<Seam const&>().wait())>(wait_);
    if constexpr (std::is_same_v<decltype(wait), Wait>)
      return *this;
    else
      return seam_counts<decltype(wait)>(std::move(wait));
  }
  bool valid() const { return back_ <= count_; }
  static void describe(auto& self, auto& visit) {
    visit.state("count", self.count_);
    visit.state("back", self.back_);
    visit.state("wait", self.wait_);
  }

 private:
  std::uint64_t count_ = 0;
  std::uint64_t back_ = 0;
  Wait wait_;
};

/// What `hand_over_matrix` found.
template <class Departments, class Seams>
struct hand_over_summary {
  std::uint64_t journeys = 0;
  std::uint64_t hand_overs = 0;
  std::uint64_t ping_pongs = 0;
  std::uint64_t unowned = 0;  ///< contacts passed over because nobody knows their owner
  Departments departments;    ///< how many different ones a journey met: `moments`
  Seams seams;                ///< `seam_summary` by (from, to)
};

/// Counts hand-overs by the plan that composes it. Made by `hand_over_matrix`.
template <class Plan, class Unowned>
class hand_over_counts {
 public:
  static constexpr std::string_view type_name = "hand_over_matrix";
  static constexpr merge_law merges = merge_law_of<Plan>;

  hand_over_counts(Plan plan, Unowned unowned)
      : plan_(std::move(plan)), unowned_in_(std::move(unowned)) {}

  template <class Journey>
  void add(Journey const& journey) {
    plan_.add(journey);
    unowned_ += (*unowned_in_)(journey);
  }
  void merge(hand_over_counts const& other) {
    detail::require_fit(detail::counts_fit(unowned_, other.unowned_));
    plan_.merge(other.plan_);
    unowned_ += other.unowned_;
  }
  auto result() const {
    auto [seams, departments, journeys] = plan_.result();
    hand_over_summary<decltype(departments), decltype(seams)> found{
        journeys, 0, 0, unowned_, std::move(departments), std::move(seams)};
    auto const take = [&](auto const& seam) {
      found.hand_overs += seam.count;
      found.ping_pongs += seam.back;
    };
    for (auto const& [pair, seam] : found.seams) take(seam);
    if (auto const& rest = found.seams.other()) take(*rest);
    return found;
  }
  template <class Journey>
  auto bound_to() const {
    auto plan = cxm::bind<Journey>(plan_);
    if constexpr (std::is_same_v<decltype(plan), Plan>)
      return *this;
    else
      return hand_over_counts<decltype(plan), Unowned>(std::move(plan), *unowned_in_);
  }
  static void describe(auto& self, auto& visit) {
    visit.state("unowned", self.unowned_);
    visit.state("plan", self.plan_);
  }

 private:
  Plan plan_;
  detail::box<Unowned> unowned_in_;
  std::uint64_t unowned_ = 0;
};

/// The hand-overs between departments with the waits on each seam. Policies: `customer_side`,
/// `during{calendar}` for the waits, and `at_most` seams (default 1,000,000).
template <class Owner, class... Policies>
auto hand_over_matrix(Owner owner, Policies... policies) {
  static_assert(detail::no_question_twice<group_cap>::template in<Policies...>,
                "cxm::hand_over_matrix: two policies answer the same question");
  auto const cap = detail::pick<group_cap>(at_most{1'000'000}, policies...);
  auto const make = [&](auto... kept) {
    // The seams come first: a merge that their cap refuses must leave all else as it was.
    auto plan =
        all(each_hand_over(
                owner, by(handed_from, handed_to, seam_counts<summed_times<void>>(time_sum()), cap),
                kept...),
            on(departments(owner, kept...), moments()), count());
    auto unowned = unowned_contacts(owner, kept...);
    return hand_over_counts<decltype(plan), decltype(unowned)>(std::move(plan), std::move(unowned));
  };
  return std::apply(make, detail::without_answers<group_cap>(std::move(policies)...));
}

}  // namespace cxm
