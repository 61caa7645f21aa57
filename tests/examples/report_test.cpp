// SPDX-License-Identifier: BSL-1.0
//
// cxm_report report, as its contract says: one page that needs nothing else, read by a parser that
// is not ours, its numbers compared with the JSON of the same command.
#include "catch.hpp"
#include "report_program.hpp"

#include <boost/property_tree/xml_parser.hpp>

#include <set>
#include <sstream>
#include <string>
#include <vector>

using namespace Catch::Matchers;
using namespace report_program;

namespace {

bool not_built() {
  if (program()) return false;
  WARN("skipped: CXM_EXAMPLES does not name the folder of the examples");
  return true;
}

void visit(json const& node, auto const& function) {
  for (auto const& [name, child] : node) {
    function(name, child);
    visit(child, function);
  }
}

struct written {
  std::string html, out;
  json page, numbers;
};
/// The page of `arguments` and its JSON; both must be written.
written page_of(std::string const& arguments) {
  temporary_file html("", ".html"), numbers("", ".json");
  auto const found =
      run("report " + arguments + " --html '" + html.path() + "' --json '" + numbers.path() + "'");
  INFO(found.errors);
  REQUIRE(found.code == 0);
  std::istringstream in(html.text());
  json page;
  boost::property_tree::read_xml(in, page);
  return {html.text(), found.out, page, parsed(numbers.text())};
}

/// Well-formed, without script and network, and every number one of the JSON's.
void check(written const& made) {
  std::multiset<double> known;
  visit(made.numbers, [&](auto const&, json const& node) {
    if (auto const number = node.get_value_optional<double>()) known.insert(*number);
  });
  std::size_t compared = 0;
  visit(made.page, [&](std::string const& name, json const& node) {
    CHECK(name != "script");
    CHECK(name != "link");
    if (name == "<xmlattr>")
      for (auto const& [attribute, value] : node)
        CHECK((attribute.substr(0, 2) != "on" && attribute != "src" && attribute != "href"));
    auto const value =
        node.get_optional<double>(name == "data" ? "<xmlattr>.value" : "<xmlattr>.data-value");
    if (!value) return;
    ++compared;
    INFO(*value);
    CHECK(known.count(*value) > 0);
  });
  CHECK(compared > 5);
  CHECK(made.html.find("<script") == std::string::npos);
  CHECK(made.html.find("url(") == std::string::npos);
  CHECK(made.html.find("@import") == std::string::npos);
}

void check_input(json const& input) {
  std::uint64_t sum = input.get<std::uint64_t>("used");
  for (auto const& [reason, count] : input.get_child("rejected"))
    sum += count.get_value<std::uint64_t>();
  CHECK(input.get<std::uint64_t>("rows") == sum);
}
void check_joined(json const& joined) {
  auto const n = [&](char const* name) { return joined.get<std::uint64_t>(name); };
  CHECK(n("matched") == n("by_case") + n("by_customer"));
  CHECK(n("unmatched") ==
        n("unknown_case") + n("unknown_customer") + n("out_of_time") + n("without_key"));
  CHECK(n("ambiguous") == n("several_journeys") + n("equal_ends"));
  CHECK(n("answers") == n("matched") + n("unmatched") + n("ambiguous"));
}
std::vector<std::string> titles(json const& made) {
  std::vector<std::string> found;
  for (auto const& [none, part] : made.get_child("page.parts"))
    if (auto const title = part.get_optional<std::string>("section.title")) found.push_back(*title);
  return found;
}

/// A text and a number behind it.
std::string numbered(std::string text, int number) {
  text += std::to_string(number);
  return text;
}
std::string day(int number) {
  return numbered(number < 10 ? "0" : "", number);
}
/// 60 customers with an order of three steps; the odd ones take longer and are promised too much.
std::string events(std::string const& first = "order", std::string const& last = "done") {
  std::string text = "c,o,t,p,due\n";
  for (int i = 0; i < 60; ++i) {
    auto const who = numbered(numbered("k", i) + ",o", i);
    int const end = i % 2 == 0 ? 4 : 20 + i % 5;
    text += who + ",2024-01-01," + first + ",2024-01-10\n";
    if (i % 2 != 0) text += who + ",2024-01-03,call,\n" + who + ",2024-01-05,call,\n";
    text += who + ",2024-01-" + day(end) + "," + last + ",\n";
  }
  return text;
}
std::string answers(std::string const& touchpoint = "done") {
  std::string text = "c,o,t,p,s\n";
  for (int i = 0; i < 60; ++i) {
    auto const who = numbered("k", i) + "," + (i % 3 == 0 ? numbered("o", i) : "");
    text += who + ",2024-01-" + day(25 + i % 5) + "," + (i % 2 == 0 ? touchpoint : "call") + "," +
            std::to_string(i % 2 == 0 ? 10 : 3) + "\n";
  }
  return text +
         "k1,o999,2024-02-01,done,9\n"    // no such order
         "k999,,2024-02-01,done,9\n"      // no such customer
         "k2,,2025-02-01,done,9\n"        // too late
         "k2,,2023-02-01,done,9\n"        // too early
         ",,2024-02-01,done,9\n"          // whose?
         "k2,,soon,done,9\n"              // when?
         "k2,,2024-02-01\n"               // ragged
         ",o4,2024-02-01,done,\n"         // no answer to the question
         ",o5,2024-02-01,done,eleven\n";  // an invalid one
}
std::string const columns = " --customer c --case o --time t --touchpoint p ";
std::string const nps = " --score s --scale 0:10 --metric nps ";

}  // namespace

