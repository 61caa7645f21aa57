// SPDX-License-Identifier: BSL-1.0
#include <cxm/segment/choose_k.hpp>
#include <cxm/segment/cluster_quality.hpp>
#include <cxm/segment/gap.hpp>
#include <cxm/segment/partition_compare.hpp>
#include <cxm/segment/stability.hpp>

#include "catch.hpp"
#include "golden.hpp"
#include "segment/clouds.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

using namespace Catch::Matchers;

namespace {
auto table_of(clouds::rows const& data) {
  return cxm::features(data, clouds::columns(data.empty() ? 1 : data.front().size()));
}
using labels_type = std::vector<std::uint32_t>;

labels_type labels_of(golden::value const& list) {
  labels_type labels;
  for (auto const& one : list) labels.push_back(static_cast<std::uint32_t>(one.number()));
  return labels;
}

double distance(clouds::row const& a, clouds::row const& b) {
  return std::sqrt(static_cast<double>(clouds::distance(a.data(), b.data(), a.size())));
}

/// Both indices by their definitions.
std::pair<double, double> by_definition(clouds::rows const& data, labels_type const& labels,
                                        std::size_t k) {
  std::size_t const n = data.size(), d = data.front().size();
  clouds::rows means(k, clouds::row(d));
  std::vector<double> size(k), spread(k);
  clouds::row centre(d);
  for (std::size_t i = 0; i < n; ++i) {
    size[labels[i]] += 1;
    for (std::size_t j = 0; j < d; ++j) {
      means[labels[i]][j] += data[i][j];
      centre[j] += data[i][j] / static_cast<double>(n);
    }
  }
  for (std::size_t c = 0; c < k; ++c)
    for (auto& value : means[c]) value /= size[c];
  double within = 0, between = 0, bouldin = 0;
  for (std::size_t i = 0; i < n; ++i) {
    double const apart = distance(data[i], means[labels[i]]);
    within += apart * apart;
    spread[labels[i]] += apart / size[labels[i]];
  }
  for (std::size_t a = 0; a < k; ++a) {
    between += size[a] * std::pow(distance(means[a], centre), 2);
    double worst = 0;
    for (std::size_t b = 0; b < k; ++b)
      if (a != b) worst = std::max(worst, (spread[a] + spread[b]) / distance(means[a], means[b]));
    bouldin += worst / static_cast<double>(k);
  }
  return {between / static_cast<double>(k - 1) / (within / static_cast<double>(n - k)), bouldin};
}

/// The adjusted Rand index by looking at every pair of members.
double rand_by_pairs(labels_type const& a, labels_type const& b) {
  double both = 0, first = 0, second = 0, all = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) {
      both += a[i] == a[j] && b[i] == b[j];
      first += a[i] == a[j];
      second += b[i] == b[j];
      all += 1;
    }
  double const expected = first * second / all;
  return (both - expected) / ((first + second) / 2 - expected);
}
}  // namespace

TEST_CASE("quality: the worked example of the method reference, F3 and F13") {
  clouds::rows const data = {{1, 1}, {1.5, 2}, {1, 1.5}, {8, 8}, {8.5, 9}, {9, 8}};
  auto const found = cxm::quality(table_of(data), {0, 0, 0, 1, 1, 1});
  CHECK_THAT(*found.within, WithinAbs(1.8333, 5e-5));
  CHECK_THAT(*found.calinski_harabasz, WithinAbs(328.8, .05));
}

