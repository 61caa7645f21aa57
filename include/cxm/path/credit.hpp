// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/exact_sum.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/path/path_table.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// Which touchpoints deserve the credit for an outcome: `credit(paths, linear_touch{})`. A rule
/// says how one conversion is shared among the steps of its path; first, last, linear, U- and
/// W-shaped come with the library, and anything with the same call is one of your own. Credits add
/// up to the conversions. Models that look at all paths together are in removal_effect.hpp and
/// shapley.hpp, the one that looks at times in time_decay.hpp.

namespace cxm {

/// What one touchpoint deserves.
template <class Touchpoint>
struct credited {
  Touchpoint touchpoint;
  double credit = 0;                               ///< conversions
  maybe<double> value = reason::no_data;           ///< of them; no_data where no value was read
  maybe<double> removal_effect = reason::no_data;  ///< under a chain: the share of conversions lost
};

/// The credit of every touchpoint, in their order. Nothing is missing: the credits and
/// `unattributed` together are the conversions.
template <class Touchpoint>
struct credit_summary {
  std::vector<credited<Touchpoint>> touchpoints;
  std::uint64_t conversions = 0;
  std::uint64_t nulls = 0;
  maybe<double> value = reason::no_data;
  /// Conversions that no touchpoint of a known path can have the credit for.
  std::uint64_t unattributed = 0;
  maybe<double> conversion_probability = reason::no_data;  ///< of the chain

  /// The entry of one touchpoint, or null. O(touchpoints).
  credited<Touchpoint> const* find(Touchpoint const& wanted) const {
    for (auto const& one : touchpoints)
      if (one.touchpoint == wanted) return &one;
    return nullptr;
  }
};

/// All to the touchpoint that a journey began with.
struct first_touch {
  static constexpr std::string_view name = "first";
  void operator()(std::span<std::uint32_t const>, std::span<double> shares) const {
    shares.front() = 1;
  }
};
/// All to the last one.
struct last_touch {
  static constexpr std::string_view name = "last";
  void operator()(std::span<std::uint32_t const>, std::span<double> shares) const {
    shares.back() = 1;
  }
};
/// The same to every step; a touchpoint that was met twice gets two parts.
struct linear_touch {
  static constexpr std::string_view name = "linear";
  void operator()(std::span<std::uint32_t const>, std::span<double> shares) const {
    for (double& one : shares) one = 1 / static_cast<double>(shares.size());
  }
};
/// So much to the first and the last step, the rest to those between in equal parts. One step has
/// all; two share the rest evenly: 40/20/40 gives two steps half each.
struct u_shaped {
  static constexpr std::string_view name = "position";
  double first = 0.4;
  double last = 0.4;
  void operator()(std::span<std::uint32_t const>, std::span<double> shares) const {
    double const rest = 1 - first - last;
    auto const k = shares.size();
    if (k == 1) {
      shares[0] = 1;
    } else if (k == 2) {
      shares[0] = first + rest / 2;
      shares[1] = last + rest / 2;
    } else {
      for (double& one : shares) one = rest / static_cast<double>(k - 2);
      shares.front() = first;
      shares.back() = last;
    }
  }
};

namespace detail {

/// The number of a touchpoint, or one that no touchpoint has.
template <class Touchpoint, class Wanted>
std::uint32_t path_number(std::vector<Touchpoint> const& touchpoints, Wanted const& wanted) {
  for (std::size_t i = 0; i < touchpoints.size(); ++i)
    if (touchpoints[i] == wanted) return static_cast<std::uint32_t>(i);
  return UINT32_MAX;
}

}  // namespace detail

/// All to the last touchpoint that is none of those named, such as a direct visit; to the last one
/// where there is no other. `last_touch_but{direct}`.
template <class Touchpoint>
struct last_touch_but {
  static constexpr std::string_view name = "last non-direct";
  Touchpoint direct;
  explicit last_touch_but(Touchpoint of) : direct(std::move(of)) {}

  auto for_touchpoints(auto const& touchpoints) const {
    return [is = detail::path_number(touchpoints, direct)](std::span<std::uint32_t const> steps,
                                                           std::span<double> shares) {
      std::size_t i = steps.size();
      while (i > 0 && steps[i - 1] == is) --i;
      shares[i == 0 ? steps.size() - 1 : i - 1] = 1;
    };
  }
};

/// 30 % each to the first step, to the milestone (where it is first met between them) and to the
/// last step, 10 % to the others in equal parts. Without a milestone between, 40/20/40. Where there
/// are no others, the three have a third each. `w_shaped{signed_up}`.
template <class Touchpoint>
struct w_shaped {
  static constexpr std::string_view name = "w-shaped";
  Touchpoint milestone;
  explicit w_shaped(Touchpoint of) : milestone(std::move(of)) {}

