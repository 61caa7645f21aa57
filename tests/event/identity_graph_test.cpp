// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/save.hpp>
#include <cxm/event/identifier.hpp>
#include <cxm/event/identity_graph.hpp>
#include <cxm/event/identity_rules.hpp>
#include <cxm/event/people.hpp>
#include <cxm/event/person_of.hpp>
#include <cxm/testing/merge_laws.hpp>
#include <cxm/testing/retraction_laws.hpp>

#include "catch.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

using namespace std::chrono_literals;

namespace {

using instant = std::chrono::sys_seconds;
using text = std::optional<std::string>;

struct visit {
  std::optional<instant> when;
  text user, mail, cookie, second_cookie;
};
instant at(std::chrono::seconds time) {
  return instant(time);
}
auto graph(auto const&... rules) {
  return cxm::identity_graph(
      &visit::when, cxm::identifier{"user", &visit::user}, cxm::identifier{"mail", &visit::mail},
      cxm::identifier{"cookie", &visit::cookie, cxm::per_person{50}, cxm::valid_for{30 * 24h}},
      cxm::identifier{"cookie", &visit::second_cookie}, rules...);
}
using evidence = decltype(graph());

evidence of(std::vector<visit> const& visits) {
  auto made = graph();
  for (auto const& one : visits) made.add(one);
  return made;
}

// The executable specification: a link is allowed or not by walking, breadth first, over the links
// allowed so far.
class by_walking {
 public:
  using node = std::pair<std::size_t, std::string>;
  using link = std::tuple<std::size_t, std::int64_t, node, node>;
  std::map<node, std::int64_t> first_seen;
  std::map<node, std::set<node>> beside;
  std::vector<cxm::refused_link> refusals;

  by_walking(std::vector<visit> const& visits, cxm::identity_rules const& with) : rules_(with) {
    for (auto const& one : visits) see(one);
    for (auto const& [id, time] : first_seen) {
      auto const& bad = rules_.blocked;
      if (cxm::identifies_nobody(id.second) ||
          std::find(bad.begin(), bad.end(), id.second) != bad.end())
        refuse_node(cxm::identity_refusal::blocked, id, 0, 0);
    }
    for (auto const& [id, time] : first_seen) {
      std::set<node> owners;
      for (auto const& seen : sightings_)
        if (seen.second.count(id) > 0)
          for (auto const& other : seen.second)
            if (other.first == 0 && blocked_.count(other) == 0) owners.insert(other);
      if (id.first > 0 && blocked_.count(id) == 0 && owners.size() > rules_.owners)
        refuse_node(cxm::identity_refusal::shared, id, owners.size(), rules_.owners);
    }
    for (auto const& one : links()) try_link(std::get<2>(one), std::get<3>(one));
  }
  std::set<node> component(node const& from) const {
    std::set<node> seen{from};
    std::vector<node> todo{from};
    while (!todo.empty()) {
      auto const one = todo.back();
      todo.pop_back();
      if (auto const found = beside.find(one); found != beside.end())
        for (auto const& next : found->second)
          if (seen.insert(next).second) todo.push_back(next);
    }
    return seen;
  }
  std::string name(node const& id) const { return rules_.kinds[id.first].name + ":" + id.second; }
  std::string person(node const& id) const {
    if (blocked_.count(id) > 0) return shared_.count(id) > 0 ? "?" + name(id) : "";
    auto const all = component(id);
    auto const key = [&](node const& n) { return std::tuple(n.first, first_seen.at(n), n.second); };
    return name(*std::min_element(all.begin(), all.end(),
                                  [&](node const& a, node const& b) { return key(a) < key(b); }));
  }

