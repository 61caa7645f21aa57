// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/core/work.hpp>
#include <cxm/segment/clustering.hpp>
#include <cxm/segment/detail/kmeans_batches.hpp>
#include <cxm/segment/detail/kmeans_rounds.hpp>
#include <cxm/segment/kmeans_policies.hpp>
#include <cxm/segment/kmeans_start.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// From policies to the best of several starts; and which rows take part.

namespace cxm::detail {

/// A tuple of those policies that answer another question.
template <class Kind, class... Policies>
constexpr auto without_answers_to(Policies const&... policies) {
  [[maybe_unused]] auto const keep = []<class Policy>(Policy const& one) {
    if constexpr (answers<Policy, Kind>)
      return std::tuple<>();
    else
      return std::tuple<Policy>(one);
  };
  return std::tuple_cat(keep(policies)...);
}

template <class... Policies>
consteval void check_kmeans_policies() {
  static_assert(
      (answers_one_of<Policies, random_seed, kmeans_start, empty_clusters, kmeans_stop,
                      kmeans_restarts, kmeans_step, kmeans_weights, work_sharing,
                      kmeans_instructions> &&
       ...),
      "cxm::kmeans: takes a seed, a start, restarts, a step, what to do with empty "
      "clusters, when to stop, weights and who does the work; this policy answers another "
      "question");
  static_assert(no_question_twice<random_seed, kmeans_start, empty_clusters, kmeans_stop,
                                  kmeans_restarts, kmeans_step, kmeans_weights, work_sharing,
                                  kmeans_instructions>::in<Policies...>,
                "cxm::kmeans: two policies answer the same question");
}

/// Given centres as they are clustered, one after the other.
template <class Scale>
std::vector<double> scaled_centres(given_centres const& given, Scale const& scale, std::size_t k,
                                   std::size_t dimension) {
  if (given.centres.size() != k) refuse("cxm::kmeans: as many centres must be given as segments");
  std::vector<double> flat;
  for (auto centre : given.centres) {
    if (centre.size() != dimension)
      refuse("cxm::kmeans: a given centre must have one value for each feature");
    scale(centre);
    if (!std::all_of(centre.begin(), centre.end(), is_feature))
      refuse("cxm::kmeans: a given centre must be finite");
    flat.insert(flat.end(), centre.begin(), centre.end());
  }
  return flat;
}

/// No step was asked for. Measured over a million rows of 16: the comparisons that bounds save are
/// worth their keeping from about 16 centres on.
struct faster_step {
  using policy_kind = kmeans_step;
  static constexpr std::size_t from_k = 16;
};

/// One start: from these centres to the end of the rounds.
template <class Number, class... Policies>
clustering one_clustering(kmeans_setting<Number> const& setting, std::vector<double> centres,
                          random_stream& random, Policies const&... policies) {
  auto const step = pick<kmeans_step>(faster_step{}, policies...);
  auto const empty = pick<empty_clusters>(reseed_farthest{}, policies...);
  auto const work = pick<work_sharing>(this_thread{}, policies...);
  using step_type = std::remove_const_t<decltype(step)>;
  using sums = std::conditional_t<answers_to<kmeans_weights, Policies...> == 0, member_sums<Number>,
                                  weighted_member_sums<Number>>;
  if constexpr (std::is_same_v<step_type, mini_batch>) {
    if (step.members == 0 || step.batches == 0)
      refuse("cxm::kmeans: mini_batch needs members and batches");
    centres = centres_by_batches<Number, sums>(setting, std::move(centres), step, random);
    auto found =
        kmeans_rounds<Number, sums, decltype(work)>(setting, std::move(centres), false, work)
            .run(until_stable{1}, drop_empty{});
    found.rounds = step.batches;
    return found;
  } else {
    static_assert(std::is_same_v<step_type, lloyd> || std::is_same_v<step_type, hamerly> ||
                      std::is_same_v<step_type, faster_step>,
                  "cxm::kmeans: the steps are lloyd, hamerly and mini_batch");
    bool const bounded = std::is_same_v<step_type, hamerly> ||
                         (std::is_same_v<step_type, faster_step> &&
                          centres.size() >= faster_step::from_k * setting.all.dimension());
    auto const stop = pick<kmeans_stop>(until_stable{}, policies...);
    return kmeans_rounds<Number, sums, decltype(work)>(setting, std::move(centres), bounded, work)
        .run(stop, empty);
  }
}

/// The centres with which a start begins.
template <class Start, class Number>
std::vector<double> starting_centres(Start const& start, basic_points<Number> const& all,
                                     std::size_t k, random_stream& random) {
  std::vector<double> flat;
  for (std::size_t const row : start(all, std::min(k, all.distinct()), random))
    flat.insert(flat.end(), all[row], all[row] + all.dimension());
  return flat;
}

/// The best of several starts; of equally good ones the first. Nothing for no rows.
template <class Number, class Scale, class... Policies>
clustering best_clustering(basic_points<Number> const& all, column_ranges<Number> const& ranges,
                           Scale const& scale, std::size_t k, std::uint64_t& starts,
                           Policies const&... policies) {
  auto const from = pick<random_seed>(seed{}, policies...);
  auto const start = pick<kmeans_start>(kmeans_plus_plus{}, policies...);
  auto const again = pick<kmeans_restarts>(restarts{}, policies...);
  auto const with = pick<kmeans_instructions>(with_instructions{}, policies...);
  if (again.starts == 0) refuse("cxm::kmeans: restarts must be at least 1");
  if (all.size() == 0) return {};
  auto const setting = make_setting(all, ranges, with.set);
  constexpr bool given = std::is_same_v<decltype(start), given_centres const>;
  starts = given ? 1 : again.starts;
  clustering best;
  for (std::uint64_t number = 0; number < starts; ++number) {
    random_stream random(from, number);
    clustering found;
    if constexpr (given)
      found = one_clustering(setting, scaled_centres(start, scale, k, all.dimension()), random,
                             policies...);
    else
      found = one_clustering(setting, starting_centres(start, all, k, random), random, policies...);
    if (number == 0 || found.inertia < best.inertia) best = std::move(found);
  }
  return best;
}

/// Numbers the clusters by size, the largest first, those of one size by their centres.
inline void put_in_order(clustering& found, std::size_t dimension) {
  std::size_t const k = found.sizes.size();
  auto const centre = [&](std::size_t c) { return found.centres.data() + c * dimension; };
  std::vector<std::uint32_t> order(k);
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    if (found.sizes[a] != found.sizes[b]) return found.sizes[a] > found.sizes[b];
    return std::lexicographical_compare(centre(a), centre(a) + dimension, centre(b),
                                        centre(b) + dimension);
  });
  std::vector<double> centres;
  std::vector<std::uint64_t> sizes;
  std::vector<std::uint32_t> becomes(k);
  for (std::uint32_t place = 0; place < k; ++place) {
    becomes[order[place]] = place;
    sizes.push_back(found.sizes[order[place]]);
    centres.insert(centres.end(), centre(order[place]), centre(order[place]) + dimension);
  }
  for (auto& label : found.labels)
    if (label != no_segment) label = becomes[label];
  found.centres = std::move(centres);
  found.sizes = std::move(sizes);
}

