// SPDX-License-Identifier: BSL-1.0
#include <cxm/journey/goal.hpp>
#include <cxm/journey/max_size.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/journey/stage_regress.hpp>

#include "catch.hpp"
#include "oracle.hpp"

using namespace std::chrono_literals;
using logs::at;
using logs::contact;

namespace {

template <class Boundary>
std::vector<std::string> cut(std::vector<contact> const& log, Boundary const& boundary) {
  return oracle::texts_of(cxm::reconstruct(log, logs::fields_with_end(), boundary));
}
using texts = std::vector<std::string>;

}  // namespace

TEST_CASE("A goal is a touchpoint, one of several, or what a field says") {
  auto const log = logs::written({"abgch"});
  CHECK(cut(log, cxm::goal{'g'}) == texts{"0: 0-20 abg", "0: 30-40 ch"});
  CHECK(cut(log, cxm::goal(std::vector{'g', 'a'})) ==
        texts{"0: 0-0 a", "0: 10-20 bg", "0: 30-40 ch"});
  CHECK(cut(log, cxm::goal_when{[](contact const& one) { return one.what == 'c'; }}) ==
        texts{"0: 0-30 abgc", "0: 40-40 h"});
  auto scored = log;
  scored[1].score = 0;
  scored[2].score = 7;
  CHECK(cut(scored, cxm::goal_when{&contact::score}) == texts{"0: 0-20 abg", "0: 30-40 ch"});
}

TEST_CASE("A maximum counts contacts, or the time with the next one's end") {
  auto const log = logs::written({"abcde"});
  CHECK(cut(log, cxm::max_contacts{2}) == texts{"0: 0-10 ab", "0: 20-30 cd", "0: 40-40 e"});
  CHECK(cxm::max_contacts{}.most == 10'000);
  CHECK(cut(log, cxm::max_duration{20min}) == texts{"0: 0-20 abc", "0: 30-40 de"});
  std::vector<contact> const longer = {
      {1, at(0), 'a', at(50)}, {1, at(10), 'b', at(20)}, {1, at(20), 'c', at(31)}};
  CHECK(cut(longer, cxm::max_duration{30min}) == texts{"1: 0-50 ab", "1: 20-31 c"});
}

TEST_CASE("A stage may be an enum, and far falls do not overflow") {
  enum class stage : std::int64_t { lowest = INT64_MIN, middle = 0, highest = INT64_MAX };
  struct row {
    int who;
    logs::minutes when;
    stage at_stage;
  };
  std::vector<row> const log = {{1, at(0), stage::highest},
                                {1, at(1), stage::lowest},
                                {1, at(2), stage::middle},
                                {1, at(3), stage::highest}};
  auto const journeys =
      cxm::reconstruct(log, cxm::touchpoint_fields{&row::who, &row::when, &row::at_stage},
                       cxm::stage_regress{&row::at_stage});
  REQUIRE(journeys.size() == 2);
  CHECK(journeys[1].size() == 3);
}
