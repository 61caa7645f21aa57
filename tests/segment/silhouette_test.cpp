// SPDX-License-Identifier: BSL-1.0
#include <cxm/segment/choose_k.hpp>
#include <cxm/segment/kmeans.hpp>
#include <cxm/segment/silhouette.hpp>

#include "catch.hpp"
#include "golden.hpp"
#include "segment/clouds.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

using namespace Catch::Matchers;

namespace {
auto table_of(clouds::rows const& data) {
  return cxm::features(data, clouds::columns(data.empty() ? 1 : data.front().size()));
}

/// By the definition, for each member.
double by_definition(clouds::rows const& data, std::vector<std::uint32_t> const& labels) {
  long double total = 0;
  for (std::size_t i = 0; i < data.size(); ++i) {
    std::map<std::uint32_t, std::pair<long double, int>> to;
    for (std::size_t j = 0; j < data.size(); ++j) {
      if (j == i) continue;
      auto& [sum, n] = to[labels[j]];
      sum += std::sqrt(clouds::distance(data[i].data(), data[j].data(), data[i].size()));
      ++n;
    }
    if (to.find(labels[i]) == to.end()) continue;  // alone: 0
    long double const a = to[labels[i]].first / to[labels[i]].second;
    long double b = -1;
    for (auto const& [label, sum] : to)
      if (label != labels[i] && (b < 0 || sum.first / sum.second < b)) b = sum.first / sum.second;
    if (std::max(a, b) > 0) total += (b - a) / std::max(a, b);
  }
  return static_cast<double>(total / static_cast<long double>(data.size()));
}
}  // namespace

TEST_CASE("silhouette: the worked example of the method reference, F13") {
  clouds::rows const data = {{1, 1}, {1.5, 2}, {1, 1.5}, {8, 8}, {8.5, 9}, {9, 8}};
  auto const table = table_of(data);
  auto const found = cxm::silhouette(table, cxm::kmeans(table, 2).labels());
  CHECK_THAT(*found.mean, WithinAbs(.907, 5e-4));
  CHECK(found.n == 6);
  CHECK_FALSE(found.sampled);
}

TEST_CASE("silhouette: goldens of scikit-learn and R") {
  auto const check = [](std::string const& file, std::string const& id, std::string const& rows,
                        std::string const& mean) {
    for (auto const& record : golden::read(file)["records"]) {
      if (record["id"].text != id) continue;
      INFO(id);
      auto const& input = record["input"];
      auto const d = static_cast<std::size_t>(input["d"].number());
      clouds::rows data(input[rows].size() / d, clouds::row(d));
      for (std::size_t i = 0; i < input[rows].size(); ++i)
        data[i / d][i % d] = input[rows][i].number();
      std::vector<std::uint32_t> labels;
      for (auto const& label : input["labels"])
        labels.push_back(static_cast<std::uint32_t>(label.number()) -
                         (file == "clustering.json" ? 1 : 0));
      auto const found = cxm::silhouette(table_of(data), labels);
      CHECK_THAT(*found.mean, WithinRel(record["expect"][mean].number(), 1e-12));
      if (file != "clustering.json") continue;
      auto const& segments = record["expect"]["silhouette_per_cluster"];
      for (std::size_t c = 0; c < segments.size(); ++c)
        CHECK_THAT(*found.segments[c], WithinRel(segments[c].number(), 1e-12));
    }
  };
  check("clustering_metrics.json", "skl_iris", "data", "silhouette");
  check("clustering_metrics.json", "skl_iris_k2", "data", "silhouette");
  check("clustering.json", "cluster_iris2", "X_row_major", "silhouette_avg");
  check("clustering.json", "cluster_xclara", "X_row_major", "silhouette_avg");
}

TEST_CASE("silhouette: is its definition, also for members who are alone or the same") {
  cxm::random_stream random(cxm::seed{31});
  for (int trial = 0; trial < 60; ++trial) {
    auto const k = 2 + random.below(4);
    auto const data =
        clouds::random(random, k + random.below(30), 1 + random.below(3), trial % 2 == 0 ? 0 : 3);
    std::vector<std::uint32_t> labels;
    for (std::size_t i = 0; i < data.size(); ++i)
      labels.push_back(static_cast<std::uint32_t>(i < k ? i : random.below(k)));
    auto const found = cxm::silhouette(table_of(data), labels);
    CHECK_THAT(*found.mean, WithinAbs(by_definition(data, labels), 1e-13));
  }
}

TEST_CASE("silhouette: undefined for one segment, and for nobody") {
  clouds::rows const data = {{1}, {2}, {5}};
  CHECK(cxm::silhouette(table_of(data), {0, 0, 0}).mean.why() == cxm::reason::degenerate);
  CHECK(cxm::silhouette(table_of({}), {}).mean.why() == cxm::reason::no_data);
  CHECK(*cxm::silhouette(table_of(data), {0, 1, 2}).mean == 0);
  CHECK(cxm::silhouette(table_of(data), {0, 0, 2}).segments[1].why() == cxm::reason::no_data);
  CHECK_THROWS_AS(cxm::silhouette(table_of(data), {0, 0}), std::invalid_argument);
  CHECK_THROWS_AS(cxm::silhouette(table_of(data), {0, 0, 4000000000U}), std::invalid_argument);
}

