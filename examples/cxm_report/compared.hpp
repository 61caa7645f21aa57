// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// What `compare` found, whichever the metric: numbers ready to be written.

#include <cxm/core/maybe.hpp>
#include <cxm/diagnose.hpp>
#include <cxm/stats/comparison.hpp>
#include <cxm/stats/paired_classes.hpp>
#include <cxm/survey/score.hpp>
#include <cxm/survey/target.hpp>

#include "input.hpp"
#include "metrics.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace report {

/// The rows of one side.
struct compared_side {
  cxm::score score;
  cxm::maybe<double> effective_n = cxm::reason::no_data;  ///< of weighted rows
  cxm::maybe<double> design_n = cxm::reason::no_data;
};

/// The same customers on both sides.
struct compared_customers {
  std::uint64_t n = 0;                            ///< with a valid answer on both
  std::uint64_t only_from = 0, only_to = 0;       ///< on one
  std::uint64_t repeats = 0;                      ///< answers that a later one replaced
  cxm::score from, to;                            ///< of those on both
  std::vector<std::vector<std::uint64_t>> moved;  ///< people by class before and after
  std::uint64_t improved = 0, worsened = 0;
  cxm::marginal_test classes_kept;
};

/// A segment on both sides.
struct compared_segment {
  std::vector<std::string> key;
  cxm::segment_movement part;
  cxm::comparison difference;
  cxm::maybe<double> p_adjusted = cxm::reason::no_data;
};

/// Where a difference comes from.
struct compared_movement {
  cxm::maybe<double> value = cxm::reason::no_data, mix = value, rate = value;
  cxm::same_mix same;
  std::vector<compared_segment> segments;
};

struct comparison_found {
  compared_side from, to;
  cxm::comparison difference;  ///< to - from
  std::optional<cxm::target_test> equivalence;
  std::optional<compared_customers> customers;
  std::optional<compared_movement> movement;
  std::uint64_t in_both = 0;  ///< rows that are on both sides, and so on none
};

/// What was asked, as far as the output says so.
struct comparison_asked {
  question asked;
  std::vector<std::string> from, to, by;
  std::string adjust;
  std::optional<double> margin;
  std::optional<std::string> weight;
};

std::string json_of(row_counts const& counts, comparison_asked const& what,
                    comparison_found const& found);
std::string table_of(row_counts const& counts, comparison_asked const& what,
                     comparison_found const& found);

}  // namespace report
