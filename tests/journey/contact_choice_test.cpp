// SPDX-License-Identifier: BSL-1.0
#include <cxm/journey/contact_choice.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/stats/extrema.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>

#include "catch.hpp"
#include "logs.hpp"

#include <type_traits>

using logs::at;
using logs::contact;

TEST_CASE("contact_choice: the first at a touchpoint, and the last to end") {
  std::vector<contact> const log = {{1, at(0), 'a', at(90), 1, {}},
                                    {1, at(10), 'b', at(20), 2, 7},
                                    {1, at(30), 'b', at(90), 3, 8},
                                    {1, at(80), 'c', {}, 4, {}}};
  auto const journeys = cxm::reconstruct(log, logs::fields_with_end());
  auto const journey = journeys[0];
  CHECK(cxm::at_contact{cxm::first_at{'b'}, &contact::score}(journey) == 7);
  CHECK(cxm::at_contact{cxm::first_at{'c', 'b'}, &contact::order}(journey) == 2);
  CHECK(cxm::at_contact{cxm::first_at(std::vector{'c'}), &contact::when}(journey) == at(80));
  CHECK_FALSE(cxm::at_contact{cxm::first_at{'x'}, &contact::when}(journey));
  CHECK_FALSE(cxm::at_contact{cxm::first_at{'c'}, &contact::score}(journey));
  // Of the two that end at 90 it is the first.
  auto const office = cxm::at_contact{cxm::last_to_end, &contact::order};
  CHECK(office(journey) == 1);
  auto const when = cxm::at_contact{cxm::last_to_end, &contact::when}(journey);
  static_assert(std::is_same_v<decltype(when), logs::minutes const>);
}

TEST_CASE("contact_choice: is a field like any other") {
  auto const log = logs::written({"abc", "cab", "bb"});
  auto const journeys = cxm::reconstruct(log, logs::fields());
  auto const field = cxm::at_contact{cxm::first_at{'c'}, cxm::field<"when">(&contact::when)};
  CHECK(cxm::name_of(field) == "when");
  auto const found = cxm::measure(journeys, cxm::on(field, cxm::extrema())).result();
  CHECK(found.n == 2);
  CHECK(found.missing == 1);
  CHECK(*found.max == at(20));
}
