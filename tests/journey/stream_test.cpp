// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/hash.hpp>
#include <cxm/journey/any_boundary.hpp>
#include <cxm/journey/goal.hpp>
#include <cxm/journey/journey_fields.hpp>
#include <cxm/journey/journey_stream.hpp>
#include <cxm/journey/max_size.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/journey/stream.hpp>
#include <cxm/journey/stream_counts.hpp>
#include <cxm/journey/stream_policies.hpp>
#include <cxm/journey/watermark.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/moments.hpp>
#include <cxm/stats/on.hpp>

#include "catch.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

using namespace std::chrono_literals;
using seconds = std::chrono::sys_seconds;

namespace {

struct event {
  static constexpr std::string_view type_name = "event";
  std::uint64_t customer = 0;
  seconds when{};
  int what = 0;
  std::uint32_t number = 0;
  seconds seen{};
  seconds ended{};

  static void describe(auto& self, auto& visit) {
    visit.state("customer", self.customer);
    visit.state("when", self.when);
    visit.state("what", self.what);
    visit.state("number", self.number);
    visit.state("seen", self.seen);
    visit.state("ended", self.ended);
  }
};

seconds at(std::int64_t t) {
  return seconds(std::chrono::seconds(t));
}
event one(std::int64_t t, std::uint64_t customer = 1) {
  return {customer, at(t), static_cast<int>(t), 0, at(t), at(t)};
}

cxm::touchpoint_fields const fields{&event::customer, &event::when, &event::what,
                                    cxm::ends_at{&event::ended}, cxm::ordered_by{&event::number}};

/// Tells every journey from every other: whose, when, and all its contacts.
struct whose {
  auto operator()(auto const& journey) const { return journey.customer(); }
};
struct since {
  auto operator()(auto const& journey) const { return journey.started(); }
};
auto plan() {
  return cxm::by(whose{}, since{}, cxm::path, cxm::on(cxm::cycle_time, cxm::moments()));
}

using silence = cxm::after_silence<std::int64_t, std::ratio<1>>;
using longest = cxm::max_duration<std::int64_t, std::ratio<1>>;
using any = cxm::any_boundary<cxm::never, silence, cxm::until<int>, cxm::starting_with<int>,
                              cxm::max_contacts, longest>;

/// The batch, as bytes.
auto batch(std::vector<event> const& log, any const& boundary) {
  return cxm::save(cxm::measure(cxm::reconstruct(log, fields, boundary), plan()));
}
auto live_for(any const& boundary, std::int64_t delay, std::int64_t lateness) {
  return cxm::stream(fields, boundary, plan(), cxm::out_of_order_by{std::chrono::seconds(delay)},
                     cxm::allowed_lateness{std::chrono::seconds(lateness)});
}

struct dice {
  std::uint64_t state;
  std::int64_t below(std::int64_t n) {
    state += 0x9e3779b97f4a7c15U;
    return static_cast<std::int64_t>(cxm::detail::mix(state) % static_cast<std::uint64_t>(n));
  }
};

any some_leaf(dice& roll) {
  switch (roll.below(6)) {
    case 0:
      return any(cxm::until<int>(int(roll.below(3))));
    case 1:
      return any(cxm::starting_with<int>(int(roll.below(3))));
    case 2:
      return any(cxm::max_contacts(static_cast<std::uint64_t>(1 + roll.below(4))));
    case 3:
      return any(longest(std::chrono::seconds(1 + roll.below(30))));
    case 4:
      return any(cxm::never{});
    default:
      return any(silence(std::chrono::seconds(1 + roll.below(12))));
  }
}
any some_boundary(dice& roll) {
  auto const two = [&] { return any::either({some_leaf(roll), some_leaf(roll)}); };
  switch (roll.below(4)) {
    case 0:
      return any::then({two(), some_leaf(roll)});
    case 1:
      return any::then({some_leaf(roll), two(), some_leaf(roll)});
    case 2:
      return any::unless(some_leaf(roll), any(cxm::starting_with<int>(1)));
    default:
      return two();
  }
}

std::vector<event> some_log(dice& roll) {
  std::vector<event> log(static_cast<std::size_t>(1 + roll.below(40)));
  std::uint32_t number = 0;
  for (auto& one : log) {
    auto const when = roll.below(100) - 30;
    one = {static_cast<std::uint64_t>(roll.below(3)),
           at(when),
           int(roll.below(3)),
           number++,
           at(when),
           at(when + (roll.below(5) == 0 ? roll.below(20) : 0))};
  }
  return log;
}

/// An order of arrival in which nothing is later than `most`.
std::vector<event> arriving(std::vector<event> log, std::int64_t most, dice& roll) {
  for (auto& one : log) one.seen = one.when + std::chrono::seconds(roll.below(most + 1));
  std::stable_sort(log.begin(), log.end(),
                   [](auto const& a, auto const& b) { return a.seen < b.seen; });
  return log;
}

}  // namespace

