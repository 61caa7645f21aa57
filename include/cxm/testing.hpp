// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// For users who write their own accumulators: the laws that they should keep, as checks for any
/// test framework.

#include <cxm/testing/merge_laws.hpp>
#include <cxm/testing/retraction_laws.hpp>
