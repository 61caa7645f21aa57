// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// All charts, and the tables of what they show.

#include <cxm/report/distribution_chart.hpp>
#include <cxm/report/flow_chart.hpp>
#include <cxm/report/flow_text.hpp>
#include <cxm/report/profile_chart.hpp>
#include <cxm/report/promise_chart.hpp>
#include <cxm/report/score_chart.hpp>
#include <cxm/report/tables.hpp>
#include <cxm/report/trend_chart.hpp>
