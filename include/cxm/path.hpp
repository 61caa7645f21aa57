// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// What routes people take: transitions, the flow graph, variants.

#include <cxm/path/flow_graph.hpp>
#include <cxm/path/transition.hpp>
#include <cxm/path/variants.hpp>
