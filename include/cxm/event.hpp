// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Touchpoint events: which fields of the user's struct say who, when and what; words for what else
/// they say; and what makes two rows copies of one event.

#include <cxm/event/copies.hpp>
#include <cxm/event/is.hpp>
#include <cxm/event/money.hpp>
#include <cxm/event/reads_through.hpp>
#include <cxm/event/rows_of.hpp>
#include <cxm/event/split.hpp>
#include <cxm/event/symbols.hpp>
#include <cxm/event/terms.hpp>
#include <cxm/event/touchpoint_fields.hpp>
