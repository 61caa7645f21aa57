// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Why scores are as they are: what a difference is made of.

#include <cxm/diagnose/at_same_mix.hpp>
#include <cxm/diagnose/why_it_moved.hpp>