TEST_CASE("stream: the worked number of B3") {
  std::vector<std::int64_t> too_late;
  auto sink = [&](event const& which, cxm::stream_notice why) {
    CHECK(why == cxm::stream_notice::too_late);
    too_late.push_back(which.when.time_since_epoch().count());
  };
  auto live = cxm::stream(fields, cxm::after_silence{5s}, plan(), cxm::out_of_order_by{20s},
                          cxm::allowed_lateness{30s}, cxm::late_to{sink});
  CHECK_FALSE(live.watermark());
  std::vector<seconds> marks;
  for (auto const t : {100, 130, 90, 75, 160, 95}) {
    live.add(one(t));
    marks.push_back(*live.watermark());
  }
  CHECK(marks == std::vector{at(80), at(110), at(110), at(110), at(140), at(140)});
  CHECK(live.counts().late == 1);
  CHECK(live.counts().too_late == 2);
  CHECK(too_late == std::vector<std::int64_t>{75, 95});
  live.advance(at(100));  // a watermark never goes back
  CHECK(*live.watermark() == at(140));
}

TEST_CASE("stream: the worked numbers of B4: a late contact fuses two sessions") {
  std::vector<std::pair<std::int64_t, std::size_t>> found;
  auto sink = [&](auto const& journey) {
    found.emplace_back(journey.started().time_since_epoch().count(), journey.size());
  };
  auto const sessions = [&](std::vector<int> times) {
    found.clear();
    auto live = cxm::stream(fields, cxm::after_silence{5s}, plan(), cxm::out_of_order_by{0s},
                            cxm::allowed_lateness{30s}, cxm::on_final{sink});
    for (auto const t : times) live.add(one(t));
    CHECK(found.empty());
    live.finish();
    return found;
  };
  using expected = decltype(found);
  CHECK(sessions({10, 12, 20}) == expected{{10, 2}, {20, 1}});
  CHECK(sessions({10, 12, 20, 16}) == expected{{10, 4}});
  CHECK(sessions({0, 5}) == expected{{0, 2}});  // a silence of exactly the gap joins
}

TEST_CASE("stream: a journey is final when nothing that may come can change it, and not before") {
  int closed = 0;
  auto sink = [&](auto const&) { ++closed; };
  auto live = cxm::stream(fields, cxm::after_silence{5s}, plan(), cxm::out_of_order_by{0s},
                          cxm::allowed_lateness{30s}, cxm::on_final{sink});
  live.add(one(100));
  live.advance(at(135));  // last + gap + lateness: a contact at 105 would still join
  CHECK(closed == 0);
  live.advance(at(136));
  CHECK(closed == 1);
  CHECK(live.open_customers() == 0);
}

TEST_CASE("stream: what is open shows in an early result, which a later one replaces") {
  auto live = cxm::stream(fields, cxm::after_silence{5s}, plan());
  live.add(one(10));
  live.add(one(20));
  CHECK(live.result().size() == 0);
  CHECK(live.early_result().size() == 2);
  live.add(one(15));
  CHECK(live.early_result().size() == 1);
  live.finish();
  CHECK(live.result().size() == 1);
}