TEST_CASE(
    "cxm_report report: all sections, each number that of the JSON, rows and answers add up") {
  if (not_built()) return;
  temporary_file const log(events()), survey(answers());
  auto const made = page_of("--events '" + log.path() + "' --answers '" + survey.path() + "'" +
                            columns + nps + "--goal done --promise due");
  check(made);
  CHECK(made.out.empty());
  CHECK(keys(made.numbers) == std::vector<std::string>{"input", "joined", "page"});
  CHECK(titles(made.numbers) == std::vector<std::string>{"Touchpoints", "Over time", "Journeys",
                                                         "Promises", "Ways", "Segments",
                                                         "About the data"});
  auto const& input = made.numbers.get_child("input");
  check_input(input);
  check_input(input.get_child("events"));
  check_input(input.get_child("answers"));
  CHECK(input.get<int>("events.rows") == 180);
  CHECK(input.get<int>("answers.rows") == 69);
  CHECK(input.get<int>("answers.used") == 66);
  CHECK(input.get<int>("answers.rejected.missing_key") == 1);
  CHECK(input.get<int>("answers.rejected.bad_time") == 1);
  CHECK(input.get<int>("answers.rejected.ragged") == 1);
  auto const& joined = made.numbers.get_child("joined");
  check_joined(joined);
  CHECK(joined.get<int>("answers") == 66);
  CHECK(joined.get<int>("by_case") == 22);
  CHECK(joined.get<int>("by_customer") == 40);
  CHECK(joined.get<int>("unknown_case") == 1);
  CHECK(joined.get<int>("unknown_customer") == 1);
  CHECK(joined.get<int>("out_of_time") == 2);
  auto const& cards = made.numbers.get_child("page.parts").front().second.get_child("headline");
  auto const& score = cards.front().second;
  CHECK(score.get<std::string>("name") == "NPS");
  CHECK(score.get<int>("n") == 64);
  CHECK(score.get<int>("missing") == 1);
  CHECK(score.get<int>("invalid") == 1);
  CHECK_THAT(score.get<double>("value"), WithinAbs(100.0 * (34 - 30) / 64, 1e-12));
  CHECK(made.html.find("call") != std::string::npos);
}

TEST_CASE("cxm_report report: the JSON of scores and journeys has the same numbers") {
  if (not_built()) return;
  temporary_file const log(events()), survey(answers());
  auto const made = page_of("--events '" + log.path() + "' --answers '" + survey.path() +
                            "' --customer c --time t --touchpoint p" + nps);
  auto const score = answer("scores --in '" + survey.path() + "'" + nps + "--where o=");
  auto const lived =
      answer("journeys --in '" + log.path() + "' --customer c --time t --touchpoint p");
  std::multiset<std::string> known;
  visit(made.numbers, [&](auto const&, json const& node) { known.insert(node.data()); });
  CHECK(known.count(lived.get<std::string>("cycle_time_seconds.median")) > 0);
  CHECK(known.count(lived.get<std::string>("cycle_time_seconds.p90")) > 0);
  CHECK(known.count(lived.get<std::string>("journeys")) > 0);
  auto const filtered = page_of("--events '" + log.path() + "' --answers '" + survey.path() +
                                "' --customer c --time t --touchpoint p --where p=done" + nps);
  auto const only = answer("scores --in '" + survey.path() + "'" + nps + "--where p=done");
  auto const& card =
      filtered.numbers.get_child("page.parts").front().second.get_child("headline").front().second;
  // Two rows of the answers have no key or no time: the scores count them, the report does not.
  CHECK(card.get<int>("n") == only.get<int>("total.n") - 2);
  CHECK(score.get<int>("total.n") > 0);
}

