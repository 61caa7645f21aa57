// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Guests: Boost.Accumulators.

#include <cxm/adapt/exact_sample.hpp>
#include <cxm/adapt/feature.hpp>
#include <cxm/adapt/from_boost.hpp>
#include <cxm/adapt/merge_sets.hpp>
#include <cxm/adapt/serialization.hpp>
#include <cxm/adapt/survey_features.hpp>
