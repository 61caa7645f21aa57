// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/hash.hpp>
#include <cxm/core/rng.hpp>
#include <cxm/segment/features.hpp>
#include <cxm/segment/kmeans.hpp>
#include <cxm/segment/kmeans_policies.hpp>
#include <cxm/segment/silhouette.hpp>

#include "catch.hpp"
#include "golden.hpp"
#include "segment/clouds.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace Catch::Matchers;

namespace {
auto table_of(clouds::rows const& data) {
  return cxm::features(data, clouds::columns(data.empty() ? 1 : data.front().size()));
}
using sizes = std::vector<std::uint64_t>;

/// The rows of a golden record.
clouds::rows golden_rows(golden::value const& input, std::string const& name) {
  auto const d = static_cast<std::size_t>(input["d"].number());
  auto const& flat = input[name];
  clouds::rows data(flat.size() / d, clouds::row(d));
  for (std::size_t i = 0; i < flat.size(); ++i) data[i / d][i % d] = flat[i].number();
  return data;
}
golden::value record(std::string const& file, std::string const& id) {
  for (auto const& one : golden::read(file)["records"])
    if (one["id"].text == id) return one;
  throw std::runtime_error("no record " + id);
}

/// Labels and centres belong together: no centre is nearer than the label's, every centre is the
/// mean of its members, segments are in order.
void check_consistent(clouds::rows const& data, auto const& model) {
  auto const centres = model.centres();
  auto const d = data.front().size();
  auto const k = model.size();
  REQUIRE(model.labels().size() == data.size());
  sizes count(k);
  std::vector<std::vector<long double>> sum(k, std::vector<long double>(d));
  for (std::size_t i = 0; i < data.size(); ++i) {
    auto const label = model.labels()[i];
    REQUIRE(label < k);
    REQUIRE(model(data[i]) == label);
    ++count[label];
    for (std::size_t j = 0; j < d; ++j) sum[label][j] += static_cast<long double>(data[i][j]);
    auto const own = clouds::distance(data[i].data(), centres.row(label).data(), d);
    for (std::size_t c = 0; c < k; ++c) {
      auto const other =
          clouds::distance(data[i].data(), centres.row(static_cast<Eigen::Index>(c)).data(), d);
      REQUIRE(own <= other * (1 + 1e-15L));
    }
  }
  REQUIRE(count == model.sizes());
  for (std::size_t c = 0; c < k; ++c) {
    REQUIRE(count[c] > 0);
    if (c > 0) REQUIRE(count[c - 1] >= count[c]);
    for (std::size_t j = 0; j < d; ++j) {
      auto const mean = sum[c][j] / static_cast<long double>(count[c]);
      REQUIRE(std::fabs(static_cast<double>(mean) -
                        centres(static_cast<Eigen::Index>(c), static_cast<Eigen::Index>(j))) <=
              1e-13 * (1 + std::fabs(static_cast<double>(mean))));
    }
  }
  auto const truth = static_cast<double>(clouds::inertia(data, model.labels(), k));
  CHECK(std::fabs(*model.inertia() - truth) <= 1e-12 * (1e-3 + truth));
}
}  // namespace

TEST_CASE("kmeans: the worked example of the method reference, F3") {
  clouds::rows const data = {{1, 1}, {1.5, 2}, {1, 1.5}, {8, 8}, {8.5, 9}, {9, 8}};
  auto const model = cxm::kmeans(table_of(data), 2);
  CHECK_THAT(*model.inertia(), WithinAbs(1.8333, 5e-5));
  CHECK(model.sizes() == sizes{3, 3});
  CHECK(model.labels() == std::vector<std::uint32_t>{0, 0, 0, 1, 1, 1});
  CHECK(model.centres()(0, 0) == 3.5 / 3);
  CHECK(model.centres()(0, 1) == 1.5);
  CHECK(model.centres()(1, 0) == 8.5);
  CHECK(model.centres()(1, 1) == 25.0 / 3);
  CHECK(model.converged());
}

