// SPDX-License-Identifier: BSL-1.0
//
// The contract of cxm_report, checked from outside: by its exit code and its JSON.
#include "catch.hpp"
#include "report_program.hpp"

#include <string>
#include <vector>

using namespace Catch::Matchers;
using namespace report_program;
using texts_of = std::vector<std::string>;

namespace {

bool not_built() {
  if (program()) return false;
  WARN("skipped: CXM_EXAMPLES does not name the folder of the examples");
  return true;
}

std::string answers(int promoters, int passives, int detractors) {
  std::string text = "score\n";
  for (int i = 0; i < promoters; ++i) text += i % 2 == 0 ? "9\n" : "10\n";
  for (int i = 0; i < passives; ++i) text += "7\n";
  for (int i = 0; i < detractors; ++i) text += "6\n";
  return text;
}

std::string const nps = "scores --score score --scale 0:10 --metric nps ";
std::string const mean = "scores --score score --scale 0:10 --metric mean ";
std::string const by_case = " --case c --time t --touchpoint p ";

}  // namespace

TEST_CASE("cxm_report scores: NPS 70/20/10 with its adjusted Wald interval") {
  if (not_built()) return;
  auto const found = answer_on(answers(70, 20, 10), nps);
  CHECK(keys(found) == texts_of{"input", "metric", "scale", "interval", "confidence", "total"});
  CHECK(found.get<std::string>("interval") == "adjusted_wald");
  CHECK(texts(found.get_child("scale")) == texts_of{"0", "10"});
  auto const& total = found.get_child("total");
  CHECK(keys(total) == texts_of{"n", "missing", "invalid", "value", "se", "low", "high",
                                "promoters", "passives", "detractors", "counts"});
  CHECK(total.get<int>("value") == 60);
  CHECK_THAT(number(total, "se"), WithinAbs(6.6332495807108, 1e-12));
  CHECK_THAT(number(total, "low"), WithinAbs(45.2698, 1e-4));
  CHECK_THAT(number(total, "high"), WithinAbs(71.2351, 1e-4));
  CHECK(texts(total.get_child("counts")) ==
        texts_of{"0", "0", "0", "0", "0", "0", "10", "20", "0", "35", "35"});
  auto const wald = answer_on(answers(70, 20, 10), nps + "--interval wald --confidence 0.9");
  CHECK_THAT(number(wald, "total.low"), WithinAbs(60 - 1.6448536269514722 * 6.6332495807108, 1e-9));
  CHECK(wald.get<std::string>("confidence") == "0.9");
}

TEST_CASE("cxm_report scores: what is missing, what is invalid, what is a number") {
  if (not_built()) return;
  std::string const text =
      "score,x\n7.0,\n+7,\n 8 "
      ",\n1e1,\n-0,\n7.5,\n\"7,5\",\nx,\n11,\n-1,\nnan,\ninf,\n1e999,\n,\nNA,\n\"n,a\",\n";
  auto found = answer_on(text, mean + "--missing NA --missing n,a");
  CHECK(found.get<int>("total.n") == 5);
  CHECK(found.get<int>("total.missing") == 3);
  CHECK(found.get<int>("total.invalid") == 8);
  CHECK(found.get<int>("input.used") == 16);
  CHECK(texts(found.get_child("total.counts")) ==
        texts_of{"1", "0", "0", "0", "0", "0", "0", "2", "1", "0", "1"});
  found = answer_on("score;c\n7,0;\n7.0;\n\"9,5\";\n10;\n", mean + "--delimiter ';' --decimal ,");
  CHECK(found.get<int>("total.n") == 2);
  CHECK(found.get<int>("total.invalid") == 2);
  CHECK_THAT(number(found, "total.median"), WithinAbs(8.5, 0));
}

