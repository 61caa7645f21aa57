// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Finds the tallies inside the accumulators of all clusters, behind `on`, `where` and `all`, and
/// has each of their readings made with the error of the clusters.

#include <cxm/core/error.hpp>
#include <cxm/stats/finite_population.hpp>
#include <cxm/survey/cluster_moments.hpp>
#include <cxm/survey/onto.hpp>
#include <cxm/survey/tally.hpp>
#include <cxm/survey/weighted_tally.hpp>

#include <cstddef>
#include <cstdint>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace cxm::detail {

template <class Type>
inline constexpr bool is_weighted_tally = false;
template <class Scale, class... Readings>
inline constexpr bool is_weighted_tally<weighted_tally<Scale, Readings...>> = true;

template <class Accumulator>
consteval bool find_tallies() {
  if constexpr (is_tally<Accumulator> || is_weighted_tally<Accumulator>) {
    return true;
  } else if constexpr (requires(Accumulator const& any) {
                         std::tuple_size_v<std::remove_cvref_t<decltype(any.parts())>>;
                       }) {
    return []<class... Parts>(std::tuple<Parts...> const*) {
      return (find_tallies<Parts>() && ...);
    }(static_cast<std::remove_cvref_t<decltype(std::declval<Accumulator const&>().parts())> const*>(
               nullptr));
  } else if constexpr (requires(Accumulator const& any) {
                         any.inner();
                         any.result();
                       }) {
    return find_tallies<
        std::remove_cvref_t<decltype(std::declval<Accumulator const&>().inner())>>();
  } else {
    return false;
  }
}
template <class Accumulator>
inline constexpr bool holds_tallies = find_tallies<Accumulator>();

/// A reading that is the mean of what each answer is worth.
template <class Reading>
concept mean_of_worth = requires(Reading const& reading, weighted_counts const& counts,
                                 weighted_moments const& moments) {
  reading.worth(0, better::high);
  reading.interval_of(counts, moments);
};

/// A mean that is shown on another scale, whose error is known as that of the mean is.
template <class Reading>
inline constexpr bool is_rescaled = false;
template <class Reading>
inline constexpr bool is_rescaled<rescaled_reading<Reading>> = mean_of_worth<Reading>;

/// What an answer counts in the score, in the unit in which that is shown.
template <class Reading, class Scale>
double shown_worth(Reading const& reading, std::int64_t point, Scale const& scale) {
  if constexpr (is_rescaled<Reading>)
    return reading.target.place_of(shown_worth(reading.mean, point, scale),
                                   static_cast<double>(scale.low()),
                                   static_cast<double>(scale.high()));
  else
    return static_cast<double>(reading.worth(point, scale.good_end()));
}

/// Counts as weighted ones of weight 1.
class unit_weights {
 public:
  explicit unit_weights(tally_counts const& counts) : counts_(counts) {
    for (std::size_t i = 0; i < counts.points.size(); ++i) {
      weights_.push_back(int128(counts.points[i]) * weight::one);
      squares_.push_back(square_sum(wide_unsigned<2>(square_of(weight::one)) *
                                    wide_unsigned<1>(counts.points[i])));
    }
  }
  weighted_counts view() const {
    return {counts_,
            weights_,
            squares_,
            0,
            int128(counts_.unanswered) * weight::one,
            square_sum(wide_unsigned<2>(square_of(weight::one)) *
                       wide_unsigned<1>(counts_.unanswered))};
  }

 private:
  tally_counts counts_;
  std::vector<int128> weights_;
  std::vector<square_sum> squares_;
};

/// The same part of every cluster: of all together, of each, and of the answers without one.
template <class Inner>
struct cluster_parts {
  Inner const& all;
  std::vector<Inner const*> const& each;
  Inner const& alone;
  bool complete;  ///< no clusters were thrown together

  /// The parts of these parts.
  template <class Choose>
  auto within(of_population whole, Choose const& choose) const;
};

/// Counts whose last point, one above the scale, holds those who count in the denominator without
/// an answer, as `weighted_base` does for weights.
class tally_base {
 public:
  tally_base(tally_counts const& counts)
      : points_(counts.points.begin(), counts.points.end()), counts_(counts) {
    points_.push_back(counts.unanswered);
    counts_.points = points_;
    counts_.unanswered = 0;
  }
  tally_base(tally_base const&) = delete;
  tally_base(tally_base&&) = default;
  tally_counts const& counts() const { return counts_; }

