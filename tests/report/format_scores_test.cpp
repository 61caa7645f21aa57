// SPDX-License-Identifier: BSL-1.0
// Every score, comparison and test says what it is.
#include <cxm/report/format_scores.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/weighted.hpp>
#include <cxm/survey.hpp>
#include <cxm/survey/conventions.hpp>
#include <cxm/survey/first_contact.hpp>
#include <cxm/survey/inference.hpp>

#include "catch.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace {

auto counted(std::vector<std::pair<int, int>> const& answers, auto plan) {
  for (auto const& [answer, times] : answers)
    for (int i = 0; i < times; ++i) plan.add(answer);
  return plan.result();
}
/// The example of the method reference: 50 promoters, 30 passives, 20 detractors.
cxm::nps_score hundred(auto... policies) {
  auto plan = cxm::nps(policies...);
  plan.add(std::optional<int>());
  plan.add(11);
  return counted({{9, 50}, {7, 30}, {3, 20}}, plan);
}
cxm::nps_score two_hundred() {
  return counted({{10, 90}, {8, 50}, {0, 60}}, cxm::nps());
}
std::string run_time_format(char const* how) {
  return fmt::format(fmt::runtime(how), hundred());
}

struct own_result {
  double value;
  cxm::estimate as_estimate() const { return {.n = 3, .value = value}; }
  std::string_view definition() const { return "trust as we see it"; }
};

}  // namespace

TEST_CASE("format: NPS as number, in short, as line and as paragraph") {
  auto const score = hundred();
  CHECK(fmt::format("{}", score) == "+30");
  CHECK(fmt::format("{:.1f}", score) == "+30.0");
  CHECK(fmt::format("{:short}", score) == "+30 (14..44), n = 100");
  CHECK(fmt::format("{:.1short}", score) == "+30.0 (14.1..44.2), n = 100");
  CHECK(fmt::format("{:full}", score) ==
        "NPS +30 (14..44, 95 % adjusted Wald), n = 100, 1 missing, 1 invalid; percentage of "
        "promoters (9..10) less that of detractors (0..6), scale 0..10; 50 promoters, 30 passives, "
        "20 detractors");
  CHECK(fmt::format("{:text}", score) ==
        "The Net Promoter Score (NPS) is +30, with an interval from 14 to 44 (95 % adjusted Wald). "
        "100 answers count; 1 missing and 1 invalid do not. It is the percentage of promoters "
        "(9..10) less that of detractors (0..6), scale 0..10; 50 promoters, 30 passives, 20 "
        "detractors.");
  CHECK(fmt::format("{:text}", cxm::nps().result()) ==
        "The Net Promoter Score (NPS) has no value: no data. No answers count. It is the "
        "percentage of promoters (9..10) less that of detractors (0..6), scale 0..10; 0 promoters, "
        "0 passives, 0 detractors.");
}