TEST_CASE("stream: 10,000 random orders, partitions and interruptions give what a batch gives") {
  dice roll{7};
  for (int round = 0; round < 10'000; ++round) {
    auto const log = some_log(roll);
    auto const boundary = some_boundary(roll);
    auto const delay = roll.below(20), lateness = roll.below(60);
    auto const arrived = arriving(log, delay + lateness, roll);
    auto const cut = static_cast<std::size_t>(roll.below(std::int64_t(log.size()) + 1));
    auto live = live_for(boundary, delay, lateness);
    auto whole = live;
    decltype(live) parts[2] = {live, live};  // the customers in two streams
    for (std::size_t i = 0; i < arrived.size(); ++i) {
      if (i == cut) {
        auto const bytes = cxm::save(live);
        live = cxm::load(live_for(boundary, delay, lateness), bytes);
        REQUIRE(cxm::save(live) == bytes);
      }
      live.add(arrived[i]);
      whole.add(arrived[i]);
      parts[arrived[i].customer % 2].add(arrived[i]);
    }
    REQUIRE(whole.counts().too_late == 0);
    REQUIRE(cxm::save(live) == cxm::save(whole));
    REQUIRE(parts[0].counts().events + parts[1].counts().events == log.size());
    for (auto* each : {&live, &whole, &parts[0], &parts[1]}) each->finish();
    auto const expected = batch(log, boundary);
    REQUIRE(cxm::save(whole.plan()) == expected);
    REQUIRE(cxm::save(live.plan()) == expected);
    auto both = parts[0].plan();
    both.merge(parts[1].plan());
    REQUIRE(cxm::save(both) == expected);
    REQUIRE(whole.counts().contacts == log.size());
    REQUIRE(whole.open_customers() == 0);
  }
}

TEST_CASE("stream: sources have watermarks of their own; idle ones are not waited for") {
  auto live = cxm::stream(fields, cxm::never{}, plan(), cxm::out_of_order_by{0s},
                          cxm::by_source{&event::what}, cxm::idle_after{100s});
  auto const from = [&](int source, std::int64_t t) {
    auto which = one(t);
    which.what = source;
    live.add(which);
    return *live.watermark();
  };
  CHECK(from(1, 50) == at(50));
  CHECK(from(2, 20) == at(50));  // never back
  CHECK(from(1, 90) == at(50));
  CHECK(from(2, 70) == at(70));
  CHECK(from(1, 170) == at(70));   // 2 is 100 s behind
  CHECK(from(1, 171) == at(171));  // and now idle
  CHECK(from(2, 172) == at(171));
  live.advance(1, at(300));
  CHECK(*live.watermark() == at(300));  // 2 is idle again
  live.forget(1);
  CHECK(*live.watermark() == at(300));
}

