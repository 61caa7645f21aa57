// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/simultaneous.hpp>

#include "catch.hpp"
#include "golden.hpp"

#include <cmath>
#include <random>
#include <vector>

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using cxm::confidence;

TEST_CASE("Goodman and Sison-Glaz against multinomial_ci.json") {
  for (auto const& record : golden::read("multinomial_ci.json")["records"]) {
    INFO(record["id"].text);
    std::vector<std::uint64_t> counts;
    for (auto const& count : record["input"]["counts"])
      counts.push_back(static_cast<std::uint64_t>(count.number()));
    confidence const level{record["input"]["level"].number()};
    auto const check = [&](char const* name, auto const& found) {
      INFO(name);
      for (std::size_t i = 0; i < counts.size(); ++i) {
        CHECK_THAT(found[i].low, WithinAbs(record["expect"][name][2 * i].number(), 1e-12));
        // The engine's central moments are differences of moments about 0: it loses a digit more.
        CHECK_THAT(found[i].high, WithinAbs(record["expect"][name][2 * i + 1].number(), 4e-12));
      }
    };
    check("goodman", *cxm::goodman::shares(counts, level));
    check("sison-glaz", *cxm::sison_glaz::shares(counts, level));
  }
}

TEST_CASE("simultaneous intervals cover all shares at once") {
  // Five classes, 200 answers: drawn 2,000 times.
  std::mt19937_64 random{6};
  std::vector<double> const truth = {0.05, 0.1, 0.2, 0.25, 0.4};
  int goodman = 0;
  int sison_glaz = 0;
  constexpr int rounds = 2'000;
  for (int round = 0; round < rounds; ++round) {
    std::vector<std::uint64_t> counts(5);
    for (int i = 0; i < 200; ++i) {
      double u = static_cast<double>(random() >> 11) * 0x1p-53;
      std::size_t at = 0;
      while (at < 4 && u >= truth[at]) u -= truth[at++];
      ++counts[at];
    }
    auto const all = [&](auto const& found) {
      for (std::size_t i = 0; i < 5; ++i)
        if (!found[i].contains(truth[i])) return 0;
      return 1;
    };
    goodman += all(*cxm::goodman::shares(counts));
    sison_glaz += all(*cxm::sison_glaz::shares(counts));
  }
  CHECK(goodman > rounds * 0.94);
  CHECK(sison_glaz > rounds * 0.935);
}

TEST_CASE("simultaneous intervals: bounds, large n, no data") {
  std::mt19937_64 random{7};
  for (int round = 0; round < 200; ++round) {
    std::vector<std::uint64_t> counts(2 + random() % 10);
    for (auto& count : counts) count = random() % 300;
    counts[0] += 1;
    for (auto const& found : {cxm::goodman::shares(counts), cxm::sison_glaz::shares(counts)}) {
      REQUIRE(found.has_value());
      for (auto const& one : *found) CHECK((0 <= one.low && one.low <= one.high && one.high <= 1));
    }
  }
  std::vector<std::uint64_t> const many = {4'000'000, 1'000'000, 5'000'000};
  auto const width = [](cxm::interval const& i) { return i.high - i.low; };
  CHECK(width((*cxm::sison_glaz::shares(many))[0]) < 0.002);
  CHECK(width((*cxm::goodman::shares(many))[0]) < 0.002);
  std::vector<std::uint64_t> const none(3);
  CHECK(cxm::goodman::shares(none).why() == cxm::reason::no_data);
  CHECK(cxm::sison_glaz::shares(none).why() == cxm::reason::no_data);
  CHECK(cxm::sison_glaz::shares({}).why() == cxm::reason::no_data);
  std::vector<std::uint64_t> const one = {0, 7};
  CHECK(cxm::sison_glaz::shares(one).has_value());
  for (auto const& few : std::vector<std::vector<std::uint64_t>>{
           {1, 0, 0}, {3, 0, 0}, {2, 0}, {1, 1}, {0, 0, 4, 0, 0}, {60, 0}}) {
    auto const found = *cxm::sison_glaz::shares(few);
    for (auto const& share : found) CHECK((share.low == 0 && share.high == 1));
  }
  // Beyond that no lower end is what was seen.
  for (std::uint64_t a = 0; a < 12; ++a)
    for (std::uint64_t b = 0; b < 12; ++b)
      for (std::uint64_t c = 1; c < 12; ++c) {
        std::vector<std::uint64_t> const counts = {a, b, c};
        auto const found = *cxm::sison_glaz::shares(counts);
        for (std::size_t i = 0; i < 3; ++i)
          REQUIRE((counts[i] == 0 ||
                   found[i].low < static_cast<double>(counts[i]) / static_cast<double>(a + b + c)));
      }
}

TEST_CASE("Goodman's interval of a net is Wald's with 2.448 for z") {
  auto const found = *cxm::goodman::net(50, 20, 100);
  double const half = std::sqrt(0.61 / 100) * 2.4477468306808;
  CHECK_THAT(found.raw.low, WithinRel(0.3 - half, 1e-12));
  CHECK_THAT(found.raw.high, WithinRel(0.3 + half, 1e-12));
}
