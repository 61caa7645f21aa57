// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// What routes people take: transitions, the flow graph, variants, funnels.

#include <cxm/path/flow_graph.hpp>
#include <cxm/path/funnel.hpp>
#include <cxm/path/funnel_policies.hpp>
#include <cxm/path/funnel_step.hpp>
#include <cxm/path/reached_step.hpp>
#include <cxm/path/transition.hpp>
#include <cxm/path/variants.hpp>
