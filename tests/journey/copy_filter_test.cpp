// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/save.hpp>
#include <cxm/journey/copy_filter.hpp>
#include <cxm/testing/merge_laws.hpp>

#include "catch.hpp"
#include "logs.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

using namespace std::chrono_literals;
using cxm::copy_verdict;
using logs::at;

namespace {

struct event {
  logs::minutes when;
  std::string source;
  std::optional<int> id;
};
auto filter(std::chrono::minutes horizon, std::uint64_t most = 1000) {
  return cxm::copy_filter_for<event>(cxm::once_per{&event::source, &event::id}, &event::when,
                                     cxm::remember{horizon, most});
}

}  // namespace

TEST_CASE("B2 in a stream: e1, e2, e1 are two events and a copy") {
  auto fresh = filter(60min);
  CHECK(fresh.admit(event{at(0), "crm", 1}));
  CHECK(fresh.admit(event{at(1), "crm", 2}));
  CHECK_FALSE(fresh.admit(event{at(0), "crm", 1}));
  CHECK(fresh.admit(event{at(1), "web", 2}));
  CHECK(fresh.admit(event{at(1), "crm", {}}));
  auto const found = fresh.result();
  CHECK(found.fresh == 3);
  CHECK(found.copies == 1);
  CHECK(found.without_id == 1);
  CHECK(found.remembered == 3);
}

TEST_CASE("A copy passes the horizon, and what is older than it can't be told") {
  auto fresh = filter(10min);
  CHECK_FALSE(fresh.remembered_from());
  CHECK(fresh.see(event{at(100), "a", 1}) == copy_verdict::fresh);
  CHECK(fresh.see(event{at(110), "a", 1}) == copy_verdict::copy);
  CHECK(fresh.see(event{at(110), "a", 2}) == copy_verdict::fresh);
  CHECK(fresh.remembered_from() == at(100));
  CHECK(fresh.see(event{at(111), "a", 1}) == copy_verdict::fresh);  // 11 minutes are too long
  CHECK(fresh.see(event{at(112), "a", 1}) == copy_verdict::copy);
  CHECK(fresh.see(event{at(101), "a", 4}) == copy_verdict::beyond_time);
  CHECK(fresh.see(event{at(101), "a", 4}) == copy_verdict::beyond_time);
  CHECK(fresh.result().beyond_time == 2);
}

TEST_CASE("Filters on random streams: a map that forgets nothing but by time says the same") {
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    logs::numbers next(seed);
    auto fresh = filter(50min, 100'000);
    std::map<std::pair<std::string, int>, logs::minutes> known;
    std::optional<logs::minutes> newest;
    for (int i = 0; i < 4000; ++i) {
      event const one{at(i / 10 + next.below(80)), next.below(2) > 0 ? "crm" : "web",
                      next.below(3000)};
      auto expected = copy_verdict::fresh;
      auto const id = std::pair(one.source, *one.id);
      if (newest && one.when < *newest - 50min) {
        expected = copy_verdict::beyond_time;
      } else {
        newest = newest ? std::max(*newest, one.when) : one.when;
        auto const found = known.find(id);
        if (found != known.end() && found->second >= *newest - 50min)
          expected = copy_verdict::copy;
        else
          known[id] = one.when;
      }
      REQUIRE(fresh.see(one) == expected);
    }
  }
}

TEST_CASE("Memory stays bounded: the oldest ids are given up, counted, and said") {
  auto fresh = filter(1'000'000min, 500);
  std::uint64_t most = 0;
  for (int i = 0; i < 20'000; ++i) {
    CHECK(fresh.see(event{at(i), "a", i}) == copy_verdict::fresh);
    most = std::max(most, fresh.result().remembered);
  }
  CHECK(most < 2 * 500 + 1024);
  CHECK(fresh.valid());
  auto const found = fresh.result();
  CHECK(found.forgotten_early == 20'000 - found.remembered);
  // From the time that it says, every copy is found.
  auto const from = static_cast<int>(fresh.remembered_from()->time_since_epoch().count());
  CHECK(20'000 - from >= 500);
  for (int i = from; i < 20'000; ++i)
    REQUIRE(fresh.see(event{at(i), "a", i}) == copy_verdict::copy);
  CHECK(fresh.see(event{at(from - 1), "a", from - 1}) == copy_verdict::beyond_time);
}

TEST_CASE("Ids that all have one time are bounded as well") {
  auto fresh = filter(60min, 100);
  for (int i = 0; i < 10'000; ++i) fresh.see(event{at(5), "a", i});
  CHECK(fresh.valid());
  CHECK(fresh.result().remembered < 2 * 100 + 1024);
  CHECK(fresh.see(event{at(6), "a", 0}) == copy_verdict::fresh);
  CHECK(fresh.see(event{at(6), "a", 0}) == copy_verdict::copy);
}

TEST_CASE("A filter that was saved goes on as if nothing had happened") {
  logs::numbers next(3);
  auto whole = filter(30min), before = filter(30min);
  std::vector<event> stream;
  for (int i = 0; i < 3000; ++i) stream.push_back({at(i / 4), "a", next.below(900)});
  for (std::size_t i = 0; i < 1500; ++i) {
    whole.see(stream[i]);
    before.see(stream[i]);
  }
  auto const bytes = cxm::save(before);
  auto after = cxm::load(filter(30min), bytes);
  for (std::size_t i = 1400; i < 3000; ++i)  // the last hundred are sent again
    REQUIRE(after.see(stream[i]) == whole.see(stream[i]));
  CHECK(cxm::save(after) == cxm::save(whole));
  CHECK_THROWS_AS(cxm::load(filter(31min), bytes), cxm::bad_state);
  for (std::size_t cut = 0; cut < bytes.size(); cut += 97)
    CHECK_THROWS_AS(cxm::load(filter(30min), std::span(bytes).first(cut)), cxm::bad_state);
}

TEST_CASE("What makes no sense is refused") {
  CHECK_THROWS_AS(cxm::remember(0s), std::invalid_argument);
  CHECK_THROWS_AS(cxm::remember(1s, 0), std::invalid_argument);
}

TEST_CASE("Forged bytes of a filter load as what they say, or not at all") {
  auto some = filter(30min, 5);
  for (int i = 0; i < 12; ++i) some.see(event{at(i), "a source", i / 2});
  auto const bytes = cxm::save(some);
  cxm::law_report report;
  for (std::size_t i = 0; i + 8 < bytes.size(); ++i)
    for (unsigned bit = 0; bit < 8; ++bit) {
      auto forged = bytes;
      forged[i] ^= std::byte{1} << bit;
      report.check(!cxm::try_load(filter(30min, 5), forged), "takes damaged bytes");
      cxm::detail::check_forged(report, filter(30min, 5), forged, "a bit is flipped");
    }
  INFO(report.text());
  CHECK(report.holds());
}
