// SPDX-License-Identifier: BSL-1.0
//
// Starts and completions folded on a real log, and copies among real reviews. What no truth file
// says is computed a second time by tests/data/lifecycle.py, which shares nothing with the library.
// CXM_DATA names the folder of the data sets; they are not part of this repository.
#include <cxm/event/touchpoint_fields.hpp>
#include <cxm/io/byte_source.hpp>
#include <cxm/io/csv.hpp>
#include <cxm/io/timestamp.hpp>
#include <cxm/journey/journey_fields.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/journey/without_copies.hpp>
#include <cxm/stats/all.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/proportion.hpp>
#include <cxm/survey/csat.hpp>
#include <cxm/survey/mean.hpp>
#include <cxm/survey/tally.hpp>

#include "catch.hpp"
#include "report_program.hpp"

#include <chrono>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

using namespace Catch::Matchers;
using namespace report_program;

namespace {

std::string folder(std::string const& name) {
  char const* const data = std::getenv("CXM_DATA");
  if (data == nullptr) WARN("skipped: CXM_DATA names the folder of the data sets");
  return data == nullptr ? std::string() : data + std::string("/") + name;
}

}  // namespace

TEST_CASE("log_bpic2012: starts and completions fold as a second computation has it") {
  auto const data = folder("log_bpic2012");
  if (data.empty() || !program()) return;
  if (std::system("python3 -c pass") != 0) {
    WARN("skipped: no python3 for the second computation");
    return;
  }
  auto const log = "gzip -dc '" + data + "/events.csv.gz' | ";
  temporary_file const out("", ".json"), table("", ".txt");
  REQUIRE(std::system((log + "python3 tests/data/lifecycle.py >'" + out.path() + "'").c_str()) ==
          0);
  auto const second = parsed(out.text());
  auto const command = log + *program() +
                       " journeys --in - --case case_id --time timestamp --touchpoint activity "
                       "--lifecycle transition --department activity";
  temporary_file const ours("", ".json");
  REQUIRE(std::system((command + " --json '" + ours.path() + "' >/dev/null").c_str()) == 0);
  auto const found = parsed(ours.text());
  CHECK(found.get<long>("input.used") == second.get<long>("rows"));
  CHECK(found.get<long>("events") == second.get<long>("events"));
  double functional = 0;
  for (auto const& [nothing, one] : found.get_child("departments"))
    functional += number(one, "functional_seconds");
  CHECK_THAT(functional, WithinRel(number(second, "touch_milliseconds") / 1000, 1e-12));

  json truth;
  boost::property_tree::read_json(data + "/truth.json", truth);
  CHECK_THAT(number(found, "cycle_time_seconds.mean"),
             WithinRel(number(truth, "file_order.case_duration_s.mean"), 1e-12));
  // Every start is completed or open, every completion ends a start or is a point.
  long starts = 0, completions = 0;
  for (auto const& [name, count] : truth.get_child("activity_plus_lifecycle.activity_counts")) {
    if (name.ends_with("+START")) starts += count.get_value<long>();
    if (name.ends_with("+COMPLETE")) completions += count.get_value<long>();
  }
  CHECK(starts == second.get<long>("whole") + second.get<long>("open"));
  CHECK(completions == second.get<long>("whole") + second.get<long>("unmatched_complete"));
  REQUIRE(std::system((command + " >'" + table.path() + "'").c_str()) == 0);
  CHECK(table.text().find("71373 starts completed, 3 open, 93133 completions without a start") !=
        std::string::npos);
}

TEST_CASE("olist_sample_a: reviews by id, and the latest review of every order") {
  auto const data = folder("olist_sample_a");
  if (data.empty()) return;
  struct review {
    std::string id, order;
    int score;
    std::chrono::sys_time<std::chrono::microseconds> answered;
  };
  std::vector<review> reviews;
  cxm::csv_reader reader(cxm::file_source(data + "/olist_order_reviews_dataset.csv"));
  REQUIRE(
      reader.select({"review_id", "order_id", "review_score", "review_answer_timestamp"}).empty());
  while (reader.next())
    reviews.push_back({std::string(reader.field(0)), std::string(reader.field(1)),
                       std::stoi(std::string(reader.field(2))),
                       cxm::parse_time(reader.field(3)).value().at});

  json truth;
  boost::property_tree::read_json(data + "/truth.json", truth);
  auto const& expected = truth.get_child("reviews");
  CHECK(reviews.size() == expected.get<std::size_t>("rows"));
  // 28 ids stand on 62 rows; which of them is right, an id alone does not say.
  auto const by_id = cxm::without_copies(reviews, cxm::once_per{&review::id});
  CHECK(by_id.size() == 8191);
  CHECK(by_id.copies().same_id == 34);
  auto const latest = cxm::without_copies(reviews, cxm::once_per{&review::order},
                                          cxm::keep_last{&review::answered});
  CHECK(latest.size() == expected.get<std::size_t>("orders_with_review"));
  auto const score =
      cxm::measure(latest, cxm::on(&review::score, cxm::tally(cxm::csat(cxm::points<1, 5>{}),
                                                              cxm::mean(cxm::points<1, 5>{}))))
          .result();
  auto const& [satisfied, mean] = score;
  CHECK(satisfied.n == expected.get<std::uint64_t>("latest_per_order.csat.n"));
  CHECK_THAT(100 * *satisfied.value,
             WithinAbs(number(expected, "latest_per_order.csat.top2_pct"), 1e-10));
  CHECK_THAT(*mean.value, WithinAbs(number(expected, "latest_per_order.csat.mean"), 1e-12));
}

TEST_CASE("olist_sample_a: hand-overs before approval and deliveries before hand-over") {
  auto const data = folder("olist_sample_a");
  if (data.empty()) return;
  enum class step { approved, carrier, delivered };
  struct event {
    std::string order;
    std::chrono::sys_time<std::chrono::microseconds> when;
    step what;
  };
  std::vector<event> log;
  cxm::csv_reader reader(cxm::file_source(data + "/olist_orders_dataset.csv"));
  REQUIRE(reader
              .select({"order_id", "order_approved_at", "order_delivered_carrier_date",
                       "order_delivered_customer_date"})
              .empty());
  while (reader.next())
    for (std::size_t i = 1; i < 4; ++i)
      if (auto const time = cxm::parse_time(reader.field(i)))
        log.push_back({std::string(reader.field(0)), time->at, static_cast<step>(i - 1)});
  auto const journeys =
      cxm::reconstruct(log, cxm::touchpoint_fields{&event::order, &event::when, &event::what});
  auto const before = [](step later, step earlier) {
    cxm::time_between const lag{cxm::reached{earlier}, cxm::reached{later}};
    return cxm::on(
        [lag](auto const& journey) {
          auto const took = lag(journey);
          return took ? std::optional(*took < took->zero()) : std::nullopt;
        },
        cxm::proportion());
  };
  auto const [handed, delivered] =
      cxm::measure(journeys, cxm::all(before(step::carrier, step::approved),
                                      before(step::delivered, step::carrier)))
          .result();
  json truth;
  boost::property_tree::read_json(data + "/truth.json", truth);
  auto const& expected = truth.get_child("order_of_stages_violations");
  CHECK(handed.successes == expected.get<std::uint64_t>("carrier_before_approved"));
  CHECK(delivered.successes == expected.get<std::uint64_t>("delivered_before_carrier"));
  CHECK(delivered.n == truth.get<std::uint64_t>("days_carrier_to_delivered.n"));
}
