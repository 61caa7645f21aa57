// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

/// \file
/// Plain numbers in, plain numbers out: what `kmeans` takes and gives where there are no fields,
/// only rows of float or double in memory.

namespace cxm {

/// The label of a row that is in no segment.
inline constexpr std::uint32_t no_segment = UINT32_MAX;

/// Rows of numbers, one after the other, borrowed: `point_rows{values.data(), 1000, 16}`.
template <class Number>
struct point_rows {
  Number const* data = nullptr;
  std::size_t rows = 0;
  std::size_t dimension = 0;
};
template <class Number>
point_rows(Number*, std::size_t, std::size_t) -> point_rows<Number>;

/// What k-means came to. Centres and labels belong together: each label is that of the nearest
/// centre, and where `converged`, each centre is the mean of its members.
struct clustering {
  std::vector<double> centres{};        ///< one after the other
  std::vector<std::uint32_t> labels{};  ///< one for each row; `no_segment` for who was left out
  std::vector<std::uint64_t> sizes{};
  double inertia = 0;  ///< the sum of the squared distances to the centres, times the weights
  std::uint64_t rounds = 0;
  bool converged = false;
  std::uint64_t left_out = 0;  ///< rows with a number that is none, or beyond ±1e140
};

}  // namespace cxm
