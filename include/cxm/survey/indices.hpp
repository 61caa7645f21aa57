// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/survey/composite.hpp>

/// \file
/// Published indices of several questions, by name: the ACSI-like index and the customer loyalty
/// index. Each is a `composite` with its items and scales settled.

namespace cxm {

/// The index of Fornell et al. (Journal of Marketing 60, 1996): overall satisfaction, confirmation
/// of expectations and closeness to the ideal, each 1 to 10, weighed and shown from 0 to 100. The
/// weights of the published ACSI are proprietary and vary, so this is ACSI-like; by default they
/// are equal. Policies as for `composite`.
template <class Satisfaction, class Expectations, class Ideal, class... Policies>
constexpr auto acsi_like(Satisfaction satisfaction, Expectations expectations, Ideal ideal,
                         Policies... policies) {
  points<1, 10> const scale;
  return composite(item(satisfaction, scale), item(expectations, scale), item(ideal, scale),
                   policies...);
}

/// The customer loyalty index: the mean of the willingness to recommend, to buy again and to try
/// other products. Practice knows no standard scale (0 to 10 here, 1 to 6 there), so `onto` must be
/// said. Arguments as for `composite`.
template <class... Parts>
constexpr auto loyalty_index(Parts... parts) {
  static_assert(detail::answers_to<target_scale, Parts...> == 1,
                "cxm::loyalty_index: there is no standard scale; say onto which it is shown, as in "
                "onto{0, 10}");
  return composite(parts...);
}

}  // namespace cxm