 private:
  void see(visit const& one) {
    std::set<node> ids;
    if (one.user) ids.emplace(0, *one.user);
    if (one.mail) ids.emplace(1, *one.mail);
    if (one.cookie) ids.emplace(2, *one.cookie);
    if (one.second_cookie) ids.emplace(2, *one.second_cookie);
    auto const time = one.when->time_since_epoch().count();
    for (auto const& id : ids) {
      auto const [known, fresh] = first_seen.try_emplace(id, time);
      if (!fresh) known->second = std::min(known->second, time);
    }
    sightings_.emplace_back(time, ids);
  }
  std::vector<link> links() const {
    std::map<std::pair<node, node>, std::int64_t> first;
    for (auto const& [time, ids] : sightings_) {
      std::vector<node> good;
      for (auto const& id : ids)
        if (blocked_.count(id) == 0) good.push_back(id);
      for (std::size_t i = 1; i < good.size(); ++i) {
        auto const [known, fresh] = first.try_emplace({good[0], good[i]}, time);
        if (!fresh) known->second = std::min(known->second, time);
      }
    }
    std::vector<link> found;
    for (auto const& [ends, time] : first)
      found.emplace_back(ends.second.first, time, ends.first, ends.second);
    std::sort(found.begin(), found.end());
    return found;
  }
  void try_link(node const& a, node const& b) {
    auto both = component(a);
    if (both.count(b) == 0) {
      for (auto const& one : component(b)) both.insert(one);
      for (std::size_t kind = 0; kind < rules_.kinds.size(); ++kind) {
        auto const count = static_cast<std::uint64_t>(std::count_if(
            both.begin(), both.end(), [&](node const& n) { return n.first == kind; }));
        if (count > rules_.kinds[kind].most) {
          refusals.push_back({cxm::identity_refusal::kind_limit, name(a), name(b),
                              rules_.kinds[kind].name, count, rules_.kinds[kind].most});
          return;
        }
      }
      if (both.size() > rules_.identifiers) {
        refusals.push_back({cxm::identity_refusal::person_limit, name(a), name(b), "", both.size(),
                            rules_.identifiers});
        return;
      }
    }
    beside[a].insert(b);
    beside[b].insert(a);
  }
  void refuse_node(cxm::identity_refusal why, node const& id, std::uint64_t would_be,
                   std::uint64_t limit) {
    refusals.push_back({why, name(id), "", "", would_be, limit});
    (why == cxm::identity_refusal::blocked ? blocked_ : shared_).insert(id);
    blocked_.insert(id);
  }

  cxm::identity_rules rules_;
  std::vector<std::pair<std::int64_t, std::set<node>>> sightings_;
  std::set<node> blocked_, shared_;
};

std::vector<visit> random_visits(std::mt19937& random) {
  auto const pick = [&](char const* letter, unsigned of, unsigned often) -> text {
    if (random() % 8 >= often) return std::nullopt;
    auto const which = random() % of;
    return which == 0 && random() % 4 == 0 ? "null" : letter + std::to_string(which);
  };
  unsigned const width = 2 + static_cast<unsigned>(random() % 8);
  std::vector<visit> made(1 + random() % 14);
  for (auto& one : made) {
    one = {at(std::chrono::seconds(random() % 20)), pick("u", width, 3), pick("m", width, 4),
           pick("c", width, 6), pick("c", width, 1)};
    if (!one.user && !one.mail && !one.cookie && !one.second_cookie) one.cookie = "c0";
  }
  return made;
}

}  // namespace

TEST_CASE("identity: the worked example of A3, two persons and one refusal") {
  auto const known = of({{at(1s), "u1", "e1", {}, {}},
                         {at(2s), "u1", {}, "c1", {}},
                         {at(3s), "u2", {}, "c2", {}},
                         {at(4s), {}, {}, "c1", "c2"}})
                         .result();
  CHECK(known.size() == 2);
  CHECK(known.refusals() ==
        std::vector<cxm::refused_link>{
            {cxm::identity_refusal::kind_limit, "cookie:c1", "cookie:c2", "user", 2, 1}});
  CHECK(known.person_of("mail", "e1") == "user:u1");
  CHECK(known.person_of("cookie", "c1") == "user:u1");
  CHECK(known.person_of("cookie", "c2") == "user:u2");
  CHECK_FALSE(known.person_of("cookie", "c3"));
  CHECK_FALSE(known.person_of("phone", "c1"));
  CHECK(known.identifiers_of("user:u1") ==
        std::vector<std::string_view>{"user:u1", "mail:e1", "cookie:c1"});
}

TEST_CASE(
    "identity: 10,000 random sets of evidence are components by walking, in any order and "
    "partition, and taking evidence back leaves none") {
  std::mt19937 random(20261125);
  for (int run = 0; run < 10'000; ++run) {
    auto visits = random_visits(random);
    auto whole = of(visits);
    auto rules = whole.rules();
    rules.owners = 1 + static_cast<std::uint32_t>(random() % 4);
    rules.identifiers = 2 + static_cast<std::uint32_t>(random() % 8);
    rules.kinds[0].most = 1 + static_cast<std::uint32_t>(random() % 2);
    rules.kinds[1].most = 1 + static_cast<std::uint32_t>(random() % 3);
    rules.kinds[2].most = 1 + static_cast<std::uint32_t>(random() % 4);
    if (random() % 3 == 0) rules.blocked = {"c1"};
    auto const known = whole.result(rules);
    by_walking const expected(visits, rules);
    REQUIRE(known.refusals() == expected.refusals);
    std::set<std::string> persons;
    for (auto const& [id, time] : expected.first_seen) {
      auto const person = expected.person(id);
      if (!person.empty() && person[0] != '?') persons.insert(person);
      REQUIRE(std::string(known.person_of(rules.kinds[id.first].name, id.second).value_or("")) ==
              person);
    }
    REQUIRE(known.size() == persons.size());

    auto const bytes = cxm::save(whole);
    std::vector<evidence> parts(1 + random() % 3, graph());
    std::vector<visit> mixed = visits;
    for (std::size_t i = mixed.size(); i > 1; --i) std::swap(mixed[i - 1], mixed[random() % i]);
    for (auto const& one : mixed) parts[random() % parts.size()].add(one);
    for (std::size_t i = 1; i < parts.size(); ++i) parts[0].merge(parts[i]);
    REQUIRE(cxm::save(parts[0]) == bytes);
    REQUIRE(parts[0].result(rules).refusals() == expected.refusals);

    // Un-merge: as if the event had never been; merged again: the bytes of before.
    auto const taken = mixed.back();
    mixed.pop_back();
    parts[0].remove(taken);
    REQUIRE(cxm::save(parts[0]) == cxm::save(of(mixed)));
    REQUIRE(parts[0].result(rules).refusals() == by_walking(mixed, rules).refusals);
    parts[0].add(taken);
    REQUIRE(cxm::save(parts[0]) == bytes);
    REQUIRE(cxm::load(graph(), bytes) == whole);
  }
}

