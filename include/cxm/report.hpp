// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Results on paper: tables for people, JSON for programs.

#include <cxm/report/json.hpp>
#include <cxm/report/table.hpp>
