// SPDX-License-Identifier: BSL-1.0
//
// Promises, answers and coverage on public data sets. log_receipt: planned ends, against a second
// computation, tests/data/promise_figures.py, that shares nothing with the library. olist_sample_a
// and bpi2016_complaints: against the figures of their truth.json. CXM_DATA names the folder of the
// data sets; they are not part of this repository.
#include <cxm/io/csv.hpp>
#include <cxm/io/timestamp.hpp>
#include <cxm/journey.hpp>
#include <cxm/stats.hpp>
#include <cxm/survey.hpp>

#include "catch.hpp"
#include "report_program.hpp"

#include <charconv>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

using namespace Catch::Matchers;
using namespace std::chrono_literals;
using report_program::json;
using report_program::number;
using instant = std::chrono::sys_time<std::chrono::microseconds>;

namespace {

std::string folder(std::string const& name) {
  char const* const data = std::getenv("CXM_DATA");
  if (data == nullptr) {
    WARN("skipped: CXM_DATA names the data sets");
    return {};
  }
  return data + ("/" + name);
}
json truth_of(std::string const& data) {
  INFO(data);
  REQUIRE(std::filesystem::exists(data + "/truth.json"));
  json tree;
  boost::property_tree::read_json(data + "/truth.json", tree);
  return tree;
}

/// Calls `row(reader)` for each row, with the columns asked for.
template <class Row>
void read_rows(std::string const& path, std::vector<std::string> const& columns, Row const& row,
               cxm::csv_options options = {}) {
  INFO(path);
  REQUIRE(std::filesystem::exists(path));
  cxm::csv_reader<cxm::file_source> reader{cxm::file_source(path), options};
  REQUIRE(reader.select(columns).empty());
  while (reader.next()) row(reader);
}
std::optional<instant> time_of(std::string_view text) {
  auto const parsed = cxm::parse_time(text);
  return parsed ? std::optional<instant>(parsed->at) : std::nullopt;
}
int whole(std::string_view text) {
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

// --- log_receipt --------------------------------------------------------------------------------

struct step {
  std::string permit;
  instant when;
  std::string what;
  std::string channel;
  std::string group;
  bool met;
  std::optional<instant> began, planned, ended;
};
std::vector<step> receipt(std::string const& data) {
  std::vector<step> log;
  read_rows(data + "/receipt.csv",
            {"case:concept:name", "time:timestamp", "concept:name", "case:channel", "org:group",
             "org:resource", "case:startdate", "case:enddate_planned", "case:enddate"},
            [&](auto const& row) {
              auto const text = [&](std::size_t i) { return std::string(row.field(i)); };
              log.push_back({text(0), *time_of(row.field(1)), text(2), text(3), text(4),
                             row.field(5) == "Resource01", time_of(row.field(6)),
                             time_of(row.field(7)), time_of(row.field(8))});
            });
  return log;
}
template <class Duration>
void check_ledger(cxm::promise_ledger_summary<Duration> const& found, json const& known) {
  auto const count = [&](char const* name) { return known.get<std::uint64_t>(name); };
  CHECK(found.kept == count("kept"));
  CHECK(found.late == count("late"));
  CHECK(found.unmet == count("unmet"));
  CHECK(found.pending == count("pending"));
  auto const total = [](auto const& delays) {
    return delays.n == 0 ? 0 : delays.mean->count() * static_cast<double>(delays.n);
  };
  CHECK_THAT(total(found.overrun), WithinRel(number(known, "overrun_sum"), 1e-13));
  CHECK_THAT(total(found.overdue), WithinRel(number(known, "overdue_sum"), 1e-13));
  CHECK_THAT(total(found.ahead), WithinRel(number(known, "ahead_sum"), 1e-13));
  CHECK(found.ahead.n == count("ahead"));
  CHECK(found.relative_overrun.n() == count("relative"));
  if (found.late == 0) return;
  CHECK_THAT(static_cast<double>(found.overrun.quantiles.max()->count()),
             WithinRel(number(known, "overrun_max"), 1e-15));
  if (found.relative_overrun.n() > 0)
    CHECK_THAT(*found.relative_overrun.max(), WithinRel(number(known, "relative_max"), 1e-14));
}

}  // namespace

TEST_CASE(
    "log_receipt: 389 permits late by timestamp, and all else as a second computation has it") {
  auto const data = folder("log_receipt");
  if (data.empty()) return;
  if (std::system("python3 -c pass") != 0) {
    WARN("skipped: no python3 for the second computation");
    return;
  }
  report_program::temporary_file const out("", ".json");
  REQUIRE(std::system(("python3 tests/data/promise_figures.py '" + data + "/receipt.csv' >'" +
                       out.path() + "'")
                          .c_str()) == 0);
  auto const known = report_program::parsed(out.text());

  auto const truth = truth_of(data);
  auto const log = receipt(data);
  REQUIRE(log.size() == truth.get<std::size_t>("events"));
  auto const journeys =
      cxm::reconstruct(log, cxm::touchpoint_fields{&step::permit, &step::when, &step::what});
  REQUIRE(journeys.size() == truth.get<std::size_t>("cases"));
  auto last = instant::min();
  for (auto const& one : log) last = std::max(last, one.when);
  auto const promise =
      cxm::promise_of(cxm::first(&step::planned), cxm::first(&step::ended), cxm::known_until{last},
                      cxm::promised_when{cxm::first(&step::began)});
  auto const ledger = cxm::promise_ledger(promise);
  auto const [all, channels] =
      cxm::measure(journeys, cxm::all(ledger, cxm::by(cxm::first(&step::channel), ledger)))
          .result();
  CHECK(all.late == 389);
  CHECK(all.with_promise == 1434);
  check_ledger(all, known.get_child("all"));
  REQUIRE(channels.size() == known.get_child("channels").size());
  for (auto const& [channel, found] : channels) {
    INFO(channel);
    check_ledger(found, known.get_child("channels").get_child(json::path_type(channel, '\0')));
  }
  auto const patient = cxm::promise_of(cxm::first(&step::planned), cxm::first(&step::ended),
                                       cxm::grace{std::chrono::hours(7 * 24)});
  CHECK(cxm::measure(journeys, cxm::promise_ledger(patient)).result().late ==
        known.get<std::uint64_t>("all.late_by_week"));

  // Each permit came by one channel, and some went back to a step that they had been at.
  auto const [by_channel, again, sizes] =
      cxm::measure(
          journeys,
          cxm::all(cxm::by(cxm::first(&step::channel), cxm::count()),
                   cxm::where([](auto const& one) { return cxm::repeats(one) > 0; }, cxm::count()),
                   cxm::on(cxm::contacts, cxm::moments())))
          .result();
  CHECK(by_channel.size() == truth.get_child("case_channel").size());
  for (auto const& [channel, n] : by_channel)
    CHECK(n == truth.get_child("case_channel").get<std::uint64_t>(json::path_type(channel, '\0')));
  CHECK(again == truth.get<std::uint64_t>("file_order.cases_with_repeated_activity"));
  CHECK_THAT(*sizes.deviation, WithinRel(number(truth, "file_order.case_length.sd_sample"), 1e-12));

  // Where one of the staff is never met: coverage of groups, as if that were a question.
  auto const met = cxm::measure(journeys, cxm::coverage(&step::group, &step::met)).result();
  REQUIRE(met.places.size() == known.get_child("groups").size());
  for (auto const& [group, cover] : met.places) {
    std::vector<std::uint64_t> figures;
    auto const name = group.empty() ? std::string("none") : group;
    for (auto const& one : known.get_child("groups").get_child(json::path_type(name, '\0')))
      figures.push_back(one.second.template get_value<std::uint64_t>());
    CHECK(figures == std::vector{cover.contacts.successes, cover.contacts.n,
                                 cover.journeys.successes, cover.journeys.n});
  }
}

// --- olist_sample_a -----------------------------------------------------------------------------

namespace {

struct event {
  std::string order;
  instant when;
  char what;  // purchase, approved, carrier, delivered
  bool delivered_status;
  instant promised;
};
struct review {
  std::string order;
  int score;
  instant answered;
};

std::vector<event> events_of(std::string const& data) {
  std::vector<event> log;
  read_rows(
      data + "/olist_orders_dataset.csv",
      {"order_id", "order_status", "order_estimated_delivery_date", "order_purchase_timestamp",
       "order_approved_at", "order_delivered_carrier_date", "order_delivered_customer_date"},
      [&](auto const& row) {
        for (std::size_t i = 3; i < 7; ++i)
          if (auto const when = time_of(row.field(i)))
            log.push_back({std::string(row.field(0)), *when, "pacd"[i - 3],
                           row.field(1) == "delivered", *time_of(row.field(2))});
      });
  return log;
}
std::vector<review> reviews_of(std::string const& data) {
  std::vector<review> all;
  read_rows(
      data + "/olist_order_reviews_dataset.csv",
      {"order_id", "review_score", "review_answer_timestamp"}, [&](auto const& row) {
        all.push_back({std::string(row.field(0)), whole(row.field(1)), *time_of(row.field(2))});
      });
  return all;
}

template <class Result>
void check_reviews(Result const& found, json const& known) {
  auto const& [csat, mean] = found;
  CHECK(csat.n == known.get<std::uint64_t>("csat.n"));
  CHECK(csat.good == known.get<std::uint64_t>("csat.top2"));
  CHECK_THAT(*mean.value, WithinRel(number(known, "csat.mean"), 1e-13));
}
double in_days(double microseconds) {
  return microseconds / 1e6 / 86400;
}

}  // namespace

TEST_CASE("olist_sample_a: late orders by both rules, their delays, and the reviews of each fate") {
  auto const data = folder("olist_sample_a");
  if (data.empty()) return;
  auto const truth = truth_of(data);
  auto const log = events_of(data);
  auto const journeys =
      cxm::reconstruct(log, cxm::touchpoint_fields{&event::order, &event::when, &event::what});
  CHECK(journeys.size() == truth.get<std::size_t>("orders"));

  // As the truth has it: what was delivered is what the shop calls so and has a date for.
  auto const arrived = [](auto const& journey) {
    auto when = cxm::reached{'d'}(journey);
    if (!journey.front().row().delivered_status) when.reset();
    return when;
  };
  auto const promised = cxm::first(&event::promised);
  auto const promise = cxm::promise_of(promised, arrived);
  auto const by_day = cxm::promise_of(promised, arrived, cxm::by_date{cxm::utc{}});
  auto const [times, dates] =
      cxm::measure(journeys, cxm::all(cxm::promise_ledger(promise), cxm::promise_ledger(by_day)))
          .result();
  CHECK(times.late == truth.get<std::uint64_t>("late_timestamp_rule.count"));
  CHECK(times.kept + times.late == truth.get<std::uint64_t>("delivered_with_date"));
  CHECK_THAT(100 * *times.broken_share.value,
             WithinRel(number(truth, "late_timestamp_rule.pct"), 1e-13));
  CHECK(dates.late == truth.get<std::uint64_t>("late_calendar_date_rule.count"));
  CHECK_THAT(in_days(times.overrun.mean->count()),
             WithinRel(number(truth, "late_orders_delay_days.mean"), 1e-12));
  CHECK_THAT(in_days(times.overrun.deviation->count()),
             WithinRel(number(truth, "late_orders_delay_days.sd_sample"), 1e-11));
  CHECK_THAT(in_days(static_cast<double>(times.overrun.quantiles.max()->count())),
             WithinRel(number(truth, "late_orders_delay_days.max"), 1e-12));
  CHECK_THAT(in_days(times.overrun.median()->count()),
             WithinRel(number(truth, "late_orders_delay_days.median"), 0.011));
  CHECK_THAT(in_days(times.deviation.mean->count()),
             WithinRel(number(truth, "delay_days_delivered_minus_estimated.mean"), 1e-12));
  CHECK_THAT(in_days(times.deviation.median()->count()),
             WithinRel(number(truth, "delay_days_delivered_minus_estimated.median"), 0.011));
  CHECK_THAT(in_days(static_cast<double>(times.deviation.quantiles.min()->count())),
             WithinRel(number(truth, "delay_days_delivered_minus_estimated.min"), 1e-12));

  // Reviews joined to their orders: all, and the latest of each.
  auto const reviews = reviews_of(data);
  auto const fields = cxm::answer_fields{&review::order, &review::answered};
  auto const same = cxm::same_case{&review::order, &event::order};
  auto const asked = cxm::on(&review::score, cxm::tally(cxm::csat(), cxm::mean()));
  auto const every = cxm::join_answers(journeys, reviews, fields, same);
  CHECK(every.counts().by_case == truth.get<std::uint64_t>("reviews.rows_with_order_in_sample"));
  CHECK(every.counts().journeys_answered == truth.get<std::uint64_t>("reviews.orders_with_review"));
  CHECK(every.counts().journeys_with_several ==
        truth.get<std::uint64_t>("reviews.orders_with_2plus_reviews"));
  auto const by_fate =
      cxm::measure(every, cxm::by(cxm::of_journey(cxm::outcome_of(promise)), asked)).result();
  using fate = cxm::promise_fate;
  check_reviews(by_fate.at(fate::late), truth.get_child("reviews.late_timestamp_rule"));
  check_reviews(by_fate.at(fate::kept), truth.get_child("reviews.on_time"));
  check_reviews(by_fate.at(fate::pending), truth.get_child("reviews.not_delivered"));

  auto const latest = cxm::join_answers(journeys, reviews, fields, same, cxm::latest_answer{});
  CHECK(latest.counts().matched() == latest.counts().journeys_answered);
  CHECK(latest.counts().passed_over == reviews.size() - latest.counts().matched());
  check_reviews(cxm::measure(latest, cxm::where(cxm::has_journey, asked)).result(),
                truth.get_child("reviews.latest_per_order"));
}

// --- bpi2016_complaints -------------------------------------------------------------------------

TEST_CASE("bpi2016_complaints: who complains again, where, and of what") {
  auto const data = folder("bpi2016_complaints");
  if (data.empty()) return;
  auto const truth = truth_of(data);
  struct complaint {
    int customer;
    instant when;
    std::string theme;
    int channel;
    std::optional<int> seen = std::nullopt;
  };
  std::vector<complaint> log;
  cxm::csv_options options;
  options.delimiter = ';';
  read_rows(
      data + "/BPI2016_Complaints.csv",
      {"CustomerID", "ContactDate", "ComplaintTheme_EN", "ContactChannelID"},
      [&](auto const& row) {
        log.push_back({whole(row.field(0)), *time_of(row.field(1)), std::string(row.field(2)),
                       whole(row.field(3))});
      },
      options);
  CHECK(log.size() == truth.get<std::size_t>("rows"));
  auto const journeys = cxm::reconstruct(
      log, cxm::touchpoint_fields{&complaint::customer, &complaint::when, &complaint::theme});
  CHECK(journeys.size() == truth.get<std::size_t>("customers"));
  auto const again = [](auto const& journey) { return journey.size() >= 2; };
  auto const asked = cxm::any_answer{&complaint::seen};
  auto const [repeated, channels, themes] =
      cxm::measure(journeys, cxm::all(cxm::where(again, cxm::count()),
                                      cxm::coverage(&complaint::channel, asked),
                                      cxm::coverage(cxm::at_touchpoint, asked)))
          .result();
  CHECK(repeated == truth.get<std::uint64_t>("customers_with_2plus"));
  CHECK(channels.places.size() == truth.get_child("by_channel").size());
  for (auto const& [channel, cover] : channels.places)
    CHECK(cover.contacts.n ==
          truth.get_child("by_channel").get<std::uint64_t>(std::to_string(channel)));
  for (auto const& [theme, cover] : themes.places)
    CHECK(cover.contacts.n ==
          truth.get_child("by_theme_en").get<std::uint64_t>(json::path_type(theme, '\0')));
  auto const months =
      cxm::measure(log, cxm::by(cxm::month_of(&complaint::when), cxm::count())).result();
  CHECK(months.size() == truth.get_child("by_month").size());
  for (auto const& [month, n] : months)
    CHECK(n == truth.get_child("by_month").get<std::uint64_t>(month.label()));
  CHECK(channels.unmeasured.size() == channels.places.size());  // nobody was asked anything
  CHECK(*channels.measured.value == 0);
}
