// SPDX-License-Identifier: BSL-1.0
// The worked numbers of E4 and of the documents that 7.14 and 7.17 quote.
#include <cxm/core/save.hpp>
#include <cxm/event/is.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/path/funnel.hpp>
#include <cxm/path/funnel_policies.hpp>
#include <cxm/path/funnel_step.hpp>
#include <cxm/path/reached_step.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/quantiles.hpp>

#include "../journey/logs.hpp"
#include "catch.hpp"

#include <stdexcept>
#include <string>
#include <vector>

using namespace std::chrono_literals;
using logs::at;
using logs::contact;

namespace {

using counts = std::vector<std::uint64_t>;

template <class Funnel>
counts counted(std::vector<contact> const& log, Funnel const& funnel) {
  auto const journeys = cxm::reconstruct(log, logs::fields());
  counts found;
  for (auto const& one : cxm::measure(journeys, funnel).result().steps) found.push_back(one.count);
  return found;
}
template <class Funnel>
counts walked(std::vector<std::string_view> const& paths, Funnel const& funnel) {
  return counted(logs::written(paths), funnel);
}

std::vector<std::string_view> const textbook = {"ABC", "AXBC", "BAC", "AB", "CABXC", "A"};

}  // namespace

TEST_CASE("Worked example E4: ordered 6/4/3, strict 6/3/1, any order 6/5/4") {
  CHECK(walked(textbook, cxm::funnel('A', 'B', 'C')) == counts{6, 4, 3});
  CHECK(walked(textbook, cxm::funnel('A', 'B', 'C', cxm::in_strict_sequence{})) == counts{6, 3, 1});
  CHECK(walked(textbook, cxm::funnel('A', 'B', 'C', cxm::in_any_order{})) == counts{6, 5, 4});
  std::vector<char> const steps = {'A', 'B', 'C'};
  CHECK(walked(textbook, cxm::funnel(steps)) == counts{6, 4, 3});
  CHECK(walked(textbook, cxm::funnel(steps, cxm::in_strict_sequence{})) == counts{6, 3, 1});
  CHECK(walked(textbook, cxm::funnel(steps, cxm::in_any_order{})) == counts{6, 5, 4});
}

TEST_CASE("Worked examples 7.17: Hologres, and the five paths of Retentioneering") {
  auto const abc = [] { return cxm::funnel('1', '2', '3'); };
  CHECK(walked({"1234"}, abc()) == counts{1, 1, 1});
  CHECK(walked({"4321"}, abc()) == counts{1, 0, 0});
  CHECK(walked({"43"}, abc()) == counts{0, 0, 0});
  CHECK(walked({"hcap", "hcap", "hcca", "hsa", "hss"}, cxm::funnel('h', 'a', 'p')) ==
        counts{5, 4, 2});
  CHECK(walked({"ABDC"}, cxm::funnel('A', 'B', 'C', 'D', cxm::in_strict_sequence{})) ==
        counts{1, 1, 0, 0});
}

TEST_CASE("Worked examples 7.17: ClickHouse, a condition repeated and equal times") {
  std::vector<contact> const apart = {{1, at(100), 'a'}, {2, at(200), 'a'}};
  CHECK(counted(apart, cxm::funnel('a', 'a', cxm::within{50min})) == counts{2, 0});
  std::vector<contact> const tied = {{1, at(0), 'a'}, {1, at(0), 'b'}};
  CHECK(counted(tied, cxm::funnel('a', 'b')) == counts{1, 1});
  CHECK(counted(tied, cxm::funnel('a', 'b', cxm::strictly_later{})) == counts{1, 0});
}

TEST_CASE("A window includes its end, and is that of the latest beginning that is whole") {
  std::vector<contact> const log = {{1, at(0), 'a'}, {1, at(60), 'a'}, {1, at(120), 'b'}};
  CHECK(counted(log, cxm::funnel('a', 'b', cxm::within{60min})) == counts{1, 1});
  CHECK(counted(log, cxm::funnel('a', 'b', cxm::within{59min})) == counts{1, 0});
  CHECK(counted(log, cxm::funnel('a', cxm::step('b').soon(60min))) == counts{1, 1});
  CHECK(counted(log, cxm::funnel('a', cxm::step('b').soon(59min))) == counts{1, 0});
}

TEST_CASE("Groups in any order, optional steps, predicates and exclusions") {
  auto const mixed = cxm::funnel('h', cxm::any_order('s', 'c'), 'p');
  CHECK(walked({"hcsp", "hscp", "hsp", "hcp", "shcp"}, mixed) == counts{5, 5, 2, 2});
  auto const helped = cxm::funnel('h', cxm::step('q').optional(), 'p');
  CHECK(walked({"hp", "hqp", "hq", "h"}, helped) == counts{4, 2, 2});
  auto const read =
      cxm::funnel(cxm::is{&contact::what, 'h'}, [](contact const& one) { return one.what == 'p'; });
  CHECK(walked({"hp", "ph"}, read) == counts{2, 1});
  std::vector<std::string_view> const met = {"hxp", "hp", "xhp", "hxhp"};
  using enum cxm::on_excluded;
  CHECK(walked(met, cxm::funnel('h', 'p', cxm::except{'x', 0, 1})) == counts{4, 3});
  CHECK(walked(met, cxm::funnel('h', 'p', cxm::except{'x', 0, 1, restart})) == counts{4, 3});
  CHECK(walked(met, cxm::funnel('h', 'p', cxm::except{'x', 0, 1, drop_entity})) == counts{2, 2});
}

