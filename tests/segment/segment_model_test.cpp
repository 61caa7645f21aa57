// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/save.hpp>
#include <cxm/event/touchpoint_fields.hpp>
#include <cxm/journey/journey_fields.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/segment/kmeans.hpp>
#include <cxm/segment/segment_model.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/survey/nps.hpp>

#include "catch.hpp"
#include "segment/clouds.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

using namespace std::chrono_literals;

namespace {
struct customer {
  double spent;
  std::optional<double> calls;
  int recommend;
};
std::vector<customer> const customers = {{10, 1, 9}, {12, 0, 10}, {11, 1, 10}, {90, 7, 2},
                                         {95, 8, 3}, {9, {}, 5},  {10, 2, 8}};
auto spent = cxm::field<"spent">(&customer::spent);
auto calls = cxm::field<"calls">(&customer::calls);
auto fitted() {
  return cxm::kmeans(cxm::features(customers, cxm::zscore{}, spent, calls), 2, cxm::seed{7});
}
auto plan() {
  return cxm::segment_plan(spent, calls, cxm::zscore{});
}

std::string problem(auto into, cxm::saved_bytes const& bytes) {
  try {
    (void)cxm::load(into, bytes);
  } catch (cxm::bad_state const& error) {
    return error.what();
  }
  return {};
}
}  // namespace

TEST_CASE(
    "segment_model: assigns those it was fitted to as they were, and new ones by the same recipe") {
  auto const model = fitted();
  CHECK(model.size() == 2);
  CHECK(model.labels() == std::vector<std::uint32_t>{0, 0, 0, 1, 1, 0});
  CHECK(model(customers[3]) == 1U);
  CHECK_FALSE(model(customers[5]));
  CHECK(model(customer{70, 5, 0}) == 1U);
  CHECK(model(customer{13, 0, 0}) == 0U);
  CHECK_FALSE(model(customer{std::numeric_limits<double>::infinity(), 0, 0}));
  CHECK(std::abs(model.centres_in_units()(1, 0) - 92.5) < 1e-12);
  CHECK(std::abs(model.centres_in_units()(0, 1) - 1) < 1e-12);
}

TEST_CASE("segment_model: is a field, so scores are grouped by segment in one line") {
  auto const model = fitted();
  auto const scores =
      cxm::measure(customers, cxm::by(model, cxm::on(&customer::recommend, cxm::nps())));
  auto const found = scores.result();
  CHECK(found.size() == 3);  // those without a segment are a group of their own
  CHECK(*found.at(0U).value == 75);
  CHECK(*found.at(1U).value == -100);
  CHECK(found.at(std::nullopt).n == 1);
  CHECK(found.names().front() == model.name());

  // Two models are two fields: their groups don't mix, in memory or through bytes.
  auto const other = cxm::kmeans(cxm::features(customers, spent, calls), 2);
  CHECK(other.name() != model.name());
  auto const left = cxm::measure(customers, cxm::by(model, cxm::count()));
  auto right = cxm::measure(customers, cxm::by(cxm::segment_model(other), cxm::count()));
  static_assert(std::is_same_v<decltype(right), std::remove_const_t<decltype(left)>>);
  CHECK_THROWS_AS(right.merge(left), std::invalid_argument);
  CHECK_FALSE(cxm::try_load(right, cxm::save(left)));
  right = left;  // models can be assigned
  CHECK(right.result().at(0U) == 4);
}

TEST_CASE("segment_model: of journeys") {
  struct contact {
    int customer;
    std::chrono::sys_seconds when;
    int touchpoint;
    std::optional<int> recommend;
  };
  auto const at = [](int hour) { return std::chrono::sys_seconds(hour * 1h); };
  std::vector<contact> log;
  for (int c = 0; c < 10; ++c) {
    log.push_back({c, at(0), 1, {}});
    log.push_back({c, at(c < 6 ? 10 + c : 900 + c), 2, c < 6 ? 9 : 3});
  }
  auto const journeys = cxm::reconstruct(
      log, cxm::touchpoint_fields{&contact::customer, &contact::when, &contact::touchpoint});
  auto const segment =
      cxm::kmeans(cxm::features(journeys, cxm::cycle_time, cxm::contacts), 2, cxm::seed{7});
  auto const by_need =
      cxm::measure(journeys, cxm::by(segment, cxm::on(cxm::last(&contact::recommend), cxm::nps())));
  CHECK(*by_need.result().at(0U).value == 100);
  CHECK(by_need.result().at(0U).n == 6);
  CHECK(*by_need.result().at(1U).value == -100);
}