TEST_CASE("cxm_report scores: groups sort by bytes, the empty text is a group") {
  if (not_built()) return;
  std::string const text =
      "score,a,b\n9,web,x\n2,web,x\n9,,x\n10,Z,\n8,\xC3\xA9,x\n7,a,x\n,a,x\n99,a,x\n";
  auto const found = answer_on(text, nps + "--by a,b");
  std::vector<texts_of> found_keys;
  for (auto const& [none, group] : found.get_child("groups"))
    found_keys.push_back(texts(group.get_child("key")));
  CHECK(found_keys ==
        std::vector<texts_of>{{"", "x"}, {"Z", ""}, {"a", "x"}, {"web", "x"}, {"\xC3\xA9", "x"}});
  CHECK(rows(found.get_child("groups"), {"n", "missing", "invalid", "value"}) ==
        texts_of{"1|0|0|100", "1|0|0|100", "1|1|1|0", "2|0|0|0", "1|0|0|0"});
  CHECK(keys(found.get_child("groups").front().second).front() == "key");
}

TEST_CASE("cxm_report scores: withheld below the minimum, no data is null") {
  if (not_built()) return;
  auto found = answer_on("score,g\n9,a\n9,a\n1,b\n", nps + "--by g --min-n 2");
  auto const& small = found.get_child("groups").back().second;
  CHECK(small.get<std::string>("reason") == "below_min_n");
  for (char const* const name :
       {"value", "se", "low", "high", "promoters", "passives", "detractors", "counts"})
    CHECK(small.get<std::string>(name) == "null");
  CHECK(small.get<int>("n") == 1);
  CHECK_THAT(number(found, "total.value"), WithinAbs(100.0 / 3, 1e-12));
  found = answer_on("score\n", mean);
  CHECK(found.get<int>("input.rows") == 0);
  CHECK(found.get<std::string>("total.reason") == "no_data");
  CHECK(found.get<std::string>("total.median") == "null");
  found = answer_on("score\n5\n", mean);
  CHECK(found.get<int>("total.value") == 5);
  CHECK(found.get<std::string>("total.se") == "null");
  CHECK(found.get<std::string>("total.reason") == "degenerate");
}

TEST_CASE("cxm_report scores: CSAT, CES and NPS on other scales") {
  if (not_built()) return;
  std::string const text = "score\n1\n4\n5\n5\n3\n";
  auto found = answer_on(text, "scores --score score --scale 1:5 --metric csat");
  CHECK(found.get<std::string>("interval") == "wilson");
  CHECK(keys(found.get_child("total")) ==
        texts_of{"n", "missing", "invalid", "value", "se", "low", "high", "good", "counts"});
  CHECK_THAT(number(found, "total.value"), WithinAbs(0.6, 1e-15));
  CHECK(found.get<int>("total.good") == 3);
  found = answer_on(text, "scores --score score --scale 1:5 --metric csat --good 5");
  CHECK_THAT(number(found, "total.value"), WithinAbs(0.4, 1e-15));
  found = answer_on(text, "scores --score score --metric ces");
  CHECK(texts(found.get_child("scale")) == texts_of{"1", "7"});
  CHECK(found.get<std::string>("interval") == "t");
  CHECK_THAT(number(found, "total.value"), WithinAbs(3.6, 1e-15));
  CHECK(found.get<int>("total.median") == 4);
  CHECK(keys(found.get_child("total")) ==
        texts_of{"n", "missing", "invalid", "value", "se", "low", "high", "median", "counts"});
  found = answer_on(text, "scores --score score --metric ces_1");
  CHECK(texts(found.get_child("scale")) == texts_of{"1", "5"});
  found = answer_on(text, "scores --score score --scale 1:5 --metric nps --good 5 --bad 3");
  CHECK(found.get<int>("total.value") == 0);
}

TEST_CASE("cxm_report: rows are used or rejected for one reason each") {
  if (not_built()) return;
  std::string const text =
      "\xEF\xBB\xBF"
      "c,t,e,p,keep\r\n"
      "1,2024-01-01,2024-01-02,A,y\r\n"
      "1,2024-01-01,,A,n\r\n"
      "1,2024-01-01\r\n"
      "\r\n"
      ",garbage,,,y\r\n"
      "1,garbage,,,y\r\n"
      "1,2024-01-05,soon,A,y\r\n"
      "1,2024-01-05,2024-01-04,,y\r\n"
      "1,2024-01-05,,,y\r\n"
      "1,2024-01-06,,B,y";
  auto const found =
      answer_on(text, "journeys --customer c --time t --end-time e --touchpoint p --where keep=y");
  auto const& rejected = found.get_child("input.rejected");
  CHECK(keys(rejected) == texts_of{"bad_time", "end_before_start", "filtered", "missing_key",
                                   "missing_touchpoint", "ragged"});
  CHECK(rejected.get<int>("bad_time") == 2);
  CHECK(found.get<int>("input.rows") == 9);
  CHECK(found.get<int>("input.used") == 2);
  CHECK(keys(found) == texts_of{"input", "customers", "journeys", "events", "duplicates",
                                "events_per_journey", "cycle_time_seconds"});
  CHECK(found.get<int>("cycle_time_seconds.max") == 5 * 86400);
}

