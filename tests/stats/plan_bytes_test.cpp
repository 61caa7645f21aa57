// SPDX-License-Identifier: BSL-1.0
// The same plan over any shards, in any order, through save and load, with any compiler: the same
// bytes.
#include <cxm/stats/all.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/exact_moments.hpp>
#include <cxm/stats/extrema.hpp>
#include <cxm/stats/log_histogram.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/moments.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/quantiles.hpp>
#include <cxm/survey/nps.hpp>
#include <cxm/testing/merge_laws.hpp>

#include "catch.hpp"

#include <chrono>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

namespace {
struct answer {
  std::uint8_t group;
  std::optional<int> score;
  std::chrono::seconds wait;
  double spent;
  std::int64_t x;
};

/// The same events on every machine: nothing but integers, and one exact division by a power of
/// two.
std::vector<answer> events(std::size_t count) {
  cxm::detail::law_dice dice(2024);
  std::vector<answer> made;
  for (std::size_t i = 0; i < count; ++i) {
    answer one{};
    one.group = static_cast<std::uint8_t>(dice.below(5));
    if (dice.below(10) != 0)
      one.score = static_cast<int>(dice.below(13)) - 1;  // some are off the scale
    one.wait = std::chrono::seconds(dice.below(100'000) * dice.below(100));
    one.spent = (static_cast<double>(dice.below(1'000'000)) - 300'000.0) / 256.0;
    std::uint64_t any = 0;
    for (int part = 0; part < 4; ++part) any = any << 16 | dice.below(65'536);
    one.x = static_cast<std::int64_t>(any);
    made.push_back(one);
  }
  return made;
}
auto plan() {
  using namespace cxm;
  return by(
      field<"group">(&answer::group),
      all(on(field<"score">(&answer::score), nps()),
          on(field<"wait">(&answer::wait), log_histogram({0.1})),
          on(field<"wait">(&answer::wait), quantiles()), on(field<"x">(&answer::x), moments()),
          on(field<"spent">(&answer::spent), extrema())));
}
std::string hex(cxm::saved_bytes const& bytes) {
  std::string text;
  for (auto const byte : bytes) {
    auto const value = std::to_integer<unsigned>(byte);
    text += "0123456789abcdef"[value / 16];
    text += "0123456789abcdef"[value % 16];
  }
  return text;
}
}  // namespace

TEST_CASE(
    "a plan of by, all and on gives the same bytes for any shards, in any order, through save and "
    "load") {
  auto const report =
      cxm::check_merge_laws(plan(), events(3000), {.seed = 7, .rounds = 10, .bytes_to_flip = 40});
  INFO(report.text());
  CHECK(report.holds());
}

TEST_CASE("damaged or forged bytes of that plan never load as something else") {
  auto const report = cxm::check_merge_laws(plan(), events(12), {.seed = 1, .rounds = 1});
  INFO(report.text());
  CHECK(report.holds());
  CHECK(report.checks() > 10'000);
}

TEST_CASE(
    "the golden image of that plan is the same for every compiler and level of optimisation") {
  auto const bytes = cxm::save(cxm::measure(events(20), plan()));
  std::ifstream file("tests/goldens/images/plan_1.hex");
  std::string golden;
  file >> golden;
  REQUIRE_FALSE(golden.empty());
  bool const same = hex(bytes) == golden;  // not printed: it is long
  CHECK(same);
}
