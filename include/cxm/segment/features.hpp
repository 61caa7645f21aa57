// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/core/unit.hpp>
#include <cxm/segment/feature_policies.hpp>
#include <cxm/segment/feature_recipe.hpp>

#include <Eigen/Core>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// The feature table: one row for each member (an event, a customer, a journey), one column for
/// each field: `features(journeys, cycle_time, contacts, zscore{})`. Members without a complete row
/// are left out and counted.

namespace cxm {

/// Rows of features; dynamic in both directions.
using feature_matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// Members that have no row, by the reason. Each is counted once.
struct members_left_out {
  std::uint64_t missing = 0;
  std::uint64_t not_finite = 0;  ///< infinite, not a number, or beyond ±1e140

  std::uint64_t total() const { return missing + not_finite; }
};

/// Features of members. Made by `features`.
template <class... Fields>
class feature_table {
 public:
  using recipe_type = feature_recipe<Fields...>;

  explicit feature_table(recipe_type recipe) : recipe_(std::move(recipe)) {
    if (recipe_.size() == 0) detail::refuse("cxm::features: needs at least one field");
  }

  /// The number of rows; members() = rows() + left_out().total().
  std::size_t rows() const { return member_of_.size(); }
  std::size_t members() const { return members_; }
  members_left_out const& left_out() const { return left_out_; }
  /// How many answers were missing and filled, by `fill_missing`.
  std::uint64_t filled() const { return filled_; }
  /// In what each feature is counted: seconds for durations, else just numbers. Empty for nobody.
  std::vector<unit> const& units() const { return units_; }
  /// The position, in the range that was given, of the member of a row.
  std::size_t member(std::size_t row) const { return member_of_[row]; }
  recipe_type const& recipe() const { return recipe_; }
  std::vector<std::string> const& names() const { return recipe_.names(); }
  /// Names of features that could not be scaled because their spread is 0. They are centred only.
  std::vector<std::string> const& without_spread() const { return without_spread_; }

  /// Rows in the units of the fields, durations in seconds. A view into the table.
  Eigen::Map<feature_matrix const> values() const { return map(values_); }
  /// Rows as they are clustered. A view into the table.
  Eigen::Map<feature_matrix const> scaled() const { return map(clustered()); }

  /// One entry for each member of the range: what `of_row` says of its row, empty for who has none.
  template <class Value>
  std::vector<std::optional<Value>> per_member(std::vector<Value> const& of_row) const {
    if (of_row.size() != rows()) detail::refuse("cxm::feature_table: needs one value for each row");
    std::vector<std::optional<Value>> spread(members_);
    for (std::size_t row = 0; row < rows(); ++row) spread[member_of_[row]] = of_row[row];
    return spread;
  }

  template <class In>
  void add(In const& in) {
    if (units_.empty()) units_ = recipe_.template units<In>();
    auto const size = values_.size();
    values_.resize(size + recipe_.size());
    switch (recipe_.read(in, values_.data() + size)) {
      case feature_row::complete:
        member_of_.push_back(members_);
        break;
      case feature_row::missing:
        ++left_out_.missing;
        break;
      case feature_row::not_finite:
        ++left_out_.not_finite;
        break;
    }
    values_.resize(member_of_.size() * recipe_.size());
    ++members_;
  }
  /// Learns, from all rows, what fills gaps, the limits and the scaling.
  template <class Scaling, class Missing>
  void learn(Scaling const& scaling, Missing const& missing) {
    bool const limited = recipe_.winsorised() > 0;
    for (std::size_t j = 0; j < recipe_.size() && rows() > 0; ++j) {
      if constexpr (!std::is_same_v<Missing, leave_out>) fill(j, missing);
      if constexpr (std::is_same_v<Scaling, unscaled>)
        if (!limited) continue;
      auto column = column_of(j);
      if (limited) {
        auto sorted = column;
        std::sort(sorted.begin(), sorted.end());
        recipe_.learn_limits(sorted);
        for (double& value : column)
          value = std::clamp(value, recipe_.lowest()[j], recipe_.highest()[j]);
      }
      if (!recipe_.learn(j, column, scaling)) without_spread_.push_back(names()[j]);
    }
    if (std::is_same_v<Scaling, unscaled> && !limited) return;
    scaled_ = values_;
    for (std::size_t i = 0; i < rows(); ++i) recipe_.scale(scaled_.data() + i * recipe_.size());
  }

