// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Mergeable accumulators that know nothing of customers, the combinators, intervals and quantiles.

#include <cxm/stats/all.hpp>
#include <cxm/stats/beta.hpp>
#include <cxm/stats/bootstrap.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/by_each.hpp>
#include <cxm/stats/chi_square.hpp>
#include <cxm/stats/comparison.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/decayed.hpp>
#include <cxm/stats/each.hpp>
#include <cxm/stats/exact_moments.hpp>
#include <cxm/stats/exact_tests.hpp>
#include <cxm/stats/extrema.hpp>
#include <cxm/stats/groups.hpp>
#include <cxm/stats/interval.hpp>
#include <cxm/stats/k_groups.hpp>
#include <cxm/stats/log_histogram.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/moments.hpp>
#include <cxm/stats/multiplicity.hpp>
#include <cxm/stats/net_intervals.hpp>
#include <cxm/stats/normal.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/one_sided.hpp>
#include <cxm/stats/paired_classes.hpp>
#include <cxm/stats/proportion.hpp>
#include <cxm/stats/quantiles.hpp>
#include <cxm/stats/ranks.hpp>
#include <cxm/stats/replicates.hpp>
#include <cxm/stats/sample_size.hpp>
#include <cxm/stats/share_intervals.hpp>
#include <cxm/stats/simultaneous.hpp>
#include <cxm/stats/students_t.hpp>
#include <cxm/stats/two_means.hpp>
#include <cxm/stats/two_nets.hpp>
#include <cxm/stats/two_shares.hpp>
#include <cxm/stats/weight.hpp>
#include <cxm/stats/weighted.hpp>
#include <cxm/stats/where.hpp>
#include <cxm/stats/windowed.hpp>
