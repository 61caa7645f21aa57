// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Why is it so? The whole against its parts.

#include <cxm/diagnose/question.hpp>
#include <cxm/diagnose/whole_and_parts.hpp>
