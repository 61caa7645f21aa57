// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/segment/segment_model.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// Assigning customers who come later: the nearest segment, how clear that is, and "unlike any" for
/// who is farther out than nearly all of those it was learnt from. The model never changes by it.

namespace cxm {

enum class assignment_outcome : std::uint8_t {
  assigned,
  unlike_any,  ///< beyond the fence of the nearest segment
  incomplete   ///< a feature is missing or not finite
};

struct assignment {
  assignment_outcome outcome = assignment_outcome::incomplete;
  std::optional<std::uint32_t> nearest{};    ///< also of who is unlike any
  maybe<double> distance = reason::no_data;  ///< to its centre, as clustered
  /// 1 − distance / that of the second nearest: 0 on the border, 1 at the centre.
  maybe<double> margin = reason::no_data;
  /// Of each segment, by 1 / distance² (fuzzy c-means with exponent 2, J. Bezdek, 1981); sum 1.
  std::vector<double> membership{};
};

/// Says that 99 % of the members of each segment are within its fence.
struct fence_share {
  double share = 0.99;
};

/// A model with fences. A field: who is unlike any has no segment. Made by `fenced`.
template <class... Fields>
class fenced_model {
 public:
  static constexpr std::string_view type_name = "fenced_segments";
  static constexpr std::uint16_t schema = 1;

  explicit fenced_model(segment_model<Fields...> model, std::vector<double> fences = {})
      : model_(std::move(model)), fences_(std::move(fences)) {}

  segment_model<Fields...> const& model() const { return model_; }
  std::size_t size() const { return model_.size(); }
  /// The farthest that a member may be from each centre, as clustered.
  std::vector<double> const& fences() const { return fences_; }

  /// O(segments · features).
  template <class In>
  assignment assign(In const& in) const {
    auto row = model_.recipe().buffer();
    auto const label = model_(in);
    if (!label || model_.recipe().read(in, row.data()) != feature_row::complete) return {};
    model_.recipe().scale(row.data());
    assignment found;
    found.nearest = *label;
    auto const far = distances(row.data());
    found.distance = far[*label];
    double second = -1, sum = 0;
    for (std::size_t c = 0; c < far.size(); ++c)
      if (c != *label && (second < 0 || far[c] < second)) second = far[c];
    if (second > 0)
      found.margin = 1 - std::min(1.0, far[*label] / second);
    else
      found.margin = reason::degenerate;  // there is no second
    for (double const one : far) {
      // Relative to the nearest, so that nothing overflows; at a centre that one has all.
      double const times = far[*label] > 0 ? far[*label] / one : one > 0 ? 0 : 1;
      found.membership.push_back(times * times);
      sum += times * times;
    }
    for (double& one : found.membership) one /= sum;
    found.outcome = far[*label] <= fences_[*label] ? assignment_outcome::assigned
                                                   : assignment_outcome::unlike_any;
    return found;
  }
  template <class In>
  std::optional<std::uint32_t> operator()(In const& in) const {
    auto const found = assign(in);
    if (found.outcome != assignment_outcome::assigned) return std::nullopt;
    return found.nearest;
  }
  std::string_view name() const { return model_.name(); }

  static constexpr void describe(auto& self, auto& visit) {
    visit.state("model", self.model_);
    visit.state("fences", self.fences_);
  }
  bool valid() const {
    return model_.valid() && fences_.size() == model_.size() &&
           std::all_of(fences_.begin(), fences_.end(),
                       [](double one) { return one >= 0 && detail::is_finite(one); });
  }

  std::vector<double> distances(double const* row) const {
    auto const centres = model_.centres();
    std::vector<double> far(model_.size());
    for (std::size_t c = 0; c < far.size(); ++c) {
      double sum = 0;
      for (Eigen::Index j = 0; j < centres.cols(); ++j) {
        double const difference = row[j] - centres(static_cast<Eigen::Index>(c), j);
        sum += difference * difference;
      }
      far[c] = std::sqrt(sum);
    }
    return far;
  }

 private:
  segment_model<Fields...> model_;
  std::vector<double> fences_;
};

/// `model`, which was fitted to `table`, with a fence for each segment: the distance within which
/// the share of its members lies, that of a member (nearest rank).
template <class... Fields>
fenced_model<Fields...> fenced(segment_model<Fields...> model,
                               feature_table<Fields...> const& table, fence_share within = {}) {
  if (!(within.share > 0) || within.share > 1)
    detail::refuse("cxm::fenced: the share within a fence is above 0 and at most 1");
  if (model.labels().size() != table.rows())
    detail::refuse("cxm::fenced: the model must be fitted to this table");
  fenced_model<Fields...> const bare(model);
  std::vector<std::vector<double>> far(model.size());
  std::vector<double> fences;
  for (std::size_t i = 0; i < table.rows(); ++i) {
    auto const label = model.labels()[i];
    far[label].push_back(bare.distances(table.scaled().data() + i * table.recipe().size())[label]);
  }
  for (auto& one : far) {
    std::sort(one.begin(), one.end());
    auto const rank =
        static_cast<std::size_t>(std::ceil(within.share * static_cast<double>(one.size()) - 1e-9));
    fences.push_back(one.empty() ? 0 : one[std::max<std::size_t>(rank, 1) - 1]);
  }
  return fenced_model<Fields...>(std::move(model), std::move(fences));
}

}  // namespace cxm
