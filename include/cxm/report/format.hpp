// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// `fmt::formatter` for every result: scores and statistics (report/format_scores.hpp), promises,
/// flows, groups and published tables. Groups print how many they are: their numbers are printed
/// once `publish` has made them fit to be shown. Segments: report/format_segments.hpp, for Eigen.

#include <cxm/path/flow_graph.hpp>
#include <cxm/report/detail/tell_journeys.hpp>
#include <cxm/report/detail/tell_promises.hpp>
#include <cxm/report/detail/tell_tables.hpp>
#include <cxm/report/format_scores.hpp>

#include <fmt/format.h>

template <class Result>
struct fmt::formatter<cxm::publishable<Result>, char> : cxm::detail::result_format {
  template <class Context>
  auto format(cxm::publishable<Result> const& table, Context& context) const {
    return cxm::detail::put(context, cxm::detail::table_text(table, *this));
  }
};