TEST_CASE("format: the line names the method, the confidence and the cut that were used") {
  auto const line = [](auto const& score) { return fmt::format("{:full}", score); };
  auto const says = [&](auto const& score, char const* words) {
    INFO(line(score));
    CHECK(line(score).find(words) != std::string::npos);
  };
  says(hundred(cxm::tango{}, cxm::confidence{0.9}), "90 % Tango score)");
  says(hundred(cxm::confidence{0.999}), "99.9 % adjusted Wald)");
  says(hundred(cxm::wald{}), "95 % Wald)");
  says(hundred(cxm::student{}), "95 % Student's t)");
  says(hundred(cxm::agresti_min{}), "95 % Agresti-Min)");
  says(hundred(cxm::bonett_price{}), "95 % Bonett-Price)");
  says(hundred(cxm::mover_wilson{}), "95 % MOVER-Wilson)");
  says(hundred(cxm::goodman{}), "95 % Goodman)");
  says(hundred(cxm::bootstrap{}), "95 % percentile bootstrap)");
  says(hundred(cxm::bca{}), "95 % BCa bootstrap)");
  says(hundred(cxm::promoters_from{8}, cxm::detractors_to{5}), "promoters (8..10)");
  says(hundred(cxm::promoters_from{8}, cxm::detractors_to{5}), "detractors (0..5)");
  auto const csat = [](auto... policies) {
    return counted({{5, 3}, {1, 1}}, cxm::csat(policies...));
  };
  says(csat(),
       "CSAT 75 % (30..95, 95 % Wilson), n = 4, 0 missing, 0 invalid; share of answers at "
       "4..5, scale 1..5; 3 satisfied");
  says(csat(cxm::good_at{5}), "share of answers at 5, ");
  says(csat(cxm::points<1, 5, cxm::better::low>{}), "at 1..2, scale 1..5, low is good");
  says(csat(cxm::clopper_pearson{}), "95 % Clopper-Pearson)");
  says(csat(cxm::jeffreys{}), "95 % Jeffreys)");
  says(csat(cxm::agresti_coull{}), "95 % Agresti-Coull)");
  says(counted({{5, 3}, {4, 1}}, cxm::ces()),
       "CES 2.0 4.75 (3.95..5.55, 95 % Student's t), n = 4, 0 missing, 0 invalid; mean effort, "
       "scale 1..7; 3 easy (5..7), index 62.5 of 100");
  says(counted({{5, 3}, {1, 1}}, cxm::ces_1()), "CES 1.0 4.00");
  says(counted({{5, 3}, {1, 1}}, cxm::ces_1()), "scale 1..5, low is good; 1 easy (1..2)");
  says(counted({{5, 3}, {1, 1}}, cxm::mean(cxm::points<1, 5>{})),
       "mean of answers, scale 1..5; "
       "deviation 2.00");
  says(cxm::share_of(1, 4), "share 25 % (5..70, 95 % Wilson), n = 4");
  says(cxm::share_of<cxm::wald>(1, 4), "95 % Wald)");
}

TEST_CASE("format: a value without an interval says why") {
  auto one = cxm::nps(cxm::bca{});
  one.add(10);
  CHECK(fmt::format("{:full}", one.result()).find("NPS +100 (no interval: degenerate), n = 1") ==
        0);
  CHECK(fmt::format("{:text}", one.result())
            .find("The Net Promoter Score (NPS) is +100, without an interval: degenerate. 1 ") ==
        0);
  CHECK(fmt::format("{:short}", one.result()) == "+100, n = 1");
  CHECK(fmt::format("{:full}", cxm::nps().result()).find("no interval") == std::string::npos);
}

TEST_CASE("format: weighted scores say what they are worth, single shares their level") {
  struct answer {
    int value;
    double weight;
  };
  std::vector<answer> const answers = {{9, 2}, {10, 1}, {3, 1}, {8, 0}};
  auto const score =
      cxm::measure(answers, cxm::weighted(&answer::weight, cxm::on(&answer::value, cxm::nps())))
          .result();
  auto const line = fmt::format("{:full}", score);
  INFO(line);
  CHECK(line.substr(0, 17) == "weighted NPS +50 ");
  CHECK(line.find("2 promoters, 0 passives, 1 detractor, as ") != std::string::npos);
  CHECK(line.find("answers of equal weight, 1 of weight 0") != std::string::npos);
  auto plan = cxm::tally(cxm::points<1, 3>{}, cxm::point_shares());
  for (int value : {1, 1, 3, 2}) plan.add(value);
  CHECK(fmt::format("{:full}", plan.result()->front()) ==
        "share of answer 1 50 % (12..88, 95 % Goodman), 2 answers");
}