 private:
  std::vector<std::uint64_t> points_;
  tally_counts counts_;
};

/// The same for a share of which those without an answer are a part, in their clusters.
template <class Reading, class Score, class Counts>
auto with_unanswered(Reading const& reading, Score const& plain, weighted_counts const& all,
                     std::vector<Counts> const& clusters, weighted_counts const& alone,
                     bool complete) {
  using base = std::conditional_t<std::same_as<Counts, tally_counts>, tally_base, weighted_base>;
  std::vector<base> bases;
  std::vector<Counts> counts;
  bases.reserve(clusters.size());
  counts.reserve(clusters.size());
  for (auto const& one : clusters) {
    bases.emplace_back(one);
    counts.push_back(bases.back().counts());
  }
  weighted_base const whole(all), rest(alone);
  return detail::clustered(
      reading, plain, all,
      cluster_view<Counts>{whole.counts(), counts, rest.counts(), all.answers.high()}, complete);
}

template <class Reading, class Counts>
auto read_one(Reading const& reading, weighted_counts const& all,
              std::vector<Counts> const& clusters, weighted_counts const& alone, bool complete,
              of_population whole) {
  if constexpr (mean_of_worth<Reading>) {
    auto const plain = reading(all);
    if (plain.population)
      refuse("cxm::clustered: of_population counts clusters here; give it to clustered");
    auto found = plain.unanswered == 0
                     ? detail::clustered(reading, plain, all,
                                         cluster_view<Counts>{all, clusters, alone}, complete)
                     : with_unanswered(reading, plain, all, clusters, alone, complete);
    narrow(found, whole);
    return found;
  } else if constexpr (is_rescaled<Reading>) {
    return reading.shown(read_one(reading.mean, all, clusters, alone, complete, whole),
                         all.answers);
  } else {
    using read = decltype(reading(all));
    static_assert(
        std::same_as<read, maybe<double>> || std::same_as<read, maybe<std::vector<std::uint64_t>>>,
        "cxm::clustered: this reading has an error that is not known for clusters; NPS, "
        "CSAT, CES, bands and means have");
    return reading(all);
  }
}

template <class Tally>
auto read_tallies(cluster_parts<Tally> const& parts, of_population whole) {
  using counts_type = decltype(parts.all.counts());
  std::vector<counts_type> clusters;
  clusters.reserve(parts.each.size());
  for (auto const* one : parts.each) clusters.push_back(one->counts());
  auto const read = [&](weighted_counts const& all, weighted_counts const& alone) {
    return std::apply(
        [&](auto const&... reading) {
          return std::tuple(read_one(reading, all, clusters, alone, parts.complete, whole)...);
        },
        parts.all.readings());
  };
  auto const only = [](auto found) {
    if constexpr (std::tuple_size_v<decltype(found)> == 1)
      return std::get<0>(found);
    else
      return found;
  };
  if constexpr (is_tally<Tally>)
    return only(
        read(unit_weights(parts.all.counts()).view(), unit_weights(parts.alone.counts()).view()));
  else
    return only(read(parts.all.counts(), parts.alone.counts()));
}

template <class Inner>
auto read_clusters(cluster_parts<Inner> const& parts, of_population whole) {
  if constexpr (is_tally<Inner> || is_weighted_tally<Inner>) {
    return read_tallies(parts, whole);
  } else if constexpr (requires { parts.all.parts(); }) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return std::tuple(parts.within(
          whole, [](Inner const& of) -> auto const& { return std::get<I>(of.parts()); })...);
    }
    (std::make_index_sequence<
        std::tuple_size_v<std::remove_cvref_t<decltype(parts.all.parts())>>>{});
  } else {
    return parts.within(
        whole, [](Inner const& of) -> auto const& { return of.inner(); });
  }
}

template <class Inner>
template <class Choose>
auto cluster_parts<Inner>::within(of_population whole, Choose const& choose) const {
  using part = std::remove_cvref_t<decltype(choose(all))>;
  std::vector<part const*> chosen;
  chosen.reserve(each.size());
  for (auto const* one : each) chosen.push_back(&choose(*one));
  return read_clusters(cluster_parts<part>{choose(all), chosen, choose(alone), complete}, whole);
}

}  // namespace cxm::detail
