// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/exact_sum.hpp>
#include <cxm/segment/clustering.hpp>
#include <cxm/segment/detail/centre_table.hpp>
#include <cxm/segment/detail/hamerly_bounds.hpp>
#include <cxm/segment/detail/member_sums.hpp>
#include <cxm/segment/detail/points.hpp>
#include <cxm/segment/detail/tile_labels.hpp>
#include <cxm/segment/kmeans_policies.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// The rounds of k-means: every member to its exactly nearest centre, every centre to the mean of
/// its members. The sums behind the means are exact, so after the first round only members that
/// move cost anything, and parts of the members can be labelled apart.

namespace cxm::detail {

/// What does not change from start to start.
template <class Number>
struct kmeans_setting {
  basic_points<Number> const& all;
  column_ranges<Number> ranges;
  fixed_point form;
  row_frame<Number> frame;
  nearest_kernel kernel;
};

/// The mean of some rows spread over the data: near enough to the middle.
template <class Number>
std::vector<Number> rough_middle(basic_points<Number> const& all) {
  std::size_t const step = all.size() / 1024 + 1;
  std::vector<double> sums(all.dimension());
  std::size_t count = 0;
  for (std::size_t i = 0; i < all.size(); i += step, ++count)
    for (std::size_t j = 0; j < sums.size(); ++j) sums[j] += static_cast<double>(all[i][j]);
  std::vector<Number> middle;
  for (double const sum : sums)
    middle.push_back(
        static_cast<Number>(sum / static_cast<double>(std::max<std::size_t>(count, 1))));
  return middle;
}

template <class Number>
kmeans_setting<Number> make_setting(basic_points<Number> const& all,
                                    column_ranges<Number> const& ranges,
                                    instruction_set instructions) {
  return {all, ranges, fixed_point(ranges, all.dimension(), all.size()),
          row_frame<Number>(ranges, rough_middle(all)), kernel_for(instructions)};
}

template <class Number, class Sums, class Work>
class kmeans_rounds {
 public:
  kmeans_rounds(kmeans_setting<Number> const& setting, std::vector<double> centres, bool bounded,
                Work const& work)
      : setting_(setting),
        points_(setting.all),
        centres_(std::move(centres), points_.dimension()),
        nearest_(points_, setting.frame, setting.kernel),
        labels_(points_.size(), no_segment),
        sums_(setting.form, centres_.size(), points_.dimension()),
        bounded_(bounded),
        bounds_(bounded ? points_.size() : 0, centres_.size()),
        work_(work) {}

  template <class Stop, class Empty>
  clustering run(Stop const& stop, Empty const& empty) && {
    for (kmeans_progress now{1, 0, points_.size()};; ++now.round) {
      now.changed = assign();
      if (stop(now)) return std::move(*this).result(now);
      treat_empty(empty);
      move_centres();
    }
  }

 private:
  /// One part of the members, in one round.
  struct part {
    Sums sums;
    tile_memory memory{};
    std::vector<std::uint32_t> rows{};
    std::size_t changed = 0;
  };

  std::size_t parts() const {
    std::size_t const most = points_.size() / 4096 + 1;  // less is not worth a thread
    return std::clamp<std::size_t>(work_.parts(), 1, most);
  }
  /// Where part `i` of `count` begins.
  std::size_t begin_of(std::size_t i, std::size_t count) const {
    return i == count ? points_.size() : points_.size() / count * i;
  }

  /// Labels all members anew; gives the number of those whose label changed.
  std::size_t assign() {
    nearest_.look_at(centres_);
    std::size_t const count = parts();
    std::vector<part> all(count, part{Sums(setting_.form, sums_.sizes().size(),
                                           count > 1 ? points_.dimension() : 0)});
    work_.run(count, [&](std::size_t i) {
      assign_part(begin_of(i, count), begin_of(i + 1, count), all[i],
                  count > 1 ? all[i].sums : sums_);
    });
    std::size_t changed = 0;
    for (auto& one : all) {
      if (count > 1) sums_.take(one.sums);
      changed += one.changed;
    }
    return changed;
  }
  void assign_part(std::size_t first, std::size_t last, part& mine, Sums& sums) {
    std::size_t const block = nearest_.block();
    mine.rows.resize(block);
    while (first < last) {
      std::size_t count = 0;
      for (; first < last && count < block; ++first) {
        mine.rows[count] = static_cast<std::uint32_t>(first);
        if (bounded_)
          count += labels_[first] == no_segment || !bounds_.holds(first, labels_[first]) ? 1 : 0;
        else
          ++count;
      }
      nearest_(mine.rows.data(), count, mine.memory,
               [&](std::size_t at, std::size_t here, nearest_answer const& answer,
                   std::uint32_t undecided) {
                 take(mine.rows.data() + at, here, answer, undecided, mine, sums);
               });
    }
  }
  void take(std::uint32_t const* rows, std::size_t count, nearest_answer const& answer,
            std::uint32_t undecided, part& mine, Sums& sums) {
    if (!bounded_) {
      if (std::memcmp(labels_.data() + rows[0], answer.label, count * sizeof(answer.label[0])) == 0)
        return;
    }
    for (std::size_t r = 0; r < count; ++r) {
      std::uint32_t const row = rows[r], label = answer.label[r];
      if (bounded_) {
        if ((undecided >> r & 1) == 0)
          bounds_.keep(row, label, answer, r, nearest_.packed());
        else
          bounds_.forget(row);
      }
      if (label == labels_[row]) continue;
      relabel(row, label, sums);
      ++mine.changed;
    }
  }
  void relabel(std::size_t row, std::uint32_t label, Sums& sums) {
    if (labels_[row] == no_segment)
      sums.add(points_[row], label, points_.weight(row));
    else
      sums.move(points_[row], labels_[row], label, points_.weight(row));
    labels_[row] = label;
  }

