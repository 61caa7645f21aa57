// SPDX-License-Identifier: BSL-1.0
// All sequences of up to seven contacts at four touchpoints with all patterns of equal times, in
// every mode, by steps written down and steps listed, against the specification in funnel_spec.hpp.
#include <cxm/path/funnel.hpp>
#include <cxm/path/funnel_policies.hpp>

#include "catch.hpp"
#include "funnel_spec.hpp"

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace {

using funnel_spec::event;
using funnel_spec::mode;
using instant = std::chrono::sys_time<std::chrono::microseconds>;

/// As much of a journey as a funnel reads.
struct small_journey {
  struct contact {
    event const* one;
    instant time() const { return instant(std::chrono::microseconds(one->time)); }
    char touchpoint() const { return one->what; }
  };
  std::vector<event> const* events;

  std::size_t size() const { return events->size(); }
  contact operator[](std::size_t i) const { return {&(*events)[i]}; }
  instant started() const { return (*this)[0].time(); }
};

/// Calls `visit` with every sequence of 1 to `longest` contacts at a, b, c and d, each at the time
/// of the one before or 1 µs later.
template <class Visit>
void each_sequence(std::size_t longest, std::vector<event>& events, Visit const& visit) {
  if (!events.empty()) visit();
  if (events.size() == longest) return;
  int const now = events.empty() ? 0 : events.back().time;
  for (int later = 0; later < (events.empty() ? 1 : 2); ++later)
    for (char what = 'a'; what <= 'd'; ++what) {
      events.push_back({now + later, what});
      each_sequence(longest, events, visit);
      events.pop_back();
    }
}

/// How many sequences `plan` takes another way than the specification.
template <class Plan>
std::size_t differences(Plan const& plan, std::size_t longest, std::string const& steps, mode how,
                        int window, bool strictly_later) {
  std::vector<event> events;
  std::size_t wrong = 0;
  each_sequence(longest, events, [&] {
    small_journey const journey{&events};
    auto const expected = funnel_spec::best(events, steps, how, window, strictly_later);
    auto const found = plan.reach(journey);
    bool same = found.depth == expected.depth;
    if (same && longest < 6 && how != mode::any) {
      auto const chain = plan.chain(journey, found);
      for (std::size_t i = 0; i < steps.size(); ++i)
        same = same && chain[i].has_value() == (i < expected.depth) &&
               (!chain[i] || chain[i]->time_since_epoch().count() == expected.times[i]);
    }
    wrong += same ? 0 : 1;
  });
  return wrong;
}

template <class Mode, class... Policies>
void check_mode(mode how, Mode policy, bool strictly_later, Policies... more) {
  std::size_t const longest = strictly_later ? 6 : 7;  // of a variant of a mode a quarter will do
  cxm::within const limit(std::chrono::microseconds(3));
  auto const fixed = cxm::funnel('a', 'b', 'c', policy, limit, more...);
  CHECK(differences(fixed.plan(), longest, "abc", how, 3, strictly_later) == 0);
  auto const listed = cxm::funnel(std::vector<char>{'a', 'b', 'c'}, policy, limit, more...);
  CHECK(differences(listed.plan(), longest, "abc", how, 3, strictly_later) == 0);
  for (std::string const steps : {"aab", "aba", "abcd", "a", "aaa", "abca"}) {
    auto const plan =
        cxm::funnel(std::vector<char>(steps.begin(), steps.end()), policy, limit, more...).plan();
    CHECK(differences(plan, 5, steps, how, 3, strictly_later) == 0);
  }
}

}  // namespace

TEST_CASE("Ordered funnels agree with the specification on all short sequences") {
  check_mode(mode::ordered, cxm::in_sequence{}, false);
  check_mode(mode::ordered, cxm::in_sequence{}, true, cxm::strictly_later{});
}
TEST_CASE("Strict funnels agree with the specification on all short sequences") {
  check_mode(mode::strict, cxm::in_strict_sequence{}, false);
}
TEST_CASE("Funnels in any order agree with the specification on all short sequences") {
  check_mode(mode::any, cxm::in_any_order{}, false);
  check_mode(mode::any, cxm::in_any_order{}, true, cxm::strictly_later{});
}