TEST_CASE("Times are those of the deepest attempt that began first") {
  std::vector<contact> const log = {
      {1, at(0), 'a'}, {1, at(10), 'a'}, {1, at(15), 'b'}, {1, at(40), 'b'}, {1, at(50), 'c'}};
  auto const journeys = cxm::reconstruct(log, logs::fields());
  auto const times = [&](auto window) {
    auto const found = cxm::measure(journeys, cxm::funnel('a', 'b', 'c', cxm::within{window},
                                                          cxm::timed(cxm::quantiles())))
                           .result();
    std::vector<std::vector<std::chrono::minutes>> all;
    for (auto const& one : found.steps) all.push_back(one.from_previous.ascending);
    return all;
  };
  using expected = std::vector<std::vector<std::chrono::minutes>>;
  CHECK(times(50min) == expected{{}, {15min}, {35min}});
  CHECK(times(49min) == expected{{}, {5min}, {35min}});
  CHECK(times(39min) == expected{{}, {15min}, {}});
}

TEST_CASE("Beginnings too young to convert are left out by choice") {
  std::vector<contact> const log = {{1, at(0), 'a'}, {1, at(5), 'b'}, {2, at(41), 'a'}};
  CHECK(counted(log, cxm::funnel('a', 'b', cxm::within{60min})) == counts{2, 1});
  CHECK(counted(log, cxm::funnel('a', 'b', cxm::within{60min}, cxm::mature_until{at(100)})) ==
        counts{1, 1});
  CHECK(counted(log, cxm::funnel('a', 'b', cxm::within{60min}, cxm::mature_until{at(101)})) ==
        counts{2, 1});
}

TEST_CASE("Who reached a step is a field of the journey") {
  auto const log = logs::written(textbook);
  auto const journeys = cxm::reconstruct(log, logs::fields());
  cxm::reached_step const third{cxm::funnel('A', 'B', 'C'), 2};
  std::size_t found = 0;
  for (auto const& one : journeys) found += third(one) == true ? 1 : 0;
  CHECK(found == 3);
  CHECK_THROWS_AS((cxm::reached_step{cxm::funnel('A'), 1}), std::invalid_argument);
}

TEST_CASE("Funnels of 40 steps and of 100 in any order") {
  std::string const path = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMN";
  std::vector<char> const steps(path.begin(), path.end());
  auto const reversed = std::string(path.rbegin(), path.rend());
  std::vector<std::string_view> const paths = {path, std::string_view(path).substr(0, 39),
                                               reversed};
  auto found = walked(paths, cxm::funnel(steps));
  CHECK(found.size() == 40);
  CHECK(found[0] == 3);
  CHECK(found[38] == 2);
  CHECK(found[39] == 1);
  CHECK(walked(paths, cxm::funnel(steps, cxm::in_any_order{}))[39] == 2);
  std::string const many(100, 'a');
  found = walked({many, std::string_view(many).substr(1)},
                 cxm::funnel(std::vector<char>(100, 'a'), cxm::in_any_order{}));
  CHECK(found[98] == 2);
  CHECK(found[99] == 1);
}

TEST_CASE("Funnels merge and save exactly, and refuse what is not theirs or makes no sense") {
  std::vector<char> const steps = {'A', 'B', 'C'};
  auto const first = logs::written({"ABC", "AXBC", "BAC"}), rest = logs::written({"AB", "A"});
  auto const one = cxm::reconstruct(first, logs::fields());
  auto const other = cxm::reconstruct(rest, logs::fields());
  auto whole = cxm::measure(one, cxm::funnel(steps));
  auto const part = cxm::measure(other, cxm::funnel(steps));
  whole.merge(part);
  auto const found = whole.result();
  CHECK(found.journeys == 5);
  CHECK(found.steps[2].count == 2);
  CHECK(found.steps[1].conversion.successes == 3);
  CHECK(found.steps[1].conversion.n == 5);
  CHECK(found.steps[2].conversion.n == 3);
  CHECK(found.steps[2].overall.n == 5);
  CHECK(found.steps[2].overall.interval.has_value());
  auto const loaded = cxm::load(part, cxm::save(whole));
  CHECK(loaded.result().steps[2].count == 2);
  auto const swapped = cxm::measure(other, cxm::funnel(std::vector<char>{'A', 'C', 'B'}));
  CHECK_THROWS_AS(whole.merge(swapped), std::invalid_argument);
  CHECK_THROWS_AS(cxm::funnel(std::vector<char>{}), std::invalid_argument);
  CHECK_THROWS_AS(cxm::funnel('a', 'b', cxm::within{-1min}), std::invalid_argument);
  CHECK_THROWS_AS(cxm::step('a').soon(-1min), std::invalid_argument);
  CHECK_THROWS_AS(cxm::funnel('a', 'b', cxm::except{'x', 0, 2}), std::invalid_argument);
  CHECK_THROWS_AS((cxm::except{'x', 1, 1}), std::invalid_argument);
  CHECK_THROWS_AS(cxm::funnel(cxm::step('a').optional(), 'b'), std::invalid_argument);
}