TEST_CASE("identity: an un-merge changes nobody outside of what was linked with it") {
  std::mt19937 random(6);
  for (int run = 0; run < 300; ++run) {
    auto visits = random_visits(random);
    auto whole = of(visits);
    auto const before = whole.result();
    whole.remove(visits.back());
    auto const after = whole.result();
    // Components without any limit: what was linked with the event, however indirectly.
    cxm::identity_rules free = whole.rules();
    free.owners = free.identifiers = 1'000;
    for (auto& kind : free.kinds) kind.most = 1'000;
    by_walking const all(visits, free);
    auto const& gone = visits.back();
    std::set<by_walking::node> touched;
    for (auto const& [kind, id] : {std::pair<std::size_t, text>{0, gone.user},
                                   {1, gone.mail},
                                   {2, gone.cookie},
                                   {2, gone.second_cookie}})
      if (id)
        for (auto const& one : all.component({kind, *id})) touched.insert(one);
    for (auto const& [id, time] : all.first_seen)
      if (touched.count(id) == 0)
        REQUIRE(before.person_of(free.kinds[id.first].name, id.second) ==
                after.person_of(free.kinds[id.first].name, id.second));
  }
}

TEST_CASE("identity: a shared identifier, and one that nobody has, link nothing") {
  std::vector<visit> visits;
  for (int i = 0; i < 6; ++i)
    visits.push_back({at(std::chrono::seconds(i)), "u" + std::to_string(i), {}, "tablet", {}});
  auto made = of(visits);
  made.add(visit{at(9s), "undefined", "m", "[object Object]", {}});
  auto const known = made.result();
  CHECK(known.size() == 7);
  REQUIRE(known.refusals().size() == 3);
  CHECK(known.refusals()[0].first == "user:undefined");
  CHECK(known.refusals()[2] ==
        cxm::refused_link{cxm::identity_refusal::shared, "cookie:tablet", "", "", 6, 5});
  CHECK(made.person_in(known, visit{at(3s), {}, {}, "tablet", {}}) == "?cookie:tablet");
  CHECK(made.person_in(known, visit{at(3s), "u3", {}, "tablet", {}}) == "user:u3");
  CHECK_FALSE(made.person_in(known, visit{at(3s), "null", {}, {}, {}}));
  for (auto const* const nobody : {"", "0", "-1", "null", "NULL", " None ", "undefined", "nan",
                                   "00000000-0000-0000-0000-000000000000", "Anonymous", "guest"})
    CHECK(cxm::identifies_nobody(nobody));
  for (auto const* const somebody : {"10", "a", "nullus", "0a"})
    CHECK_FALSE(cxm::identifies_nobody(somebody));
}

TEST_CASE(
    "identity: before the login a cookie is its only owner's, within its time, else nobody's") {
  auto const day = [](int n) { return at(n * 24h); };
  auto made = of({{day(100), "u1", {}, "c", {}}, {day(300), "u2", {}, "c", {}}});
  auto known = made.result();
  auto const whose = [&](int n) {
    return std::string(known.person_of("cookie", "c", day(n)).value_or("nobody"));
  };
  CHECK(whose(69) == "?cookie:c");
  CHECK(whose(70) == "user:u1");  // 30 days before it was first seen with her
  CHECK(whose(130) == "user:u1");
  CHECK(whose(131) == "?cookie:c");
  CHECK(whose(300) == "user:u2");  // the link was refused, the time tells all the same
  made.add(visit{day(110), "u2", {}, "c", {}});
  known = made.result();
  CHECK(whose(90) == "?cookie:c");  // two may have been it
  CHECK(whose(75) == "user:u1");
  CHECK(made.person_in(known, visit{day(100), "u2", {}, "c", {}}) == "user:u2");
}

