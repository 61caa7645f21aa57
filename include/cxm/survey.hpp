// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// What answers mean: scales, tallies, NPS, CSAT, CES, means, bands of one's own and the published
/// conventions, with all closed intervals. What follows from scores (comparisons, tests, bootstrap)
/// is in survey/inference.hpp.

#include <cxm/stats/net_intervals.hpp>
#include <cxm/stats/share_intervals.hpp>
#include <cxm/survey/bands.hpp>
#include <cxm/survey/ces.hpp>
#include <cxm/survey/composite.hpp>
#include <cxm/survey/composite_policies.hpp>
#include <cxm/survey/composite_score.hpp>
#include <cxm/survey/conventions.hpp>
#include <cxm/survey/csat.hpp>
#include <cxm/survey/emotion.hpp>
#include <cxm/survey/first_contact.hpp>
#include <cxm/survey/indices.hpp>
#include <cxm/survey/mean.hpp>
#include <cxm/survey/nps.hpp>
#include <cxm/survey/onto.hpp>
#include <cxm/survey/point_counts.hpp>
#include <cxm/survey/reply.hpp>
#include <cxm/survey/scale.hpp>
#include <cxm/survey/scale_changes.hpp>
#include <cxm/survey/scale_check.hpp>
#include <cxm/survey/score.hpp>
#include <cxm/survey/survey_question.hpp>
#include <cxm/survey/tally.hpp>
#include <cxm/survey/tally_counts.hpp>
#include <cxm/survey/valence.hpp>
#include <cxm/survey/valence_score.hpp>
#include <cxm/survey/weighted_composite.hpp>
#include <cxm/survey/weighted_counts.hpp>
#include <cxm/survey/weighted_tally.hpp>
#include <cxm/survey/weighted_valence.hpp>
