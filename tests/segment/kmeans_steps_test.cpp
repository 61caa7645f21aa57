// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/threads.hpp>
#include <cxm/core/work.hpp>
#include <cxm/segment/clustering.hpp>
#include <cxm/segment/kmeans.hpp>
#include <cxm/segment/kmeans_start.hpp>

#include "catch.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

/// Rows of numbers and where to start from.
template <class Number>
struct problem {
  std::vector<Number> rows;
  std::size_t d = 1;
  std::size_t k = 1;
  std::vector<std::vector<double>> start;
  std::size_t n() const { return rows.size() / d; }
  cxm::point_rows<Number const> view() const { return {rows.data(), n(), d}; }
};

/// The trials go through: any numbers, few different numbers, more centres than different rows,
/// rows that are no numbers, a feature that is the same for all, far from zero, large, small, with
/// an outlier, and all of that for one feature and for many.
template <class Number>
problem<Number> make(std::uint64_t trial) {
  cxm::random_stream random(cxm::seed{trial + 1});
  problem<Number> made;
  std::size_t const n = 1 + random.below(trial % 7 == 0 ? 8 : 260);
  made.d = 1 + random.below(trial % 5 == 0 ? 40 : 6);
  made.k = 1 + random.below(trial % 10 == 2 ? 30 : 12);
  double const wide = trial % 10 == 6 ? 1e30 : trial % 10 == 7 ? 1e-30 : 1;
  double const far = trial % 10 == 5 ? 1e6 : 0;
  for (std::size_t i = 0; i < n * made.d; ++i) {
    double value =
        trial % 10 < 3 ? static_cast<double>(random.below(3 + trial % 4)) : 8 * random.unit() - 4;
    if (trial % 10 == 4 && i % made.d == 0) value = 7;
    if (trial % 10 == 3 && random.below(40) == 0)
      value = random.below(2) == 0 ? std::nan("") : std::numeric_limits<double>::infinity();
    if (trial % 10 == 8 && i == made.d) value = 1e9;
    made.rows.push_back(static_cast<Number>(value * wide + far));
  }
  for (std::size_t c = 0; c < made.k; ++c) {
    made.start.emplace_back();
    for (std::size_t j = 0; j < made.d; ++j)
      made.start.back().push_back((8 * random.unit() - 4) * wide + far);
  }
  return made;
}

/// Lloyd's rounds by exact arithmetic alone, empty clusters given up.
template <class Number>
cxm::clustering by_definition(problem<Number> const& one, std::size_t rounds) {
  cxm::clustering found;
  found.labels.assign(one.n(), cxm::no_segment);
  std::vector<std::vector<double>> centres = one.start, rows;
  for (std::size_t i = 0; i < one.n(); ++i)
    rows.emplace_back(one.rows.begin() + static_cast<std::ptrdiff_t>(i * one.d),
                      one.rows.begin() + static_cast<std::ptrdiff_t>((i + 1) * one.d));
  for (std::size_t round = 1;; ++round) {
    bool changed = false;
    std::vector<std::uint64_t> sizes(centres.size());
    std::vector<cxm::exact_sum> sums(centres.size() * one.d);
    for (std::size_t i = 0; i < one.n(); ++i) {
      if (!std::all_of(rows[i].begin(), rows[i].end(), cxm::is_feature)) continue;
      std::uint32_t label = 0;
      for (std::uint32_t c = 1; c < centres.size(); ++c)
        if (cxm::detail::exactly_nearer(rows[i].data(), centres[c].data(), centres[label].data(),
                                        one.d))
          label = c;
      changed = changed || found.labels[i] != label;
      found.labels[i] = label;
      ++sizes[label];
      for (std::size_t j = 0; j < one.d; ++j) sums[label * one.d + j].add(rows[i][j]);
    }
    std::vector<std::vector<double>> moved;
    std::vector<std::uint32_t> becomes(centres.size());
    found.sizes.clear();
    found.centres.clear();
    for (std::size_t c = 0; c < centres.size(); ++c) {
      becomes[c] = static_cast<std::uint32_t>(moved.size());
      if (sizes[c] == 0) continue;
      found.sizes.push_back(sizes[c]);
      found.centres.insert(found.centres.end(), centres[c].begin(), centres[c].end());
      moved.emplace_back();
      for (std::size_t j = 0; j < one.d; ++j)
        moved.back().push_back(*sums[c * one.d + j].value() / static_cast<double>(sizes[c]));
    }
    for (auto& label : found.labels)
      if (label != cxm::no_segment) label = becomes[label];
    found.rounds = round;
    if (!changed || round == rounds || moved.empty()) return found;
    centres = moved;
  }
}

void check_same(cxm::clustering const& a, cxm::clustering const& b) {
  CHECK(a.labels == b.labels);
  CHECK(a.centres == b.centres);
  CHECK(a.sizes == b.sizes);
  CHECK(a.inertia == b.inertia);
  CHECK(a.rounds == b.rounds);
  CHECK(a.left_out == b.left_out);
}

