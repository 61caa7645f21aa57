// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// A distribution that may be shown. Extremes are single persons, and so are thin tails: bars are
/// joined with their neighbours until each holds the minimum, the first and the last bar are open,
/// and a quantile is given only where at least the minimum lies on both sides of it.

#include <cxm/report/detail/number_text.hpp>
#include <cxm/report/estimate.hpp>
#include <cxm/report/publish.hpp>
#include <cxm/stats/log_histogram.hpp>
#include <cxm/stats/quantiles.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace cxm {

/// Values from `low` up to `high`.
struct published_bar {
  double low = 0;
  double high = 0;
  std::uint64_t count = 0;
};
struct published_quantile {
  double share = 0;
  figure value;
};

/// A histogram and quantiles. Made by `publish_distribution`.
class published_distribution {
 public:
  maybe<std::uint64_t> n() const { return n_; }
  unit in() const { return in_; }
  /// Whether the bars are equally wide on a logarithmic axis (unless joined).
  bool logarithmic() const { return logarithmic_; }
  std::vector<published_bar> const& bars() const { return bars_; }
  std::vector<published_quantile> const& quantiles() const { return quantiles_; }
  std::uint64_t least() const { return least_; }

 private:
  friend struct detail::publisher_of_distributions;
  published_distribution() = default;
  maybe<std::uint64_t> n_ = reason::suppressed;
  unit in_ = unit::number;
  bool logarithmic_ = false;
  std::vector<published_bar> bars_;
  std::vector<published_quantile> quantiles_;
  std::uint64_t least_ = 0;
};

namespace detail {

template <class Value>
double plain(Value const& value) {
  if constexpr (is_duration<Value>)
    return std::chrono::duration<double>(value).count();
  else
    return static_cast<double>(value);
}

/// How many values are at most `limit`, by bisection of the ranks.
template <class Found>
std::uint64_t up_to(Found const& found, double limit) {
  std::uint64_t low = 0, high = found.n();
  auto const value = [&](std::uint64_t rank) {
    if (rank + 1 >= found.n()) return plain(*found.at(1.0));
    return plain(*found.at((static_cast<double>(rank) + (found.n() > 2 ? 1e-9 : 0.0)) /
                           static_cast<double>(found.n() - 1)));
  };
  while (low < high) {
    std::uint64_t const middle = low + (high - low) / 2;
    if (value(middle) <= limit)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/// In seconds: the unit in which a person would give such a time.
constexpr double unit_of_time(double seconds) {
  return seconds >= 2 * 86400.0 ? 86400 : seconds >= 2 * 3600.0 ? 3600 : seconds >= 120 ? 60 : 1;
}

struct publisher_of_distributions {
  template <class Found>
  static published_distribution make(Found const& found, min_people least, unit in) {
    published_distribution made;
    made.least_ = least.n;
    made.in_ = in;
    std::uint64_t const n = found.n();
    if (n == 0) made.n_ = reason::no_data;
    if (n < least.n || n == 0) return made;
    made.n_ = n;
    for (double const share : {0.5, 0.9, 0.95}) {
      auto const beyond = static_cast<double>(n) * std::min(share, 1 - share);
      bool const shown = beyond + 1e-9 >= static_cast<double>(least.n);
      made.quantiles_.push_back(
          {share, {shown ? maybe<double>(plain(*found.at(share))) : reason::suppressed, in, 1}});
    }
    using value = std::decay_t<decltype(*found.min())>;
    auto const edges = edges_of(made, found, least, std::is_integral_v<value>);
    for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
      bool const first = i == 0, last = i + 2 == edges.size();
      std::uint64_t const below = first ? 0 : up_to(found, edges[i]);
      std::uint64_t const above = last ? n : up_to(found, edges[i + 1]);
      made.bars_.push_back({edges[i], edges[i + 1], above - below});
    }
    join(made.bars_, least.n);
    return made;
  }

 private:
  /// Edges around the values that have the minimum, and half a percent, beyond them. Whole numbers
  /// stand in the middle of their bar.
  template <class Found>
  static std::vector<double> edges_of(published_distribution& made, Found const& found,
                                      min_people least, bool whole) {
    double const n = static_cast<double>(found.n());
    double const tail = std::min(0.5, std::max(0.005, static_cast<double>(least.n) / n));
    double const low = plain(*found.at(tail)), high = plain(*found.at(1 - tail));
    made.logarithmic_ = low > (whole ? 10 : 0) && high / low > 20;
    std::vector<double> edges;
    if (made.logarithmic_) {
      double const per = high / low > 1e4 ? 4 : 8;  // bars a power of ten
      double const from = std::floor(std::log10(low) * per);
      double const to = std::max(std::ceil(std::log10(high) * per), from + 1);
      for (double i = from; i <= to; ++i) edges.push_back(std::pow(10.0, i / per));
      return edges;
    }
    double const size = made.in_ == unit::seconds ? unit_of_time(high) : 1;
    double const raw = high > low ? (high - low) / 16 : std::max(std::abs(low), size) / 4;
    double const width = whole ? std::max(step_of(raw), 1.0) : size * step_of(raw / size);
    double const shift = whole ? 0.5 : 0;
    double const from = std::floor(low / width);
    double const to =
        std::max(whole ? std::floor(high / width) + 1 : std::ceil(high / width), from + 1);
    for (double i = from; i <= to; ++i) edges.push_back(i * width - shift);
    return edges;
  }
  static double step_of(double raw) {
    double const power = std::pow(10.0, std::floor(std::log10(raw)));
    double const part = raw / power;
    return power * (part <= 1 ? 1 : part <= 2 ? 2 : part <= 5 ? 5 : 10);
  }
  static void join(std::vector<published_bar>& bars, std::uint64_t least) {
    std::vector<published_bar> joined;
    for (auto const& bar : bars) {
      bool const open = !joined.empty() && joined.back().count > 0 && joined.back().count < least;
      if (open) {
        joined.back().high = bar.high;
        joined.back().count += bar.count;
      } else {
        joined.push_back(bar);
      }
    }
    while (joined.size() > 1 && joined.back().count < least && joined.back().count > 0) {
      auto const last = joined.back();
      joined.pop_back();
      joined.back().high = last.high;
      joined.back().count += last.count;
    }
    bars = std::move(joined);
  }
};

}  // namespace detail

/// Makes what `quantiles()` or `log_histogram()` found fit to be shown. Durations are in seconds.
template <class Found>
published_distribution publish_distribution(Found const& found, min_people least = {}) {
  static_assert(
      requires {
        found.at(0.5);
        found.n();
      },
      "cxm::publish_distribution: takes the result of quantiles() or log_histogram()");
  if (least.n == 0) detail::refuse("cxm::publish_distribution: min_people is at least 1");
  using value = std::decay_t<decltype(*found.median())>;
  return detail::publisher_of_distributions::make(
      found, least, detail::is_duration<value> ? unit::seconds : unit::number);
}

}  // namespace cxm