TEST_CASE(
    "quality: goldens skl_iris and skl_iris_k2 of scikit-learn, R's clusterings of iris and "
    "xclara") {
  for (auto const& record : golden::read("clustering_metrics.json")["records"]) {
    auto const id = record["id"].text;
    if (id != "skl_iris" && id != "skl_iris_k2") continue;
    INFO(id);
    auto const& input = record["input"];
    auto const& expect = record["expect"];
    clouds::rows data(input["data"].size() / 4, clouds::row(4));
    for (std::size_t i = 0; i < input["data"].size(); ++i)
      data[i / 4][i % 4] = input["data"][i].number();
    auto const labels = labels_of(input["labels"]);
    auto const found = cxm::quality(table_of(data), labels);
    CHECK_THAT(*found.within, WithinRel(expect["inertia"].number(), 1e-12));
    CHECK_THAT(*found.calinski_harabasz, WithinRel(expect["calinski_harabasz"].number(), 1e-12));
    CHECK_THAT(*found.davies_bouldin, WithinRel(expect["davies_bouldin"].number(), 1e-12));
    labels_type truth(150);  // the three species, one after the other
    for (std::size_t i = 0; i < 150; ++i) truth[i] = static_cast<std::uint32_t>(i / 50);
    auto const same = cxm::compare_partitions(truth, labels);
    CHECK_THAT(*same.adjusted_rand, WithinRel(expect["ari_vs_truth"].number(), 1e-12));
    CHECK_THAT(*same.normalised_mutual_information, WithinRel(expect["nmi"].number(), 1e-12));
  }
  for (auto const& record : golden::read("clustering.json")["records"]) {
    INFO(record["id"].text);
    auto const& input = record["input"];
    auto const d = static_cast<std::size_t>(input["d"].number());
    clouds::rows data(input["X_row_major"].size() / d, clouds::row(d));
    for (std::size_t i = 0; i < input["X_row_major"].size(); ++i)
      data[i / d][i % d] = input["X_row_major"][i].number();
    auto const table = table_of(data);
    auto const model = cxm::kmeans(table, static_cast<std::size_t>(input["k"].number()));
    auto const found = cxm::quality(table, model.labels());
    auto const& expect = record["expect"];
    CHECK_THAT(*found.within, WithinRel(expect["best_tot_withinss"].number(), 1e-12));
    CHECK_THAT(*found.between, WithinRel(expect["betweenss"].number(), 1e-12));
    CHECK_THAT(*found.calinski_harabasz, WithinRel(expect["calinski_harabasz"].number(), 1e-11));
  }
}

TEST_CASE("quality: is its definition, and has none where there is none") {
  cxm::random_stream random(cxm::seed{41});
  for (int trial = 0; trial < 40; ++trial) {
    auto const k = 2 + random.below(4);
    auto const data = clouds::random(random, k + 1 + random.below(30), 1 + random.below(4), 0);
    labels_type labels;
    for (std::size_t i = 0; i < data.size(); ++i)
      labels.push_back(static_cast<std::uint32_t>(i < k ? i : random.below(k)));
    auto const found = cxm::quality(table_of(data), labels);
    auto const [harabasz, bouldin] = by_definition(data, labels, k);
    CHECK_THAT(*found.calinski_harabasz, WithinRel(harabasz, 1e-9));
    CHECK_THAT(*found.davies_bouldin, WithinRel(bouldin, 1e-9));
  }
  clouds::rows const data = {{1}, {2}, {2}};
  auto const quality = [&](labels_type const& labels) {
    return cxm::quality(table_of(data), labels);
  };
  CHECK(quality({0, 0, 0}).calinski_harabasz.why() == cxm::reason::degenerate);
  CHECK(quality({0, 0, 0}).davies_bouldin.why() == cxm::reason::degenerate);
  CHECK(quality({0, 1, 2}).calinski_harabasz.why() == cxm::reason::degenerate);  // k = n
  CHECK(quality({0, 1, 2}).davies_bouldin.why() == cxm::reason::degenerate);  // two means coincide
  CHECK(quality({0, 1, 1}).calinski_harabasz.why() == cxm::reason::degenerate);  // nothing within
  CHECK(quality({0, cxm::no_segment, 2}).n == 2);
  CHECK(cxm::quality(table_of({}), {}).within.why() == cxm::reason::no_data);
  CHECK_THROWS_AS(quality({0}), std::invalid_argument);
  CHECK_THROWS_AS(quality({0, 1, 9}), std::invalid_argument);
}

TEST_CASE("compare_partitions: goldens lab_l1, lab_l3 and lab_l5 of scikit-learn") {
  for (auto const& record : golden::read("partition_compare.json")["records"]) {
    INFO(record["id"].text);
    auto const found =
        cxm::compare_partitions(labels_of(record["input"]["a"]), labels_of(record["input"]["b"]));
    CHECK_THAT(*found.adjusted_rand, WithinAbs(record["expect"]["ari"].number(), 1e-15));
    CHECK_THAT(*found.normalised_mutual_information,
               WithinAbs(record["expect"]["nmi"].number(), 1e-15));
  }
}

