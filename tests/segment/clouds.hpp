// SPDX-License-Identifier: BSL-1.0
// Points for the tests of segments, and the obvious ways to cluster them.
#pragma once

#include <cxm/core/rng.hpp>
#include <cxm/segment/features.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace clouds {

using row = std::vector<double>;
using rows = std::vector<row>;

inline std::vector<cxm::column> columns(std::size_t count) {
  std::vector<cxm::column> made;
  for (std::size_t j = 0; j < count; ++j)
    made.emplace_back(j, std::string("x").append(std::to_string(j)));
  return made;
}

/// Random points; on a coarse grid there are duplicates and ties.
inline rows random(cxm::random_stream& random, std::size_t n, std::size_t d, std::uint64_t grid) {
  rows made(n, row(d));
  for (auto& one : made)
    for (auto& value : one)
      // Without a product that a compiler could fuse with the difference.
      value = grid == 0 ? (static_cast<double>(random.next() >> 12) - 0x1p51) / 0x1p49
                        : static_cast<double>(random.below(grid));
  return made;
}

inline long double distance(double const* a, double const* b, std::size_t d) {
  long double sum = 0;
  for (std::size_t j = 0; j < d; ++j) {
    long double const difference = static_cast<long double>(a[j]) - static_cast<long double>(b[j]);
    sum += difference * difference;
  }
  return sum;
}

/// The inertia of a labelling.
inline long double inertia(rows const& points, std::vector<std::uint32_t> const& labels,
                           std::size_t k) {
  std::size_t const d = points.front().size();
  long double sum = 0;
  for (std::size_t c = 0; c < k; ++c) {
    std::vector<long double> mean(d);
    long double n = 0;
    for (std::size_t i = 0; i < points.size(); ++i)
      if (labels[i] == c) {
        n += 1;
        for (std::size_t j = 0; j < d; ++j) mean[j] += static_cast<long double>(points[i][j]);
      }
    for (std::size_t i = 0; i < points.size(); ++i)
      if (labels[i] == c)
        for (std::size_t j = 0; j < d; ++j) {
          long double const difference = static_cast<long double>(points[i][j]) - mean[j] / n;
          sum += difference * difference;
        }
  }
  return sum;
}

/// The least inertia of all partitions into at most k parts.
inline long double least_inertia(rows const& points, std::size_t k) {
  std::vector<std::uint32_t> labels(points.size());
  long double least = std::numeric_limits<long double>::infinity();
  for (;;) {
    least = std::min(least, inertia(points, labels, k));
    std::size_t at = 0;
    while (at < labels.size() && ++labels[at] == k) labels[at++] = 0;
    if (at == labels.size()) return least;
  }
}

inline rows csv(std::string const& path, std::size_t columns) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("can't read " + path);
  std::string line;
  std::getline(file, line);
  rows read;
  while (std::getline(file, line)) {
    std::stringstream text(line);
    row one;
    for (std::string cell; one.size() < columns && std::getline(text, cell, ',');)
      one.push_back(std::stod(cell));
    read.push_back(one);
  }
  return read;
}

/// The folder of the public data sets; empty where it is not named.
inline std::string data_folder() {
  char const* const folder = std::getenv("CXM_DATA");
  return folder == nullptr ? "" : folder;
}

}  // namespace clouds
