// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/detail/box.hpp>
#include <cxm/core/field.hpp>
#include <cxm/segment/scaling.hpp>

#include <algorithm>
#include <array>
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

  /// The number of features.
  std::size_t size() const { return names_.size(); }
  /// Their names; "feature_3" for the third field if it has none.
  std::vector<std::string> const& names() const { return names_; }
  std::string_view scaling() const { return scaling_; }
  std::vector<double> const& location() const { return learnt_location_; }
  std::vector<double> const& spread() const { return learnt_spread_; }

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
    auto const read_one = [&](auto const& field) {
      auto const value = detail::read_feature(cxm::read(field, in));
      if (!value)
        status = feature_row::missing;  // a row that has both counts as missing
      else if (!is_feature(*value) && status == feature_row::complete)
        status = feature_row::not_finite;
      *row++ = value.value_or(0);
    };
    std::apply([&](auto const&... field) { (detail::each_field(*field, read_one), ...); }, fields_);
    return status;
  }

  /// From units to what is clustered.
  void scale(double* row) const {
    for (std::size_t j = 0; j < size(); ++j)
      row[j] = (row[j] - learnt_location_[j]) / learnt_spread_[j] + 0.0;
  }
  /// And back. A fused multiply-add by name, so that no compiler may choose to make one.
  void unscale(double* row) const {
    for (std::size_t j = 0; j < size(); ++j)
      row[j] = std::fma(row[j], learnt_spread_[j], learnt_location_[j]);
  }

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
    visit.state("location", self.learnt_location_);
    visit.state("spread", self.learnt_spread_);
  }
  bool valid() const {
    auto const positive = [](double one) { return one > 0 && detail::is_finite(one); };
    return learnt_location_.size() == size() && learnt_spread_.size() == size() &&
           std::all_of(learnt_location_.begin(), learnt_location_.end(), is_feature) &&
           std::all_of(learnt_spread_.begin(), learnt_spread_.end(), positive);
  }

 private:
  std::string scaling_;
  std::tuple<detail::box<Fields>...> fields_;
  std::vector<std::string> names_;
  std::vector<double> learnt_location_;
  std::vector<double> learnt_spread_;
};

}  // namespace cxm
