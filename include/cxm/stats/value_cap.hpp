// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// `value_cap(answers, &answer::revenue)`: the value above which customers are to count as if they
/// were worth no more, the 99th percentile of the values above 0, for `value_weights`. It needs a
/// pass of its own. Where events lie in shards, `quantiles()` of the field merges, and its quantile
/// is the cap.

#include <cxm/core/field.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/stats/detail/sample.hpp>
#include <cxm/stats/quantiles.hpp>

#include <cmath>
#include <type_traits>

namespace cxm {

/// The quantile `share` of the values of `field` that are above 0 and finite, of type 7; `no_data`
/// where there are none. O(n log n), and a copy of the values.
template <class Events, class Field>
maybe<double> value_cap(Events const& events, Field const& field, double share = 0.99) {
  auto values = all_values<double>();
  for (auto const& event : events) {
    detail::if_answered(
        cxm::read(field, event),
        [&](auto const& value) {
          auto const number = static_cast<double>(value);
          if (number > 0 && std::isfinite(number)) values.add(number);
        },
        [] {});
  }
  return values.result().at(share);
}

}  // namespace cxm