TEST_CASE("cxm_report journeys: a silence of exactly the gap joins") {
  if (not_built()) return;
  std::string const text =
      "c,t,p\n1,2024-01-01 10:00,A\n1,2024-01-01 10:30,B\n1,2024-01-01T11:00:00.000001Z,A\n";
  auto found = answer_on(text, "journeys --customer c --time t --touchpoint p --gap 30m");
  CHECK(found.get<int>("journeys") == 2);
  CHECK(found.get<int>("customers") == 1);
  CHECK_THAT(number(found, "events_per_journey.mean"), WithinAbs(1.5, 0));
  found = answer_on(
      "c,t,e,p\n1,2024-01-01 10:00,2024-01-01 12:00,A\n1,2024-01-01 10:05,,B\n"
      "1,2024-01-01 12:30,,A\n",
      "journeys --customer c --time t --end-time e --touchpoint p --gap 30m");
  CHECK(found.get<int>("journeys") == 1);
}

TEST_CASE("cxm_report journeys: goals, boundaries, duplicates") {
  if (not_built()) return;
  std::string const text =
      "c,t,p,id\n1,2024-01-01,order,1\n1,2024-01-02,visit,2\n1,2024-01-02,visit,2\n1,2024-01-04,"
      "done,\n"
      "1,2024-01-05,bill,\n2,2024-01-01,order,3\n2,2024-01-03,order,4\n";
  std::string const plain = "journeys --customer c --time t --touchpoint p ";
  auto found = answer_on(text, plain + "--id id --goal done,other");
  CHECK(found.get<int>("duplicates") == 1);
  CHECK(found.get<int>("events") == 6);
  CHECK(found.get<int>("input.used") == 7);
  CHECK(found.get<int>("goal.reached") == 1);
  CHECK_THAT(number(found, "goal.share"), WithinAbs(0.5, 0));
  CHECK(found.get<int>("goal.cycle_time_seconds.mean") == 3 * 86400);
  CHECK(answer_on(text, plain + "--start-on order").get<int>("journeys") == 3);
  CHECK(answer_on(text, plain + "--end-on done").get<int>("journeys") == 3);
  CHECK(answer_on(text, plain + "--start-on order --end-on done").get<int>("journeys") == 4);
}

TEST_CASE("cxm_report journeys: promises by timestamp and by date") {
  if (not_built()) return;
  std::string const text =
      "c,t,p,due\n"
      "1,2024-01-01,order,2024-01-05\n1,2024-01-05 09:00,done,\n"        // late by hours
      "2,2024-01-01,order,2024-01-05 12:00\n2,2024-01-05 12:00,done,\n"  // kept
      "3,2024-01-01,order,2024-01-04T23:30:00-05:00\n3,2024-01-05T08:00:00Z,done,\n"  // late
      "4,2024-01-01,order,2024-01-05\n"                                               // unmet
      "5,2024-01-01,order,2024-02-01\n"                                               // pending
      "6,2024-01-01,order,\n6,2024-01-06,done,2024-01-07\n7,2024-01-06 18:00,order,2024-01-06 "
      "06:00\n";
  std::string const plain =
      "journeys --customer c --time t --touchpoint p --goal done --promise due ";
  auto found = answer_on(text, plain).get_child("promise");
  CHECK(keys(found) ==
        texts_of{"with_promise", "kept", "late", "unmet", "pending", "late_share", "broken_share"});
  CHECK(found.get<int>("with_promise") == 7);
  CHECK(found.get<int>("kept") == 2);
  CHECK(found.get<int>("late") == 2);
  CHECK(found.get<int>("unmet") == 2);
  CHECK(found.get<int>("pending") == 1);
  CHECK_THAT(number(found, "late_share"), WithinAbs(0.5, 0));
  CHECK_THAT(number(found, "broken_share"), WithinAbs(4.0 / 6, 1e-15));
  found = answer_on(text, plain + "--promise-by date").get_child("promise");
  CHECK(found.get<int>("kept") == 3);
  CHECK(found.get<int>("late") == 1);
  CHECK(found.get<int>("unmet") == 1);
  CHECK(found.get<int>("pending") == 2);
}