TEST_CASE("segment_model: saved and loaded elsewhere it assigns the same") {
  auto const model = fitted();
  auto const bytes = cxm::save(model);
  auto const loaded = cxm::load(plan(), bytes);
  CHECK(loaded == model);
  CHECK(loaded.name() == model.name());
  CHECK(loaded.sizes() == model.sizes());
  CHECK(loaded.inertia() == model.inertia());
  CHECK(loaded.labels().empty());
  for (auto const& one : customers) CHECK(loaded(one) == model(one));
  CHECK(plan().size() == 0);
  CHECK_FALSE(plan()(customers[0]));
  CHECK(cxm::load(plan(), cxm::save(plan())) == plan());
  // Into a model that was fitted itself: nothing of it stays.
  auto const over =
      cxm::load(cxm::kmeans(cxm::features(customers, cxm::zscore{}, spent, calls), 3), bytes);
  CHECK(over == model);
  CHECK(over.labels().empty());
}

TEST_CASE("segment_model: what fills gaps and the limits are saved too") {
  auto const model = cxm::kmeans(cxm::features(customers, spent, calls, cxm::fill_missing{},
                                               cxm::winsorised{0.1}, cxm::zscore{}),
                                 2, cxm::seed{7});
  CHECK(model.labels().size() == customers.size());
  auto const bytes = cxm::save(model);
  auto const loaded = cxm::load(
      cxm::segment_plan(spent, calls, cxm::fill_missing{}, cxm::winsorised{0.1}, cxm::zscore{}),
      bytes);
  CHECK(loaded == model);
  for (auto const& one : customers) CHECK(loaded(one) == model(one));
  CHECK(loaded(customers[5]).has_value());
  CHECK_FALSE(problem(plan(), bytes).empty());
}

TEST_CASE("segment_model: bytes of other features or another scaling are refused") {
  auto const bytes = cxm::save(fitted());
  auto const has = [](std::string const& text, char const* part) {
    return text.find(part) != text.npos;
  };
  CHECK(has(problem(cxm::segment_plan(spent, calls), bytes), "other policies"));
  CHECK(has(problem(cxm::segment_plan(calls, spent, cxm::zscore{}), bytes), "field names"));
  CHECK(has(problem(cxm::segment_plan(spent, cxm::zscore{}), bytes), "field names"));
  CHECK(has(problem(cxm::count(), bytes), "segment_model"));
  auto damaged = bytes;
  damaged[bytes.size() / 2] ^= std::byte{4};
  CHECK(has(problem(plan(), damaged), "checksum"));
}

TEST_CASE("segment_model: hostile bytes with a right checksum are refused or harmless") {
  auto const bytes = cxm::save(fitted());
  cxm::random_stream random(cxm::seed{9});
  for (int trial = 0; trial < 4000; ++trial) {
    auto evil = bytes;
    evil.resize(bytes.size() - 8);
    for (std::uint64_t i = 0; i <= random.below(3); ++i)
      evil[4 + random.below(evil.size() - 4)] = static_cast<std::byte>(random.next());
    if (random.below(4) == 0) evil.resize(random.below(evil.size()));
    cxm::detail::byte_writer out{evil};
    out.word(cxm::detail::checksum(evil));
    if (auto const loaded = cxm::try_load(plan(), out.bytes))
      for (auto const& one : customers)
        if (auto const label = (*loaded)(one)) REQUIRE(*label < loaded->size());
  }
}
