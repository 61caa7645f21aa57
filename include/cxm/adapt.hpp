// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Guests: Boost.Accumulators.

#include <cxm/adapt/exact_sample.hpp>
