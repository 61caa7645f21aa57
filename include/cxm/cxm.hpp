// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// All of cxm but for adapt/ (needs Boost.Accumulators) and testing/ (for those who write
/// accumulators of their own). Each folder has an umbrella of its own, each header can be included
/// alone.

#include <cxm/core.hpp>
#include <cxm/diagnose.hpp>
#include <cxm/event.hpp>
#include <cxm/fwd.hpp>
#include <cxm/io.hpp>
#include <cxm/journey.hpp>
#include <cxm/path.hpp>
#include <cxm/report.hpp>
#include <cxm/segment.hpp>
#include <cxm/stats.hpp>
#include <cxm/survey.hpp>
#include <cxm/survey/adjustment.hpp>
#include <cxm/survey/inference.hpp>
#include <cxm/survey/measures.hpp>
#include <cxm/version.hpp>