template <class Number>
void check_problem(problem<Number> const& one) {
  auto const run = [&](auto... policies) {
    return cxm::kmeans(one.view(), one.k, cxm::given_centres{one.start}, cxm::until_stable{25},
                       policies...);
  };
  auto const found = run(cxm::drop_empty{}, cxm::lloyd{});
  auto expected = by_definition(one, 25);
  cxm::detail::put_in_order(expected, one.d);
  CHECK(found.centres == expected.centres);
  CHECK(found.sizes == expected.sizes);
  CHECK(found.labels == expected.labels);
  CHECK((found.labels.empty() || found.sizes.empty() || found.rounds == expected.rounds));
  CHECK(found.left_out == static_cast<std::uint64_t>(std::count(
                              expected.labels.begin(), expected.labels.end(), cxm::no_segment)));
  auto const reseeded = run(cxm::lloyd{});
  for (auto const set : {cxm::instruction_set::scalar, cxm::instruction_set::sse2,
                         cxm::instruction_set::avx2, cxm::instruction_set::avx512}) {
    if (!cxm::detail::is_supported(set)) continue;
    cxm::with_instructions const with{set};
    check_same(found, run(cxm::drop_empty{}, cxm::lloyd{}, with));
    check_same(found, run(cxm::drop_empty{}, cxm::hamerly{}, with));
    check_same(reseeded, run(cxm::lloyd{}, with));
    check_same(reseeded, run(cxm::hamerly{}, with));
  }
}

}  // namespace

TEST_CASE("kmeans steps: every step and instruction set gives what exact arithmetic gives") {
  for (std::uint64_t trial = 0; trial < 100; ++trial) {
    INFO("trial " << trial);
    check_problem(make<double>(trial));
    check_problem(make<float>(trial));
  }
}

TEST_CASE("kmeans steps: numbers beyond float, and sums beyond two words") {
  for (double const wide : {1e139, 1e-300, 5e-324}) {
    auto one = make<double>(14);
    for (auto& value : one.rows) value = value / 4 * wide;
    for (auto& centre : one.start)
      for (auto& value : centre) value = value / 4 * wide;
    check_problem(one);
  }
  auto mixed = make<double>(14);
  for (std::size_t i = 0; i < mixed.rows.size(); i += 3) mixed.rows[i] *= 1e-60;
  check_problem(mixed);
  auto large = make<float>(14);
  for (auto& value : large.rows) value *= 5e37F;
  for (auto& centre : large.start)
    for (auto& value : centre) value *= 5e37;
  check_problem(large);
}

TEST_CASE("kmeans steps: any number of threads gives the same") {
  cxm::random_stream random(cxm::seed{5});
  problem<float> one;
  one.d = 3;
  for (int i = 0; i < 3 * 13000; ++i)
    one.rows.push_back(
        static_cast<float>(random.unit() * 6 + static_cast<double>(random.below(5))));
  std::vector<double> weights;
  for (int i = 0; i < 13000; ++i) weights.push_back(static_cast<double>(random.below(4)));
  auto const run = [&](auto... policies) {
    return cxm::kmeans(one.view(), 5, cxm::restarts{1}, cxm::until_stable{6}, policies...);
  };
  auto const alone = run();
  auto const weighted = run(cxm::member_weights{weights});
  for (std::size_t const count : {1U, 2U, 3U}) {
    check_same(alone, run(cxm::threads{count}));
    check_same(alone, run(cxm::threads{count}, cxm::hamerly{}));
    check_same(weighted, run(cxm::threads{count}, cxm::hamerly{}, cxm::member_weights{weights}));
  }
  CHECK_THROWS_AS(cxm::threads{0}, std::invalid_argument);
}