  void move_centres() {
    std::size_t const d = points_.dimension(), k = centres_.size();
    std::vector<double> flat(k * d);
    for (std::size_t c = 0; c < k; ++c)
      for (std::size_t j = 0; j < d; ++j) flat[c * d + j] = sums_.mean(c, j);
    centre_table moved(std::move(flat), d);
    if (bounded_) bounds_.move(centres_, moved, setting_.frame.scale());
    centres_ = std::move(moved);
  }

  template <class Empty>
  void treat_empty(Empty const&) {
    if constexpr (std::is_same_v<Empty, reseed_farthest>) {
      for (std::size_t c = 0; c < centres_.size(); ++c)
        if (sums_.sizes()[c] == 0) take_farthest(static_cast<std::uint32_t>(c));
    } else {
      static_assert(
          std::is_same_v<Empty, drop_empty>,
          "cxm::kmeans: an empty cluster can be treated by reseed_farthest or drop_empty");
    }
    drop();
  }
  /// Of several equally far members the first in canonical order moves. If all sit on their
  /// centres, none does, and the cluster will be dropped.
  void take_farthest(std::uint32_t cluster) {
    double farthest = 0;
    std::size_t at = points_.size();
    for (auto const row : points_.order()) {
      if (sums_.sizes()[labels_[row]] < 2) continue;
      double const distance =
          squared_distance(points_[row], centres_[labels_[row]], points_.dimension());
      if (distance > farthest) {
        farthest = distance;
        at = row;
      }
    }
    if (at == points_.size()) return;
    relabel(at, cluster, sums_);
    if (bounded_) bounds_.forget(at);
  }
  /// Forgets the clusters without members.
  void drop() {
    std::size_t const d = points_.dimension(), k = centres_.size();
    std::vector<std::uint32_t> becomes(k);
    std::vector<double> flat;
    std::uint32_t kept = 0;
    for (std::size_t c = 0; c < k; ++c) {
      becomes[c] = kept;
      if (sums_.sizes()[c] == 0) continue;
      flat.insert(flat.end(), centres_[c], centres_[c] + d);
      sums_.rename(c, kept);
      bounds_.rename(c, kept);
      ++kept;
    }
    if (kept == k) return;
    sums_.resize(kept);
    for (auto& label : labels_) label = becomes[label];
    centres_ = centre_table(std::move(flat), d);
  }

  clustering result(kmeans_progress const& now) && {
    drop();
    clustering found;
    found.inertia = inertia();
    found.centres = centres_.flat();
    found.sizes = std::move(sums_.sizes());
    found.labels = std::move(labels_);
    found.rounds = now.round;
    found.converged = now.changed == 0;
    return found;
  }
  double inertia() const {
    using sum_type = std::conditional_t<std::is_same_v<Sums, weighted_member_sums<Number>>,
                                        exact_product_sum, exact_sum>;
    std::size_t const count = parts(), d = points_.dimension();
    std::vector<sum_type> sums(count);
    work_.run(count, [&](std::size_t i) {
      auto const distance = fast_distance<Number>();
      for (std::size_t row = begin_of(i, count); row < begin_of(i + 1, count); ++row) {
        double const square = distance(points_[row], centres_[labels_[row]], d);
        if constexpr (std::is_same_v<sum_type, exact_sum>)
          sums[i].add(square);
        else
          sums[i].add_product(square, points_.weight(row));
      }
    });
    for (std::size_t i = 1; i < count; ++i) sums[0].merge(sums[i]);
    return *sums[0].value();
  }

  kmeans_setting<Number> const& setting_;
  basic_points<Number> const& points_;
  centre_table centres_;
  tile_labels<Number> nearest_;
  std::vector<std::uint32_t> labels_;
  Sums sums_;
  bool bounded_;  // whether members that surely stay are skipped
  hamerly_bounds bounds_;
  Work const& work_;
};

}  // namespace cxm::detail