TEST_CASE("identity: as of a time only earlier sightings are known") {
  auto const made = of({{at(1s), {}, "m", "c", {}}, {at(5s), "u", "m", {}, {}}});
  auto const then = made.result(cxm::as_of(at(4s)));
  CHECK(then.person_of("cookie", "c") == "mail:m");
  CHECK_FALSE(then.person_of("user", "u"));
  CHECK(made.result(cxm::as_of(at(5s))).person_of("cookie", "c") == "user:u");
  CHECK(made.result(cxm::as_of(at(0s))).size() == 0);
}

TEST_CASE("identity: what is no evidence is counted; empty and hostile input") {
  auto made = graph();
  CHECK(made.empty());
  CHECK(made.result().size() == 0);
  visit const none{at(1s), {}, {}, {}, {}}, never{{}, "u", {}, {}, {}},
      longest{at(1s), std::string(257, 'x'), {}, {}, {}};
  for (auto const& one : {none, never, longest}) made.add(one);
  CHECK(made.unidentified() == 2);
  CHECK(made.untimed() == 1);
  CHECK(made.identified() == 0);
  for (auto const& one : {none, never, longest}) made.remove(one);
  CHECK(made.empty());
  CHECK_THROWS_AS(made.remove(none), std::invalid_argument);
  CHECK_THROWS_AS(made.remove(visit{at(1s), "u", {}, {}, {}}), std::invalid_argument);
  CHECK(made == graph());
  CHECK_THROWS_AS(graph(cxm::identifiers_at_most{0}), std::invalid_argument);
  CHECK_THROWS_AS(cxm::identity_graph(&visit::when, cxm::identifier{"a:b", &visit::user}),
                  std::invalid_argument);
  auto const other = cxm::identity_graph(&visit::when, cxm::identifier{"phone", &visit::user});
  CHECK_FALSE(cxm::try_load(other, cxm::save(graph())));
}

TEST_CASE("identity: damaged evidence is refused, whatever its checksum says") {
  std::vector<visit> const visits = {{at(1s), "u1", "m1", "c1", {}},
                                     {at(2s), "u2", {}, "c1", {}},
                                     {{}, "u3", {}, {}, {}},
                                     {at(3s), {}, {}, {}, {}}};
  auto const laws = cxm::check_merge_laws(graph(), visits);
  INFO(laws.text());
  CHECK(laws.holds());
  auto const back = cxm::check_retraction_laws(graph(), visits);
  INFO(back.text());
  CHECK(back.holds());
  auto const made = of(visits);
  auto const bytes = cxm::save(made);
  std::mt19937 random(1);
  for (int run = 0; run < 20'000; ++run) {
    auto body = bytes;
    body.resize(body.size() - 8);
    for (auto changes = 1 + random() % 3; changes > 0; --changes)
      body[random() % body.size()] = static_cast<std::byte>(random() % 256);
    if (random() % 4 == 0) body.resize(random() % body.size());
    cxm::detail::byte_writer end;
    end.word(cxm::detail::checksum(body));
    body.insert(body.end(), end.bytes.begin(), end.bytes.end());
    auto const found = cxm::try_load(graph(), body);
    if (found) REQUIRE(cxm::save(*found) == body);  // another state, and whole
  }
}

TEST_CASE("identity: keys chosen against the hash cost no more than others") {
  // 40,000 values that fall on one place of the first table, whatever its size up to 2^20.
  cxm::detail::identifier_table table;
  auto const inverse = [](std::uint64_t word, std::uint64_t state) {
    auto const unshift = [](std::uint64_t x, unsigned by) {
      for (std::uint64_t y = x >> by; y != 0; y >>= by) x ^= y;
      return x;
    };
    word -= 0x9e3779b97f4a7c15U;
    word = unshift(word, 31) * 0x319642b2d24d8ec3U;
    word = unshift(word, 27) * 0x96de1b173f119089U;
    return unshift(word, 30) ^ state;
  };
  cxm::detail::word_hash start;
  start.add(std::uint64_t{0});  // salt 0, kind 0
  start.add(std::uint64_t{8});  // the length
  std::string value(8, ' ');
  for (std::uint64_t i = 0; i < 40'000; ++i) {
    auto const word = inverse(i << 20, start.value());
    for (unsigned byte = 0; byte < 8; ++byte) value[byte] = static_cast<char>(word >> (8 * byte));
    REQUIRE(table.id_of(0, value) == i);
    if (i == 0) {
      cxm::detail::word_hash check = start;
      check.add(word);
      REQUIRE((check.value() & 0xfffff) == 0);  // else nothing is tested here
    }
  }
  CHECK(table.salt() == 1);  // filled again once, and never slow since
}
