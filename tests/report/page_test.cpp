// SPDX-License-Identifier: BSL-1.0
// A page with every chart and hostile names: read by an XML parser that is not ours, its numbers
// compared with its JSON.
#include <cxm/journey.hpp>
#include <cxm/path.hpp>
#include <cxm/report/chart.hpp>
#include <cxm/report/charts.hpp>
#include <cxm/report/distribution.hpp>
#include <cxm/report/distribution_chart.hpp>
#include <cxm/report/figure_table.hpp>
#include <cxm/report/flow.hpp>
#include <cxm/report/flow_chart.hpp>
#include <cxm/report/page.hpp>
#include <cxm/report/profile.hpp>
#include <cxm/report/profile_chart.hpp>
#include <cxm/report/promise_chart.hpp>
#include <cxm/report/publish.hpp>
#include <cxm/report/score_chart.hpp>
#include <cxm/report/sentence.hpp>
#include <cxm/report/tables.hpp>
#include <cxm/report/trend_chart.hpp>
#include <cxm/stats.hpp>
#include <cxm/survey.hpp>

#include "catch.hpp"

#include <boost/property_tree/json_parser.hpp>
#include <boost/property_tree/xml_parser.hpp>

#include <algorithm>
#include <chrono>
#include <optional>
#include <random>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

using namespace std::chrono_literals;
using tree = boost::property_tree::ptree;

