// SPDX-License-Identifier: BSL-1.0
#include <cxm/segment/kmeans.hpp>
#include <cxm/segment/kmeans_policies.hpp>

#include "catch.hpp"
#include "segment/clouds.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <stdexcept>
#include <vector>

namespace {
auto table_of(clouds::rows const& data) {
  return cxm::features(data, clouds::columns(data.front().size()));
}
using sizes = std::vector<std::uint64_t>;

/// A start of one's own: the first k members in canonical order.
struct first_members {
  using policy_kind = cxm::kmeans_start;
  std::vector<std::size_t> operator()(auto const& all, std::size_t k, cxm::random_stream&) const {
    return {all.order().begin(), all.order().begin() + static_cast<std::ptrdiff_t>(k)};
  }
};
}  // namespace

TEST_CASE("kmeans start: given centres are in the units of the fields") {
  clouds::rows const data = {{0, 10}, {1, 20}, {10, 30}, {11, 1000}};
  auto const table = cxm::features(data, clouds::columns(2), cxm::zscore{});
  auto const model =
      cxm::kmeans(table, 2, cxm::given_centres{{{0, 20}, {11, 900}}}, cxm::until_stable{1});
  CHECK(model.labels() == std::vector<std::uint32_t>{0, 0, 0, 1});
  CHECK(model.starts() == 1);
  CHECK_FALSE(model.converged());
  CHECK(std::abs(model.centres_in_units()(1, 1) - 900) < 1e-10);
  auto const wrong = [&](cxm::given_centres given) { return cxm::kmeans(table, 2, given); };
  CHECK_THROWS_AS(wrong({{{0, 1}}}), std::invalid_argument);
  CHECK_THROWS_AS(wrong({{{0, 1}, {2}}}), std::invalid_argument);
  CHECK_THROWS_AS(wrong({{{0, 1}, {2, std::nan("")}}}), std::invalid_argument);
}

TEST_CASE("kmeans: an empty cluster takes the farthest member, or is dropped") {
  clouds::rows const data = {{0}, {1}, {2}, {50}};
  cxm::given_centres const far{{{1}, {1000}}};  // nobody is nearest to 1000
  auto const reseeded = cxm::kmeans(table_of(data), 2, far);
  CHECK(reseeded.sizes() == sizes{3, 1});
  CHECK(*reseeded.inertia() == 2);
  auto const dropped = cxm::kmeans(table_of(data), 2, far, cxm::drop_empty{});
  CHECK(dropped.size() == 1);
  CHECK(dropped.asked() == 2);
  CHECK(dropped.converged());
  // Several at once; the last round of all may leave some, which are not reported.
  cxm::given_centres const many{{{1}, {1000}, {2000}, {3000}}};
  CHECK(cxm::kmeans(table_of(data), 4, many).sizes() == sizes{1, 1, 1, 1});
  CHECK(cxm::kmeans(table_of(data), 4, many, cxm::until_stable{1}).size() == 1);
  // More centres than there are points to give.
  clouds::rows const same = {{1}, {1}, {1}};
  CHECK(cxm::kmeans(table_of(same), 2, cxm::given_centres{{{1}, {5}}}).sizes() == sizes{3});
}

TEST_CASE("kmeans stop: rounds, or few changes") {
  cxm::random_stream random(cxm::seed{21});
  auto const data = clouds::random(random, 400, 2, 0);
  auto const one = cxm::kmeans(table_of(data), 8, cxm::until_stable{1}, cxm::restarts{1});
  CHECK(one.rounds() == 1);
  CHECK_FALSE(one.converged());
  auto const some =
      cxm::kmeans(table_of(data), 8, cxm::until_share_changes{0.05}, cxm::restarts{1});
  auto const all = cxm::kmeans(table_of(data), 8, cxm::restarts{1});
  CHECK(all.converged());
  CHECK(some.rounds() < all.rounds());
  CHECK(*one.inertia() > *some.inertia());
  CHECK(*some.inertia() >= *all.inertia());
  CHECK(all.rounds() <= 300);
}

TEST_CASE("kmeans restarts: more are never worse, and the seed decides") {
  cxm::random_stream random(cxm::seed{22});
  auto const data = clouds::random(random, 300, 4, 0);
  auto const table = table_of(data);
  double last = 1e300;
  for (std::size_t const starts : {1U, 2U, 5U, 20U}) {
    auto const model = cxm::kmeans(table, 9, cxm::restarts{starts}, cxm::seed{3});
    CHECK(model.starts() == starts);
    CHECK(*model.inertia() <= last);
    last = *model.inertia();
  }
  CHECK(cxm::kmeans(table, 9, cxm::seed{3}) == cxm::kmeans(table, 9, cxm::seed{3}));
  CHECK(cxm::kmeans(table, 9, cxm::seed{1}) == cxm::kmeans(table, 9));
  bool differ = false;
  for (std::uint64_t from = 2; from < 12; ++from)
    differ = differ || !(cxm::kmeans(table, 9, cxm::seed{from}, cxm::restarts{1}) ==
                         cxm::kmeans(table, 9, cxm::restarts{1}));
  CHECK(differ);
}

TEST_CASE("kmeans++: draws in proportion to the squared distance") {
  // Of points at 0, 1 and 3 with the first centre at 0, the second is 1 with probability 1/10.
  clouds::rows const data = {{0}, {1}, {3}};
  auto const table = table_of(data);
  cxm::detail::real_points const all(table.scaled().data(), 3, 1);
  int first_zero = 0, then_one = 0;
  for (std::uint64_t stream = 0; stream < 30000; ++stream) {
    cxm::random_stream random(cxm::seed{1}, stream);
    auto const chosen = cxm::kmeans_plus_plus{1}(all, 2, random);
    REQUIRE(chosen[0] != chosen[1]);
    first_zero += chosen[0] == 0;
    then_one += chosen[0] == 0 && chosen[1] == 1;
  }
  CHECK(std::abs(first_zero - 10000) < 300);
  CHECK(std::abs(then_one - first_zero / 10.0) < 100);
}

TEST_CASE("kmeans++: greedy starts are better than plain ones, and those than random ones") {
  cxm::random_stream random(cxm::seed{23});
  clouds::rows data;
  for (int c = 0; c < 25; ++c)
    for (int i = 0; i < 20; ++i)
      data.push_back({(c % 5) * 10 + random.unit(), (c / 5) * 10 + random.unit()});
  auto const table = table_of(data);
  double plain = 0, greedy = 0, any = 0;
  for (std::uint64_t from = 1; from <= 20; ++from) {
    auto const run = [&](auto start) {
      return *cxm::kmeans(table, 25, cxm::seed{from}, cxm::restarts{1}, start).inertia();
    };
    plain += run(cxm::kmeans_plus_plus{1});
    greedy += run(cxm::kmeans_plus_plus{});
    any += run(cxm::random_members{});
  }
  CHECK(greedy < plain);
  CHECK(plain < any);
}

TEST_CASE("kmeans start: one of your own") {
  clouds::rows const data = {{0}, {1}, {10}, {11}};
  auto const model = cxm::kmeans(table_of(data), 2, first_members{}, cxm::restarts{1});
  CHECK(model.sizes() == sizes{2, 2});
  auto const members = cxm::kmeans(table_of(data), 4, cxm::random_members{}, cxm::restarts{1});
  CHECK(members.size() == 4);
}
