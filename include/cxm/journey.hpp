// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// From contacts to stories: boundaries, the journey store, journeys as events, how they ended,
/// what they consist of and what goes on beside them, promises, answers, and what contacts add up
/// to: ratings, effort, feelings.

#include <cxm/journey/any_boundary.hpp>
#include <cxm/journey/at_new.hpp>
#include <cxm/journey/average.hpp>
#include <cxm/journey/behaviour.hpp>
#include <cxm/journey/between_journeys.hpp>
#include <cxm/journey/boundary.hpp>
#include <cxm/journey/boundary_algebra.hpp>
#include <cxm/journey/case_event.hpp>
#include <cxm/journey/cases.hpp>
#include <cxm/journey/caused_by.hpp>
#include <cxm/journey/concurrency.hpp>
#include <cxm/journey/contact.hpp>
#include <cxm/journey/contact_choice.hpp>
#include <cxm/journey/copy_filter.hpp>
#include <cxm/journey/cost_against_plan.hpp>
#include <cxm/journey/cycles.hpp>
#include <cxm/journey/each_contact.hpp>
#include <cxm/journey/effort.hpp>
#include <cxm/journey/endings.hpp>
#include <cxm/journey/episodes.hpp>
#include <cxm/journey/exposure.hpp>
#include <cxm/journey/fold_lifecycle.hpp>
#include <cxm/journey/folded_event.hpp>
#include <cxm/journey/gap_mixture.hpp>
#include <cxm/journey/goal.hpp>
#include <cxm/journey/join_answers.hpp>
#include <cxm/journey/join_counts.hpp>
#include <cxm/journey/journey.hpp>
#include <cxm/journey/journey_fate.hpp>
#include <cxm/journey/journey_fields.hpp>
#include <cxm/journey/journey_store.hpp>
#include <cxm/journey/known.hpp>
#include <cxm/journey/lived_time.hpp>
#include <cxm/journey/max_size.hpp>
#include <cxm/journey/merged_copies.hpp>
#include <cxm/journey/peak_end_weights.hpp>
#include <cxm/journey/placed_contact.hpp>
#include <cxm/journey/promises.hpp>
#include <cxm/journey/rated_contacts.hpp>
#include <cxm/journey/rated_journeys.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/journey/relationships.hpp>
#include <cxm/journey/row_policies.hpp>
#include <cxm/journey/silence_by.hpp>
#include <cxm/journey/stage_regress.hpp>
#include <cxm/journey/valence_curve.hpp>
#include <cxm/journey/within.hpp>
#include <cxm/journey/without_copies.hpp>
