// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// Exact tests for a handful of answers, where normal approximations end: Fisher's for two shares,
/// and Mann and Whitney's by all ways to deal the answers to two groups, ties included. Sources:
/// Fisher, The Design of Experiments (1935), with two sides as R takes them: all tables that are no
/// more probable; Streitberg & Röhmel, Statistical Software Newsletter 12 (1986).
#include <cxm/core/error.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/stats/detail/gamma_power.hpp>
#include <cxm/stats/interval.hpp>
#include <cxm/stats/two_shares.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cxm {
/// The two-sided p of Fisher's test that two shares are equal. O(tables) with the same margins.
inline maybe<double> fisher_exact(share_counts first, share_counts second) {
  detail::check_share(first.successes, first.n);
  detail::check_share(second.successes, second.n);
  if (first.n == 0 || second.n == 0) return reason::no_data;
  double const n1 = static_cast<double>(first.n);
  double const n2 = static_cast<double>(second.n);
  double const m = static_cast<double>(first.successes) + static_cast<double>(second.successes);
  double const p = m / (n1 + n2);
  double const q = (n1 + n2 - m) / (n1 + n2);
  if (!(p > 0 && q > 0)) return 1.0;
  double const all = detail::log_binomial(m, n1 + n2, p, q);
  auto const probability = [&](double k) {
    return std::exp(detail::log_binomial(k, n1, p, q) + detail::log_binomial(m - k, n2, p, q) -
                    all);
  };
  double const limit = probability(static_cast<double>(first.successes)) * (1 + 1e-7);
  double sum = 0;
  for (double k = std::max(0.0, m - n2); k <= std::min(n1, m); k += 1) {
    double const each = probability(k);
    if (each <= limit) sum += each;
  }
  return std::min(1.0, sum);
}

/// Exact p-values of the rank sum of the first group.
struct exact_ranks {
  maybe<double> p = reason::no_data;       ///< at least as far from its mean, on both sides
  maybe<double> p_less = reason::no_data;  ///< at most as large: the first group is lower
  maybe<double> p_greater = reason::no_data;
};

namespace detail {
/// How many ways there are to deal `taken` answers so that their doubled midranks have each sum.
class rank_sums {
 public:
  rank_sums(std::size_t size, std::size_t most) : most_(most), ways_(size + 1) {
    for (auto& sums : ways_) sums.resize(most + 1);
    ways_[0][0] = 1;
  }
  /// `tied` answers of doubled midrank `rank`.
  void deal(std::size_t tied, std::size_t rank) {
    for (std::size_t taken = ways_.size(); taken-- > 1;) {
      double choices = 1;
      for (std::size_t j = 1; j <= std::min(tied, taken); ++j) {
        choices *= static_cast<double>(tied - j + 1) / static_cast<double>(j);
        auto const& from = ways_[taken - j];
        for (std::size_t sum = j * rank; sum <= most_; ++sum)
          ways_[taken][sum] += choices * from[sum - j * rank];
      }
    }
  }
  std::vector<double> const& all() const { return ways_.back(); }

 private:
  std::size_t most_;
  std::vector<std::vector<double>> ways_;
};
}  // namespace detail

/// first[i] and second[i] answers have the i-th value, as in `mann_whitney`. For up to 200 answers,
/// `overflow` for more, whose ranks the normal approximation serves. O(n1² n²).
inline exact_ranks mann_whitney_exact(std::span<std::uint64_t const> first,
                                      std::span<std::uint64_t const> second) {
  if (first.size() != second.size())
    detail::refuse("cxm::mann_whitney_exact: the groups are counted on different scales");
  std::uint64_t n1 = 0;
  std::uint64_t n = 0;
  for (std::size_t i = 0; i < first.size(); ++i) {
    if (first[i] > 200 || second[i] > 200 || n > 200)
      return {reason::overflow, reason::overflow, reason::overflow};
    n1 += first[i];
    n += first[i] + second[i];
  }
  if (n1 == 0 || n1 == n) return {};
  if (n > 200) return {reason::overflow, reason::overflow, reason::overflow};
  detail::rank_sums dealt(static_cast<std::size_t>(n1), static_cast<std::size_t>(2 * n * n1));
  std::uint64_t below = 0;
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < first.size(); ++i) {
    std::uint64_t const tied = first[i] + second[i];
    std::uint64_t const rank = 2 * below + tied + 1;
    seen += first[i] * rank;
    dealt.deal(static_cast<std::size_t>(tied), static_cast<std::size_t>(rank));
    below += tied;
  }
  std::uint64_t const mean = n1 * (n + 1);
  auto const distance = [&](std::uint64_t sum) { return sum < mean ? mean - sum : sum - mean; };
  double all = 0;
  double far = 0;
  double less = 0;
  double greater = 0;
  for (std::uint64_t sum = 0; sum < dealt.all().size(); ++sum) {
    double const ways = dealt.all()[static_cast<std::size_t>(sum)];
    all += ways;
    if (distance(sum) >= distance(seen)) far += ways;
    if (sum <= seen) less += ways;
    if (sum >= seen) greater += ways;
  }
  return {far / all, less / all, greater / all};
}
}  // namespace cxm
