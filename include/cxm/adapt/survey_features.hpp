// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/adapt/feature.hpp>
#include <cxm/survey/ces.hpp>
#include <cxm/survey/csat.hpp>
#include <cxm/survey/mean.hpp>
#include <cxm/survey/nps.hpp>
#include <cxm/survey/point_counts.hpp>
#include <cxm/survey/tally.hpp>

#include <boost/accumulators/framework/extractor.hpp>

#include <cstdint>
#include <string_view>

/// \file
/// Survey metrics as features of an application's own `accumulator_set`:
/// `accumulator_set<int, stats<cxm::tag::nps, tag::mean>> set; set(9);
/// cxm::extract::nps(set).value`. Those with a scale take it as a parameter:
/// `tag::mean_on<points<1, 5>>`. Every other score, cut and interval in one line, by `cxm::tag::of`
/// of feature.hpp: `struct strict : cxm::tag::of<decltype([] { return cxm::nps(cxm::min_n{30}); })>
/// {};`

namespace cxm {
namespace detail {

struct nps_maker {
  static constexpr std::string_view name = "nps";
  auto operator()() const { return cxm::nps(); }
};
struct csat_maker {
  static constexpr std::string_view name = "csat";
  auto operator()() const { return cxm::csat(); }
};
struct ces_maker {
  static constexpr std::string_view name = "ces";
  auto operator()() const { return cxm::ces(); }
};
struct ces_1_maker {
  static constexpr std::string_view name = "ces_1";
  auto operator()() const { return cxm::ces_1(); }
};

/// NPS of another scale or with other bands.
template <class Scale, std::int64_t Promoters, std::int64_t Detractors>
struct nps_on_maker {
  static constexpr std::string_view name = "nps_on";
  auto operator()() const {
    return cxm::nps(Scale{}, promoters_from{Promoters}, detractors_to{Detractors});
  }
};
template <class Scale, std::int64_t Best>
struct top_box_maker {
  static constexpr std::string_view name = "top_box";
  static_assert(Best > 0, "cxm::tag::top_box: takes how many of the best points count");
  auto operator()() const {
    Scale const scale;
    bool const up = scale.good_end() == better::high;
    return cxm::csat(scale, good_at{up ? scale.high() - Best + 1 : scale.low() + Best - 1});
  }
};
template <class Scale>
struct mean_on_maker {
  static constexpr std::string_view name = "mean_on";
  auto operator()() const { return cxm::mean(Scale{}); }
};
template <class Scale>
struct median_on_maker {
  static constexpr std::string_view name = "median_on";
  auto operator()() const { return cxm::tally(Scale{}, cxm::median()); }
};
template <class Scale>
struct points_on_maker {
  static constexpr std::string_view name = "point_counts_on";
  auto operator()() const { return cxm::tally(Scale{}, cxm::point_counts()); }
};

}  // namespace detail

namespace tag {

/// Net Promoter Score of samples on 0–10; the result is an `nps_score`.
struct nps : of<cxm::detail::nps_maker> {};
/// Share of satisfied samples on 1–5; the result is a `csat_score`.
struct csat : of<cxm::detail::csat_maker> {};
/// Customer Effort Score 2.0 of samples on 1–7; the result is a `ces_score`.
struct ces : of<cxm::detail::ces_maker> {};
/// Customer Effort Score 1.0 of samples on 1–5, low is good; the result is a `ces_score`.
struct ces_1 : of<cxm::detail::ces_1_maker> {};
/// NPS on another scale or with other bands, as `nps_on<points<1, 5>, 5, 3>`.
template <class Scale, std::int64_t Promoters, std::int64_t Detractors>
struct nps_on : of<cxm::detail::nps_on_maker<Scale, Promoters, Detractors>> {};
/// The share of the `Best` best points, as `top_box<points<1, 7>, 3>`; a `csat_score`.
template <class Scale, std::int64_t Best>
struct top_box : of<cxm::detail::top_box_maker<Scale, Best>> {};
/// The mean answer; a `mean_score`.
template <class Scale>
struct mean_on : of<cxm::detail::mean_on_maker<Scale>> {};
/// The median answer; a `maybe<double>`.
template <class Scale>
struct median_on : of<cxm::detail::median_on_maker<Scale>> {};
/// The answers a point; a `maybe<std::vector<std::uint64_t>>`.
template <class Scale>
struct point_counts_on : of<cxm::detail::points_on_maker<Scale>> {};

}  // namespace tag

/// What reads the features off a set, as Boost's extractors do.
namespace extract {

inline constexpr boost::accumulators::extractor<tag::nps> nps{};
inline constexpr boost::accumulators::extractor<tag::csat> csat{};
inline constexpr boost::accumulators::extractor<tag::ces> ces{};
inline constexpr boost::accumulators::extractor<tag::ces_1> ces_1{};
template <class Scale, std::int64_t Promoters, std::int64_t Detractors>
inline constexpr boost::accumulators::extractor<tag::nps_on<Scale, Promoters, Detractors>> nps_on{};
template <class Scale, std::int64_t Best>
inline constexpr boost::accumulators::extractor<tag::top_box<Scale, Best>> top_box{};
template <class Scale>
inline constexpr boost::accumulators::extractor<tag::mean_on<Scale>> mean_on{};
template <class Scale>
inline constexpr boost::accumulators::extractor<tag::median_on<Scale>> median_on{};
template <class Scale>
inline constexpr boost::accumulators::extractor<tag::point_counts_on<Scale>> point_counts_on{};

}  // namespace extract
}  // namespace cxm