TEST_CASE("stream: a fast clock is counted and told of, and makes no honest event late") {
  int skewed = 0;
  auto sink = [&](event const&, cxm::stream_notice why) {
    skewed += why == cxm::stream_notice::skewed;
  };
  auto live =
      cxm::stream(fields, cxm::after_silence{5s}, plan(), cxm::out_of_order_by{0s},
                  cxm::allowed_lateness{0s}, cxm::seen_at{&event::seen, 300s}, cxm::late_to{sink});
  live.add(one(10));
  auto fast = one(100'000, 2);
  fast.seen = at(11);
  live.add(fast);
  CHECK(*live.watermark() == at(10));
  live.add(one(12));
  CHECK(live.counts().too_late == 0);
  CHECK(live.counts().skewed == 1);
  CHECK(skewed == 1);
  live.finish();
  CHECK(live.counts().journeys == 2);
}

TEST_CASE("stream: what is missing is counted, and nothing is counted twice") {
  struct loose {
    std::optional<std::string> customer;
    std::optional<seconds> when;
    int what;
  };
  auto live = cxm::stream(cxm::touchpoint_fields{&loose::customer, &loose::when, &loose::what},
                          cxm::never{}, cxm::by(cxm::path, cxm::on(cxm::contacts, cxm::moments())));
  live.add({std::nullopt, at(1), 1});
  live.add({"a longer name than fits into a string itself", std::nullopt, 1});
  live.add({"a longer name than fits into a string itself", at(1), 1});
  live.add({"a longer name than fits into a string itself", at(2), 2});
  live.finish();
  live.finish();
  CHECK(live.counts().incomplete == 2);
  CHECK(live.counts().counted() == 2);
  CHECK(live.result().size() == 1);
  live.add({"a", at(3), 1});
  CHECK(live.counts().too_late == 1);  // after the end
}

TEST_CASE("stream: which contacts a cap leaves out does not depend on arrival") {
  dice roll{8};
  for (int round = 0; round < 1'000; ++round) {
    auto const log = some_log(roll);
    auto const boundary = some_boundary(roll);
    auto const run = [&] {
      std::uint64_t told = 0;
      auto sink = [&](event const&, cxm::stream_notice) { ++told; };
      auto live =
          cxm::stream(fields, boundary, plan(), cxm::out_of_order_by{10s},
                      cxm::allowed_lateness{20s}, cxm::most_contacts{2, 15s}, cxm::late_to{sink});
      for (auto const& which : arriving(log, 30, roll)) live.add(which);
      live.finish();
      CHECK(told == live.counts().over_cap);
      CHECK(live.counts().counted() == live.counts().contacts);
      return cxm::save(live.plan());
    };
    auto const expected = run();
    REQUIRE(run() == expected);
    std::vector<event> kept;  // by hand
    auto sorted = log;
    std::sort(sorted.begin(), sorted.end(), [](auto const& a, auto const& b) {
      return a.when != b.when ? a.when < b.when : a.number < b.number;
    });
    auto const span = [](event const& which) {
      return (which.when.time_since_epoch().count() + 1500) / 15;
    };
    for (auto const& which : sorted)
      if (std::count_if(kept.begin(), kept.end(), [&](event const& other) {
            return other.customer == which.customer && span(other) == span(which);
          }) < 2)
        kept.push_back(which);
    REQUIRE(batch(kept, boundary) == expected);
  }
}

TEST_CASE("stream: a robot takes no more room than its cap, and the others are counted") {
  auto live = cxm::stream(fields, cxm::after_silence{1h}, plan(), cxm::most_contacts{100, 24h});
  for (int i = 0; i < 200'000; ++i) live.add(one(i % 1000, 1));
  live.add(one(5, 2));
  CHECK(live.counts().over_cap > 199'000);
  CHECK(live.bytes() < 100'000);
  live.finish();
  CHECK(live.counts().contacts == 101);
  CHECK(live.counts().over_cap == 199'900);
}

TEST_CASE("stream: beyond its memory a stream goes on with a sample of whole customers") {
  std::uint64_t told = 0;
  auto sink = [&](event const&, cxm::stream_notice) { ++told; };
  std::size_t const most = 200'000;
  auto live = cxm::stream(fields, cxm::after_silence{1h}, plan(), cxm::at_most_bytes{most},
                          cxm::late_to{sink});
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    live.add(one(static_cast<std::int64_t>(i % 100), i % 10'000));
    REQUIRE(live.bytes() <= most);
  }
  CHECK(live.sampled());
  live.finish();
  CHECK(told == live.counts().spilled);
  CHECK(live.counts().counted() == live.counts().contacts);
  CHECK(live.counts().contacts > 0);
}

TEST_CASE("stream: damaged bytes are refused, or are a state that goes on") {
  dice roll{9};
  auto const boundary = any::then({any(silence(8s)), any(cxm::max_contacts(2))});
  auto const fresh = live_for(boundary, 5, 10);
  auto live = fresh;
  for (auto const& which : arriving(some_log(roll), 15, roll)) live.add(which);
  auto const bytes = cxm::save(live);
  for (std::size_t size = 0; size < bytes.size(); size += 7)
    CHECK_FALSE(cxm::try_load(fresh, std::span(bytes).first(size)));
  for (int round = 0; round < 2'000; ++round) {
    auto damaged = bytes;
    auto const body = damaged.size() - 8;
    damaged[static_cast<std::size_t>(roll.below(std::int64_t(body)))] ^=
        static_cast<std::byte>(1 + roll.below(255));
    auto const sum = cxm::detail::checksum(std::span(damaged).first(body));
    for (std::size_t i = 0; i < 8; ++i) damaged[body + i] = static_cast<std::byte>(sum >> (8 * i));
    auto const loaded = cxm::try_load(fresh, damaged);
    if (!loaded) continue;
    auto going_on = *loaded;
    for (auto const& which : some_log(roll)) going_on.add(which);
    going_on.finish();
  }
  CHECK_THROWS_AS(cxm::load(live_for(boundary, 6, 10), bytes), cxm::bad_state);
}
