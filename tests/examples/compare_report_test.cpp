// SPDX-License-Identifier: BSL-1.0
//
// cxm_report compare, against the same numbers computed here from the rows, by formulas of their
// own.
#include "catch.hpp"
#include "report_program.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <random>
#include <string>
#include <vector>

using namespace Catch::Matchers;
using namespace report_program;
using texts_of = std::vector<std::string>;

namespace {

bool here() {
  if (program()) return true;
  WARN("skipped: CXM_EXAMPLES names the programs");
  return false;
}

std::string const nps = "compare --score s --scale 0:10 --metric nps ";
std::string const sides = "--from wave=1 --to wave=2 ";

/// Promoters, passives, detractors of one group on one side.
struct counts {
  double p = 0, n = 0, d = 0;
  double net() const { return 100 * (p - d) / n; }
  void add(int answer) {
    p += answer >= 9 ? 1 : 0;
    d += answer <= 6 ? 1 : 0;
    n += 1;
  }
  /// The variance of one answer, after adding 3.
  double padded(double* centre = nullptr) const {
    double const all = n + 3, up = (p + .75) / all, down = (d + .75) / all;
    if (centre != nullptr) *centre = up - down;
    return up + down - (up - down) * (up - down);
  }
};

struct data {
  std::string text = "wave,who,seg,s\n";
  counts total[2];
  std::map<std::string, std::array<counts, 2>> segments;
  std::map<std::string, std::array<int, 2>> people;  // the last answers; -1: none
};
data drawn(unsigned seed) {
  std::mt19937_64 random{seed};
  data made;
  for (int i = 0; i < 600; ++i) {
    auto const wave = static_cast<std::size_t>(random() % 3);  // the third is neither
    std::string const who = "c" + std::to_string(random() % 150);
    std::string const segment(1, static_cast<char>('a' + random() % (wave == 1 ? 5 : 4)));
    int const answer =
        random() % 12 == 0 ? -1 : static_cast<int>(std::min<std::uint64_t>(10, random() % 14));
    made.text += std::to_string(wave + 1) + "," + who + "," + segment + "," +
                 (answer < 0 ? "" : std::to_string(answer)) + "\n";
    if (wave == 2 || answer < 0) continue;
    made.total[wave].add(answer);
    made.segments[segment][wave].add(answer);
    made.people.try_emplace(who, std::array<int, 2>{-1, -1}).first->second[wave] = answer;
  }
  return made;
}
double p_of(double z) {
  return std::erfc(std::abs(z) / std::sqrt(2));
}
double wald_error(counts const& of) {
  double const m = (of.p - of.d) / of.n;
  return 1e4 * ((of.p + of.d) / of.n - m * m) / of.n;
}
double sum(json const& array, std::string const& name) {
  double all = 0;
  for (auto const& [none, element] : array) all += number(element, name);
  return all;
}

void check_refused(std::string const& arguments, std::string const& says, int code = 2) {
  temporary_file const file("wave,who,seg,s\n1,a,x,9\n2,a,x,3\n");
  auto const found = run("compare --in '" + file.path() + "' " + arguments);
  INFO(arguments);
  INFO(found.errors);
  CHECK(found.code == code);
  CHECK_THAT(found.errors, Contains(says));
  CHECK(found.out.empty());
}

}  // namespace

TEST_CASE("cxm_report compare: the difference, its interval and test") {
  if (!here()) return;
  auto const of = drawn(51);
  auto const found = answer_on(of.text, nps + sides);
  CHECK(keys(found) ==
        texts_of{"input", "in_both", "metric", "scale", "confidence", "from", "to", "difference"});
  auto const& [before, after] = of.total;
  CHECK(found.get<int>("from.n") == before.n);
  CHECK_THAT(number(found, "from.value"), WithinAbs(before.net(), 1e-12));
  CHECK_THAT(number(found, "to.value"), WithinAbs(after.net(), 1e-12));
  auto const& difference = found.get_child("difference");
  CHECK(keys(difference) == texts_of{"paired", "value", "se", "low", "high", "p"});
  CHECK(difference.get<bool>("paired") == false);
  double const change = after.net() - before.net();
  double const error = std::sqrt(wald_error(before) + wald_error(after));
  CHECK_THAT(number(difference, "value"), WithinAbs(change, 1e-11));
  CHECK_THAT(number(difference, "se"), WithinRel(error, 1e-11));
  CHECK_THAT(number(difference, "p"), WithinRel(p_of(change / error), 1e-9));
  double one = 0, two = 0;
  double const v = before.padded(&one) / (before.n + 3) + after.padded(&two) / (after.n + 3);
  CHECK_THAT(number(difference, "low"),
             WithinAbs(100 * (two - one - 1.959963984540054 * std::sqrt(v)), 1e-9));
  CHECK_THAT(number(difference, "high"),
             WithinAbs(100 * (two - one + 1.959963984540054 * std::sqrt(v)), 1e-9));
  // C11, worked: +30 of 100 against +15 of 200.
  std::string text = "wave,s\n";
  for (int i = 0; i < 300; ++i) {
    bool const second = i >= 200;
    int const at = second ? i - 200 : i;
    text += second ? "2," : "1,";
    text += at < (second ? 50 : 90) ? "9\n" : at < (second ? 80 : 140) ? "7\n" : "3\n";
  }
  auto const worked = answer_on(text, nps + sides).get_child("difference");
  CHECK_THAT(number(worked, "value"), WithinAbs(15, 1e-12));
  CHECK_THAT(number(worked, "p"), WithinAbs(0.128, 0.0005));
  CHECK_THAT(number(worked, "low"), WithinAbs(-4.7, 0.05));
  CHECK_THAT(number(worked, "high"), WithinAbs(33.4, 0.05));
}

