// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Why are scores as they are? What a difference is made of, and the whole against its parts.

#include <cxm/diagnose/at_same_mix.hpp>
#include <cxm/diagnose/question.hpp>
#include <cxm/diagnose/whole_and_parts.hpp>
#include <cxm/diagnose/why_it_moved.hpp>
