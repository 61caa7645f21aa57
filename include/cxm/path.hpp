// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// What routes people take: transitions, the flow graph, variants, chains, and the credit of
/// touchpoints for an outcome.

#include <cxm/path/chain.hpp>
#include <cxm/path/credit.hpp>
#include <cxm/path/flow_graph.hpp>
#include <cxm/path/order_test.hpp>
#include <cxm/path/outcome.hpp>
#include <cxm/path/path_chain.hpp>
#include <cxm/path/path_table.hpp>
#include <cxm/path/paths_to.hpp>
#include <cxm/path/removal_effect.hpp>
#include <cxm/path/shapley.hpp>
#include <cxm/path/time_decay.hpp>
#include <cxm/path/transition.hpp>
#include <cxm/path/variants.hpp>