TEST_CASE("cxm_report report: without answers, and answers without touchpoints") {
  if (not_built()) return;
  temporary_file const log(events());
  auto const bare = page_of("--events '" + log.path() + "' --customer c --time t --touchpoint p");
  check(bare);
  CHECK(keys(bare.numbers) == std::vector<std::string>{"input", "page"});
  CHECK(titles(bare.numbers).front() == "Scores");
  CHECK(bare.html.find("No answers were given") != std::string::npos);
  CHECK(bare.html.find("No column of promises was named") != std::string::npos);
  temporary_file const plain(
      "c,t,s\nk1,2024-02-01,9\nk2,2024-02-01,9\nk4,2024-01-20,9\n"
      "k6,2024-01-20,9\nk8,2024-01-20,3\n");
  auto const made = page_of("--events '" + log.path() + "' --answers '" + plain.path() +
                            "' --customer c --time t --touchpoint p" + nps);
  check(made);
  check_joined(made.numbers.get_child("joined"));
  CHECK(made.numbers.get<int>("joined.by_customer") == 5);
  CHECK(made.html.find("name no touchpoint") != std::string::npos);
}

TEST_CASE("cxm_report report: a header without rows, and one customer") {
  if (not_built()) return;
  temporary_file const none("c,t,p,due\n"), nobody("c,t,s\n"), one("c,t,p,due\n1,2024-01-01,A,\n"),
      lonely("c,t,s\n1,2024-01-02,0\n");
  std::string const options = " --customer c --time t --touchpoint p --promise due --goal A" + nps;
  for (auto const* log : {&none, &one})
    for (auto const* survey : {&nobody, &lonely}) {
      auto const made =
          page_of("--events '" + log->path() + "' --answers '" + survey->path() + "'" + options);
      check_joined(made.numbers.get_child("joined"));
      CHECK(made.html.find("-100") == std::string::npos);  // one person's answer
    }
}

TEST_CASE("cxm_report report: groups under the minimum are withheld") {
  if (not_built()) return;
  std::string text = answers();
  for (int i = 0; i < 4; ++i) text += numbered("k3,,2024-02-0", i + 1) + ",rare,0\n";
  temporary_file const log(events()), survey(text);
  std::string const all =
      "--events '" + log.path() + "' --answers '" + survey.path() + "'" + columns + nps;
  auto const rare = [](json const& made) {
    std::vector<std::string> values;
    visit(made, [&](auto const&, json const& node) {
      auto const key = node.get_child_optional("key");
      if (key && !key->empty() && key->front().second.data() == "rare")
        values.push_back(node.get<std::string>("value", ""));
    });
    return values;
  };
  CHECK(rare(page_of(all).numbers) == std::vector<std::string>{"null"});
  CHECK(rare(page_of(all + "--min-n 4").numbers) == std::vector<std::string>{"-100"});
}

