// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// `clustered(&answer::account, on(&answer::recommend, nps()))`: scores whose answers come in
/// clusters, with the error that clusters give. The state is one tally a cluster, which merges
/// exactly and takes answers back; the error is a reading of it (cluster_moments.hpp). It stands
/// inside `by`, `where`, `all`, `weighted`, `decayed` and `windowed`, and has tallies inside:
/// `by(&answer::region, clustered(&answer::account, …))`.

#include <cxm/core/accumulator.hpp>
#include <cxm/core/bind.hpp>
#include <cxm/core/detail/box.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/field.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/core/retraction.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/detail/add_as.hpp>
#include <cxm/stats/detail/event_counted.hpp>
#include <cxm/stats/detail/group_map.hpp>
#include <cxm/survey/detail/cluster_differences.hpp>
#include <cxm/survey/detail/cluster_results.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace cxm {

/// One `Inner` for each cluster, and one for answers that belong to none. Made by `clustered`.
/// `Key` is void until the plan is bound.
template <class Key, class Inner, class Field>
class clustered_by {
  static constexpr bool open = std::is_void_v<Key>;
  using kept = detail::kept_in_group<Inner>;
  using map = detail::group_map<std::conditional_t<open, std::uint8_t, Key>, kept>;

 public:
  static constexpr std::string_view type_name = "clustered";
  static constexpr merge_law merges = merge_law_of<Inner>;
  static constexpr bool needs_order = cxm::needs_order<Inner>;
  static constexpr bool retracts = cxm::retracts<Inner>;

  clustered_by(Field field, Inner inner, at_most cap, of_population whole)
      : field_(std::move(field)),
        clusters_(kept(inner), cap.groups),
        alone_(std::move(inner)),
        whole_(whole) {}

  /// O(1) expected; allocates when a cluster is new. An event whose cluster is an empty optional is
  /// a cluster of its own.
  template <class In, class... Weight>
  void add(In const& in, Weight const&... weight) {
    static_assert(!open,
                  "cxm::clustered: the type of the events is not known yet; cxm::bind<event>(plan) "
                  "fixes it");
    decltype(auto) key = cxm::read(*field_, in);
    if constexpr (detail::is_optional<std::remove_cvref_t<decltype(key)>>) {
      if (key)
        detail::add_as(clusters_.prototype(), of_cluster(*key), in, weight...);
      else
        alone_.add(in, weight...);
    } else {
      detail::add_as(clusters_.prototype(), of_cluster(key), in, weight...);
    }
  }
  /// Takes an event back from its cluster; a cluster without events disappears. Refused once there
  /// were more clusters than `at_most`, see there. O(1) expected.
  template <class In, class... Weight>
  void remove(In const& in, Weight const&... weight) {
    auto const from = [&](auto const& view) {
      clusters_.take(view, [&](kept& inner) { detail::retract(inner, in, weight...); });
    };
    decltype(auto) key = cxm::read(*field_, in);
    if constexpr (detail::is_optional<std::remove_cvref_t<decltype(key)>>) {
      if (key)
        from(*key);
      else
        detail::retract(alone_, in, weight...);
    } else {
      from(key);
    }
  }
  bool empty() const requires retracts { return clusters_.groups().empty() && alone_.empty(); }
  void merge(clustered_by const& other) {
    detail::require_same(clusters_.cap() == other.clusters_.cap(),
                         "cxm::clustered: merging plans with different at_most");
    detail::require_same(detail::same_field(*field_, *other.field_),
                         "cxm::clustered: merging plans over different fields");
    clusters_.merge(other.clusters_);
    alone_.merge(other.alone_);
  }
  /// The scores of all answers with the errors of their clusters: `clustered_score`, in a tuple for
  /// several readings or parts. Beyond the cap of clusters there is a value without an error
  /// (`not_identified`). Throws `std::invalid_argument` where the population has fewer clusters
  /// than have answered. O(clusters · points).
  auto result() const {
    collected const found(*this);
    return detail::read_clusters(found.parts(), whole_);
  }
  /// For `compare`: first − second, where clusters that are on both sides go together.
  template <class... Policies>
  auto difference_from(clustered_by const& second, Policies const&... policies) const {
    collected const a(*this), b(second);
    std::vector<std::pair<std::size_t, std::size_t>> shared;
    // Both stand in order of their hash.
    auto const &one = a.settled.groups(), &other = b.settled.groups();
    for (std::size_t i = 0, j = 0; i < one.size() && j < other.size();) {
      if (one[i].hash == other[j].hash && detail::same_key(one[i].key, other[j].key))
        shared.push_back({i++, j++});
      else if (one[i].hash < other[j].hash)
        ++i;
      else
        ++j;
    }
    auto const first_parts = a.parts(), second_parts = b.parts();
    return detail::compare_clusters(
        detail::cluster_sides<Inner>{first_parts, second_parts, shared, whole_, second.whole_},
        policies...);
  }
  /// How many clusters there are states for, with answers or without.
  std::uint64_t size() const { return clusters_.settled().groups().size(); }

