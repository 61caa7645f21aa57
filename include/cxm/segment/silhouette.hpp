// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/core/rng.hpp>
#include <cxm/segment/detail/points.hpp>
#include <cxm/segment/features.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

/// \file
/// The silhouette: how much nearer members are to their own segment than to the next one
/// (P. Rousseeuw, 1987). With a = mean distance to the others of the own segment and b = the
/// smallest mean distance to another segment, s = (b - a) / max(a, b), from -1 to 1, and 0 for a
/// member that is alone. A mean below 0.25 says that there is no clear structure.

namespace cxm {

/// The question how many members a silhouette looks at.
struct silhouette_members;

/// The silhouette is exact for up to so many members; of more a random sample of so many is taken,
/// for the cost is quadratic. Default 5,000.
struct sample_above {
  using policy_kind = silhouette_members;
  std::size_t members = 5000;
};

/// Silhouettes of a segmentation.
struct silhouette_result {
  std::uint64_t n = 0;                    ///< members that were looked at
  bool sampled = false;                   ///< not all of them
  maybe<double> mean = reason::no_data;   ///< degenerate for fewer than two segments
  std::vector<maybe<double>> segments{};  ///< the mean of each segment
};

namespace detail {

/// The rows that a silhouette looks at, in canonical order; a draw without replacement where there
/// are too many (D. Knuth's algorithm S).
inline std::vector<std::uint32_t> silhouette_rows(real_points const& all, std::size_t most,
                                                  seed from) {
  if (all.size() <= most) return all.order();
  random_stream random(from, UINT64_MAX);
  std::vector<std::uint32_t> rows;
  for (std::size_t i = 0; i < all.size() && rows.size() < most; ++i)
    if (random.below(all.size() - i) < most - rows.size()) rows.push_back(all.order()[i]);
  return rows;
}

/// Sums of the distances from each of some rows to those of each segment.
class distance_sums {
 public:
  distance_sums(std::vector<std::uint32_t> const& labels, std::size_t k,
                std::vector<std::uint32_t> const& rows)
      : k_(k), sums_(rows.size() * k), count_(k) {
    for (auto const row : rows) label_.push_back(labels[row]);
    for (auto const label : label_) ++count_[label];
  }
  void add(std::size_t a, std::size_t b, double distance) {
    sums_[a * k_ + label_[b]] += distance;
    sums_[b * k_ + label_[a]] += distance;
  }
  silhouette_result result() const {
    silhouette_result found;
    found.n = label_.size();
    std::vector<double> total(k_);
    for (std::size_t i = 0; i < label_.size(); ++i) total[label_[i]] += width(i);
    double sum = 0;
    std::size_t present = 0;
    for (std::size_t c = 0; c < k_; ++c) {
      found.segments.emplace_back(reason::no_data);
      if (count_[c] == 0) continue;
      found.segments.back() = total[c] / static_cast<double>(count_[c]);
      sum += total[c];
      ++present;
    }
    if (present >= 2) {
      found.mean = sum / static_cast<double>(found.n);
    } else if (present == 1) {
      found.mean = reason::degenerate;
      found.segments.assign(k_, reason::degenerate);
    }
    return found;
  }

 private:
  double width(std::size_t row) const {
    double within = 0;
    double between = -1;
    for (std::size_t c = 0; c < k_; ++c) {
      if (count_[c] == 0) continue;
      auto const n = static_cast<double>(count_[c]);
      double const sum = sums_[row * k_ + c];
      if (c != label_[row]) {
        if (between < 0 || sum / n < between) between = sum / n;
      } else if (count_[c] == 1) {
        return 0;
      } else {
        within = sum / (n - 1);
      }
    }
    double const larger = std::max(within, between);
    return larger > 0 ? (between - within) / larger : 0;
  }

  std::size_t k_;
  std::vector<double> sums_;
  std::vector<std::size_t> count_;
  std::vector<std::uint32_t> label_;
};

/// Silhouettes of several segmentations of the same points: each distance is computed once.
inline std::vector<silhouette_result> silhouettes(real_points const& all,
                                                  std::vector<std::uint32_t> const& rows,
                                                  std::vector<distance_sums> sums) {
  for (std::size_t a = 0; a < rows.size(); ++a)
    for (std::size_t b = 0; b < a; ++b) {
      double const distance =
          std::sqrt(squared_distance(all[rows[a]], all[rows[b]], all.dimension()));
      for (auto& one : sums) one.add(a, b, distance);
    }
  std::vector<silhouette_result> found;
  for (auto const& one : sums) {
    found.push_back(one.result());
    found.back().sampled = rows.size() < all.size();
  }
  return found;
}

}  // namespace detail

/// The silhouette of the segmentation `labels` (one for each row, numbered from 0) of a table, as
/// clustered. Policies: `sample_above`, `seed`. O(n² · features) for n members looked at. Throws
/// `std::invalid_argument` for another number of labels than rows, or a label beyond their number.
template <class... Fields, class... Policies>
silhouette_result silhouette(feature_table<Fields...> const& table,
                             std::vector<std::uint32_t> const& labels, Policies... policies) {
  static_assert((detail::answers_one_of<Policies, random_seed, silhouette_members> && ...) &&
                    detail::no_question_twice<random_seed, silhouette_members>::in<Policies...>,
                "cxm::silhouette: takes sample_above and a seed, each once");
  if (labels.size() != table.rows())
    detail::refuse("cxm::silhouette: needs one label for each row; a loaded model has none");
  detail::real_points const all(table.scaled().data(), table.rows(), table.recipe().size());
  std::size_t k = 0;
  for (auto const label : labels) k = std::max<std::size_t>(k, label + std::size_t{1});
  if (k > labels.size()) detail::refuse("cxm::silhouette: more segments than rows");
  auto const most = detail::pick<silhouette_members>(sample_above{}, policies...).members;
  auto const rows =
      detail::silhouette_rows(all, most, detail::pick<random_seed>(seed{}, policies...));
  std::vector<detail::distance_sums> sums;
  sums.emplace_back(labels, k, rows);
  return detail::silhouettes(all, rows, std::move(sums)).front();
}

}  // namespace cxm