TEST_CASE("cxm_report compare: segments with mix and rate that add up exactly") {
  if (!here()) return;
  for (unsigned seed = 52; seed < 56; ++seed) {
    auto const of = drawn(seed);
    auto const found = answer_on(of.text, nps + sides + "--by seg");
    auto const& segments = found.get_child("segments");
    auto const& movement = found.get_child("movement");
    CHECK(keys(movement) == texts_of{"value", "mix", "rate", "at_same_mix"});
    CHECK(keys(segments.front().second) ==
          texts_of{"key", "from", "to", "difference", "mix", "rate"});
    REQUIRE(segments.size() == of.segments.size());
    CHECK(sum(segments, "mix") == number(movement, "mix"));
    CHECK(sum(segments, "rate") == number(movement, "rate"));
    CHECK(number(movement, "mix") + number(movement, "rate") == number(movement, "value"));
    auto const& [before, after] = of.total;
    double const middle = (before.net() + after.net()) / 2;
    double difference = 0, covered = 0, variance = 0;
    std::vector<std::pair<double, std::string>> p;
    for (auto const& [none, segment] : segments) {
      auto const name = texts(segment.get_child("key")).front();
      auto const& [b, a] = of.segments.at(name);
      double const from = b.n / before.n, to = a.n / after.n;
      INFO(name);
      CHECK_THAT(number(segment, "from.share"), WithinRel(from, 1e-14));
      CHECK_THAT(number(segment, "to.share"), WithinRel(to, 1e-14));
      double const y = b.n > 0 ? b.net() : a.net(), x = a.n > 0 ? a.net() : y;
      CHECK_THAT(number(segment, "mix"), WithinAbs((to - from) * ((x + y) / 2 - middle), 1e-10));
      CHECK_THAT(number(segment, "rate"), WithinAbs((to + from) / 2 * (x - y), 1e-10));
      if (a.n == 0 || b.n == 0) {
        CHECK(segment.get<std::string>("difference.value") == "null");
        CHECK(segment.get<std::string>("difference.reason") == "no_data");
        continue;
      }
      p.emplace_back(p_of((x - y) / std::sqrt(wald_error(a) + wald_error(b))), name);
      CHECK_THAT(number(segment, "difference.p"), WithinRel(p.back().first, 1e-9));
      covered += from;
      difference += from * (x - y);
      variance += from * from * (a.padded() / (a.n - 1) + b.padded() / (b.n - 1));
    }
    auto const& same = movement.get_child("at_same_mix");
    CHECK_THAT(number(same, "value"), WithinAbs(difference / covered, 1e-10));
    CHECK_THAT(number(same, "se"), WithinRel(100 * std::sqrt(variance) / covered, 1e-11));
    CHECK_THAT(number(same, "covered"), WithinRel(covered, 1e-14));
    std::sort(p.begin(), p.end());
    double least = 1;
    std::map<std::string, double> expected;
    for (std::size_t i = p.size(); i-- > 0;)
      expected[p[i].second] = least =
          std::min(least, p[i].first * static_cast<double>(p.size()) / static_cast<double>(i + 1));
    for (auto const& [none, segment] : segments) {
      auto const one = expected.find(texts(segment.get_child("key")).front());
      if (one != expected.end())
        CHECK_THAT(number(segment, "difference.p_adjusted"), WithinRel(one->second, 1e-9));
    }
    auto const plain = answer_on(of.text, nps + sides + "--by seg --adjust none");
    for (auto const& [none, segment] : plain.get_child("segments"))
      CHECK(segment.get<std::string>("difference.p") ==
            segment.get<std::string>("difference.p_adjusted"));
  }
}

