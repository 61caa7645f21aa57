// SPDX-License-Identifier: BSL-1.0
// The worked example of B10, and hand-overs against a plain loop on random journeys.
#include <cxm/core/save.hpp>
#include <cxm/journey/hand_over.hpp>
#include <cxm/journey/hand_over_matrix.hpp>
#include <cxm/journey/ledger_of.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/moments.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/quantiles.hpp>
#include <cxm/testing/merge_laws.hpp>

#include "catch.hpp"
#include "ledgers.hpp"

using namespace std::chrono_literals;
using namespace Catch::Matchers;
using ledgers::step;
using logs::at;

namespace {

/// A journey whose departments are the letters of a text, `?` unknown, a contact every ten minutes
/// that takes four.
std::vector<step> desks(std::string_view text, int customer = 1) {
  std::vector<step> log;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto const start = at(static_cast<int>(10 * i));
    log.push_back({customer,
                   start,
                   'p',
                   start + 4min,
                   text[i] == '?' ? std::nullopt : std::optional(text[i]),
                   {}});
  }
  return log;
}

}  // namespace

TEST_CASE(
    "Worked example B10: sales, back office, field, billing: three hand-overs, no ping-pong") {
  auto const log = ledgers::worked_example();
  auto const journeys = cxm::reconstruct(log, ledgers::fields());
  CHECK(cxm::hand_overs(&step::department)(journeys[0]) == 3);
  CHECK(cxm::ping_pongs(&step::department)(journeys[0]) == 0);
  CHECK(cxm::departments(&step::department)(journeys[0]) == 4);
  CHECK(cxm::unowned_contacts(&step::department)(journeys[0]) == 1);  // the activation itself
  CHECK(cxm::name_of(cxm::hand_overs(&step::department)) == "hand_overs");
}

TEST_CASE("Hand-overs skip unknown owners and the customer, and know a ping-pong") {
  auto const count = [](std::string_view text) {
    auto const log = desks(text);
    auto const journeys = cxm::reconstruct(log, ledgers::fields());
    auto const journey = journeys[0];
    return std::array{cxm::hand_overs(&step::department)(journey),
                      cxm::ping_pongs(&step::department)(journey),
                      cxm::departments(&step::department)(journey),
                      cxm::unowned_contacts(&step::department)(journey)};
  };
  using four = std::array<std::uint64_t, 4>;
  CHECK(count("a") == four{0, 0, 1, 0});
  CHECK(count("??") == four{0, 0, 0, 2});
  CHECK(count("a?b") == four{1, 0, 2, 1});
  CHECK(count("a?a") == four{0, 0, 1, 1});
  CHECK(count("aba") == four{2, 1, 2, 0});
  CHECK(count("abab") == four{3, 2, 2, 0});
  CHECK(count("abba") == four{2, 0, 2, 0});  // by the last contact but one, which is b
  CHECK(count("a?b?a") == four{2, 1, 2, 2});

  auto log = desks("aba");
  log[1].own = true;
  auto const journeys = cxm::reconstruct(log, ledgers::fields());
  CHECK(cxm::hand_overs(&step::department, cxm::customer_side{&step::own})(journeys[0]) == 0);
}

TEST_CASE("The matrix has counts and waits on each seam") {
  auto log = desks("abab");
  for (auto const& one : desks("a?b", 2)) log.push_back(one);
  auto const journeys = cxm::reconstruct(log, ledgers::fields());
  auto const found = cxm::measure(journeys, cxm::hand_over_matrix(&step::department)).result();
  CHECK(found.journeys == 2);
  CHECK(found.hand_overs == 4);
  CHECK(found.ping_pongs == 2);
  CHECK(found.unowned == 1);
  CHECK(*found.departments.mean == 2.0);
  auto const& seam = found.seams.at({'a', 'b'});
  CHECK(seam.count == 3);
  CHECK(seam.back == 1);
  CHECK(*seam.wait.sum == 18min);
  CHECK(*seam.wait.quantiles.max() == 6min);
  CHECK(found.seams.at({'b', 'a'}).back == 1);
  CHECK(found.seams.find({'b', 'b'}) == nullptr);
}

