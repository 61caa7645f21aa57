// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Results on paper: tables for people, JSON for programs, and what makes groups fit to be shown.
/// What needs fmt is included by name: report/format.hpp (formatters), report/figure_table.hpp,
/// report/charts.hpp and report/page.hpp.

#include <cxm/report/json.hpp>
#include <cxm/report/publish.hpp>
#include <cxm/report/table.hpp>
