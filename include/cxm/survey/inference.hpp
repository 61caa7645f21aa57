// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// What follows from scores, in one include: more interval methods, comparisons (two groups, many,
/// over time, the same customers twice, against a target), what accounts think, adjusted p-values, sample sizes,
/// reliability. Apart from survey.hpp because counting needs none of it, and it costs a quarter of
/// a second to compile.
#include <cxm/stats/bootstrap.hpp>
#include <cxm/stats/multiplicity.hpp>
#include <cxm/stats/net_intervals.hpp>
#include <cxm/stats/sample_size.hpp>
#include <cxm/stats/share_intervals.hpp>
#include <cxm/stats/simultaneous.hpp>
#include <cxm/survey/account_portfolio.hpp>
#include <cxm/survey/account_roles.hpp>
#include <cxm/survey/account_score.hpp>
#include <cxm/survey/compare.hpp>
#include <cxm/survey/compare_scores.hpp>
#include <cxm/survey/cronbach_alpha.hpp>
#include <cxm/survey/homogeneity.hpp>
#include <cxm/survey/noisy_estimates.hpp>
#include <cxm/survey/paired.hpp>
#include <cxm/survey/period_changes.hpp>
#include <cxm/survey/point_shares.hpp>
#include <cxm/survey/ranking.hpp>
#include <cxm/survey/reliability.hpp>
#include <cxm/survey/shrink.hpp>
#include <cxm/survey/target.hpp>
#include <cxm/survey/trend.hpp>
