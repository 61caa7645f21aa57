// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>
#include <cxm/core/fixed_string.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/survey/detail/band_proof.hpp>
#include <cxm/survey/onto.hpp>
#include <cxm/survey/score.hpp>
#include <cxm/survey/tally.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// A score of one's own: named bands over the points of a scale. The compiler proves that they
/// cover the scale and don't overlap; one state gives the share of every band, the net score and
/// the mean.
///
///     auto trust = bands(points<1, 10>{}, band<"bad", 1, 4, -1>{}, band<"fair", 5, 7>{},
///                        band<"good", 8, 10, +1>{});

namespace cxm {

struct score_band;  ///< The question which band some points belong to; answered once a band.
struct band_list;   ///< The question which bands there are, at run time.

/// The points from `Low` to `High`, called `Name`; they count as `CountsAs` in the net: 1, 0, −1.
template <fixed_string Name, std::int64_t Low, std::int64_t High, int CountsAs>
struct band {
  static_assert(Low <= High, "cxm::band: its lowest point comes first");
  static_assert(CountsAs >= -1 && CountsAs <= 1, "cxm::band: counts as -1, 0 or 1");
  using policy_kind = score_band;
  static constexpr fixed_string label = Name;
  static constexpr detail::band_points<std::string_view> defined() {
    return {label.view(), Low, High, CountsAs};
  }
};

/// One band of `any_bands`.
using any_band = detail::band_points<std::string>;

/// The run-time twin of `band`s: `any_bands{{{"bad", 0, 4, -1}, {"good", 5, 9, 1}}}`.
struct any_bands {
  using policy_kind = band_list;
  std::vector<any_band> list;
};

/// The answers in one band.
template <class Text>
struct band_share {
  Text name;
  std::int64_t low = 0;
  std::int64_t high = 0;
  int counts_as = 0;
  std::uint64_t count = 0;
  maybe<double> share = reason::no_data;  ///< from 0 to 1
  /// By Wilson's method, of the counted answers; of weighted ones, of as many as `design_n`; of
  /// clusters, of as many as theirs of this band.
  maybe<bounded_interval> interval = reason::no_data;
};

/// A net score in points from −100 to 100, the shares that it is made of, and the mean answer.
template <class Shares>
struct banded_score : score {
  std::uint64_t good = 0;  ///< answers that count as 1
  std::uint64_t bad = 0;   ///< answers that count as −1
  maybe<double> mean = reason::no_data;
  Shares bands{};  ///< as they were given

  /// One band; throws `std::invalid_argument` where none has this name.
  constexpr auto const& at(std::string_view name) const {
    for (auto const& one : bands)
      if (one.name == name) return one;
    detail::refuse("cxm::bands: no band has this name");
  }
};

/// Reads a tally by bands; `Method` gives the interval of the net.
template <class Bands, class Method>
struct bands_reading {
  Bands bands;
  confidence level;
  min_n least;
  [[no_unique_address]] Method method{};

  constexpr auto operator()(tally_counts const& counts) const {
    auto found = counted(counts);
    for (auto& one : found.bands)
      if (found.n > 0) {
        one.share = static_cast<double>(one.count) / static_cast<double>(found.n);
        one.interval = wilson::share(one.count, found.n, level);
      }
    found.mean = counts.mean();
    if (found.n > 0) {
      auto const net = static_cast<double>(static_cast<std::int64_t>(found.good - found.bad));
      found.value = 100.0 * net / static_cast<double>(found.n);
      found.standard_error =
          100.0 * detail::error_of(net_variance(found.good, found.bad, found.n), found.n);
      found.interval = in_points(method.net(found.good, found.bad, found.n, level));
    }
    withhold(found);
    return found;
  }
  auto operator()(weighted_counts const& counts) const {
    auto found = detail::weighed(counts, counted(counts.answers));
    if (found.n == 0) return found;
    detail::weighted_base const base(counts);
    auto const moments = base.moments([&](auto at) { return worth(at, {}); });
    detail::fill(found, moments);
    found.effective_n = base.effective_n();
    double const n = moments.design_n;
    for (auto& one : found.bands) {
      auto const in = [&](auto at) { return one.low <= at && at <= one.high ? 1 : 0; };
      double const share = base.moments(in).mean;
      double const rest = base.moments([&](auto at) { return 1 - in(at); }, 1).mean;
      one.share = share;
      one.interval = wilson::share(effective_share{n * share, n * rest}, level);
    }
    if (counts.n() > 0) found.mean = moments_of(counts, [](auto at) { return at; }).mean;
    found.interval = interval_of(base, moments);
    withhold(found);
    return found;
  }