  template <class In>
  auto bound_to() const {
    if constexpr (!detail::readable<Field, In>) {
      return *this;  // until the contact is known
    } else {
      auto inner = cxm::bind<In>(detail::plan_in<Inner>(clusters_.prototype()));
      using key = detail::owned_t<detail::answered_t<field_value<Field, In>>>;
      using bound = clustered_by<key, decltype(inner), Field>;
      if constexpr (std::same_as<bound, clustered_by>)
        return *this;  // with all that it has counted
      else
        return bound(*field_, std::move(inner), at_most{clusters_.cap()}, whole_);
    }
  }
  void double_weights(unsigned times) requires detail::weights_double<Inner> {
    auto clusters = clusters_;
    clusters.change_each([&](kept& inner) { inner.double_weights(times); });
    alone_.double_weights(times);
    clusters_ = std::move(clusters);
  }
  auto with_weights() const requires detail::can_be_weighted<Inner> {
    auto inner = detail::plan_in<Inner>(clusters_.prototype()).with_weights();
    return clustered_by<Key, decltype(inner), Field>(*field_, std::move(inner),
                                                     at_most{clusters_.cap()}, whole_);
  }

  static void describe(auto& self, auto& visit) {
    visit.policy("field", name_of(*self.field_));
    visit.policy("at_most", self.clusters_.cap());
    visit.policy("inner", self.clusters_.prototype());
    visit.state("clusters", self.clusters_);
    visit.state("alone", self.alone_);
  }

 private:
  /// All clusters, in order of their hash, and together.
  struct collected {
    map settled;
    Inner all;
    Inner const& alone;
    std::vector<Inner const*> each;

    explicit collected(clustered_by const& of)
        : settled(of.clusters_.settled()),
          all(detail::plan_in<Inner>(of.clusters_.prototype())),
          alone(detail::plan_in<Inner>(of.alone_)) {
      for (auto const& one : settled.groups()) {
        each.push_back(&detail::plan_in<Inner>(one.inner));
        all.merge(*each.back());
      }
      if (auto const* rest = settled.other_if_any()) all.merge(detail::plan_in<Inner>(*rest));
      all.merge(alone);
    }
    collected(collected const&) = delete;
    detail::cluster_parts<Inner> parts() const {
      return {all, each, alone, settled.other_if_any() == nullptr};
    }
  };

  template <class View>
  kept& of_cluster(View const& view) {
    if (auto* inner = clusters_.find_dense(view)) return *inner;
    return clusters_.at(view);
  }

  [[no_unique_address]] detail::box<Field> field_;
  map clusters_;
  kept alone_;
  of_population whole_;
};

/// Counts with `inner` (tallies behind `on`, `where` and `all`), the answers that have the same
/// `field` belonging together. Policies: `at_most{K}` clusters (default 1,000,000), and
/// `of_population{N}`, which counts *clusters*: N accounts of which these are a random part; the
/// error is then multiplied by √(1 − clusters/N).
template <class Field, accumulator Inner, class... Policies>
constexpr auto clustered(Field field, Inner inner, Policies... policies) {
  static_assert(
      (detail::answers_one_of<Policies, group_cap, sampled_population> && ...) &&
          detail::no_question_twice<group_cap, sampled_population>::template in<Policies...>,
      "cxm::clustered: after the accumulator come at_most and of_population, each once");
  static_assert(detail::holds_tallies<Inner>,
                "cxm::clustered: takes tallies such as nps(), behind on, where and all; by goes "
                "outside: by(region, clustered(account, …))");
  clustered_by<void, Inner, Field> open(
      std::move(field), std::move(inner), detail::pick<group_cap>(at_most{1'000'000}, policies...),
      detail::pick<sampled_population>(of_population{}, policies...));
  using event = detail::event_of_t<Field>;
  if constexpr (std::is_void_v<event>)
    return open;
  else
    return cxm::bind<event>(std::move(open));
}

}  // namespace cxm
