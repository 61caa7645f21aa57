// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/detail/box.hpp>
#include <cxm/core/field.hpp>
#include <cxm/core/unit.hpp>
#include <cxm/segment/scaling.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// The recipe by which an event or a journey becomes a row of features: its fields, and the scaling
/// that was learnt from the members. A model keeps it, so that members who come later are read and
/// scaled in the same way.

namespace cxm {

/// What became of a row.
enum class feature_row : std::uint8_t {
  complete,
  missing,    ///< a feature was not answered
  not_finite  ///< a feature is infinite, not a number, or beyond ±1e140, where squares overflow
};

namespace detail {

template <class Field>
inline constexpr bool many_fields = is_vector<Field>;

/// Calls `use(field)` for a field, or for each of a vector of fields.
template <class Field, class Use>
constexpr void each_field(Field const& field, Use&& use) {
  if constexpr (many_fields<Field>) {
    for (auto const& one : field) use(one);
  } else {
    use(field);
  }
}

/// Stands in a row for what will be filled when all members are known: a NaN of its own.
inline constexpr double to_be_filled = std::bit_cast<double>(std::uint64_t{0x7ff80000c3d1f111});
constexpr bool is_to_be_filled(double value) {
  return std::bit_cast<std::uint64_t>(value) == std::bit_cast<std::uint64_t>(to_be_filled);
}

/// The quantile of type 7, by operations that can't be contracted.
inline double quantile_of_sorted(std::vector<double> const& sorted, double share) {
  if (sorted.empty()) return 0;
  double const at = static_cast<double>(sorted.size() - 1) * share;
  auto const below = static_cast<std::size_t>(at);
  std::size_t const above = std::min(below + 1, sorted.size() - 1);
  return std::fma(at - static_cast<double>(below), sorted[above] - sorted[below], sorted[below]);
}

}  // namespace detail

/// How members are read and scaled. Made by `features`.
template <class... Fields>
class feature_recipe {
 public:
  static constexpr std::string_view type_name = "feature_recipe";
  /// A buffer for one row: on the stack where the number of features is known when compiling.
  using row_buffer = std::conditional_t<(detail::many_fields<Fields> || ...), std::vector<double>,
                                        std::array<double, sizeof...(Fields)>>;

  explicit feature_recipe(std::string_view scaling, Fields... fields)
      : scaling_(scaling), fields_(detail::box<Fields>(std::move(fields))...) {
    auto const add = [this](auto const& field) {
      auto const given = name_of(field);
      std::string name(given.empty() ? "feature_" : given);
      if (given.empty()) name.append(std::to_string(names_.size() + 1));
      names_.push_back(std::move(name));
    };
    std::apply([&](auto const&... field) { (detail::each_field(*field, add), ...); }, fields_);
    learnt_location_.assign(names_.size(), 0.0);
    learnt_spread_.assign(names_.size(), 1.0);
  }

  /// Says how gaps and far values are treated, before any member is read.
  void prepare(std::string_view missing, double winsorised) {
    missing_ = missing;
    winsorised_ = winsorised;
  }

  /// The number of features.
  std::size_t size() const { return names_.size(); }
  /// Their names; "feature_3" for the third field if it has none.
  std::vector<std::string> const& names() const { return names_; }
  std::string_view scaling() const { return scaling_; }
  std::string_view missing() const { return missing_; }
  /// What stands for an answer that is missing, and the limits of each feature; empty for none.
  std::vector<double> const& fill() const { return fill_; }
  std::vector<double> const& lowest() const { return lowest_; }
  std::vector<double> const& highest() const { return highest_; }
  std::vector<double> const& location() const { return learnt_location_; }
  std::vector<double> const& spread() const { return learnt_spread_; }

  /// In what each feature of an `In` is counted.
  template <class In>
  std::vector<unit> units() const {
    std::vector<unit> found;
    auto const see = [&](auto const& field) {
      using value = detail::answered_t<field_value<std::remove_cvref_t<decltype(field)>, In>>;
      found.push_back(detail::is_duration<value> ? unit::seconds : unit::number);
    };
    std::apply([&](auto const&... field) { (detail::each_field(*field, see), ...); }, fields_);
    return found;
  }
  /// An empty row.
  row_buffer buffer() const {
    row_buffer row{};
    if constexpr ((detail::many_fields<Fields> || ...)) row.resize(size());
    return row;
  }