 private:
  std::vector<double> column_of(std::size_t j) const {
    std::vector<double> column(rows());
    for (std::size_t i = 0; i < rows(); ++i) column[i] = values_[i * recipe_.size() + j];
    return column;
  }
  template <class Missing>
  void fill(std::size_t j, Missing const& missing) {
    auto given = column_of(j);
    std::erase_if(given, detail::is_to_be_filled);
    filled_ += rows() - given.size();
    recipe_.learn_fill(given.empty() ? 0.0 : missing(std::move(given)));
    for (std::size_t i = 0; i < rows(); ++i) {
      double& value = values_[i * recipe_.size() + j];
      if (detail::is_to_be_filled(value)) value = recipe_.fill()[j];
    }
  }
  std::vector<double> const& clustered() const { return scaled_.empty() ? values_ : scaled_; }
  Eigen::Map<feature_matrix const> map(std::vector<double> const& flat) const {
    return {flat.data(), static_cast<Eigen::Index>(rows()),
            static_cast<Eigen::Index>(recipe_.size())};
  }

  recipe_type recipe_;
  std::vector<double> values_;
  std::vector<double> scaled_;  // empty while nothing is scaled
  std::vector<std::size_t> member_of_;
  std::vector<std::string> without_spread_;
  std::vector<unit> units_;
  std::uint64_t filled_ = 0;
  std::size_t members_ = 0;
  members_left_out left_out_;
};

namespace detail {

/// A tuple of those arguments that are no policies.
template <class... Arguments>
constexpr auto only_fields(Arguments... arguments) {
  [[maybe_unused]] auto const keep = []<class Argument>(Argument argument) {
    if constexpr (policy<Argument>)
      return std::tuple<>();
    else
      return std::tuple<Argument>(std::move(argument));
  };
  return std::tuple_cat(keep(std::move(arguments))...);
}

/// The recipe that fields and an optional scaling, in any order, ask for.
template <class... Arguments>
auto make_recipe(Arguments... arguments) {
  constexpr std::size_t policies = (std::size_t{0} + ... + std::size_t{policy<Arguments>});
  static_assert(policies == answers_to<feature_scaling, Arguments...> +
                                answers_to<feature_gaps, Arguments...> +
                                answers_to<feature_limits, Arguments...> &&
                    no_question_twice<feature_scaling, feature_gaps,
                                      feature_limits>::template in<Arguments...>,
                "cxm::features: the only policies are the scaling, what fills gaps and winsorised, "
                "each once");
  static_assert(sizeof...(Arguments) > policies, "cxm::features: needs at least one field");
  auto const scaling = pick<feature_scaling>(unscaled{}, arguments...);
  auto const missing = pick<feature_gaps>(leave_out{}, arguments...);
  double const share = pick<feature_limits>(winsorised{0}, arguments...).share;
  if (!(share >= 0 && share < 0.5))
    refuse("cxm::winsorised: the share must be from 0 to below 0.5");
  return std::apply(
      [&]<class... Fields>(Fields... fields) {
        feature_recipe<Fields...> recipe(scaling.name(), std::move(fields)...);
        recipe.prepare(missing.name(), share);
        return recipe;
      },
      only_fields(std::move(arguments)...));
}

}  // namespace detail

/// The feature table of `members`, any range of events or of journeys, by fields; the scaling
/// policy
/// (`unscaled` by default, `zscore`, `robust`), what fills gaps (`leave_out` by default,
/// `fill_missing`) and `winsorised` may stand anywhere among them. Durations become
/// seconds, yes and no 1 and 0; enums need `ordinal`. At run time: `std::vector<column>` gives a
/// feature for each of its columns. O(members · features).
template <class Members, class... Arguments>
auto features(Members const& members, Arguments... arguments) {
  auto const scaling = detail::pick<feature_scaling>(unscaled{}, arguments...);
  auto const missing = detail::pick<feature_gaps>(leave_out{}, arguments...);
  auto recipe = detail::make_recipe(std::move(arguments)...);
  auto table = [&]<class... Fields>(feature_recipe<Fields...> made) {
    return feature_table<Fields...>(std::move(made));
  }(std::move(recipe));
  for (auto const& member : members) table.add(member);
  table.learn(scaling, missing);
  return table;
}

}  // namespace cxm
