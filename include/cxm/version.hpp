// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// The version of cxm: the one place it is written, read by CMake too. These are the library's only
/// public macros. While the major version is 0, a new minor version may change the interface.

#define CXM_VERSION_MAJOR 0
#define CXM_VERSION_MINOR 1
#define CXM_VERSION_PATCH 0
