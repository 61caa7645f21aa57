// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// What routes people take: transitions, flow graphs, variants, step matrix, funnels, chains, and the
/// credit of touchpoints for an outcome.

#include <cxm/path/chain.hpp>
#include <cxm/path/collapsed.hpp>
#include <cxm/path/compare_flows.hpp>
#include <cxm/path/compare_steps.hpp>
#include <cxm/path/credit.hpp>
#include <cxm/path/critical_paths.hpp>
#include <cxm/path/drop_off.hpp>
#include <cxm/path/eventually_follows.hpp>
#include <cxm/path/flow_graph.hpp>
#include <cxm/path/funnel.hpp>
#include <cxm/path/funnel_policies.hpp>
#include <cxm/path/funnel_step.hpp>
#include <cxm/path/order_test.hpp>
#include <cxm/path/outcome.hpp>
#include <cxm/path/path_chain.hpp>
#include <cxm/path/path_of.hpp>
#include <cxm/path/path_table.hpp>
#include <cxm/path/paths_to.hpp>
#include <cxm/path/reached_step.hpp>
#include <cxm/path/removal_effect.hpp>
#include <cxm/path/shapley.hpp>
#include <cxm/path/step_matrix.hpp>
#include <cxm/path/thin_flow.hpp>
#include <cxm/path/time_decay.hpp>
#include <cxm/path/transition.hpp>
#include <cxm/path/variants.hpp>