TEST_CASE("cxm_report compare: the same customers, by their last answers") {
  if (!here()) return;
  auto const of = drawn(57);
  auto const found = answer_on(of.text, nps + sides + "--customer who --margin 5");
  auto const& people = found.get_child("customers");
  CHECK(keys(people) == texts_of{"n", "only_from", "only_to", "repeats", "from", "to", "moved",
                                 "improved", "worsened", "classes_kept"});
  auto const band = [](int answer) { return answer >= 9 ? 2 : answer <= 6 ? 0 : 1; };
  int moved[3][3] = {}, only_from = 0, only_to = 0, n = 0, improved = 0;
  double all = 0, squares = 0;
  for (auto const& [who, answers] : of.people) {
    auto const [one, two] = answers;
    only_from += two < 0 ? 1 : 0;
    only_to += one < 0 ? 1 : 0;
    if (one < 0 || two < 0) continue;
    int const from = band(one), to = band(two);
    ++moved[from][to];
    ++n;
    improved += to > from ? 1 : 0;
    all += 100 * (to - from);
    squares += 1e4 * (to - from) * (to - from);
  }
  CHECK(people.get<int>("n") == n);
  CHECK(people.get<int>("only_from") == only_from);
  CHECK(people.get<int>("only_to") == only_to);
  CHECK(people.get<int>("improved") == improved);
  int from = 0;
  for (auto const& [none, row] : people.get_child("moved")) {
    texts_of expected;
    for (int const count : moved[from++]) expected.push_back(std::to_string(count));
    CHECK(texts(row) == expected);
  }
  auto const& difference = found.get_child("difference");
  CHECK(difference.get<bool>("paired"));
  CHECK_THAT(number(difference, "value"), WithinAbs(all / n, 1e-11));
  CHECK_THAT(number(difference, "se"),
             WithinRel(std::sqrt((squares - all * all / n) / (n - 1) / n), 1e-11));
  auto const& test = found.get_child("equivalence");
  CHECK(keys(test) == texts_of{"margin", "above", "below", "not_below", "not_above", "equivalent"});
  CHECK_THAT(number(test, "above") + number(test, "below"), WithinAbs(1, 1e-9));
  CHECK_THAT(std::min(number(test, "above"), number(test, "below")),
             WithinRel(number(difference, "p") / 2, 1e-6));
  CHECK(number(test, "equivalent") ==
        std::max(number(test, "not_below"), number(test, "not_above")));
  // Customers without a name can't be paired.
  auto const nameless =
      answer_on("wave,who,s\n1,,9\n1,a,9\n2,a,9\n2,a,3\n", nps + sides + "--customer who");
  CHECK(nameless.get<int>("input.rejected.missing_key") == 1);
  CHECK(nameless.get<int>("customers.repeats") == 1);
  CHECK(nameless.get<int>("customers.worsened") == 1);
}

TEST_CASE("cxm_report compare: equivalence, shares, means and weights") {
  if (!here()) return;
  auto const of = drawn(58);
  auto const wide = answer_on(of.text, nps + sides + "--margin 100");
  CHECK(number(wide, "equivalence.equivalent") < 1e-6);
  auto const none = answer_on(of.text, nps + sides + "--margin 0");
  CHECK(number(none, "equivalence.equivalent") >= 0.5);
  for (char const* const metric : {"csat", "mean", "ces", "ces_1"}) {
    INFO(metric);
    auto const found = answer_on(of.text, "compare --score s --scale 0:10 --metric " +
                                              std::string(metric) + " " + sides + "--by seg");
    CHECK_THAT(number(found, "difference.value"),
               WithinAbs(number(found, "to.value") - number(found, "from.value"), 1e-12));
    CHECK_THAT(number(found, "movement.value"),
               WithinAbs(number(found, "difference.value"), 1e-11));
    CHECK(sum(found.get_child("segments"), "mix") == number(found, "movement.mix"));
    CHECK(number(found, "difference.p") > 0);
  }
  std::string const text = "wave,seg,s,w\n1,a,9,1\n1,a,3,2\n1,b,9,1\n2,a,9,3\n2,b,7,1\n2,b,2,x\n";
  auto const weighted = answer_on(text, nps + sides + "--weight w --by seg");
  CHECK(weighted.get<int>("input.rejected.bad_weight") == 1);
  CHECK_THAT(number(weighted, "from.value"), WithinAbs(0, 1e-12));
  CHECK_THAT(number(weighted, "to.value"), WithinAbs(75, 1e-12));
  CHECK(keys(weighted.get_child("to")).back() == "design_n");
  CHECK(number(weighted.get_child("segments").front().second, "to.share") == 0.75);
  CHECK(sum(weighted.get_child("segments"), "rate") == number(weighted, "movement.rate"));
}