  /// Reads the features of `in`, in their units, into `row`, which has room for them.
  template <class In>
  feature_row read(In const& in, double* row) const {
    feature_row status = feature_row::complete;
    std::size_t place = 0;
    auto const read_one = [&](auto const& field) {
      auto value = detail::read_feature(cxm::read(field, in));
      if (!value && !missing_.empty()) value = fill_.empty() ? detail::to_be_filled : fill_[place];
      ++place;
      if (!value)
        status = feature_row::missing;  // a row that has both counts as missing
      else if (!is_feature(*value) && !detail::is_to_be_filled(*value) &&
               status == feature_row::complete)
        status = feature_row::not_finite;
      *row++ = value.value_or(0);
    };
    std::apply([&](auto const&... field) { (detail::each_field(*field, read_one), ...); }, fields_);
    return status;
  }

  /// From units to what is clustered.
  void scale(double* row) const {
    for (std::size_t j = 0; j < lowest_.size(); ++j)
      row[j] = std::clamp(row[j], lowest_[j], highest_[j]);
    for (std::size_t j = 0; j < size(); ++j)
      row[j] = (row[j] - learnt_location_[j]) / learnt_spread_[j] + 0.0;
  }
  /// And back. A fused multiply-add by name, so that no compiler may choose to make one.
  void unscale(double* row) const {
    for (std::size_t j = 0; j < size(); ++j)
      row[j] = std::fma(row[j], learnt_spread_[j], learnt_location_[j]);
  }

  /// What stands for an answer to feature `j` that is missing; to be learnt in their order.
  void learn_fill(double value) { fill_.push_back(is_feature(value) ? value : 0.0); }
  /// Learns the limits of the next feature from its values in ascending order: the quantiles of
  /// type 7 at the share and at 1 - share.
  void learn_limits(std::vector<double> const& sorted) {
    lowest_.push_back(detail::quantile_of_sorted(sorted, winsorised_));
    highest_.push_back(detail::quantile_of_sorted(sorted, 1 - winsorised_));
  }
  double winsorised() const { return winsorised_; }

  /// Learns feature `j` from the values of all members. A feature without spread can't be divided
  /// by it: it is centred only, so one that is the same for everybody decides nothing. Returns
  /// false then.
  template <class Scaling>
  bool learn(std::size_t j, std::vector<double> const& values, Scaling const& scaling) {
    auto [location, spread] = scaling(values);
    double furthest = 0;
    for (double const value : values) furthest = std::max(furthest, std::fabs(value - location));
    bool const usable = spread > 0 && is_feature(furthest / spread);
    learnt_location_[j] = location;
    learnt_spread_[j] = usable ? spread : 1.0;
    return usable;
  }

  static constexpr void describe(auto& self, auto& visit) {
    for (auto const& name : self.names_) visit.policy("feature", name);
    visit.policy("scaling", self.scaling_);
    visit.policy("missing", self.missing_);
    visit.policy("winsorised", self.winsorised_);
    visit.state("fill", self.fill_);
    visit.state("lowest", self.lowest_);
    visit.state("highest", self.highest_);
    visit.state("location", self.learnt_location_);
    visit.state("spread", self.learnt_spread_);
  }
  bool valid() const {
    auto const positive = [](double one) { return one > 0 && detail::is_finite(one); };
    auto const whole = [this](std::vector<double> const& some) {
      return (some.empty() || some.size() == size()) &&
             std::all_of(some.begin(), some.end(), is_feature);
    };
    if (!whole(fill_) || !whole(lowest_) || highest_.size() != lowest_.size()) return false;
    for (std::size_t j = 0; j < lowest_.size(); ++j)
      if (!is_feature(highest_[j]) || !(lowest_[j] <= highest_[j])) return false;
    return learnt_location_.size() == size() && learnt_spread_.size() == size() &&
           std::all_of(learnt_location_.begin(), learnt_location_.end(), is_feature) &&
           std::all_of(learnt_spread_.begin(), learnt_spread_.end(), positive);
  }

 private:
  std::string scaling_;
  std::string missing_;  // empty: members with gaps have no row
  double winsorised_ = 0;
  std::tuple<detail::box<Fields>...> fields_;
  std::vector<std::string> names_;
  std::vector<double> fill_;              // empty while nothing is filled or learnt
  std::vector<double> lowest_, highest_;  // empty where nothing is limited
  std::vector<double> learnt_location_;
  std::vector<double> learnt_spread_;
};

}  // namespace cxm