TEST_CASE("compare_partitions: every pair of members, and the overlap of F14") {
  cxm::random_stream random(cxm::seed{42});
  for (int trial = 0; trial < 40; ++trial) {
    labels_type a, b;
    for (std::uint64_t i = 0; i < 5 + random.below(40); ++i) {
      a.push_back(static_cast<std::uint32_t>(random.below(4)));
      b.push_back(static_cast<std::uint32_t>(random.below(3)));
    }
    a.insert(a.end(), {0, 1, 1});
    b.insert(b.end(), {0, 1, 2});
    auto const found = cxm::compare_partitions(a, b);
    CHECK_THAT(*found.adjusted_rand, WithinAbs(rand_by_pairs(a, b), 1e-12));
    CHECK_THAT(*cxm::compare_partitions(b, a).normalised_mutual_information,
               WithinAbs(*found.normalised_mutual_information, 1e-12));
    CHECK_THAT(*cxm::compare_partitions(a, a).adjusted_rand, WithinAbs(1, 1e-15));
  }
  // {0..9} against {2..11} of 12.
  labels_type first(12, 0), second(12, 1);
  first[10] = first[11] = 1;
  second[0] = second[1] = 0;
  CHECK_THAT(**cxm::compare_partitions(first, second).jaccard.begin(), WithinAbs(.667, 5e-4));
  labels_type const none(2, cxm::no_segment);
  CHECK(cxm::compare_partitions(none, {0, 0}).adjusted_rand.why() == cxm::reason::no_data);
  CHECK(cxm::compare_partitions({0, cxm::no_segment, 2}, {0, 0, 1}).n == 2);
  CHECK(cxm::compare_partitions({2, 2, 2}, {0, 0, 1}).jaccard[0].why() == cxm::reason::no_data);
  CHECK_THROWS_AS(cxm::compare_partitions({0}, {0, 1}), std::invalid_argument);
  CHECK_THROWS_AS(cxm::compare_partitions({7}, {0}), std::invalid_argument);
}

TEST_CASE("how many: three groups are three by gap, elbow and silhouette, and one cloud is one") {
  cxm::random_stream random(cxm::seed{43});
  clouds::rows groups, cloud;
  for (int i = 0; i < 90; ++i) {
    groups.push_back({(i % 3) * 8 + random.unit(), (i % 3 == 1) * 12 + random.unit()});
    cloud.push_back({random.unit(), random.unit()});
  }
  auto const some = cxm::restarts{3};
  auto const three = cxm::gap(table_of(groups), 1, 5, some, cxm::even_boxes{10});
  REQUIRE(three.k.has_value());
  CHECK(*three.k == 3);
  CHECK(three.evidence.size() == 5);
  CHECK(*cxm::gap(table_of(cloud), 1, 4, some, cxm::even_boxes{10}).k == 1);
  auto const chosen = cxm::choose_k(table_of(groups), 1, 6, some);
  CHECK(chosen.model.size() == 3);
  CHECK(*chosen.elbow() == 3);
  CHECK(chosen.clear());
  CHECK(*chosen.evidence[2].quality.calinski_harabasz >
        *chosen.evidence[1].quality.calinski_harabasz);
  CHECK(cxm::elbow({5, 1}).why() == cxm::reason::degenerate);
  CHECK(cxm::elbow({3, 2, 1}).why() == cxm::reason::degenerate);
  CHECK(*cxm::elbow({9, 2, 1.5, 1}) == 1);
  clouds::rows const same(4, {1, 1});
  CHECK(cxm::gap(table_of(same), 1, 2, cxm::even_boxes{2}).evidence[0].gap.why() ==
        cxm::reason::degenerate);
  CHECK(cxm::gap(table_of({}), 1, 2).k.why() == cxm::reason::no_data);
  CHECK_THROWS_AS(cxm::gap(table_of(same), 2, 1), std::invalid_argument);
}

TEST_CASE("stability: groups that lie apart are found again, halves of a cloud are not") {
  cxm::random_stream random(cxm::seed{44});
  clouds::rows groups, cloud;
  for (int i = 0; i < 90; ++i) {
    groups.push_back({(i % 3) * 8 + random.unit(), random.unit()});
    cloud.push_back({random.unit(), random.unit()});
  }
  auto const table = table_of(groups);
  auto const model = cxm::kmeans(table, 3);
  auto const found = cxm::stability(table, model, cxm::draws{20}, cxm::restarts{3});
  REQUIRE(found.size() == 3);
  for (auto const& one : found) {
    CHECK(*one.jaccard == 1);
    CHECK(*one.grade == cxm::stability_grade::highly_stable);
    CHECK(one.draws == 20);
  }
  auto const table_of_cloud = table_of(cloud);
  auto const five = cxm::kmeans(table_of_cloud, 5);
  auto const shaky = cxm::stability(table_of_cloud, five, cxm::draws{20}, cxm::restarts{3});
  CHECK(
      std::any_of(shaky.begin(), shaky.end(), [](auto const& one) { return *one.jaccard < .75; }));
  auto const again = cxm::stability(table_of_cloud, five, cxm::draws{20}, cxm::restarts{3});
  for (std::size_t c = 0; c < 5; ++c) CHECK(*again[c].jaccard == *shaky[c].jaccard);
  CHECK(cxm::grade_of(.6) == cxm::stability_grade::pattern);
  CHECK(cxm::grade_of(.8) == cxm::stability_grade::stable);
  CHECK(cxm::stability(table_of({}), cxm::kmeans(table_of({}), 2)).empty());
}