TEST_CASE("cxm_report journeys: departments with their hand-overs, and journeys without a human") {
  if (not_built()) return;
  std::string const text =  // hours of B9: sales, back office, field and billing; then a phone call
      "c,t,e,p,d,ch\n"
      "1,2024-01-01 00:00,2024-01-01 01:00,order,sales,web\n"
      "1,2024-01-01 05:00,2024-01-01 07:00,check,back office,web\n"
      "1,2024-01-03 00:00,2024-01-03 04:00,visit,field,home\n"
      "1,2024-01-03 02:00,2024-01-03 05:00,invoice,billing,web\n"
      "2,2024-01-01 00:00,,order,sales,web\n2,2024-01-01 06:00,,call,,phone\n"
      "2,2024-01-01 07:00,,call,,phone\n2,2024-01-01 08:00,,order,sales,web\n"
      "3,2024-01-01 00:00,,order,sales,web\n";
  std::string const plain = "journeys --case c --time t --touchpoint p ";
  auto const found =
      answer_on(text, plain + "--end-time e --department d --channel ch --human phone,home,shop");
  CHECK(keys(found) == texts_of{"input", "customers", "journeys", "events", "duplicates",
                                "events_per_journey", "cycle_time_seconds", "departments",
                                "contactless"});
  std::vector<std::string> const names = {"department", "events", "functional_seconds",
                                          "handovers_in", "wait_before_seconds"};
  auto const& departments = found.get_child("departments");
  CHECK(keys(departments.front().second) == names);
  CHECK(rows(departments, names) == texts_of{"2|0|1|21600", "back office|1|7200|1|14400",
                                             "billing|1|10800|1|0", "field|1|14400|1|147600",
                                             "sales|4|3600|1|3600"});
  CHECK(found.get<int>("contactless.journeys") == 1);
  CHECK_THAT(number(found, "contactless.share"), WithinAbs(1.0 / 3, 1e-15));

  auto const without_ends = answer_on(text, plain + "--department d").get_child("departments");
  CHECK(without_ends.front().second.get<std::string>("functional_seconds") == "null");
  CHECK(without_ends.front().second.get<std::string>("reason") == "no_data");
  auto const empty = answer_on("c,t,p,d,ch\n", plain + "--department d --channel ch --human phone");
  CHECK(empty.get_child("departments").empty());
  CHECK(empty.get<std::string>("contactless.reason") == "no_data");
  auto const alone = run(plain + "--in - --human phone </dev/null");
  CHECK(alone.code == 2);
  CHECK(alone.errors.find("--human") != std::string::npos);
}

TEST_CASE("cxm_report journeys: starts and completions are folded, first in first out") {
  if (not_built()) return;
  std::string const text =
      "c,t,p,l,i,d\n"
      "7,2024-01-01 09:00,call,Start,1,desk\n7,2024-01-01 09:20,call,COMPLETE,2,desk\n"
      "7,2024-01-01 09:20,call,COMPLETE,2,desk\n"  // sent twice: it must not be an event
      "7,2024-01-01 10:00,visit,start,3,field\n7,2024-01-01 10:10,visit,start,4,field\n"
      "7,2024-01-01 11:00,visit,complete,5,field\n"  // ends the first; the second stays open
      "7,2024-01-01 12:00,bill,complete,6,desk\n7,2024-01-01 13:00,visit,cancel,7,field\n"
      "8,2024-01-01 10:30,visit,complete,8,field\n8,2024-01-01 10:30,visit,schedule,9,field\n";
  std::string const command = "journeys --case c --time t --touchpoint p --id i --department d ";
  auto const found = answer_on(text, command + "--lifecycle l");
  CHECK(found.get<int>("input.used") == 10);
  CHECK(found.get<int>("duplicates") == 1);
  CHECK(found.get<int>("events") == 7);
  CHECK(number(found, "cycle_time_seconds.max") == 4 * 3600);
  CHECK(rows(found.get_child("departments"), {"department", "events", "functional_seconds"}) ==
        texts_of{"desk|2|1200", "field|5|3600"});
  CHECK(answer_on(text, command).get<int>("events") == 9);
  auto const empty = answer_on("c,t,p,l,i,d\n", command + "--lifecycle l");
  CHECK(empty.get<int>("events") == 0);
  auto const wrong = run(command + "--lifecycle nothing --in examples/data/contacts.csv");
  CHECK(wrong.code == 3);
}