TEST_CASE("format: comparisons, C11 of the method reference: 50/30/20 against 90/50/60") {
  auto const change = cxm::compare(hundred(), two_hundred());
  CHECK(fmt::format("{}", change) == "+15.0");
  CHECK(fmt::format("{:full}", change) ==
        "difference in NPS +15.0 (-4.7..+33.4, 95 % adjusted Wald), n = 100 and 200; p = 0.128 "
        "(Z); the interval contains 0");
  CHECK(fmt::format("{:text}", change) ==
        "The difference in NPS is +15.0, with an interval from -4.7 to +33.4 (95 % adjusted Wald). "
        "It is that of the first 100 answers less that of the second 200. The test that there is "
        "no difference gives p = 0.128 (Z), and the interval contains 0.");
  CHECK(fmt::format("{:.0full}", cxm::share_difference({1, 40}, {30, 40})) ==
        "difference in share -72 % (-84..-54, 95 % square-and-add of Wilson), n = 40 and 40; p < "
        "0.0001 (Pearson's chi-square); the interval excludes 0");
  auto const says = [](auto const& found, char const* words) {
    auto const line = fmt::format("{:full}", found);
    INFO(line);
    CHECK(line.find(words) != std::string::npos);
  };
  says(cxm::compare(hundred(), two_hundred(), cxm::tango{}), "95 % square-and-add of Tango score)");
  says(cxm::share_difference({1, 4}, {3, 4}, {}, cxm::miettinen_nurminen{}), "Miettinen-Nurminen)");
  says(cxm::mean_difference({4, 1, 9}, {3, 1, 9}),
       "95 % Welch's t), n = 9 and 9; p = 0.050 (Welch");
  says(cxm::mean_difference({4, 1, 9}, {3, 1, 9}, {}, cxm::pooled{}), "(Student's t, pooled)");
  auto const csat = counted({{5, 3}, {1, 1}}, cxm::csat());
  says(cxm::compare(csat, csat), "difference in CSAT 0.0 %");
  std::vector<std::uint64_t> const low = {3, 4, 1}, high = {1, 4, 3};
  says(cxm::mann_whitney(low, high),
       "Cliff's delta -0.38 (-0.76..+0.20, 95 % Feng-Cliff), n = 8 "
       "and 8; p = 0.171 (Mann-Whitney)");
  says(cxm::mann_whitney(low, high), "U = 20");
  says(cxm::mann_whitney_exact(low, high), "exact rank test p = ");
  says(cxm::compare(cxm::nps_score{}, hundred()), "difference in NPS no data, n = 0 and 100; no p");
}

TEST_CASE("format: tests say whose they are and of what") {
  std::vector<cxm::nps_score> const periods = {hundred(), two_hundred()};
  CHECK(fmt::format("{:full}", cxm::homogeneity(periods)) ==
        "Cochran's Q 2.17, df = 1, p = 0.141; test that 2 groups have equal NPS, n = 300; I "
        "squared 0.54");
  CHECK(fmt::format("{:text}", cxm::homogeneity(periods)) ==
        "The test statistic (Cochran's Q) is 2.17. With 1 degree of freedom it gives p = 0.141. "
        "Test that 2 groups have equal NPS, n = 300. I squared 0.54.");
  CHECK(fmt::format("{:full}", cxm::trend(periods)) ==
        "slope of NPS a period -15.0 (-34.3..+4.3, 95 % normal approximation), n = 300 in 2 "
        "periods; p = 0.128 (Z)");
  CHECK(fmt::format("{:full}", cxm::mcnemar(5, 9)) ==
        "McNemar 1.14, df = 1, p = 0.285; test that as many moved up as down, 14 moved; exact p = "
        "0.424");
  CHECK(fmt::format("{:full}", cxm::against(hundred(), cxm::target{20}, cxm::margin{5})) ==
        "NPS +30.0 (14.1..44.2, 95 % adjusted Wald), n = 100; against +20.0 with a margin of 5.0; "
        "above it p = 0.118, below it p = 0.882, not worse p = 0.033, equivalent p = 0.704");
  std::vector<std::uint64_t> const table = {10, 5, 1, 3, 8, 4, 1, 1, 9};
  auto const line = fmt::format("{:full}", cxm::stuart_maxwell(table, 3));
  CHECK(line.substr(0, 15) == "Stuart-Maxwell ");
  CHECK(fmt::format("{}", cxm::homogeneity_test{}) == "no data");
}

