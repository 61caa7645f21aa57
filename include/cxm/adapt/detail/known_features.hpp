// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>
#include <cxm/core/merge_law.hpp>

#include <boost/accumulators/statistics_fwd.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>

/// \file
/// How the states of Boost's own features combine, by tag, so that no statistic is included here.
/// `merged(a, b, left, right)` gives the state of both from the states a, b and the whole sets
/// before the merge, of which a mean needs the counts. A tag that isn't here can't be merged,
/// unless its accumulator holds nothing (mean, lazy_variance, skewness … are computed from others).

namespace cxm::detail {

/// Integers and `exact` add up to the same in any order; nothing else is known to.
template <class Number>
inline constexpr merge_law law_of_number = std::integral<Number> || requires {
  Number::denominator;
}
? merge_law::exact : merge_law::approximate;

template <class Number>
Number sum_of(Number const& a, Number const& b) {
  if constexpr (std::integral<Number>) {
    Number sum{};
    if (__builtin_add_overflow(a, b, &sum))
      refuse("cxm::from_boost: the merged sum does not fit into the type of the samples");
    return sum;
  } else {
    return static_cast<Number>(a + b);
  }
}

struct unknown_feature {
  static constexpr bool known = false;
};
struct known_feature {
  static constexpr bool known = true;
};
struct summed_feature : known_feature {
  static auto merged(auto const& a, auto const& b, auto const&, auto const&) {
    return detail::sum_of(a, b);
  }
};

/// Specialised for each tag that is known.
template <class Tag>
struct feature_traits : unknown_feature {};

template <>
struct feature_traits<boost::accumulators::tag::count> : summed_feature {
  static constexpr std::string_view name = "count";
  template <class Set>
  static constexpr merge_law law = merge_law::exact;
};
template <>
struct feature_traits<boost::accumulators::tag::sum> : summed_feature {
  static constexpr std::string_view name = "sum";
  template <class Set>
  static constexpr merge_law law = law_of_number<typename Set::sample_type>;
};
template <>
struct feature_traits<boost::accumulators::tag::sum_of_weights> : summed_feature {
  static constexpr std::string_view name = "sum_of_weights";
  template <class Set>
  static constexpr merge_law law = law_of_number<typename Set::weight_type>;
};
template <>
struct feature_traits<boost::accumulators::tag::weighted_sum> : summed_feature {
  static constexpr std::string_view name = "weighted_sum";
  template <class Set>
  static constexpr merge_law law = weakest(law_of_number<typename Set::sample_type>,
                                           law_of_number<typename Set::weight_type>);
};

/// "moment<2>", in storage of its own.
template <int N, bool Weighted>
struct moment_name {
  static_assert(N < 100);
  static constexpr std::array<char, 22> text = [] {
    std::array<char, 22> made{};
    std::size_t at = 0;
    for (char const c : std::string_view(Weighted ? "weighted_moment<" : "moment<")) made[at++] = c;
    if (N >= 10) made[at++] = static_cast<char>('0' + N / 10);
    made[at++] = static_cast<char>('0' + N % 10);
    made[at] = '>';
    return made;
  }();
  static constexpr std::string_view view{text.data(), (Weighted ? 18u : 9u) + (N >= 10 ? 1u : 0u)};
};
template <int N>
struct feature_traits<boost::accumulators::tag::moment<N>> : summed_feature {
  static constexpr std::string_view name = moment_name<N, false>::view;
  template <class Set>
  static constexpr merge_law law = law_of_number<typename Set::sample_type>;
};
template <int N>
struct feature_traits<boost::accumulators::tag::weighted_moment<N>> : summed_feature {
  static constexpr std::string_view name = moment_name<N, true>::view;
  template <class Set>
  static constexpr merge_law law = weakest(law_of_number<typename Set::sample_type>,
                                           law_of_number<typename Set::weight_type>);
};
template <>
struct feature_traits<boost::accumulators::tag::min> : known_feature {
  static constexpr std::string_view name = "min";
  template <class Set>
  static constexpr merge_law law = law_of_number<typename Set::sample_type>;
  template <class State>
  static State merged(State const& a, State const& b, auto const&, auto const&) {
    return b < a ? b : a;
  }
};
template <>
struct feature_traits<boost::accumulators::tag::max> : known_feature {
  static constexpr std::string_view name = "max";
  template <class Set>
  static constexpr merge_law law = law_of_number<typename Set::sample_type>;
  template <class State>
  static State merged(State const& a, State const& b, auto const&, auto const&) {
    return a < b ? b : a;
  }
};

/// The counts of two sets, or their sums of weights, as weights for what runs over them.
template <class Set, class Tag = boost::accumulators::tag::count>
struct shares {
  double left;
  double right;
  shares(Set const& a, Set const& b) : left(size_of(a)), right(size_of(b)) {}
  double all() const { return left + right; }
  static double size_of(Set const& set) {
    return static_cast<double>(boost::accumulators::extract_result<Tag>(set));
  }
};

/// A mean that runs, over samples or over weights.
template <class Size>
struct running_mean : known_feature {
  template <class Set>
  static constexpr merge_law law = merge_law::approximate;
  template <std::floating_point State, class Set>
  static State merged(State a, State b, Set const& left, Set const& right) {
    shares<Set, Size> const n(left, right);
    if (n.left == 0) return b;
    return n.right == 0 ? a : static_cast<State>(a + (b - a) * (n.right / n.all()));
  }
};
template <>
struct feature_traits<boost::accumulators::tag::immediate_mean>
    : running_mean<boost::accumulators::tag::count> {
  static constexpr std::string_view name = "immediate_mean";
};
template <>
struct feature_traits<boost::accumulators::tag::immediate_weighted_mean>
    : running_mean<boost::accumulators::tag::sum_of_weights> {
  static constexpr std::string_view name = "immediate_weighted_mean";
};

/// Boost's running variance divides by n, so n · variance is the sum of squares about the mean:
/// S = S₁ + S₂ + (m₂ − m₁)² · n₁n₂/(n₁ + n₂) (Chan, Golub and LeVeque, 1979). With weights, the
/// sums of weights are in the place of the counts.
template <class Size, class Mean>
struct running_variance : known_feature {
  template <class Set>
  static constexpr merge_law law = merge_law::approximate;
  template <std::floating_point State, class Set>
  static State merged(State a, State b, Set const& left, Set const& right) {
    shares<Set, Size> const n(left, right);
    if (n.left == 0) return b;
    if (n.right == 0) return a;
    double const apart = boost::accumulators::extract_result<Mean>(right) -
                         boost::accumulators::extract_result<Mean>(left);
    double const l = n.left / n.all(), r = n.right / n.all();
    return static_cast<State>(l * a + r * b + apart * apart * l * r);
  }
};
template <>
struct feature_traits<boost::accumulators::tag::variance>
    : running_variance<boost::accumulators::tag::count, boost::accumulators::tag::immediate_mean> {
  static constexpr std::string_view name = "variance";
};
template <>
struct feature_traits<boost::accumulators::tag::weighted_variance>
    : running_variance<boost::accumulators::tag::sum_of_weights,
                       boost::accumulators::tag::immediate_weighted_mean> {
  static constexpr std::string_view name = "weighted_variance";
};

}  // namespace cxm::detail