template <class Table>
real_points points_of(Table const& table) {
  return {table.scaled().data(), table.rows(), table.recipe().size()};
}

/// Rows with a number that can't be a feature, in ascending order.
template <class Number>
std::vector<std::uint32_t> rows_without_features(basic_points<Number> const& given) {
  std::vector<std::uint32_t> rows;
  for (std::size_t i = 0; i < given.size(); ++i) {
    Number const* const row = given[i];
    bool good = true;
    for (std::size_t j = 0; j < given.dimension(); ++j)
      good = good && is_feature(static_cast<double>(row[j]));
    if (!good) rows.push_back(static_cast<std::uint32_t>(i));
  }
  return rows;
}

/// The rows but for some, and but for those of weight 0.
template <class Number>
basic_points<Number> kept_points(basic_points<Number> const& given,
                                 std::vector<double> const& weights,
                                 std::vector<std::uint32_t> const& without) {
  std::vector<std::uint32_t> kept;
  std::vector<double> of_kept;
  auto next = without.begin();
  for (std::uint32_t i = 0; i < given.size(); ++i) {
    bool const out = next != without.end() && *next == i;
    if (out) ++next;
    double const weight = weights.empty() ? 1 : weights[i];
    if (!(weight >= 0 && weight <= 0x1p53))
      refuse("cxm::kmeans: weights must be numbers from 0 to 2^53");
    if (out || weight == 0) continue;
    kept.push_back(i);
    if (!weights.empty()) of_kept.push_back(weight);
  }
  if (kept.empty()) return {given[0], std::size_t{0}, given.dimension()};
  return {given[0], std::move(kept), given.dimension(), std::move(of_kept)};
}

/// The labels of all that were given, those too who had no say: of the nearest centre.
template <class Number>
std::vector<std::uint32_t> labels_of_all(clustering& found, basic_points<Number> const& all,
                                         basic_points<Number> const& given) {
  if (all.size() == given.size()) return std::move(found.labels);
  if (found.sizes.empty()) return std::vector<std::uint32_t>(given.size(), no_segment);
  centre_table const centres(found.centres, all.dimension());
  std::vector<std::uint32_t> labels(given.size());
  std::size_t next = 0;
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (next < all.size() && all.source(next) == i) {
      labels[i] = found.labels[next++];
      continue;
    }
    std::vector<double> const row(given[i], given[i] + given.dimension());
    bool const numbers = std::all_of(row.begin(), row.end(), is_feature);
    labels[i] = numbers ? centres.nearest(row.data()) : no_segment;
  }
  return labels;
}

}  // namespace cxm::detail
