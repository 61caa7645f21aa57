// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/save.hpp>
#include <cxm/event/is.hpp>
#include <cxm/journey/contact.hpp>
#include <cxm/journey/contact_choice.hpp>
#include <cxm/journey/each_contact.hpp>
#include <cxm/journey/journey.hpp>
#include <cxm/journey/journey_fields.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/journey/service_recovery.hpp>
#include <cxm/journey/waiting.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/extrema.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/where.hpp>

#include "catch.hpp"
#include "oracle.hpp"

using namespace std::chrono_literals;
using logs::at;
using logs::contact;

TEST_CASE("The fields of a journey, one by one") {
  std::vector<contact> const log = {{7, at(0), 'a', at(90), {}, {}},
                                    {7, at(30), 'b', {}, {}, 4},
                                    {7, at(60), 'c', at(70), {}, 9},
                                    {7, at(80), 'b', {}, {}, {}}};
  auto const journeys = cxm::reconstruct(log, logs::fields_with_end());
  auto const journey = journeys[0];
  CHECK(cxm::cycle_time(journey) == 90min);
  CHECK(cxm::contacts(journey) == 4);
  CHECK(cxm::start_time(journey) == at(0));
  CHECK(cxm::end_time(journey) == at(90));
  CHECK(cxm::customer_of(journey) == 7);
  CHECK(cxm::first_touchpoint(journey) == 'a');
  CHECK(cxm::last_touchpoint(journey) == 'b');
  CHECK(std::string(cxm::path(journey).begin(), cxm::path(journey).end()) == "abcb");
  CHECK(cxm::first{&contact::score}(journey) == 4);
  CHECK(cxm::last{&contact::score}(journey) == 9);
  CHECK(cxm::last{&contact::what}(journey) == 'b');
  CHECK(cxm::reached{'c'}(journey) == at(70));
  CHECK(cxm::reached{'x', 'b'}(journey) == at(30));
  CHECK_FALSE(cxm::reached{'x'}(journey));
  CHECK(cxm::time_to{cxm::reached{'c'}}(journey) == 70min);
  CHECK_FALSE(cxm::time_to{cxm::reached{'x'}}(journey));
  CHECK(cxm::time_between{cxm::reached{'c'}, cxm::reached{'b'}}(journey) == -40min);
  CHECK_FALSE(cxm::time_between{cxm::reached{'c'}, cxm::reached{'x'}}(journey));
  CHECK(cxm::name_of(cxm::cycle_time) == "cycle_time");
  CHECK(cxm::name_of(cxm::last{cxm::field<"score">(&contact::score)}) == "last score");
  CHECK(cxm::name_of(cxm::first{cxm::field<"score">(&contact::score)}) == "first score");
  CHECK(cxm::name_of(cxm::last{&contact::score}).empty());
}

TEST_CASE("The first and the last answer neither load nor merge as each other") {
  auto const named = cxm::field<"score">(&contact::score);
  auto const log = logs::random(1, 40, 4, 90);
  auto const journeys = cxm::reconstruct(log, logs::fields());
  auto const first = cxm::on(cxm::first{named}, cxm::extrema());
  auto const last = cxm::on(cxm::last{named}, cxm::extrema());
  using journey = std::remove_cvref_t<decltype(journeys[0])>;
  auto const bytes = cxm::save(cxm::bind<journey>(first));
  CHECK_NOTHROW(cxm::load(cxm::bind<journey>(first), bytes));
  CHECK_THROWS_AS(cxm::load(cxm::bind<journey>(last), bytes), cxm::bad_state);
}

TEST_CASE("Fields with other parameters neither merge nor load as each other, named or not") {
  auto const log = logs::written({"ab"});
  auto const journeys = cxm::reconstruct(log, logs::fields());
  using journey = std::remove_cvref_t<decltype(journeys[0])>;
  auto const time_to = [](char touchpoint) {
    return cxm::bind<journey>(cxm::on(cxm::time_to{cxm::reached{touchpoint}}, cxm::extrema()));
  };
  auto const to_a = time_to('a'), to_b = time_to('b');
  auto sum = to_a;
  CHECK_NOTHROW(sum.merge(to_a));
  CHECK_THROWS_AS(sum.merge(to_b), std::invalid_argument);
  CHECK_NOTHROW(cxm::load(to_a, cxm::save(sum)));
  CHECK_THROWS_AS(cxm::load(to_b, cxm::save(sum)), cxm::bad_state);
}

