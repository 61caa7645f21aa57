// SPDX-License-Identifier: BSL-1.0
// Who was it? Visits, calls and answers carry a login, an address, a phone or a cookie, seldom all.
// Evidence makes persons of them, journeys and scores are those of persons, and when an agent turns
// out to have typed the wrong address, the evidence is taken back and everything follows.
#include <cxm/core.hpp>
#include <cxm/event.hpp>
#include <cxm/journey.hpp>
#include <cxm/stats.hpp>
#include <cxm/survey.hpp>

#include <fmt/core.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace std::chrono_literals;
using text = std::optional<std::string_view>;

enum class step : std::uint8_t { visit, order, call, survey };

struct contact {
  std::chrono::sys_seconds when;
  step what;
  text login, mail, phone, cookie;
  std::optional<int> recommend = std::nullopt;
};
std::chrono::sys_seconds day(int n) {
  return std::chrono::sys_days(std::chrono::year(2025) / 3 / 1) + n * 24h;
}

std::vector<contact> const contacts = {
    {day(0), step::visit, {}, {}, {}, "c-ada"},  // before she logged in
    {day(1), step::order, "ada", "ada@example.org", {}, "c-ada"},
    {day(2), step::visit, {}, {}, {}, "c-ben"},
    {day(3), step::order, {}, "ben@example.org", "555-0102", "c-ben"},
    {day(4), step::call, {}, "ada@example.org", "555-0102", {}},  // Ben calls, Ada's address typed
    {day(6), step::survey, {}, "ada@example.org", {}, {}, 10},
    {day(6), step::survey, {}, "ben@example.org", {}, {}, 3},
    {day(7), step::visit, "undefined", {}, {}, "kiosk"},  // a browser without a login
    {day(8), step::order, "cho", {}, {}, "kiosk"},        // a tablet in a shop
    {day(8), step::order, "dov", {}, {}, "kiosk"},
    {day(8), step::order, "eli", {}, {}, "kiosk"},
    {day(9), step::survey, "cho", {}, {}, {}, 9},
};

std::string_view why(cxm::identity_refusal refusal) {
  constexpr std::string_view names[] = {"is no identifier", "is shared", "limit of a kind",
                                        "limit of a person"};
  return names[static_cast<std::size_t>(refusal)];
}

// Persons, journeys and scores of what is evidence now.
template <class Evidence>
void show(std::string_view title, Evidence const& evidence) {
  auto const known = evidence.result();
  auto const person = cxm::person_of(known, evidence);
  auto const journeys =
      cxm::reconstruct(contacts, cxm::touchpoint_fields{person, &contact::when, &contact::what});
  auto const scores =
      cxm::measure(contacts, cxm::by(person, cxm::on(&contact::recommend, cxm::nps()))).result();

  fmt::print("{}: {} persons, {} journeys\n", title, known.size(), journeys.size());
  for (auto const& one : journeys) {
    auto const score = scores.at(std::string(one.customer()));
    fmt::print("  {:<20} {} contacts", one.customer(), one.size());
    if (score.value) fmt::print(", NPS {:+.0f} of {}", *score.value, score.n);
    fmt::print("\n");
  }
  for (auto const& one : known.refusals()) {
    fmt::print("  refused: {}{}{}: {}", one.first, one.second.empty() ? "" : " = ", one.second,
               why(one.why));
    if (one.limit > 0) fmt::print(", {} > {}", one.would_be, one.limit);
    fmt::print("\n");
  }
}

}  // namespace

int main() {
  auto evidence = cxm::measure(
      contacts,
      cxm::identity_graph(&contact::when, cxm::identifier{"login", &contact::login},
                          cxm::identifier{"mail", &contact::mail},
                          cxm::identifier{"phone", &contact::phone},
                          cxm::identifier{"cookie", &contact::cookie, cxm::valid_for{30 * 24h}},
                          cxm::shared_by_at_most{2}));
  auto const before = cxm::save(evidence);
  show("as it came in", evidence);

  evidence.remove(contacts[4]);
  show("\nwithout the call whose address was wrong", evidence);

  evidence.add(contacts[4]);
  fmt::print("\nmerged again: {}\n",
             cxm::save(evidence) == before ? "the bytes of before" : "something else");
}
