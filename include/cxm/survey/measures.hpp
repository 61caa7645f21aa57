// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// What is more than one answer on one scale: indices of several questions (ACSI-like, loyalty),
/// feelings and sentiment, resolution at first contact, and whether a column is on the scale that
/// it is said to be. Apart from survey.hpp because a score needs none of it.
#include <cxm/survey/composite.hpp>
#include <cxm/survey/composite_policies.hpp>
#include <cxm/survey/composite_score.hpp>
#include <cxm/survey/emotion.hpp>
#include <cxm/survey/first_contact.hpp>
#include <cxm/survey/indices.hpp>
#include <cxm/survey/scale_changes.hpp>
#include <cxm/survey/scale_check.hpp>
#include <cxm/survey/valence.hpp>
#include <cxm/survey/valence_score.hpp>
#include <cxm/survey/weighted_composite.hpp>
#include <cxm/survey/weighted_valence.hpp>