TEST_CASE("cxm_report paths: touchpoints, edges, variants and their order") {
  if (not_built()) return;
  std::string const text =
      "c,t,p,q\n1,2024-01-01 00:00,A,x\n1,2024-01-01 00:10,B,x\n1,2024-01-01 00:30,A,x\n"
      "2,2024-01-01 00:00,A,x\n2,2024-01-01 00:20,B,x\n3,2024-01-01 00:00,b,x\n3,2024-01-01 "
      "00:00,A,x\n";
  auto found = answer_on(text, "paths" + by_case);
  CHECK(keys(found) == texts_of{"input", "journeys", "events", "touchpoints", "start", "end",
                                "edges", "variants"});
  CHECK(rows(found.get_child("touchpoints"), {"name", "count"}) == texts_of{"A|4", "B|2", "b|1"});
  CHECK(keys(found.get_child("end")) == texts_of{"A", "B"});
  CHECK(rows(found.get_child("edges"),
             {"from", "to", "count", "journeys", "mean_seconds", "median_seconds", "overlaps"}) ==
        texts_of{"A|B|2|2|900|900|0", "B|A|1|1|1200|1200|0", "b|A|1|1|0|0|0"});
  CHECK(found.get<int>("variants.distinct") == 3);
  std::vector<texts_of> paths;
  for (auto const& [none, one] : found.get_child("variants.top"))
    paths.push_back(texts(one.get_child("path")));
  CHECK(paths == std::vector<texts_of>{{"A", "B"}, {"A", "B", "A"}, {"b", "A"}});
  found = answer_on(text, "paths --case c --time t --touchpoint p,q --top 1");
  CHECK(found.get_child("variants.top").size() == 1);
  CHECK(keys(found.get_child("start")) == texts_of{"A+x", "b+x"});
}

TEST_CASE("cxm_report paths: waits with ends, overlaps, collapsed repeats") {
  if (not_built()) return;
  std::string const text =
      "c,t,e,p\n1,2024-01-01 00:00,2024-01-01 00:40,A\n1,2024-01-01 00:10,,A\n1,2024-01-01 "
      "00:20,,B\n"
      "1,2024-01-01 01:00,,C\n";
  std::vector<std::string> const names = {"from", "to", "count", "mean_seconds", "overlaps"};
  std::string const ends = "paths --end-time e" + by_case;
  CHECK(rows(answer_on(text, ends).get_child("edges"), names) ==
        texts_of{"A|A|1|0|1", "A|B|1|0|1", "B|C|1|1200|0"});
  CHECK(rows(answer_on(text, ends + "--collapse-repeats").get_child("edges"), names) ==
        texts_of{"A|B|1|0|1", "B|C|1|1200|0"});
  CHECK(rows(answer_on(text, "paths --collapse-repeats" + by_case).get_child("edges"), names) ==
        texts_of{"A|B|1|1200|0", "B|C|1|2400|0"});
}

TEST_CASE("cxm_report: times as they are written") {
  if (not_built()) return;
  auto const longest = [](std::string const& first, std::string const& second,
                          std::string const& how) {
    return answer_on("c,t,p\n1," + first + ",A\n1," + second + ",B\n", "journeys" + by_case + how)
        .get<double>("cycle_time_seconds.max");
  };
  CHECK(longest("2024/01/01 00:00", "2024-01-01T00:00:01.5Z", "") == 1.5);
  CHECK(longest("1700000000", "1700000060.25", "--time-format s") == 60.25);
  CHECK(longest("31/12/2023 23:59", "01/01/2024 00:01", "--time-format '%d/%m/%Y %H:%M'") == 120);
  CHECK(longest("2024-01-01 00:00", "2024-01-01T00:00:00Z", "--zone +01:00") == 3600);
}