TEST_CASE("kmeans: goldens of scikit-learn and R") {
  struct expected {
    std::string file, id, data, inertia;
  };
  for (auto const& [file, id, name, member] :
       {expected{"clustering_metrics.json", "skl_iris", "data", "inertia"},
        expected{"clustering_metrics.json", "skl_iris_k2", "data", "inertia"},
        expected{"clustering.json", "cluster_iris2", "X_row_major", "best_tot_withinss"},
        expected{"clustering.json", "cluster_xclara", "X_row_major", "best_tot_withinss"}}) {
    INFO(id);
    auto const found = record(file, id);
    auto const data = golden_rows(found["input"], name);
    auto const model =
        cxm::kmeans(table_of(data), static_cast<std::size_t>(found["input"]["k"].number()));
    CHECK_THAT(*model.inertia(), WithinRel(found["expect"][member].number(), 1e-12));
    sizes ascending = model.sizes();
    std::reverse(ascending.begin(), ascending.end());
    for (std::size_t c = 0; c < ascending.size(); ++c)
      CHECK(static_cast<double>(ascending[c]) == found["expect"]["sizes"][c].number());
    check_consistent(data, model);
  }
}

TEST_CASE("kmeans: iris, k = 3, and with z-scores") {
  auto const data = golden_rows(record("clustering_metrics.json", "skl_iris")["input"], "data");
  auto const raw = cxm::kmeans(table_of(data), 3, cxm::seed{7});
  CHECK_THAT(*raw.inertia(), WithinAbs(78.8514414261, 5e-11));
  CHECK(raw.sizes() == sizes{62, 50, 38});
  auto const z = cxm::features(data, clouds::columns(4), cxm::zscore{});
  auto const scaled = cxm::kmeans(z, 3, cxm::seed{7});
  CHECK_THAT(*scaled.inertia(), WithinAbs(139.8205, 5e-5));  // population deviation
  CHECK(scaled.sizes() == sizes{53, 50, 47});
  for (Eigen::Index j = 0; j < 4; ++j)
    CHECK_THAT(scaled.centres_in_units()(1, j),
               WithinRel(z.values().topRows(50).col(j).mean(), 1e-13));
}

TEST_CASE("kmeans: with many starts it finds the best of all partitions") {
  cxm::random_stream random(cxm::seed{11});
  for (int trial = 0; trial < 60; ++trial) {
    auto const k = 2 + random.below(2);
    std::size_t const n = k == 2 ? 9 : 8;
    auto const data = clouds::random(random, n, 1 + random.below(3), trial % 2 == 0 ? 0 : 5);
    auto const best = static_cast<double>(clouds::least_inertia(data, k));
    INFO("trial " << trial);
    auto const plus = cxm::kmeans(table_of(data), k, cxm::restarts{60});
    auto const members = cxm::kmeans(table_of(data), k, cxm::restarts{200}, cxm::random_members{});
    CHECK_THAT(*plus.inertia(), WithinAbs(best, 1e-9));
    CHECK_THAT(*members.inertia(), WithinAbs(best, 1e-9));
    check_consistent(data, plus);
  }
}

