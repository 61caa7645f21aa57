// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Privacy is a type. Whatever writes groups of people (tables, JSON, pictures, pages) takes a
/// `publishable` or a `published`, and only `publish` makes them: a table under its minimum n can't
/// be written.

#include <cxm/core/maybe.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace cxm {

namespace detail {
struct publisher;  // makes what may be published, and nobody else does
struct tabulator;
struct publisher_of_distributions;
struct publisher_of_flows;
struct publisher_of_profiles;
}  // namespace detail

/// One result that may be shown: its value, or `suppressed`.
template <class Result>
class published {
 public:
  using result_type = Result;
  maybe<Result> const& result() const { return result_; }
  bool withheld() const { return !result_.has_value(); }
  /// `function` of the result, still under its protection.
  template <class Function>
  auto transform(Function const& function) const {
    auto changed = result_.transform(function);
    return published<typename decltype(changed)::value_type>(std::move(changed));
  }

 private:
  friend struct detail::publisher;
  template <class Other>
  friend class published;
  explicit published(maybe<Result> result) : result_(std::move(result)) {}
  maybe<Result> result_;
};

/// A group as it may be shown: the texts of its key, and its result or `suppressed`.
template <class Result>
struct published_group {
  std::vector<std::string> key;
  maybe<Result> result = reason::suppressed;
};
/// The people of all groups that share one part of a key.
struct published_margin {
  std::string label;
  maybe<std::uint64_t> people;
};

/// Groups that may be shown. Made by `publish`.
template <class Result>
class publishable {
 public:
  using result_type = Result;
  using value_type = published_group<Result>;

  auto begin() const { return groups_.begin(); }
  auto end() const { return groups_.end(); }
  std::size_t size() const { return groups_.size(); }
  bool empty() const { return groups_.empty(); }
  /// What each part of the key is; empty texts for unnamed fields.
  std::vector<std::string> const& names() const { return names_; }
  /// How many groups are withheld.
  std::size_t withheld() const {
    return static_cast<std::size_t>(
        std::count_if(begin(), end(), [](auto const& one) { return !one.result.has_value(); }));
  }
  /// The fewest people of a group that is shown.
  std::uint64_t least() const { return least_; }
  /// The result of all groups together, where it was given.
  std::optional<maybe<Result>> const& total() const { return total_; }
  /// With two keys: the people by the first and by the second.
  std::vector<published_margin> const& rows() const { return rows_; }
  std::vector<published_margin> const& columns() const { return columns_; }

  /// The same groups with `function` of each result, as in
  /// `table.transform([](auto const& both) { return std::get<0>(both); })`.
  template <class Function>
  auto transform(Function const& function) const {
    using changed = std::decay_t<decltype(function(std::declval<Result const&>()))>;
    publishable<changed> table;
    for (auto const& one : groups_)
      table.groups_.push_back({one.key, one.result.transform(function)});
    if (total_) table.total_ = total_->transform(function);
    table.names_ = names_;
    table.rows_ = rows_;
    table.columns_ = columns_;
    table.least_ = least_;
    return table;
  }

 private:
  friend struct detail::publisher;
  template <class Other>
  friend class publishable;
  publishable() = default;

  std::vector<value_type> groups_;
  std::vector<std::string> names_;
  std::optional<maybe<Result>> total_;
  std::vector<published_margin> rows_, columns_;
  std::uint64_t least_ = 0;
};

namespace detail {

template <class Type>
inline constexpr bool is_publishable = false;
template <class Result>
inline constexpr bool is_publishable<publishable<Result>> = true;
template <class Type>
inline constexpr bool is_published = false;
template <class Result>
inline constexpr bool is_published<published<Result>> = true;

}  // namespace detail
}  // namespace cxm
