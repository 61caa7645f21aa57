// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Touchpoint events: which fields of the user's struct say who, when and what; words for what else
/// they say; what makes two rows copies of one event; and who it was, of many identifiers, and at
/// which firm.

#include <cxm/event/account_roster.hpp>
#include <cxm/event/copies.hpp>
#include <cxm/event/identifier.hpp>
#include <cxm/event/identity_graph.hpp>
#include <cxm/event/identity_rules.hpp>
#include <cxm/event/is.hpp>
#include <cxm/event/money.hpp>
#include <cxm/event/people.hpp>
#include <cxm/event/person_of.hpp>
#include <cxm/event/reads_through.hpp>
#include <cxm/event/rows_of.hpp>
#include <cxm/event/split.hpp>
#include <cxm/event/symbols.hpp>
#include <cxm/event/terms.hpp>
#include <cxm/event/touchpoint_fields.hpp>