TEST_CASE("What a field is made of is in the fingerprint of every plan that has it") {
  auto const print = [](auto const& field) {
    return cxm::detail::fingerprint(cxm::on(field, cxm::count()));
  };
  auto const differ = [&](auto const& one, auto const& other) {
    return print(one) == print(one) && print(one) != print(other);
  };
  cxm::reached const a{'a'}, b{'b'};
  CHECK(differ(a, b));
  CHECK(differ(a, cxm::reached{'a', 'b'}));
  CHECK(differ(cxm::reached{1}, cxm::reached{2}));
  CHECK(differ(cxm::reached{"first", "next"}, cxm::reached{"firs", "tnext"}));
  CHECK(differ(cxm::time_between{a, b}, cxm::time_between{b, a}));
  CHECK(differ(cxm::time_to{cxm::time_of{cxm::first_at{'a'}}},
               cxm::time_to{cxm::time_of{cxm::first_at{'b'}}}));
  CHECK(differ(cxm::at_contact{cxm::first_at{'a'}, &contact::score},
               cxm::at_contact{cxm::first_at{'b'}, &contact::score}));
  // Of fields that have no name, those inside are told apart by theirs.
  CHECK(differ(cxm::last{cxm::column{0, "x"}}, cxm::last{cxm::column{0, "y"}}));
  CHECK(differ(cxm::is{&contact::what, 'a'}, cxm::is{&contact::what, 'b'}));
  CHECK(differ(cxm::last{cxm::is{&contact::what, 'a'}}, cxm::last{cxm::is{&contact::what, 'b'}}));
  auto const news = [&](auto from, char which) {
    return cxm::contacts_between{from, b, cxm::is{&contact::what, which}};
  };
  CHECK(differ(news(a, 'n'), news(a, 'm')));
  CHECK(differ(news(a, 'n'), news(b, 'n')));
  CHECK(differ(cxm::recovery_time{a, b}, cxm::recovery_time{a, a}));
  // A name that the user gives says what is the same.
  CHECK(print(cxm::field<"a">(a)) == print(cxm::field<"a">(cxm::reached{'a'})));
  CHECK(print(cxm::field<"x">(a)) == print(cxm::field<"x">(b)));
  // By where, by groups and by weights as well.
  auto const where = [](char at) {
    return cxm::detail::fingerprint(cxm::where(cxm::is{&contact::what, at}, cxm::count()));
  };
  CHECK(where('a') != where('b'));
  // A touchpoint that has nothing but == is compared on merge only.
  struct opaque {
    int one;
    bool operator==(opaque const&) const = default;
  };
  CHECK(print(cxm::reached{opaque{1}}) == print(cxm::reached{opaque{2}}));
}

TEST_CASE("each_contact goes down to the contacts, with the user's fields and the contact's own") {
  auto const log = logs::written({"abca", "ab"});
  auto const journeys = cxm::reconstruct(log, logs::fields());
  auto const by_own =
      cxm::measure(journeys, cxm::each_contact(cxm::by(&contact::what, cxm::count()))).result();
  auto const by_touchpoint =
      cxm::measure(journeys, cxm::each_contact(cxm::by(cxm::at_touchpoint, cxm::count()))).result();
  CHECK(by_own.at('a') == 3);
  CHECK(by_own.at('c') == 1);
  REQUIRE(by_touchpoint.size() == by_own.size());
  for (auto const& [what, n] : by_own) CHECK(by_touchpoint.at(what) == n);
}

TEST_CASE("Journeys are measured by journeys: a composition of fields, groups and contacts") {
  auto const log = logs::random(11, 5000, 300, 20'000);
  auto const journeys = cxm::reconstruct(log, logs::fields(), cxm::after_silence{120min});
  auto const found =
      cxm::measure(journeys, cxm::by(cxm::first_touchpoint, cxm::contacts,
                                     cxm::on(cxm::last{&contact::score}, cxm::extrema())))
          .result();
  std::map<std::pair<char, std::size_t>, std::pair<int, int>> expected;  // answered, smallest
  for (auto const &one : oracle::cut(log, [](auto const&so_far, auto const&next) {
         return oracle::verdict{!so_far.empty() && next.when - so_far.back().when > 120min, false};
       })) {
    auto& [answered, smallest] =
        expected.try_emplace({one.front().what, one.size()}, 0, 99).first->second;
    for (auto contact = one.rbegin(); contact != one.rend(); ++contact)
      if (contact->score) {
        ++answered;
        smallest = std::min(smallest, *contact->score);
        break;
      }
  }
  REQUIRE(found.size() == expected.size());
  for (auto const& [key, result] : found) {
    auto const& [answered, smallest] = expected.at({std::get<0>(key), std::get<1>(key)});
    CHECK(result.n == static_cast<std::uint64_t>(answered));
    if (answered > 0)
      CHECK(*result.min == smallest);
    else
      CHECK(result.min.why() == cxm::reason::no_data);
  }
}
