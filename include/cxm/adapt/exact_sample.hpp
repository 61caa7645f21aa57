// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// `cxm::exact` as the sample type of Boost.Accumulators:
/// `accumulator_set<cxm::exact, stats<tag::count, tag::sum, tag::mean, tag::min, tag::max,
/// tag::moment<2>>>`. Sums beyond 64 bits are exact, a mean is rounded once, and the state holds
/// integers, so it does not depend on the order of the data. Give the set `cxm::exact` values
/// (`set(cxm::exact{x})`): Boost squares what it is given, and an int would overflow in that.
/// `tag::variance` does not compile with it, on purpose: its state is a running double.
#include <cxm/core/exact.hpp>

#include <boost/accumulators/numeric/functional.hpp>

#include <cstddef>
#include <type_traits>

namespace cxm::detail {
/// Boost finds the operators of the sample by itself; what it must find is stated here, so that a
/// change on either side fails with one sentence and not inside a feature.
template <class Sample>
inline constexpr bool is_exact_sample =
    std::is_same_v<typename boost::numeric::functional::fdiv<Sample, std::size_t>::result_type,
                   double>;
static_assert(is_exact_sample<exact> && is_exact_sample<basic_exact<100>>,
              "cxm::exact: Boost.Accumulators must finish a mean by the rounded division of exact");
}  // namespace cxm::detail