TEST_CASE("cxm_report compare: periods, conditions, and rows on both sides") {
  if (!here()) return;
  std::string const text =
      "t,seg,s\n2025-01-31T23:30:00Z,a,9\n2025-02-01,b,3\n2025-02-03,a,9\nsoon,a,9\n2025-03-01,a,"
      "9\n";
  std::string const periods = nps + "--time t --every month --from 2025-01 --to 2025-02 ";
  auto const found = answer_on(text, periods);
  CHECK(found.get<int>("from.n") == 1);
  CHECK(found.get<int>("to.n") == 2);
  CHECK(found.get<int>("input.rejected.bad_time") == 1);
  CHECK(found.get<int>("input.rejected.filtered") == 1);
  CHECK(answer_on(text, periods + "--zone +01:00").get<std::string>("from.reason") == "no_data");
  CHECK(answer_on(text, periods + "--where seg=a").get<int>("to.n") == 1);
  CHECK(
      answer_on(text,
                nps + "--time t --every month --from 2025-01 --from seg=a --to 2025-02 --to seg=b")
          .get<int>("to.n") == 1);
  auto const both = answer_on("a,b,s\n1,1,9\n1,0,9\n0,1,9\n", nps + "--from a=1 --to b=1");
  CHECK(both.get<int>("in_both") == 1);
  CHECK(both.get<int>("input.used") == 2);
  CHECK(both.get<int>("input.rejected.filtered") == 1);
  auto const empty = answer_on("wave,seg,s\n", nps + sides + "--by seg --margin 1");
  CHECK(empty.get<std::string>("difference.reason") == "no_data");
  CHECK(empty.get<std::string>("movement.reason") == "no_data");
  CHECK(empty.get<std::string>("equivalence.reason") == "no_data");
}

TEST_CASE("cxm_report compare: a minimum n withholds values, and the parts still add up") {
  if (!here()) return;
  auto const of = drawn(59);
  auto const found = answer_on(of.text, nps + sides + "--by seg --min-n 45");
  int withheld = 0;
  for (auto const& [none, segment] : found.get_child("segments")) {
    for (char const* const side : {"from", "to"}) {
      auto const& one = segment.get_child(side);
      if (one.get<int>("n") == 0 || one.get<int>("n") >= 45) continue;
      ++withheld;
      CHECK(one.get<std::string>("reason") == "below_min_n");
      if (segment.get<int>("from.n") > 0 && segment.get<int>("to.n") > 0)
        CHECK(segment.get<std::string>("difference.reason") == "below_min_n");
    }
  }
  CHECK(withheld > 0);
  CHECK(sum(found.get_child("segments"), "mix") == number(found, "movement.mix"));
  auto const all = answer_on(of.text, nps + sides + "--min-n 1000 --margin 5");
  CHECK(all.get<std::string>("difference.reason") == "below_min_n");
  CHECK(all.get<std::string>("equivalence.reason") == "below_min_n");
  auto const paired = answer_on(of.text, nps + sides + "--min-n 1000 --margin 5 --customer who");
  CHECK(paired.get<std::string>("difference.reason") == "below_min_n");
  CHECK(paired.get<std::string>("equivalence.reason") == "below_min_n");
}

TEST_CASE("cxm_report compare: wrong usage") {
  if (!here()) return;
  std::string const asked = "--score s --scale 0:10 --metric nps ";
  check_refused(asked + "--from wave=1", "--to");
  check_refused(asked + "--from 2025-01 --to wave=2", "--time");
  check_refused(asked + sides + "--time who", "--every");
  check_refused(asked + sides + "--every day", "--time");
  check_refused(asked + sides + "--time who --every day", "--time");
  check_refused(asked + sides + "--adjust bh", "--adjust");
  check_refused(asked + sides + "--adjust some --by seg", "--adjust");
  check_refused(asked + sides + "--margin -1", "--margin");
  check_refused(asked + sides + "--invited 5", "--invited");
  check_refused("--score s --scale 0:10 --metric mean --customer who " + sides, "--customer");
  check_refused(asked + sides + "--customer who --weight s", "--weight");
  check_refused("--score s --scale 1:7 --metric nps " + sides, "--good");
  check_refused("--score s --scale 0:10 " + sides, "--metric");
  check_refused(asked + "--from no=1 --to wave=2", "no", 3);
  check_refused(asked + sides + "--by no", "no", 3);
}
