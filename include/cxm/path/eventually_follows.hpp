// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/path/flow_graph.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

/// \file
/// The eventually-follows graph: which touchpoint came at any time after which. An edge here is
/// robust against what comes between, where one of the directly-follows graph is not. The same
/// composition and the same result as `flow_graph`; only the pairs are others.

namespace cxm {

struct pair_distance;  ///< The question how far apart the contacts of a pair may be.

/// Pairs of contacts that are at most so many places apart: 1 gives the directly-follows graph. A
/// journey of k contacts costs k · min(k, places) pairs. Default 100; whoever wants them all says
/// `at_most_apart{SIZE_MAX}`.
struct at_most_apart {
  using policy_kind = pair_distance;
  std::uint64_t places = 100;
};

/// Feeds every pair of an earlier and a later contact of a journey to `Inner`, as a transition.
/// Made by `each_pair`.
template <class Inner>
class pairs_of_each {
 public:
  static constexpr std::string_view type_name = "each_pair";
  static constexpr merge_law merges = merge_law_of<Inner>;

  pairs_of_each(Inner inner, at_most_apart far) : inner_(std::move(inner)), far_(far.places) {
    if (far_ == 0) detail::refuse("cxm::each_pair: at_most_apart is at least 1");
  }

  template <class Journey>
  void add(Journey const& journey) {
    ++journey_;
    auto ended = journey[0].ended();
    for (std::size_t i = 0; i + 1 < journey.size(); ++i) {
      ended = std::max(ended, journey[i].ended());
      std::size_t const pairs = std::min<std::uint64_t>(far_, journey.size() - 1 - i);
      for (std::size_t j = i + 1; j <= i + pairs; ++j)
        inner_.add(transition(journey[i], journey[j], ended, journey_));
      too_far_ += journey.size() - 1 - i - pairs;
    }
  }
  void merge(pairs_of_each const& other) {
    detail::require_same(far_ == other.far_,
                         "cxm::each_pair: merging plans with different at_most_apart");
    inner_.merge(other.inner_);
    too_far_ += other.too_far_;
  }
  auto result() const { return inner_.result(); }
  Inner const& inner() const { return inner_; }
  /// Pairs that were too far apart to be counted.
  std::uint64_t too_far() const { return too_far_; }

  template <class Journey>
  auto bound_to() const {
    using step =
        transition<typename Journey::contact, decltype(std::declval<Journey const&>().started())>;
    auto inner = cxm::bind<step>(inner_);
    return pairs_of_each<decltype(inner)>(std::move(inner), at_most_apart{far_});
  }
  static void describe(auto& self, auto& visit) {
    visit.policy("at_most_apart", self.far_);
    visit.state("too_far", self.too_far_);
    visit.state("inner", self.inner_);
  }

 private:
  Inner inner_;
  std::uint64_t far_;
  std::uint64_t too_far_ = 0;
  std::uint64_t journey_ = 0;  // tells journeys apart while they are counted; no part of the state
};

/// Gives every pair of contacts of each journey, earlier and later, to `inner`.
template <accumulator Inner>
auto each_pair(Inner inner, at_most_apart far = {}) {
  return pairs_of_each<Inner>(std::move(inner), far);
}

/// The eventually-follows graph; policies as `flow_graph`. An edge counts pairs, and the journeys
/// that have one; its time runs from the latest end up to the earlier contact.
template <accumulator Waits, class... Policies>
auto eventually_follows(Waits waits, at_most_apart far, Policies... policies) {
  return detail::make_flow_graph(
      std::move(waits), [far](auto edges) { return each_pair(std::move(edges), far); },
      std::move(policies)...);
}
inline auto eventually_follows() {
  return eventually_follows(moments(), at_most_apart{});
}

}  // namespace cxm
