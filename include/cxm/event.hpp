// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Touchpoint events: which fields of the user's struct say who, when and what.

#include <cxm/event/rows_of.hpp>
#include <cxm/event/symbols.hpp>
#include <cxm/event/touchpoint_fields.hpp>
