// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Adapters from the outside: CSV, times, zone files. Nothing else in cxm needs them.

#include <cxm/io/byte_source.hpp>
#include <cxm/io/csv.hpp>
#include <cxm/io/csv_options.hpp>
#include <cxm/io/number.hpp>
#include <cxm/io/timestamp.hpp>
#include <cxm/io/zone_file.hpp>