TEST_CASE("kmeans: the rounds are those of Lloyd in long double") {
  cxm::random_stream random(cxm::seed{12});
  for (int trial = 0; trial < 40; ++trial) {
    std::size_t const n = 20 + random.below(200), d = 1 + random.below(20),
                      k = 2 + random.below(18);
    auto const data = clouds::random(random, n, d, 0);
    clouds::rows centres(data.begin(), data.begin() + static_cast<std::ptrdiff_t>(k));
    auto const model = cxm::kmeans(table_of(data), k, cxm::given_centres{centres});
    std::vector<std::vector<long double>> now;
    for (auto const& one : centres) now.emplace_back(one.begin(), one.end());
    std::vector<std::uint32_t> labels(n, 99);
    std::uint64_t rounds = 0;
    bool emptied = false;
    for (bool changed = true; changed && !emptied; ++rounds) {
      changed = false;
      for (std::size_t i = 0; i < n; ++i) {
        std::uint32_t nearest = 0;
        long double least = std::numeric_limits<long double>::infinity();
        for (std::uint32_t c = 0; c < k; ++c) {
          long double sum = 0;
          for (std::size_t j = 0; j < d; ++j) {
            auto const difference = static_cast<long double>(data[i][j]) - now[c][j];
            sum += difference * difference;
          }
          if (sum < least) {
            least = sum;
            nearest = c;
          }
        }
        changed = changed || labels[i] != nearest;
        labels[i] = nearest;
      }
      for (std::uint32_t c = 0; c < k; ++c) {
        auto const members = std::count(labels.begin(), labels.end(), c);
        emptied = emptied || members == 0;
        for (std::size_t j = 0; j < d && members > 0; ++j) {
          long double sum = 0;
          for (std::size_t i = 0; i < n; ++i)
            if (labels[i] == c) sum += static_cast<long double>(data[i][j]);
          now[c][j] = sum / static_cast<long double>(members);
        }
      }
    }
    if (emptied) continue;
    INFO("trial " << trial);
    CHECK(model.rounds() == rounds);
    // The same partition, whatever the numbers of its parts.
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t other = 0; other < i; ++other)
        REQUIRE((labels[i] == labels[other]) == (model.labels()[i] == model.labels()[other]));
    check_consistent(data, model);
  }
}

TEST_CASE("kmeans: the order of the members plays no part, to the last bit") {
  cxm::random_stream random(cxm::seed{13});
  for (std::uint64_t const grid : {0U, 3U, 11U}) {
    auto data = clouds::random(random, 120, 3, grid);
    auto const start = cxm::kmeans(table_of(data), 6, cxm::restarts{3});
    for (int trial = 0; trial < 10; ++trial) {
      for (std::size_t i = data.size(); i > 1; --i) std::swap(data[i - 1], data[random.below(i)]);
      auto const again = cxm::kmeans(table_of(data), 6, cxm::restarts{3});
      CHECK(again == start);  // recipe, centres, sizes, inertia, rounds, bit for bit
      check_consistent(data, again);
      auto const members = cxm::kmeans(table_of(data), 6, cxm::random_members{}, cxm::restarts{2});
      std::reverse(data.begin(), data.end());
      CHECK(members == cxm::kmeans(table_of(data), 6, cxm::random_members{}, cxm::restarts{2}));
    }
  }
}

TEST_CASE("kmeans: the same bits on every compiler, level and instruction set") {
  cxm::detail::word_hash hash;
  cxm::random_stream random(cxm::seed{14});
  for (std::uint64_t const grid : {0U, 2U, 4U, 9U, 100U})
    for (std::size_t const d : {1U, 2U, 5U, 16U}) {
      auto const data = clouds::random(random, 150, d, grid);
      auto const model =
          cxm::kmeans(cxm::features(data, clouds::columns(d), cxm::zscore{}), 5, cxm::restarts{3});
      auto const units = model.centres_in_units();
      for (auto const label : model.labels()) hash.add(label);
      for (double const value : model.centres().reshaped())
        hash.add(std::bit_cast<std::uint64_t>(value));
      for (double const value : units.reshaped()) hash.add(std::bit_cast<std::uint64_t>(value));
      hash.add(std::bit_cast<std::uint64_t>(*model.inertia()));
      hash.add(std::bit_cast<std::uint64_t>(
          *cxm::silhouette(cxm::features(data, clouds::columns(d), cxm::zscore{}), model.labels())
               .mean));
    }
  CHECK(hash.value() == 0x35665c68bbcd7869U);
}

TEST_CASE("kmeans: of exactly equal distances the first centre wins, whatever rounding says") {
  // 0.3 is nearer to 0.1 than to 0.5 in doubles by their bits, though both differ by 0.2 in
  // decimals.
  auto const label = [](double x, double a, double b) {
    clouds::rows const data = {{x}, {a}, {b}};
    auto const model =
        cxm::kmeans(table_of(data), 2, cxm::given_centres{{{a}, {b}}}, cxm::until_stable{1});
    return model.labels()[0] == model.labels()[1];
  };
  for (auto const& [x, a, b] :
       {std::array{0.3, 0.1, 0.5}, {0.2, 0.1, 0.3}, {1.1, 1.0, 1.2}, {0.7, 0.6, 0.8}}) {
    // x - a and b - x by exact comparison of x with (a + b)/2: 2x against a + b without rounding.
    cxm::exact_sum sum;
    sum.add(a);
    sum.add(b);
    sum.add(-x);
    sum.add(-x);
    bool const to_a = !sum.negative();  // a + b >= 2x
    CHECK(label(x, a, b) == to_a);
    CHECK(label(x, b, a) != to_a);
  }
  CHECK(label(1, 0, 2));
  CHECK(label(1, 2, 0) == false);  // the order of the centres plays no part
  CHECK(label(0x1p-600, 0, 0x1p-599));
}

