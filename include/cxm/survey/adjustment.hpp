// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// From those who answered to those who are meant, in one include: who did not answer, weights by
/// response class, post-stratification and raking, answers in clusters, value at stake. Apart from
/// survey.hpp because counting needs none of it. Which weight is which: stats/weight_kinds.hpp.
#include <cxm/stats/finite_population.hpp>
#include <cxm/stats/value_cap.hpp>
#include <cxm/stats/weight_kinds.hpp>
#include <cxm/survey/at_stake.hpp>
#include <cxm/survey/cell_weights.hpp>
#include <cxm/survey/cluster_moments.hpp>
#include <cxm/survey/clustered.hpp>
#include <cxm/survey/known_totals.hpp>
#include <cxm/survey/raking.hpp>
#include <cxm/survey/response.hpp>
#include <cxm/survey/response_weights.hpp>