TEST_CASE("Hand-overs agree with a plain loop, and their waits with the ledger") {
  logs::numbers next(21);
  std::vector<step> log;
  for (int i = 0; i < 500; ++i)
    for (auto const& one : ledgers::random_journey(next, 9, i)) log.push_back(one);
  auto const journeys = cxm::reconstruct(log, ledgers::fields());
  auto const own = cxm::customer_side{&step::own};

  std::map<std::pair<char, char>, std::vector<std::chrono::minutes>> waits;
  std::uint64_t backs = 0;
  std::vector<step> one;
  for (std::size_t i = 0; i < log.size(); ++i) {
    one.push_back(log[i]);
    if (i + 1 < log.size() && log[i + 1].customer == log[i].customer) continue;
    std::vector<char> known;
    auto ended = one.front().when;
    for (auto const& contact : one) {
      if (contact.department && !contact.own.value_or(false)) {
        if (!known.empty() && known.back() != *contact.department) {
          waits[{known.back(), *contact.department}].push_back(
              std::max(contact.when - ended, 0min));
          backs += known.size() > 1 && known[known.size() - 2] == *contact.department ? 1 : 0;
        }
        known.push_back(*contact.department);
      }
      ended = std::max(ended, contact.ended);
    }
    one.clear();
  }

  auto const found = cxm::measure(
      journeys, cxm::each_hand_over(&step::department,
                                    cxm::by(cxm::handed_from, cxm::handed_to,
                                            cxm::on(cxm::handed_wait, cxm::quantiles())),
                                    own));
  auto const result = found.result();
  REQUIRE(result.size() == waits.size());
  std::chrono::minutes all{};
  for (auto const& [seam, times] : result) {
    auto expected = waits.at({std::get<0>(seam), std::get<1>(seam)});
    std::sort(expected.begin(), expected.end());
    CHECK(times.ascending == expected);
    for (auto const wait : expected) all += wait;
  }
  CHECK(cxm::measure(journeys, cxm::hand_over_matrix(&step::department, own)).result().ping_pongs ==
        backs);
  std::chrono::minutes hand_off{};
  for (auto const& journey : journeys)
    hand_off += cxm::ledger_of(&step::department, own)(journey).hand_off_wait;
  CHECK(hand_off == all);
}

TEST_CASE("Hand-overs keep the merge laws and saved bytes, and refuse other departments") {
  logs::numbers next(22);
  std::vector<step> log;
  for (int i = 0; i < 40; ++i)
    for (auto const& one : ledgers::random_journey(next, 9, i)) log.push_back(one);
  auto const store = cxm::reconstruct(log, ledgers::fields());
  std::vector<decltype(store)::value_type> const journeys(store.begin(), store.end());
  auto const report = cxm::check_merge_laws(cxm::hand_over_matrix(&step::department), journeys,
                                            {.seed = 3, .rounds = 2, .bytes_to_flip = 150});
  INFO(report.text());
  CHECK(report.holds());

  auto a = cxm::measure(
      journeys, cxm::each_hand_over(cxm::field<"department">(&step::department), cxm::count()));
  CHECK_THROWS_AS(
      cxm::load(a, cxm::save(cxm::measure(
                       journeys,
                       cxm::each_hand_over(cxm::field<"team">(&step::department), cxm::count())))),
      cxm::bad_state);
  auto by_what = cxm::measure(journeys, cxm::each_hand_over(&step::what, cxm::count()));
  CHECK(by_what.result() > 0);
}

TEST_CASE("A matrix that is refused leaves the other as it was") {
  auto const log = desks("abcab");
  auto const journeys = cxm::reconstruct(log, ledgers::fields());
  auto a = cxm::measure(journeys, cxm::hand_over_matrix(&step::department));
  auto const b = cxm::measure(journeys, cxm::hand_over_matrix(&step::department, cxm::at_most{2}));
  auto const before = cxm::save(a);
  CHECK_THROWS_AS(a.merge(b), std::invalid_argument);
  CHECK(cxm::save(a) == before);
  CHECK(b.result().seams.size() == 2);
  CHECK(b.result().hand_overs == 4);  // those beyond the cap too
}
