// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// What answers mean: scales, tallies, NPS, CSAT, CES, means, bands of one's own and the published
/// conventions, with all closed intervals. What is more than an answer on a scale (indices of
/// several questions, feelings, resolution) is in survey/measures.hpp, what follows from scores
/// (comparisons, tests, bootstrap) in survey/inference.hpp.

#include <cxm/stats/net_intervals.hpp>
#include <cxm/stats/share_intervals.hpp>
#include <cxm/survey/bands.hpp>
#include <cxm/survey/ces.hpp>
#include <cxm/survey/conventions.hpp>
#include <cxm/survey/csat.hpp>
#include <cxm/survey/mean.hpp>
#include <cxm/survey/nps.hpp>
#include <cxm/survey/onto.hpp>
#include <cxm/survey/point_counts.hpp>
#include <cxm/survey/reply.hpp>
#include <cxm/survey/scale.hpp>
#include <cxm/survey/score.hpp>
#include <cxm/survey/survey_question.hpp>
#include <cxm/survey/tally.hpp>
#include <cxm/survey/tally_counts.hpp>
#include <cxm/survey/weighted_counts.hpp>
#include <cxm/survey/weighted_tally.hpp>
