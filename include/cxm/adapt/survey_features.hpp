// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/adapt/feature.hpp>
#include <cxm/survey/ces.hpp>
#include <cxm/survey/csat.hpp>
#include <cxm/survey/nps.hpp>

#include <boost/accumulators/framework/extractor.hpp>

#include <string_view>

/// \file
/// Survey metrics as features of an application's own `accumulator_set`:
/// `accumulator_set<int, stats<cxm::tag::nps, tag::mean>> set; set(9);
/// cxm::extract::nps(set).value`. Other scales, bands and intervals: `cxm::tag::of` in feature.hpp.

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

}  // namespace tag

/// What reads the features off a set, as Boost's extractors do.
namespace extract {

inline constexpr boost::accumulators::extractor<tag::nps> nps{};
inline constexpr boost::accumulators::extractor<tag::csat> csat{};
inline constexpr boost::accumulators::extractor<tag::ces> ces{};
inline constexpr boost::accumulators::extractor<tag::ces_1> ces_1{};

}  // namespace extract
}  // namespace cxm