TEST_CASE("format: pairs of answers") {
  struct customer {
    std::optional<int> before;
    std::optional<int> after;
  };
  auto plan = cxm::paired(&customer::before, &customer::after, cxm::nps());
  for (int i = 0; i < 6; ++i) plan.add(customer{6, 9});
  for (int i = 0; i < 10; ++i) plan.add(customer{9, 9});
  plan.add(customer{9, 5});
  plan.add(customer{{}, 5});
  auto const line = fmt::format("{:.0full}", plan.result());
  INFO(line);
  CHECK(line.find("change in NPS of the same people +59 (") == 0);
  CHECK(line.find("95 % Student's t), n = 17 pairs, 0 only before, 1 only after; p = ") !=
        std::string::npos);
  CHECK(line.find("(paired t); 6 improved, 1 worsened, Stuart-Maxwell p = ") != std::string::npos);
}

TEST_CASE("format: intervals, and results of one's own") {
  CHECK(fmt::format("{:.0full}", *hundred().interval) == "95 % adjusted Wald interval 14..44");
  CHECK(fmt::format("{:.0f}", hundred().interval) == "14..44");
  CHECK(fmt::format("{:full}", own_result{2.5}) ==
        "2.50, n = 3, 0 missing, 0 invalid; trust as we see it");
  CHECK(fmt::format("{:text}", own_result{2.5}) ==
        "The value is 2.50. 3 answers count. It is the trust as we see it.");
}

TEST_CASE("format: a wrong specification is refused") {
  CHECK_THROWS_AS(run_time_format("{:x}"), fmt::format_error);
  CHECK_THROWS_AS(run_time_format("{:.f}"), fmt::format_error);
  CHECK_THROWS_AS(run_time_format("{:fun}"), fmt::format_error);
  CHECK_THROWS_AS(run_time_format("{:.1fullest}"), fmt::format_error);
  CHECK(run_time_format("{:.2full}").substr(0, 12) == "NPS +30.00 (");
}

TEST_CASE("format: conventions, bands, indices, and scales that are shown on others") {
  auto const line = [](auto const& score) { return fmt::format("{:full}", score); };
  CHECK(line(counted({{1, 3}, {4, 2}, {7, 5}}, cxm::ces_net())) ==
        "net score +20 (-30..61, 95 % adjusted Wald), n = 10, 0 missing, 0 invalid; percentage of "
        "easy (6..7) less that of hard (1..3), scale 1..7; 3 hard, 2 neutral, 5 easy, mean 4.60");
  CHECK(line(counted({{5, 1}, {4, 3}}, cxm::csat_top_1())).find("share of answers at 5, ") !=
        std::string::npos);
  auto const rescaled = line(counted({{5, 1}, {4, 3}}, cxm::stars(cxm::onto{0, 100})));
  INFO(rescaled);
  CHECK(rescaled.substr(0, 11) == "mean 81.25 ");
  CHECK(rescaled.find("mean of answers, scale 1..5, shown on 0..100;") != std::string::npos);
  auto fcr = cxm::fcr_gross();
  for (int i = 0; i < 100; ++i)
    fcr.add(i < 70   ? cxm::resolution::at_first_contact
            : i < 80 ? cxm::resolution::later
                     : cxm::resolution::not_resolvable);
  CHECK(line(fcr.result()) ==
        "FCR 70 % (60..78, 95 % Wilson), n = 100, 0 missing, 0 invalid; share of requests that "
        "were resolved at the first contact; 70 resolved, 20 not resolvable");
}