  auto for_touchpoints(auto const& touchpoints) const {
    return [is = detail::path_number(touchpoints, milestone)](std::span<std::uint32_t const> steps,
                                                              std::span<double> shares) {
      std::size_t middle = 1;
      while (middle + 1 < steps.size() && steps[middle] != is) ++middle;
      if (middle + 1 >= steps.size()) return u_shaped{}(steps, shares);
      auto const others = static_cast<double>(steps.size() - 3);
      for (double& one : shares) one = others > 0 ? 0.1 / others : 0;
      double const each = others > 0 ? 0.3 : 1.0 / 3;
      shares.front() = shares[middle] = shares.back() = each;
    };
  }
};

namespace detail {

/// Credits that are summed without rounding: they do not depend on the order of the paths.
class credit_sums {
 public:
  explicit credit_sums(std::size_t touchpoints) : credit_(touchpoints), value_(touchpoints) {}

  void add(std::uint32_t touchpoint, double share, outcome_summary const& of) {
    credit_[touchpoint].add(share * static_cast<double>(of.conversions));
    if (of.valued) value_[touchpoint].add(share * of.value);
  }
  double credit(std::size_t touchpoint) const { return *credit_[touchpoint].value(); }
  maybe<double> value(std::size_t touchpoint) const { return value_[touchpoint].value(); }

 private:
  std::vector<exact_sum> credit_;
  std::vector<exact_sum> value_;
};

/// A summary whose touchpoints have no credit yet.
template <class Touchpoint>
credit_summary<Touchpoint> without_credit(path_table<Touchpoint> const& paths) {
  credit_summary<Touchpoint> found;
  auto const& total = paths.total();
  found.conversions = total.conversions;
  found.nulls = total.nulls;
  if (total.valued) found.value = total.value;
  found.unattributed = paths.beyond().conversions;
  for (std::size_t i = 0; i < paths.size(); ++i)
    if (paths[i].path.empty()) found.unattributed += paths[i].outcome.conversions;
  for (auto const& one : paths.touchpoints())
    found.touchpoints.push_back({one, 0, reason::no_data, reason::no_data});
  return found;
}

template <class Touchpoint>
credit_summary<Touchpoint> with_credit(path_table<Touchpoint> const& paths,
                                       credit_sums const& sums) {
  auto found = without_credit(paths);
  for (std::size_t i = 0; i < found.touchpoints.size(); ++i) {
    found.touchpoints[i].credit = sums.credit(i);
    if (paths.total().valued) found.touchpoints[i].value = sums.value(i);
  }
  return found;
}

template <class Rule, class Touchpoint>
auto rule_for(Rule const& rule, std::vector<Touchpoint> const& touchpoints) {
  if constexpr (requires { rule.for_touchpoints(touchpoints); })
    return rule.for_touchpoints(touchpoints);
  else
    return rule;
}

}  // namespace detail

/// Shares each conversion and its value among the steps of its path by `rule`, which is called with
/// the numbers of the touchpoints and as many zeros, to be replaced by shares that add up to 1; or
/// makes what is called so by `for_touchpoints(touchpoints)`. O(steps).
template <class Touchpoint, class Rule>
requires requires(Rule const& rule, std::vector<Touchpoint> const& all,
                  std::span<std::uint32_t const> steps, std::span<double> shares) {
  detail::rule_for(rule, all)(steps, shares);
}
credit_summary<Touchpoint> credit(path_table<Touchpoint> const& paths, Rule const& rule) {
  auto const share_out = detail::rule_for(rule, paths.touchpoints());
  detail::credit_sums sums(paths.touchpoints().size());
  std::vector<double> shares;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    auto const [steps, outcome] = paths[i];
    if (steps.empty() || (outcome.conversions == 0 && outcome.value == 0)) continue;
    shares.assign(steps.size(), 0);
    share_out(steps, std::span(shares));
    for (std::size_t j = 0; j < steps.size(); ++j)
      if (shares[j] != 0) sums.add(steps[j], shares[j], outcome);
  }
  return detail::with_credit(paths, sums);
}

}  // namespace cxm