TEST_CASE("cxm_report: exit codes and messages") {
  if (not_built()) return;
  temporary_file const good("score,b\n1,2\n"), empty(""), unclosed("score,b\n1,2\n1,\"x\n2,3\n"),
      after("score,b\n1,\"x\"y\n"), nul(std::string("score,b\n1,\0\n", 12)),
      bytes("score,b\n\xFF,1\n");
  auto const fails = [](int code, std::string const& arguments, std::string const& says) {
    auto const found = run(arguments);
    CAPTURE(arguments, found.errors);
    CHECK(found.code == code);
    CHECK(found.errors.find(says) != std::string::npos);
    CHECK(found.out.empty());
  };
  std::string const in = nps + "--in " + good.path() + " ";
  fails(2, "", "journeys, paths");
  fails(2, "drivers", "journeys, paths, funnel, attribution");
  for (char const* const later : {"--department"})
    fails(2, in + later + " x", "unknown option '" + std::string(later) + "'");
  fails(2, "scores --metric nps --scale 0:10", "--score");
  fails(2, "scores --score score --metric nps --in " + good.path(), "--scale");
  fails(2, "scores --score score --metric nps --in " + good.path() + " --scale 10:0", "--scale");
  fails(2, "scores --score score --metric nps --in " + good.path() + " --scale 1:5", "--good");
  fails(2, in + "--metric nps", "--metric");
  fails(2, in + "--interval t_test", "adjusted_wald, wald, t");
  fails(2, in + "--confidence 95", "--confidence");
  fails(2, in + "--min-n x", "--min-n");
  fails(2, in + "--zone Nowhere/Town", "--zone");
  fails(2, in + "--time-format %Q", "--time-format");
  fails(2, in + "--by", "--by");
  fails(2, in + "--format xes", "csv");
  fails(2, "journeys --customer b --time b --touchpoint b --gap -5m --in " + good.path(), "--gap");
  fails(2, "journeys --customer b --case b --time b --touchpoint b --in " + good.path(), "--case");
  fails(3, nps + "--in no_such_file.csv", "no_such_file.csv");
  fails(3, nps + "--in " + empty.path(), "line 1");
  fails(3, nps + "--in " + unclosed.path(), "line 3");
  fails(3, nps + "--in " + after.path(), "line 2");
  fails(3, nps + "--in " + nul.path(), "line 2");
  fails(3, nps + "--in " + bytes.path(), "line 2");
  fails(3, in + "--by channel", "score, b");
  fails(3, in + "--json no_such_folder/x.json", "no_such_folder/x.json");
  CHECK(run("--help").code == 0);
}

TEST_CASE("cxm_report: a JSON file is complete or as it was") {
  if (not_built()) return;
  temporary_file const good("score\n1\n"), bad("score\n1\n\"x"), json_file("before", ".json");
  CHECK(run(nps + "--in " + bad.path() + " --json " + json_file.path()).code == 3);
  CHECK(json_file.text() == "before");
  auto const found = run(nps + "--in " + good.path() + " --json " + json_file.path());
  CHECK(found.code == 0);
  CHECK(found.out.empty());
  CHECK(parsed(json_file.text()).get<int>("total.value") == -100);
}

TEST_CASE("cxm_report: hostile fields") {
  if (not_built()) return;
  auto const found = answer_on("score,b\n1," + std::string(10'000'000, 'x') + "\n" +
                                   std::string(400, '9') + ",\"a\nb\"\n9,\"\"\"\"\n",
                               nps + "--by b");
  CHECK(found.get<int>("total.n") == 2);
  CHECK(found.get<int>("total.invalid") == 1);
  CHECK(found.get_child("groups").size() == 3);
}

TEST_CASE("cxm_report: standard input") {
  if (not_built()) return;
  auto const found = answer(nps + "--in -", "printf 'score\\n9\\n' | ");
  CHECK(found.get<int>("total.value") == 100);
}
