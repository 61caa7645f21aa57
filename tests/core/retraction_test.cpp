// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/retraction.hpp>
#include <cxm/stats/all.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/each.hpp>
#include <cxm/stats/extrema.hpp>
#include <cxm/stats/log_histogram.hpp>
#include <cxm/stats/moments.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/where.hpp>
#include <cxm/survey/nps.hpp>

#include "catch.hpp"

namespace {

struct answer {
  int channel;
  int score;
  bool human;
};

template <class Accumulator>
constexpr bool can(Accumulator const&) {
  return cxm::retractable<Accumulator>;
}

/// The smallest accumulator that takes back.
struct tickets {
  static constexpr std::string_view type_name = "tickets";
  static constexpr bool retracts = true;
  std::uint64_t sold = 0;
  void add(auto const&) { ++sold; }
  void remove(auto const&) { cxm::detail::uncount(sold); }
  bool empty() const { return sold == 0; }
  void merge(tickets const& other) { sold += other.sold; }
  std::uint64_t result() const { return sold; }
  static constexpr void describe(auto& self, auto& visit) { visit.state("sold", self.sold); }
};

}  // namespace

TEST_CASE("retractable: what keeps enough, and combinators whose parts all do") {
  STATIC_REQUIRE(cxm::retractable<tickets>);
  STATIC_REQUIRE(cxm::retractable<cxm::event_count>);
  CHECK(can(cxm::on(&answer::score, cxm::nps())));
  CHECK(can(
      cxm::by(&answer::channel, cxm::all(cxm::count(), cxm::on(&answer::score, cxm::moments())))));
  CHECK_FALSE(can(cxm::on(&answer::score, cxm::extrema())));
  CHECK_FALSE(can(cxm::on(&answer::score, cxm::log_histogram())));
  CHECK_FALSE(can(cxm::all(cxm::count(), cxm::on(&answer::score, cxm::extrema()))));
  CHECK_FALSE(can(cxm::by(&answer::channel, cxm::on(&answer::score, cxm::log_histogram()))));
}

TEST_CASE("skips_events: accumulators in which an event may leave no trace") {
  auto const filtered = cxm::where(&answer::human, cxm::count());
  CHECK(cxm::skips_events<std::remove_const_t<decltype(filtered)>>);
  CHECK_FALSE(cxm::skips_events<decltype(cxm::all(cxm::count(), filtered))>);
  CHECK(cxm::skips_events<decltype(cxm::all(filtered, filtered))>);
  CHECK(cxm::skips_events<cxm::each<cxm::event_count>>);
  CHECK_FALSE(cxm::skips_events<decltype(cxm::by(&answer::channel, filtered))>);
}