TEST_CASE("cxm_report report: hostile names are text") {
  if (not_built()) return;
  std::vector<std::string> const names = {
      "<script>alert(1)</script>", "\"\"quoted\"\" & 'single' --> ]]>", std::string(10'000, 'W'),
      "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D \xE2\x80\xAE"
      "override"};
  for (auto const& name : names) {
    auto const field = "\"" + name + "\"";
    temporary_file const log(events(field, "x")), survey(answers(field));
    auto const made =
        page_of("--events '" + log.path() + "' --answers '" + survey.path() + "'" + columns + nps);
    check(made);
    CHECK(made.html.size() < 1'000'000);
    CHECK(made.html.find("\xE2\x80\xAE") == std::string::npos);
  }
}

TEST_CASE("cxm_report report: a case is a journey, unless there is a boundary") {
  if (not_built()) return;
  // Customer 1 has two orders at one time; an answer without a case belongs to the later one.
  temporary_file const log(
      "c,o,t,p\n1,a,2024-01-01,A\n1,b,2024-01-02,A\n1,a,2024-01-03,B\n1,b,2024-01-05,B\n"),
      survey("c,o,t,s\n1,,2024-01-04,9\n1,,2024-01-06,9\n,a,2020-01-01,9\n");
  std::string const all = "--events '" + log.path() + "' --answers '" + survey.path() + "'" +
                          columns + nps + "--min-n 1 ";
  auto const by_case = page_of(all).numbers;
  CHECK(by_case.get<int>("joined.matched") == 3);
  auto const by_customer = page_of(all + "--gap 30d").numbers;  // one journey, over on the 5th
  CHECK(by_customer.get<int>("joined.out_of_time") == 1);
  CHECK(by_customer.get<int>("joined.by_customer") == 1);
  CHECK(by_customer.get<int>("joined.by_case") == 1);
}

TEST_CASE("cxm_report report: the bundled story, and the text for people") {
  if (not_built()) return;
  auto const made = page_of("");
  check(made);
  check_input(made.numbers.get_child("input"));
  check_joined(made.numbers.get_child("joined"));
  CHECK(made.numbers.get<int>("joined.answers") == made.numbers.get<int>("input.answers.used"));
  std::string attention;
  for (auto const& [none, part] : made.numbers.get_child("page.parts"))
    if (auto const items = part.get_child_optional("attention"))
      for (auto const& [nothing, one] : *items) attention += one.get<std::string>("text") + "\n";
  for (char const* const planted :
       {"back_office", "technician's window", "support_call", "2025-09"})
    CHECK(attention.find(planted) != std::string::npos);
  // Of the twelve months only the planted one: the others are as bad as chance makes one of twelve.
  for (int month = 1; month <= 12; ++month) {
    std::string const name = (month < 10 ? "2025-0" : "2025-") + std::to_string(month);
    CAPTURE(name, attention);
    CHECK((attention.find(name) != std::string::npos) == (month == 9));
  }
  CHECK(made.html.find("segment 3") != std::string::npos);
  CHECK(made.html.find("segment 4") == std::string::npos);
  temporary_file const html("", ".html");
  auto const shown = run("report --html '" + html.path() + "'");
  CHECK(shown.code == 0);
  CHECK(html.text() == made.html);
  CHECK(shown.out.find("wrote " + html.path()) != std::string::npos);
}

TEST_CASE("cxm_report report: wrong usage writes nothing") {
  if (not_built()) return;
  temporary_file const log(events()), survey(answers()), html("before", ".html");
  std::string const to = " --html '" + html.path() + "'";
  std::string const in = "--events '" + log.path() + "' --customer c --time t --touchpoint p";
  auto const fails = [&](int code, std::string const& arguments, std::string const& says) {
    auto const found = run("report " + arguments);
    CAPTURE(arguments, found.errors);
    CHECK(found.code == code);
    CHECK(found.errors.find(says) != std::string::npos);
    CHECK(html.text() == "before");
  };
  std::string const asked = in + " --answers '" + survey.path() + "'";
  fails(2, in, "--html");
  fails(2, "--customer c" + to, "--customer");
  fails(2, in + to + " --score s", "--score: needs --answers");
  fails(2, in + to + " --promise-by date", "--promise");
  fails(2, in + to + " --in x", "--in");
  fails(2, asked + to, "--metric");
  fails(2, asked + to + " --metric nps --scale 0:10", "--score");
  fails(2, asked + to + nps + "--within x", "--within");
  fails(2, asked + to + nps + "--min-n 0", "--min-n");
  fails(2, asked + to + nps + "--every year", "month, week, day");
  fails(2, in + " --html - --json -", "--html");
  fails(3, asked + to + " --score x --scale 0:10 --metric nps", "c, o, t, p, s");
  fails(3, "--events none.csv --customer c --time t --touchpoint p" + to, "none.csv");
  fails(3, in + " --html no_such_folder/x.html", "no_such_folder/x.html");
}
