// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// The shared language: fields, policies, maybe, exact numbers, saved states, zones.

#include <cxm/core/accumulator.hpp>
#include <cxm/core/any_zone.hpp>
#include <cxm/core/bind.hpp>
#include <cxm/core/byte_stream.hpp>
#include <cxm/core/calendar.hpp>
#include <cxm/core/codec.hpp>
#include <cxm/core/confidence.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/exact.hpp>
#include <cxm/core/exact_sum.hpp>
#include <cxm/core/field.hpp>
#include <cxm/core/fingerprint.hpp>
#include <cxm/core/fixed_string.hpp>
#include <cxm/core/hash.hpp>
#include <cxm/core/int128.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/core/merge_law.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/core/posix_zone.hpp>
#include <cxm/core/retraction.hpp>
#include <cxm/core/rng.hpp>
#include <cxm/core/rows.hpp>
#include <cxm/core/save.hpp>
#include <cxm/core/time_window.hpp>
#include <cxm/core/tz_rules.hpp>
#include <cxm/core/unit.hpp>
#include <cxm/core/utf8.hpp>
#include <cxm/core/wide.hpp>
#include <cxm/core/work.hpp>
#include <cxm/core/zone.hpp>
