// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/codec.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/hash.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/core/save.hpp>
#include <cxm/segment/detail/centre_table.hpp>
#include <cxm/segment/features.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// A fitted segment model: the recipe of its features, the centres, and how the fit went. It is a
/// field, so `by(model, on(last(&contact::recommend), nps()))` scores each segment, and it can be
/// saved and loaded into `segment_plan(field…)`, to assign customers in another program.

namespace cxm {

/// How a fit went.
struct fit_summary {
  static constexpr std::string_view type_name = "fit_summary";
  std::uint64_t asked = 0;   ///< the number of segments that was asked for
  std::uint64_t rounds = 0;  ///< of the best start
  std::uint64_t starts = 0;
  bool converged = false;              ///< false: stopped while labels still changed
  double inertia = 0;                  ///< sum of squared distances to the centres, as clustered
  std::vector<std::uint64_t> sizes{};  ///< members of each segment

  static constexpr void describe(auto& self, auto& visit) {
    visit.state("asked", self.asked);
    visit.state("rounds", self.rounds);
    visit.state("starts", self.starts);
    visit.state("converged", self.converged);
    visit.state("inertia", self.inertia);
    visit.state("sizes", self.sizes);
  }
  bool valid() const { return detail::is_finite(inertia) && inertia >= 0; }
};

/// Segments by the nearest of some centres. Segments are numbered from 0 by size, the largest
/// first, those of one size by their centres in lexicographic order. Made by `kmeans` and
/// `segment_plan`.
template <class... Fields>
class segment_model {
 public:
  static constexpr std::string_view type_name = "segment_model";
  static constexpr std::uint16_t schema = 2;  // 2: what fills gaps, and limits
  using label = std::uint32_t;

  explicit segment_model(feature_recipe<Fields...> recipe) : recipe_(std::move(recipe)) {
    rename();
  }
  segment_model(feature_recipe<Fields...> recipe, std::vector<double> centres, fit_summary fit,
                std::vector<label> labels)
      : recipe_(std::move(recipe)),
        centres_(std::move(centres), recipe_.size()),
        fit_(std::move(fit)),
        labels_(std::make_shared<std::vector<label> const>(std::move(labels))) {
    rename();
  }

  /// The number of segments: fewer than asked for where there are fewer different members; 0 for a
  /// fit without members and for a plan that nothing was loaded into.
  std::size_t size() const { return centres_.size(); }
  std::uint64_t asked() const { return fit_.asked; }
  std::vector<std::uint64_t> const& sizes() const { return fit_.sizes; }
  std::uint64_t rounds() const { return fit_.rounds; }
  std::uint64_t starts() const { return fit_.starts; }
  bool converged() const { return fit_.converged; }
  /// The sum of the squared distances of all members to the centre of their segment, as clustered.
  maybe<double> inertia() const {
    if (size() == 0) return reason::no_data;
    return fit_.inertia;
  }
  feature_recipe<Fields...> const& recipe() const { return recipe_; }

  /// The centres as they were clustered, one a row. A view into the model.
  Eigen::Map<feature_matrix const> centres() const { return matrix(centres_.flat()); }
  /// The centres in the units of the fields, durations in seconds.
  feature_matrix centres_in_units() const {
    auto flat = centres_.flat();
    for (std::size_t c = 0; c < size(); ++c) recipe_.unscale(flat.data() + c * recipe_.size());
    return matrix(flat);
  }
  /// The segment of each row of the table that was fitted; empty for a loaded model.
  std::vector<label> const& labels() const {
    static std::vector<label> const nobody;
    return labels_ ? *labels_ : nobody;
  }

  /// The segment of an event or a journey: that of the exactly nearest centre, of equally near ones
  /// that whose coordinates come first. Empty where a feature is missing or not finite.
  /// O(segments · features).
  template <class In>
  std::optional<label> operator()(In const& in) const {
    auto row = recipe_.buffer();
    if (size() == 0 || recipe_.read(in, row.data()) != feature_row::complete) return std::nullopt;
    recipe_.scale(row.data());
    return centres_.nearest(row.data());
  }

  /// "segments" with a hash of the model, so that states grouped by different models don't merge or
  /// load as one another. `field<"need">(model)` gives it a name of your own.
  std::string_view name() const { return name_; }

  static constexpr void describe(auto& self, auto& visit) {
    visit.state("recipe", self.recipe_);
    visit.state("centres", self.centres_);
    visit.state("fit", self.fit_);
    if constexpr (requires { self.was_loaded(); }) self.was_loaded();
  }
  bool valid() const {
    bool const none = centres_.size() == 0;
    return recipe_.valid() && (none || centres_.dimension() == recipe_.size()) &&
           fit_.sizes.size() == centres_.size() &&
           std::find(fit_.sizes.begin(), fit_.sizes.end(), 0U) == fit_.sizes.end();
  }

 private:
  Eigen::Map<feature_matrix const> matrix(std::vector<double> const& flat) const {
    return {flat.data(), static_cast<Eigen::Index>(size()),
            static_cast<Eigen::Index>(recipe_.size())};
  }
  void was_loaded() {
    labels_.reset();
    rename();
  }
  void rename() {
    detail::byte_writer out;
    detail::encode(out, recipe_);
    detail::encode(out, centres_);
    detail::word_hash hash;
    hash.add(std::string_view(reinterpret_cast<char const*>(out.bytes.data()), out.bytes.size()));
    name_ = "segments#";
    for (int shift = 28; shift >= 0; shift -= 4)
      name_ += "0123456789abcdef"[hash.value() >> shift & 15];
  }

  feature_recipe<Fields...> recipe_;
  detail::centre_table centres_;
  fit_summary fit_;
  std::shared_ptr<std::vector<label> const> labels_;  // copies of the model share them
  std::string name_;
};

/// A model without segments, to load a saved one into: give the same fields and scaling as those
/// that were fitted, `load(segment_plan(cycle_time, contacts, zscore{}), bytes)`. Features are told
/// apart by their names.
template <class... Arguments>
auto segment_plan(Arguments... arguments) {
  return []<class... Fields>(feature_recipe<Fields...> recipe) {
    return segment_model<Fields...>(std::move(recipe));
  }(detail::make_recipe(std::move(arguments)...));
}

}  // namespace cxm