  /// What an answer counts in the mean that the net is.
  constexpr std::int64_t worth(std::int64_t point, better) const { return 100 * counts_as(point); }
  maybe<bounded_interval> interval_of(detail::weighted_base const& base,
                                      weighted_moments const& moments) const {
    if constexpr (requires { method.net(effective_net{}, level); }) {
      double const n = moments.design_n;
      auto const share = [&](int wanted) {
        return base.moments([&](auto at) { return counts_as(at) == wanted ? 1 : 0; }).mean;
      };
      effective_net const net{n * share(1), n * share(-1), n};
      return in_points(detail::ends_of(
          detail::sampled<effective_net>(net, 1, moments.degrees_of_freedom), method, level));
    } else {
      return reason::not_identified;  // resampling needs the weights of single answers
    }
  }
  /// The interval of each band where answers come in clusters: by Wilson's method of the design n
  /// that the share of the band has itself.
  template <class Score, class ShareOf>
  void fill_parts(Score& found, ShareOf const& share_of) const {
    for (auto& one : found.bands) {
      auto const in = share_of(
          [&](std::int64_t at) -> std::int64_t { return one.low <= at && at <= one.high ? 1 : 0; });
      one.interval = in ? detail::ends_of(*in, wilson{}, level) : maybe<bounded_interval>(in.why());
    }
  }