TEST_CASE("kmeans: weights are copies") {
  for (std::uint64_t trial = 0; trial < 30; ++trial) {
    INFO("trial " << trial);
    auto const one = make<double>(trial * 10 + 9);
    cxm::random_stream random(cxm::seed{trial});
    std::vector<double> weights;
    problem<double> copies = one;
    copies.rows.clear();
    for (std::size_t i = 0; i < one.n(); ++i) {
      weights.push_back(static_cast<double>(random.below(4)));
      for (double w = 0; w < weights.back(); ++w)
        copies.rows.insert(copies.rows.end(),
                           one.rows.begin() + static_cast<std::ptrdiff_t>(i * one.d),
                           one.rows.begin() + static_cast<std::ptrdiff_t>((i + 1) * one.d));
    }
    cxm::given_centres const start{one.start};
    auto const weighted =
        cxm::kmeans(one.view(), one.k, start, cxm::member_weights{weights}, cxm::drop_empty{});
    auto const copied = cxm::kmeans(copies.view(), one.k, start, cxm::drop_empty{});
    auto centres = [&](cxm::clustering const& all) {  // numbered by other sizes
      std::vector<std::vector<double>> sorted;
      for (std::size_t c = 0; c < all.sizes.size(); ++c)
        sorted.emplace_back(all.centres.begin() + static_cast<std::ptrdiff_t>(c * one.d),
                            all.centres.begin() + static_cast<std::ptrdiff_t>((c + 1) * one.d));
      std::sort(sorted.begin(), sorted.end());
      return sorted;
    };
    CHECK(centres(weighted) == centres(copied));
    CHECK(weighted.inertia == copied.inertia);
    CHECK(weighted.labels.size() == one.n());
    CHECK(weighted.left_out == 0);
  }
  std::vector<double> const rows = {1, 2, 3};
  auto const run = [&](std::vector<double> weights) {
    return cxm::kmeans(cxm::point_rows{rows.data(), 3, 1}, 2, cxm::member_weights{weights});
  };
  CHECK(run({0, 0, 0}).sizes.empty());
  CHECK(run({0, 0, 0}).labels == std::vector<std::uint32_t>(3, cxm::no_segment));
  CHECK(run({1, 0, 5}).labels[1] <= 1);
  CHECK_THROWS_AS(run({1, 2}), std::invalid_argument);
  CHECK_THROWS_AS(run({1, 2, -1}), std::invalid_argument);
  CHECK_THROWS_AS(run({1, 2, std::nan("")}), std::invalid_argument);
  CHECK_THROWS_AS(run({1, 2, 1e300}), std::invalid_argument);
}

TEST_CASE("kmeans by batches: near the rounds, and labels belong to the centres") {
  cxm::random_stream random(cxm::seed{6});
  std::vector<float> rows;
  for (int i = 0; i < 6000; ++i) {
    auto const c = static_cast<double>(random.below(4));
    rows.push_back(static_cast<float>(10 * c + 3 * random.unit()));
    rows.push_back(static_cast<float>(5 * c + 3 * random.unit()));
  }
  cxm::point_rows const view{rows.data(), 6000, 2};
  auto const rounds = cxm::kmeans(view, 4);
  auto const batches = cxm::kmeans(view, 4, cxm::mini_batch{256, 40}, cxm::restarts{3});
  CHECK(batches.inertia >= rounds.inertia);
  CHECK(batches.inertia < 1.05 * rounds.inertia);
  CHECK(batches.rounds == 40);
  check_same(batches,
             cxm::kmeans(view, 4, cxm::mini_batch{256, 40}, cxm::restarts{3}, cxm::threads{2}));
  auto reversed = rows;
  for (std::size_t i = 0; i < 3000; ++i)
    for (std::size_t j = 0; j < 2; ++j)
      std::swap(reversed[2 * i + j], reversed[2 * (5999 - i) + j]);
  auto const again = cxm::kmeans(cxm::point_rows{reversed.data(), 6000, 2}, 4,
                                 cxm::mini_batch{256, 40}, cxm::restarts{3});
  CHECK(again.centres == batches.centres);
  CHECK(again.inertia == batches.inertia);
  CHECK_THROWS_AS(cxm::kmeans(view, 4, cxm::mini_batch{0, 1}), std::invalid_argument);
  // One batch of the only row: the centre is that row.
  std::vector<double> const one = {7};
  CHECK(cxm::kmeans(cxm::point_rows{one.data(), 1, 1}, 3, cxm::mini_batch{}).centres == one);
}

TEST_CASE("kmeans of plain rows: the smallest inputs, and what is refused") {
  std::vector<double> const rows = {1, 2, 8, 9};
  CHECK(cxm::kmeans(cxm::point_rows{rows.data(), 0, 1}, 3).sizes.empty());
  CHECK(cxm::kmeans(cxm::point_rows{rows.data(), 4, 1}, 2).sizes ==
        std::vector<std::uint64_t>{2, 2});
  CHECK(cxm::kmeans(cxm::point_rows{rows.data(), 2, 2}, 2).labels ==
        std::vector<std::uint32_t>{0, 1});
  std::vector<float> const none(3, std::numeric_limits<float>::quiet_NaN());
  auto const nobody = cxm::kmeans(cxm::point_rows{none.data(), 3, 1}, 2);
  CHECK(nobody.left_out == 3);
  CHECK(nobody.labels == std::vector<std::uint32_t>(3, cxm::no_segment));
  CHECK(nobody.sizes.empty());
  CHECK_THROWS_AS(cxm::kmeans(cxm::point_rows{rows.data(), 4, 1}, 0), std::invalid_argument);
  CHECK_THROWS_AS(cxm::kmeans(cxm::point_rows{rows.data(), 4, 0}, 1), std::invalid_argument);
  CHECK_THROWS_AS(cxm::kmeans(cxm::point_rows{rows.data(), 4, 1}, 1, cxm::given_centres{{{1, 2}}}),
                  std::invalid_argument);
}