TEST_CASE(
    "silhouette: of a sample is near the exact one, and the same for every order of the rows") {
  cxm::random_stream random(cxm::seed{32});
  clouds::rows data;
  for (int i = 0; i < 4000; ++i) {
    double const centre = static_cast<double>(random.below(4)) * 3;
    data.push_back({centre + random.unit(), random.unit() * 4});
  }
  auto const table = table_of(data);
  auto const model = cxm::kmeans(table, 4, cxm::restarts{2});
  auto const exact = cxm::silhouette(table, model.labels());
  auto const sample = cxm::silhouette(table, model.labels(), cxm::sample_above{500}, cxm::seed{2});
  CHECK_FALSE(exact.sampled);
  CHECK(sample.sampled);
  CHECK(sample.n == 500);
  CHECK(std::abs(*sample.mean - *exact.mean) < 0.03);
  std::reverse(data.begin(), data.end());
  auto labels = model.labels();
  std::reverse(labels.begin(), labels.end());
  CHECK(cxm::silhouette(table_of(data), labels, cxm::seed{2}, cxm::sample_above{500}).mean ==
        sample.mean);
  CHECK(cxm::silhouette(table_of(data), labels).mean == exact.mean);
  CHECK_FALSE(cxm::silhouette(table, model.labels(), cxm::sample_above{500}).mean == sample.mean);
}

TEST_CASE("choose_k: takes the largest silhouette, and says why") {
  clouds::rows data;
  cxm::random_stream random(cxm::seed{33});
  for (int i = 0; i < 90; ++i) data.push_back({(i % 3) * 10 + random.unit(), random.unit()});
  auto const table = table_of(data);
  auto const chosen = cxm::choose_k(table, 2, 6, cxm::seed{7});
  CHECK(chosen.model.size() == 3);
  CHECK(chosen.evidence.size() == 5);
  for (auto const& one : chosen.evidence) {
    auto const alone = cxm::kmeans(table, one.k, cxm::seed{7});
    CHECK(one.inertia == alone.inertia());
    CHECK(one.silhouette.mean == cxm::silhouette(table, alone.labels()).mean);
    CHECK(*one.silhouette.mean <= *chosen.silhouette().mean);
  }
  CHECK(chosen.model == cxm::kmeans(table, 3, cxm::seed{7}));
  CHECK(cxm::choose_k(table, 2, 4, cxm::restarts{2}, cxm::sample_above{50}).silhouette().sampled);
}

TEST_CASE("choose_k: the smaller k at ties, and where nothing can be told") {
  clouds::rows const square = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};
  CHECK(cxm::choose_k(table_of(square), 3, 4).model.asked() == 3);
  clouds::rows const same(5, {1, 1});
  auto const one = cxm::choose_k(table_of(same), 2, 9);
  CHECK(one.model.asked() == 2);
  CHECK(one.model.size() == 1);
  CHECK(one.evidence.size() == 1);  // no more segments than different members
  CHECK(one.silhouette().mean.why() == cxm::reason::degenerate);
  CHECK(cxm::choose_k(table_of({}), 1, 3).model.size() == 0);
  CHECK(cxm::choose_k(table_of(square), 1, 2).model.size() == 2);
  CHECK_THROWS_AS(cxm::choose_k(table_of(same), 0, 3), std::invalid_argument);
  CHECK_THROWS_AS(cxm::choose_k(table_of(same), 4, 3), std::invalid_argument);
}

TEST_CASE("segments of real data: iris, S1 and S2") {
  auto const folder = clouds::data_folder();
  if (folder.empty()) {
    WARN("skipped: CXM_DATA is not set");
    return;
  }
  auto const iris = table_of(clouds::csv(folder + "/cluster_iris/iris.csv", 4));
  auto const three = cxm::kmeans(iris, 3, cxm::seed{7});
  CHECK_THAT(*three.inertia(), WithinAbs(78.8514414261, 5e-11));
  CHECK(three.sizes() == std::vector<std::uint64_t>{62, 50, 38});
  CHECK_THAT(*cxm::silhouette(iris, three.labels()).mean, WithinAbs(0.5528190124, 5e-11));
  CHECK(cxm::choose_k(iris, 2, 10).model.size() == 2);
  // The best sums of squares that R found in 200 starts.
  for (auto const& [name, best] : {std::pair{"1", 8917615616867.26}, {"2", 13279109490729.7}}) {
    std::string const s = std::string("s") + name;
    auto const points = table_of(clouds::csv(folder + "/cluster_sipu_" + s + "/" + s + ".csv", 2));
    CHECK_THAT(*cxm::kmeans(points, 15, cxm::restarts{20}, cxm::seed{7}).inertia(),
               WithinRel(best, 1e-13));
  }
}