TEST_CASE("kmeans: the smallest inputs") {
  auto const none = cxm::kmeans(table_of({}), 3);
  CHECK(none.size() == 0);
  CHECK(none.asked() == 3);
  CHECK(none.inertia().why() == cxm::reason::no_data);
  CHECK(none.labels().empty());
  CHECK_FALSE(none(clouds::row{1.0}).has_value());
  CHECK_THROWS_AS(cxm::kmeans(table_of({}), 0), std::invalid_argument);

  clouds::rows const data = {{5, 1}, {1, 1}, {3, 3}};
  auto const one = cxm::kmeans(table_of(data), 1);
  CHECK(one.sizes() == sizes{3});
  CHECK(one.centres()(0, 0) == 3);
  CHECK_THAT(*one.inertia(), WithinRel(8 + 8.0 / 3, 1e-15));
  auto const all = cxm::kmeans(table_of(data), 3);
  CHECK(*all.inertia() == 0);
  CHECK(all.sizes() == sizes{1, 1, 1});
  CHECK(all.labels() == std::vector<std::uint32_t>{2, 0, 1});  // by centre
  CHECK_THROWS_AS(cxm::kmeans(table_of(data), 2, cxm::restarts{0}), std::invalid_argument);
}

TEST_CASE("kmeans: fewer different members than segments give fewer segments") {
  clouds::rows const data = {{1, 2}, {1, 2}, {4, 4}, {1, 2}, {4, 4}, {0, 0}};
  for (std::size_t const k : {3U, 4U, 100U}) {
    auto const model = cxm::kmeans(table_of(data), k);
    CHECK(model.size() == 3);
    CHECK(model.asked() == k);
    CHECK(model.sizes() == sizes{3, 2, 1});
    CHECK(*model.inertia() == 0);
  }
  auto const random = cxm::kmeans(table_of(data), 5, cxm::random_members{});
  CHECK(random.size() == 3);
  clouds::rows const same(10, {7, 7});
  CHECK(cxm::kmeans(table_of(same), 4).sizes() == sizes{10});
}

TEST_CASE("kmeans: rows without a feature are in no segment") {
  double const nan = std::numeric_limits<double>::quiet_NaN();
  clouds::rows const data = {{1}, {nan}, {2}, {9}, {-std::numeric_limits<double>::infinity()},
                             {10}};
  auto const table = table_of(data);
  auto const model = cxm::kmeans(table, 2);
  CHECK(model.labels().size() == 4);
  auto const members = table.per_member(model.labels());
  CHECK(members == std::vector<std::optional<std::uint32_t>>{0, {}, 0, 1, {}, 1});
  for (std::size_t i = 0; i < data.size(); ++i) CHECK(model(data[i]) == members[i]);
}

TEST_CASE("kmeans: members who sit far from zero, or near it, are told apart") {
  for (double const offset : {1e9, 1e15, -1e15}) {
    clouds::rows const data = {{offset}, {offset + 1}, {offset + 8}, {offset + 9}};
    auto const model = cxm::kmeans(table_of(data), 2);
    CHECK(model.sizes() == sizes{2, 2});
    CHECK(model.labels()[0] == model.labels()[1]);
    CHECK(*model.inertia() == 1);
  }
  for (double const size : {1e-300, 1e140, 5e-324}) {
    clouds::rows const data = {{0}, {size}, {size}};
    CHECK(cxm::kmeans(table_of(data), 2).size() <= 2);
  }
}