 private:
  constexpr int counts_as(std::int64_t point) const {
    for (auto const& one : bands)
      if (one.low <= point && point <= one.high) return one.counts_as;
    return 0;
  }
  constexpr auto counted(tally_counts const& counts) const {
    detail::refuse_bands(bands, counts.low, counts.high());
    using shares = decltype(detail::empty_shares<band_share>(bands));
    banded_score<shares> found{detail::counted_for_share(counts)};
    found.bands = detail::empty_shares<band_share>(bands);
    for (std::size_t i = 0; i < bands.size(); ++i) {
      auto const& from = bands[i];
      auto const count = counts.between(from.low, from.high);
      found.bands[i] = {from.name, from.low, from.high, from.counts_as, count};
      if (from.counts_as != 0) (from.counts_as > 0 ? found.good : found.bad) += count;
    }
    return found;
  }
  constexpr void withhold(auto& found) const {
    detail::apply(least, found);
    if (found.value.why() != reason::below_min_n) return;
    found.mean = reason::below_min_n;
    for (auto& one : found.bands) {
      one.share = reason::below_min_n;
      one.interval = reason::below_min_n;
    }
  }
  static constexpr maybe<bounded_interval> in_points(maybe<bounded_interval> const& ends) {
    return ends.transform([](auto const& net) { return detail::scaled(net, 100.0); });
  }
};

namespace detail {

/// The bands among the policies, in their order.
template <class... Policies>
constexpr auto named_bands() {
  std::array<band_points<std::string_view>, answers_to<score_band, Policies...>> found{};
  std::size_t next = 0;
  auto const take = [&]<class Policy>(Policy const*) {
    if constexpr (answers<Policy, score_band>) found[next++] = Policy::defined();
  };
  (take(static_cast<Policies const*>(nullptr)), ...);
  return found;
}

/// Proves by static_assert what is known at compile time.
template <class Scale, class... Policies>
constexpr void prove_bands() {
  constexpr auto named = named_bands<Policies...>();
  static_assert(!bands_overlap(named), "cxm::bands: a point of the scale is in two bands");
  static_assert(!bands_share_name(named), "cxm::bands: two bands have the same name");
  if constexpr (requires { std::bool_constant<(Scale::low() < Scale::high())>{}; }) {
    static_assert(bands_lie_on(named, Scale::low(), Scale::high()),
                  "cxm::bands: a band lies off the scale");
    // What overlaps or lies off the scale has its own sentence.
    static_assert(bands_overlap(named) || !bands_lie_on(named, Scale::low(), Scale::high()) ||
                      bands_cover(named, Scale::low(), Scale::high()),
                  "cxm::bands: a point of the scale is in no band");
  }
}

template <class... Policies>
constexpr auto all_bands(Policies const&... policies) {
  if constexpr (answers_to < band_list, Policies... >> 0)
    return pick<band_list>(0, policies...).list;
  else
    return named_bands<Policies...>();
}

template <class... Policies>
constexpr void check_band_policies() {
  static_assert((!answers_one_of<Policies, target_scale> && ...),
                "cxm::bands: bands are not defined on a rescaled item; give the scale that was "
                "asked");
  static_assert((answers_one_of<Policies, score_band, band_list, survey_scale, survey_occasion,
                                denominator_choice, interval_method, confidence_level,
                                minimum_answers, target_scale> &&
                 ...),
                "cxm::bands: takes a scale, bands, an interval method, confidence and min_n");
  static_assert(no_question_twice<band_list, survey_scale, survey_occasion, denominator_choice,
                                  interval_method, confidence_level,
                                  minimum_answers>::template in<Policies...>,
                "cxm::bands: two policies answer the same question");
  static_assert(
      (answers_to<score_band, Policies...> > 0) != (answers_to<band_list, Policies...> > 0),
      "cxm::bands: which bands? Give some, as band<\"good\", 8, 10, +1>{}, or any_bands");
  static_assert(
      answers_to<survey_scale, Policies...> > 0 ||
          answers_to<survey_occasion, Policies...> + answers_to<denominator_choice, Policies...> ==
              0,
      "cxm::bands: occasion and denominator belong to a scale; give both");
}

}  // namespace detail

/// A score by bands. Policies, in any order: a scale (without one it is a reading for `tally`,
/// whose bands are proved when it reads), one `band` after the other or `any_bands`, an interval
/// method for the net (default `adjusted_wald`), `confidence`, `min_n`; with a scale also an
/// occasion and a denominator. Bands that leave out a point of the scale, share one or lie off it
/// do not compile; where scale or bands are run-time values `std::invalid_argument` is thrown.
template <class... Policies>
constexpr auto bands(Policies... policies) {
  detail::check_band_policies<Policies...>();
  auto const interval = detail::pick<interval_method>(adjusted_wald{}, policies...);
  using method = std::remove_const_t<decltype(interval)>;
  static_assert(
      requires(method const& any) { any.net(0, 0, 0, confidence{}); },
      "cxm::bands: this method gives no interval of a net share; adjusted_wald, wald, mover_wilson "
      "and others do");
  auto const defined = detail::all_bands(policies...);
  bands_reading<std::remove_const_t<decltype(defined)>, method> const reading{
      defined, detail::pick<confidence_level>(confidence{}, policies...),
      detail::pick<minimum_answers>(min_n{1}, policies...), interval};
  auto const scale = detail::pick<survey_scale>(0, policies...);
  using scale_type = std::remove_const_t<decltype(scale)>;
  detail::prove_bands<scale_type, Policies...>();
  if constexpr (std::is_same_v<scale_type, int>) {
    return reading;
  } else {
    detail::refuse_bands(defined, scale.low(), scale.high());
    return tally(detail::asked_on(scale, policies...), reading);
  }
}

}  // namespace cxm