namespace {

struct contact {
  int customer;
  std::chrono::sys_seconds when;
  std::string touchpoint;
  std::optional<int> recommend;
  int month;
  std::optional<std::chrono::sys_seconds> promised;
};

std::vector<std::string> hostile() {
  return {"<script>alert(1)</script>",
          "\"quoted\" & 'single' --> ]]>",
          std::string(10'000, 'W'),
          "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D \xD7\xA2\xD7\x95\xD7\x9C\xD7\x9D",
          "\xE2\x80\xAE"
          "override",
          std::string("nul \0 bell \a escape \x1B[31m\r\n", 27),
          "\xEF\xBF\xBE\xEF\xBF\xBF not characters",
          "bad \xFF\xC3 utf-8",
          "&lt;already&amp;escaped",
          "",
          "\xE6\x9D\xB1\xE4\xBA\xAC",
          "plain"};
}

std::vector<contact> log() {
  std::mt19937 random(7);
  auto const names = hostile();
  std::vector<contact> all;
  for (int customer = 0; customer < 400; ++customer) {
    auto when = std::chrono::sys_seconds(24h * (random() % 300));
    std::size_t at = random() % 4;
    for (std::size_t steps = 1 + random() % 6; steps > 0; --steps) {
      contact one{customer,
                  when,
                  names[at % names.size()],
                  {},
                  static_cast<int>(when.time_since_epoch() / (24h * 30)),
                  {}};
      if (random() % 3 != 0) one.recommend = static_cast<int>(random() % 12);
      if (random() % 2 != 0) one.promised = when + 24h * (random() % 6);
      all.push_back(one);
      when += std::chrono::seconds(60 + random() % 400'000);
      at += random() % 3 != 0 ? 1 + random() % 4 : 0;
    }
  }
  all.push_back({9999, std::chrono::sys_seconds(24h), "seen once", 3, 0, {}});
  return all;
}

cxm::page made() {
  auto const all = log();
  auto const nps = cxm::on(&contact::recommend, cxm::nps());
  auto const found = cxm::measure(
      all, cxm::all(nps, cxm::by(&contact::touchpoint, nps), cxm::by(&contact::month, nps)));
  auto const journeys = cxm::reconstruct(
      all, cxm::touchpoint_fields{&contact::customer, &contact::when, &contact::touchpoint});
  auto const lived = cxm::measure(
      journeys, cxm::all(cxm::flow_graph(), cxm::on(cxm::cycle_time, cxm::log_histogram()),
                         cxm::on(cxm::contacts, cxm::quantiles()),
                         cxm::by(cxm::first_touchpoint,
                                 cxm::promises(cxm::first(&contact::promised), cxm::end_time))));
  auto const& [overall, touchpoints, months] = found.result();
  auto const& [flow, times, sizes, promises] = lived.result();
  auto const by_touchpoint = cxm::publish(touchpoints, cxm::with_total{overall});
  auto const by_month = cxm::publish(months);
  auto const names = hostile();
  auto const profile = cxm::publish_profile({{names[0], names[2]},
                                             {names[1], names[3], "tiny"},
                                             {90, 40, 2},
                                             {0.25, -0.5, 7.0, 1.5, -3.0, 7.0}});
  cxm::page page(names[0],
                 cxm::sentence("about ", cxm::quoted{names[2]}, " and ", cxm::quoted{names[4]}));
  page.add(cxm::headline{{names[1], cxm::publish(overall)},
                         {"few", cxm::publish(cxm::share_of(1, 3))},
                         {"journeys", cxm::figure::count(journeys.size())}});
  page.add(cxm::attention(cxm::needs_attention(by_touchpoint, "NPS")));
  page.add(cxm::section(names[2], names[3], cxm::score_chart(by_touchpoint, names[5]),
                        cxm::tabulate(by_touchpoint, names[6])));
  page.add(cxm::section("Time", "", cxm::trend_chart(by_month, names[4]), cxm::tabulate(by_month)));
  auto const duration = cxm::publish_distribution(times),
             contacts = cxm::publish_distribution(sizes);
  page.add(cxm::section("Times", "", cxm::distribution_chart(duration, names[1]),
                        cxm::tabulate(duration), cxm::distribution_chart(contacts, "contacts"),
                        cxm::tabulate(contacts)));
  auto const fates = cxm::publish(promises);
  page.add(cxm::section("Promises", "", cxm::promise_chart(fates, "kept?"), cxm::tabulate(fates)));
  auto const ways = cxm::publish_flow(flow, cxm::at_most{8});
  page.add(
      cxm::section("Ways", "", cxm::flow_chart(ways, "flow"), cxm::tabulate(ways, "edges", 1000)));
  page.add(
      cxm::section("Segments", "", cxm::profile_chart(profile, "profile"), cxm::tabulate(profile)));
  page.footer(cxm::sentence("made of ", cxm::quoted{names[7]}));
  return page;
}

tree parsed(std::string const& text) {
  std::istringstream in(text);
  tree found;
  boost::property_tree::read_xml(in, found);
  return found;
}
void visit(tree const& node, auto const& function) {
  for (auto const& [name, child] : node) {
    function(name, child);
    visit(child, function);
  }
}
std::multiset<double> numbers_of(std::string const& json) {
  std::multiset<double> found;
  std::istringstream in(json);
  tree root;
  boost::property_tree::read_json(in, root);
  visit(root, [&](auto const&, tree const& node) {
    if (auto const number = node.get_value_optional<double>()) found.insert(*number);
  });
  return found;
}

}  // namespace

TEST_CASE("page: well-formed, without script, network or control characters, whatever the names") {
  auto const html = made().html();
  auto const root = parsed(html);
  std::size_t pictures = 0;
  visit(root, [&](std::string const& name, tree const& node) {
    CHECK(name != "script");
    if (name == "svg") {
      ++pictures;
      CHECK(node.get<std::string>("<xmlattr>.role") == "img");
      CHECK_FALSE(node.get<std::string>("title").empty());
      CHECK(node.get<std::string>("desc").size() > 10);
    }
    if (name == "<xmlattr>")
      for (auto const& [attribute, value] : node)
        CHECK((attribute.substr(0, 2) != "on" && attribute != "src" && attribute != "href"));
  });
  CHECK(pictures == 14);  // seven charts, for desk and phone
  CHECK(cxm::is_utf8(html));
  for (char const c : html) REQUIRE((c == '\n' || static_cast<unsigned char>(c) >= 0x20));
  CHECK(html.find("\xE2\x80\xAE") == std::string::npos);
  CHECK(html.find("\xEF\xBF\xBE") == std::string::npos);
  CHECK(html.find("<script") == std::string::npos);
  CHECK(html.find("&lt;script&gt;alert(1)") != std::string::npos);
  CHECK(html.find("url(") == std::string::npos);
}

TEST_CASE("page: every number is one of its JSON, and equal calls give equal bytes") {
  auto const page = made();
  auto const numbers = numbers_of(page.json());
  std::size_t compared = 0;
  visit(parsed(page.html()), [&](std::string const& name, tree const& node) {
    auto const value =
        node.get_optional<double>(name == "data" ? "<xmlattr>.value" : "<xmlattr>.data-value");
    if (!value) return;
    ++compared;
    INFO(*value);
    CHECK(numbers.count(*value) > 0);
  });
  CHECK(compared > 150);
  CHECK(page.html() == made().html());
  CHECK(page.json(cxm::json_layout::compact) == made().json(cxm::json_layout::compact));
}

TEST_CASE("page: what is withheld says so and nowhere tells its number") {
  auto const html = made().html(), json = made().json();
  CHECK(html.find("suppressed") != std::string::npos);
  CHECK(json.find("\"reason\": \"suppressed\"") != std::string::npos);
  cxm::page page("one");
  struct row {
    std::string group;
    int answer;
  };
  std::vector<row> rows(4, {"small", 9});
  rows.insert(rows.end(), 1853, {"large", 9});
  rows.insert(rows.end(), 1741, {"larger", 3});
  auto const table = cxm::publish(
      cxm::measure(rows, cxm::by(&row::group, cxm::on(&row::answer, cxm::nps()))).result());
  page.add(cxm::section("s", "", cxm::score_chart(table, "c"), cxm::trend_chart(table, "t"),
                        cxm::tabulate(table)));
  for (auto const& text : {page.html(), page.json(), text(cxm::tabulate(table))}) {
    CHECK(text.find("small") != std::string::npos);
    CHECK(text.find("1741") == std::string::npos);  // the partner of the small group
    CHECK(text.find("suppressed") != std::string::npos);
  }
}

TEST_CASE("page: nothing at all is a page, too") {
  cxm::page page("");
  CHECK_NOTHROW(parsed(page.html()));
  page.add(cxm::attention(std::vector<cxm::sentence>{}));
  cxm::groups<std::string, cxm::nps_score> const none({}, {""}, {});
  auto const empty = cxm::publish(none);
  page.add(cxm::section(
      "", "", cxm::score_chart(empty, ""), cxm::trend_chart(empty, ""), cxm::tabulate(empty),
      cxm::distribution_chart(cxm::publish_distribution(cxm::sorted_values<int>{}), ""),
      cxm::promise_chart(cxm::publish(cxm::promise_summary{}), ""),
      cxm::profile_chart(cxm::publish_profile({}), "")));
  CHECK_NOTHROW(parsed(page.html()));
  CHECK_NOTHROW(numbers_of(page.json()));
}

TEST_CASE("tabulate: a total beside nothing but withheld groups has all its columns") {
  struct row {
    int group, answer;
  };
  std::vector<row> const rows = {{1, 9}, {1, 10}, {1, 2}, {2, 9}, {2, 9}, {2, 10}};
  auto const nps = cxm::on(&row::answer, cxm::tally(cxm::nps(), cxm::point_counts()));
  auto const found = cxm::measure(rows, cxm::all(nps, cxm::by(&row::group, nps))).result();
  auto const shown =
      cxm::publish(std::get<1>(found), cxm::with_total{std::get<0>(found)}, cxm::min_people{4});
  CHECK(shown.withheld() == 2);
  auto const table = cxm::tabulate(shown);
  CHECK(table.columns().size() == 4);
  for (auto const& one : table.rows()) CHECK(one.figures.size() == table.columns().size());
  cxm::page page("");
  page.add(cxm::section("", "", table));
  CHECK_NOTHROW(parsed(page.html()));
}

TEST_CASE("profile: effects of a model's profile, by segment and feature") {
  struct telling {
    std::size_t feature;
    std::string name;
    cxm::maybe<double> difference;
  };
  struct one_segment {
    std::uint64_t n;
    std::vector<telling> features;  // the most telling first
  };
  std::vector<one_segment> const found = {
      {40, {{1, "bill", 2.0}, {0, "calls", -1.0}}},
      {30, {{0, "calls", 1.5}, {1, "bill", cxm::reason::degenerate}}}};
  auto const effects = cxm::effects_of(found);
  CHECK(effects.features == std::vector<std::string>{"calls", "bill"});
  CHECK(effects.segments == std::vector<std::string>{"segment 1", "segment 2"});
  CHECK(effects.people == std::vector<std::uint64_t>{40, 30});
  auto const shown = cxm::publish_profile(effects);
  CHECK(*shown.effect(0, 0).value == -1.0);
  CHECK(*shown.effect(0, 1).value == 1.5);
  CHECK(*shown.effect(1, 0).value == 2.0);
  CHECK(shown.effect(1, 1).value.why() == cxm::reason::degenerate);
  CHECK(cxm::effects_of(found, {"a", "b"}, {"x", "y"}).features.back() == "y");
  CHECK_THROWS_AS(cxm::effects_of(found, {"a"}), std::invalid_argument);
  CHECK(cxm::effects_of(std::vector<one_segment>{}).segments.empty());
}

TEST_CASE("chart: a picture of its own has its colours and is well-formed") {
  cxm::sorted_values<double> values;
  for (int i = 1; i <= 1000; ++i) values.ascending.push_back(0.001 * i * i * i);
  auto const picture = cxm::distribution_chart(cxm::publish_distribution(values), "x < y");
  CHECK(picture.svg().find("--blue:#0072b2") != std::string::npos);
  CHECK_NOTHROW(parsed(picture.svg()));
  CHECK_NOTHROW(parsed(picture.narrow()));
}

TEST_CASE("distribution: bars hold the minimum, add up, and tails are no persons") {
  std::mt19937 random(2);
  for (int round = 0; round < 300; ++round) {
    cxm::sorted_values<int> values;
    for (std::size_t n = random() % 300; n > 0; --n)
      values.ascending.push_back(static_cast<int>(random() % (round % 2 == 0 ? 40 : 100'000)));
    std::sort(values.ascending.begin(), values.ascending.end());
    auto const shown = cxm::publish_distribution(values);
    if (values.n() < 5) {
      CHECK(shown.bars().empty());
      continue;
    }
    std::uint64_t sum = 0;
    for (auto const& bar : shown.bars()) {
      CHECK((bar.count == 0 || bar.count >= 5));
      CHECK(bar.low < bar.high);
      sum += bar.count;
    }
    CHECK(sum == values.n());
    for (auto const& one : shown.quantiles())
      if (one.value.value) CHECK(static_cast<double>(values.n()) * (1 - one.share) > 4.999);
  }
}

TEST_CASE("flow: edges of few journeys are withheld, and the margins don't betray them") {
  auto const all = log();
  auto const journeys = cxm::reconstruct(
      all, cxm::touchpoint_fields{&contact::customer, &contact::when, &contact::touchpoint});
  auto const flow = cxm::measure(journeys, cxm::flow_graph()).result();
  auto const shown = cxm::publish_flow(flow, cxm::min_people{20}, cxm::at_most{6});
  CHECK(shown.merged() > 0);
  CHECK(shown.withheld() > 0);
  for (std::size_t node = 0; node < shown.nodes().size(); ++node) {
    std::size_t out = 0, in = 0;
    for (auto const& edge : shown.edges()) {
      if (edge.count) CHECK(*edge.count >= 20);
      if (!edge.count && edge.from == node) ++out;
      if (!edge.count && edge.to == node) ++in;
    }
    if (shown.nodes()[node].contacts) CHECK((out != 1 && in != 1));
  }
  CHECK_THROWS_AS(cxm::publish_flow(flow, cxm::at_most{2}), std::invalid_argument);
}

TEST_CASE("profile: parts that don't fit are refused") {
  CHECK_THROWS_AS(cxm::publish_profile({{"a"}, {"b"}, {10}, {}}), std::invalid_argument);
  auto const shown = cxm::publish_profile({{"a"}, {"b", "c"}, {10, 2}, {1.0, 2.0}});
  CHECK(shown.effect(0, 0).value.why() == cxm::reason::suppressed);  // else all less b is c
}

TEST_CASE("sentence: the worst groups first, and only those that the interval says") {
  struct row {
    int group, answer;
  };
  std::vector<row> rows(100, {1, 9});
  rows.insert(rows.end(), 60, {2, 3});
  rows.insert(rows.end(), 30, {3, 5});
  auto const found =
      cxm::measure(rows, cxm::all(cxm::on(&row::answer, cxm::nps()),
                                  cxm::by(&row::group, cxm::on(&row::answer, cxm::nps()))))
          .result();
  auto const table = cxm::publish(std::get<1>(found), cxm::with_total{std::get<0>(found)});
  auto const said = cxm::needs_attention(table, "NPS");
  REQUIRE(said.size() == 2);
  CHECK(said[0].text() == "NPS of 2 is -100 (-100 to -89, n 60), against +5 of all.");
  CHECK(cxm::needs_attention(table, "effort", cxm::better::low).size() == 1);
  CHECK(cxm::needs_attention(table, "NPS", cxm::few_false_alarms{}, cxm::confidence{0.99}).size() ==
        2);
}

TEST_CASE("sentence: among twelve equal months none is named, alone one often would be") {
  struct row {
    int month, answer;
  };
  auto const score = cxm::on(&row::answer, cxm::tally(cxm::nps(), cxm::mean()));
  std::mt19937_64 random{41};
  int named = 0, named_alone = 0, found = 0;
  for (int round = 0; round < 200; ++round) {
    bool const planted = round >= 100;
    std::vector<row> rows;
    for (int month = 1; month <= 12; ++month)
      for (int i = 0; i < 60; ++i) {
        auto const answer = static_cast<int>(random() % 11);
        rows.push_back({month, planted && month == 9 ? answer / 3 : answer});
      }
    auto const result = cxm::measure(rows, cxm::all(score, cxm::by(&row::month, score))).result();
    auto const table = cxm::publish(std::get<1>(result), cxm::with_total{std::get<0>(result)});
    auto const said = cxm::needs_attention(table, "NPS");
    if (planted) {
      found += said.size() == 1 && said[0].text().substr(0, 8) == "NPS of 9" ? 1 : 0;
    } else {
      named += said.empty() ? 0 : 1;
      named_alone += cxm::needs_attention(table, "NPS", cxm::each_alone{}).empty() ? 0 : 1;
    }
  }
  CHECK(named <= 6);
  CHECK(named_alone >= 15);
  CHECK(found >= 94);
}

TEST_CASE("sentence: shares, means, weighted scores and estimates of one's own stand out too") {
  struct row {
    int group;
    bool kept;
    int answer;
    double weight;
  };
  struct own {
    std::uint64_t n = 100;
    double at = 0;
    cxm::estimate as_estimate() const {
      return {.n = n, .value = at, .low = at - 1, .high = at + 1};
    }
  };
  std::vector<row> rows;
  for (int i = 0; i < 300; ++i)
    rows.push_back(
        {i % 3, i % 3 != 1 || i % 4 == 0, i % 3 == 1 ? 1 + i % 2 : 3 + i / 3 % 3, 1.0 + i % 2});
  auto const named = [&](auto const& plan) {
    auto const result = cxm::measure(rows, plan).result();
    return cxm::needs_attention(
        cxm::publish(std::get<1>(result), cxm::with_total{std::get<0>(result)}), "it");
  };
  auto const check = [&](auto const& score) {
    auto const said = named(cxm::all(score, cxm::by(&row::group, score)));
    REQUIRE(said.size() == 1);
    CHECK(said[0].text().substr(0, 7) == "it of 1");
  };
  check(cxm::on(&row::kept, cxm::proportion()));
  check(cxm::on(&row::answer, cxm::mean(cxm::points<1, 5>{})));
  auto const score = cxm::on(&row::answer, cxm::csat());
  auto const said =
      named(cxm::weighted(&row::weight, cxm::all(score, cxm::by(&row::group, score))));
  REQUIRE(said.size() == 1);
  cxm::groups<int, own> const groups({{1, {100, 0}}, {2, {100, 5}}, {3, {100, 4.9}}}, {""}, {});
  auto const low = cxm::needs_attention(cxm::publish(groups, cxm::with_total{own{300, 5}}), "it");
  REQUIRE(low.size() == 1);
  CHECK(low[0].text().substr(0, 7) == "it of 1");
}
