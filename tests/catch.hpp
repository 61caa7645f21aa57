// SPDX-License-Identifier: BSL-1.0
// One spelling for Catch2 2.13 and 3: include this, and keep to what both have (WithinAbs and
// WithinRel, never Approx).
#pragma once

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif
