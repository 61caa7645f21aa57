// SPDX-License-Identifier: BSL-1.0
// Real e-commerce orders, from three departments' time stamps to what the customer lived through:
// the way of each order from purchase over approval and hand-over to delivery, the promise that was
// made, and what customers said of orders that came in time, late, or not at all.
//
//     olist --dir DIR [--json FILE]
#include <cxm/core.hpp>
#include <cxm/journey.hpp>
#include <cxm/path.hpp>
#include <cxm/report.hpp>
#include <cxm/stats.hpp>
#include <cxm/survey.hpp>

#include "olist/tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace olist;
using days = std::chrono::duration<double, std::ratio<86400>>;

constexpr std::string_view step_names[] = {"purchase", "approved", "carrier", "delivered",
                                           "review"};
enum class fate : std::uint8_t { on_time, late, not_delivered };
constexpr std::string_view fate_names[] = {"on_time", "late", "not_delivered"};
enum class delay : std::uint8_t { early_10plus, early_0_10, late_0_3, late_3_7, late_7plus };
constexpr std::string_view delay_names[] = {"early_10plus", "early_0_10", "late_0_3", "late_3_7",
                                            "late_7plus"};

template <class Enum, std::size_t Size>
std::string_view name_in(std::string_view const (&names)[Size], Enum value) {
  return names[static_cast<std::size_t>(value)];
}

/// What is asked of the orders, all in one pass over their journeys.
auto journey_plan(std::vector<order> const& orders) {
  using enum step;
  auto const order_of = [&orders](auto const& journey) -> order const& {
    return orders[journey.customer()];
  };
  auto const status = [order_of](auto const& journey) { return order_of(journey).status; };
  auto const was_delivered = [order_of](auto const& journey) {
    return order_of(journey).status == "delivered";
  };
  auto const promised = [order_of](auto const& journey) { return order_of(journey).promised; };
  auto const arrived = cxm::reached{delivered};
  auto const lateness = [promised,
                         arrived](auto const& journey) -> std::optional<std::chrono::seconds> {
    auto const when = arrived(journey);
    if (!when) return std::nullopt;
    return *when - promised(journey);
  };
  auto const was_late = [lateness](auto const& journey) {
    return lateness(journey) > std::chrono::seconds(0);
  };
  auto const times = cxm::all(cxm::moments(), cxm::quantiles());
  auto const time = [times](step from, step to) {
    return cxm::on(cxm::time_between{cxm::reached{from}, cxm::reached{to}}, times);
  };
  return cxm::all(
      cxm::by(status, cxm::count()), time(purchase, approved), time(approved, carrier),
      time(carrier, delivered), time(purchase, delivered),
      cxm::where(was_delivered,
                 cxm::all(cxm::on(lateness, times), cxm::where(was_late, cxm::on(lateness, times)),
                          cxm::promises(promised, arrived),
                          cxm::promises(promised, arrived, cxm::by_date{cxm::utc{}}))),
      cxm::variants());
}

/// What became of an order: how late it was delivered, where it was.
struct outcome {
  fate what = fate::not_delivered;
  std::optional<delay> how_late;
};

/// The outcome of each order, by the rule that late is after 00:00 of the promised day.
template <class Journeys>
std::vector<outcome> outcomes(Journeys const& journeys, std::vector<order> const& orders) {
  std::vector<outcome> found(orders.size());
  auto const arrived = cxm::reached{step::delivered};
  for (auto const& journey : journeys) {
    auto const& order = orders[journey.customer()];
    auto const when = arrived(journey);
    if (!when || order.status != "delivered") continue;
    auto const late = days(*when - order.promised).count();
    found[journey.customer()] = {late > 0 ? fate::late : fate::on_time,
                                 late <= -10 ? delay::early_10plus
                                 : late <= 0 ? delay::early_0_10
                                 : late <= 3 ? delay::late_0_3
                                 : late <= 7 ? delay::late_3_7
                                             : delay::late_7plus};
  }
  return found;
}

/// What is asked of reviews. One tally answers all of it; the groups are the same question, asked
/// again.
auto review_plan(std::vector<order> const& orders, std::vector<outcome> const& outcome_of) {
  auto const asked = cxm::on(
      &review::score,
      cxm::tally(cxm::csat(), cxm::mean(), cxm::point_counts(),
                 cxm::nps(cxm::points<1, 5>{}, cxm::promoters_from{5}, cxm::detractors_to{3})));
  auto const what = [&outcome_of](review const& one) { return outcome_of[one.order].what; };
  auto const how_late = [&outcome_of](review const& one) { return outcome_of[one.order].how_late; };
  auto const was_delivered = [&outcome_of](review const& one) {
    return outcome_of[one.order].how_late.has_value();
  };
  auto const month = [&orders](review const& one) {
    std::chrono::year_month_day const day(
        std::chrono::floor<std::chrono::days>(orders[one.order].purchased));
    return fmt::format("{:04}-{:02}", int(day.year()), unsigned(day.month()));
  };
  return cxm::all(asked, cxm::where(&review::latest, asked), cxm::by(what, asked),
                  cxm::where(was_delivered, cxm::by(how_late, asked)), cxm::by(month, asked));
}

std::string number(cxm::maybe<double> const& value, int digits) {
  return value ? fmt::format("{:.{}f}", *value, digits) : std::string(name(value.why()));
}
double in_days(auto const& duration) {
  return days(duration).count();
}

template <class Results>
void print(std::size_t orders, Results const& results, auto const& reviews) {
  auto const& [statuses, approval, handover, transport, whole, delivered, ways] = results;
  auto const& [lateness, overrun, by_time, by_day] = delivered;
  using enum cxm::alignment;
  fmt::print("{} orders\n\n", orders);
  cxm::text_table times({{"days"},
                         {"n", right},
                         {"mean", right},
                         {"median", right},
                         {"90 %", right},
                         {"negative", right}});
  auto const add = [&](char const* label, auto const& time) {
    auto const& [moments, quantiles] = time;
    auto const& all = quantiles.ascending;
    auto const negative =
        std::lower_bound(all.begin(), all.end(), std::chrono::seconds(0)) - all.begin();
    times.add_row({label, fmt::to_string(moments.n), number(in_days(*moments.mean), 2),
                   number(in_days(*quantiles.median()), 2), number(in_days(*quantiles.at(0.9)), 2),
                   fmt::to_string(negative)});
  };
  add("purchase to approval", approval);
  add("approval to carrier", handover);
  add("carrier to customer", transport);
  add("purchase to customer", whole);
  fmt::print("{}\n", times.text());
  fmt::print(
      "Promises on delivered orders: late {} of {} by the clock ({} %), {} by the calendar ({} "
      "%)\n\n",
      by_time.late, by_time.kept + by_time.late, number(100 * *by_time.late_share.value, 2),
      by_day.late, number(100 * *by_day.late_share.value, 2));
  cxm::text_table scores({{"reviews of orders"},
                          {"n", right},
                          {"mean", right},
                          {"satisfied", right},
                          {"95 % interval", right}});
  for (auto const& [what, result] : std::get<2>(reviews)) {
    auto const& [satisfied, mean, points, net] = result;
    scores.add_row({std::string(name_in(fate_names, what)), fmt::to_string(mean.n),
                    number(mean.value, 4), number(100 * *satisfied.value, 1) + " %",
                    fmt::format("{:.1f} – {:.1f} %", 100 * satisfied.interval->low,
                                100 * satisfied.interval->high)});
  }
  fmt::print("{}\n", scores.text());
  cxm::text_table variants({{"orders", right}, {"the way they took", cxm::alignment::left, 80}});
  for (auto const& [way, count] : cxm::most_frequent(ways, 5)) {
    std::string text;
    for (auto const one : way)
      text += (text.empty() ? "" : " > ") + std::string(name_in(step_names, one));
    variants.add_row({fmt::to_string(count), text});
  }
  fmt::print("{}{} ways in all\n", variants.text(), ways.size());
}

template <class Time>
void write_time(cxm::json_writer& json, std::string_view label, Time const& time) {
  auto const& [moments, quantiles] = time;
  auto const of = [&](double share) {
    return quantiles.at(share).transform([](auto value) { return in_days(value); });
  };
  json.key(label).begin_object();
  json.member("n", moments.n);
  json.member("mean", moments.mean.transform([](auto value) { return in_days(value); }));
  json.member("sd_sample", moments.deviation.transform([](auto value) { return in_days(value); }));
  for (auto const& [key, share] : {std::pair{"min", 0.0},
                                   {"p10", 0.1},
                                   {"p25", 0.25},
                                   {"median", 0.5},
                                   {"p75", 0.75},
                                   {"p90", 0.9},
                                   {"p95", 0.95},
                                   {"max", 1.0}})
    json.member(key, of(share));
  json.end_object();
}

void write_promises(cxm::json_writer& json, std::string_view label,
                    cxm::promise_summary const& found) {
  json.key(label).begin_object();
  json.member("kept", found.kept).member("late", found.late).member("pending", found.pending);
  json.member("late_share", found.late_share.value);
  json.end_object();
}

template <class Result>
void write_reviews(cxm::json_writer& json, std::string_view label, Result const& result) {
  auto const& [satisfied, mean, points, net] = result;
  json.key(label).begin_object();
  json.member("n", mean.n)
      .member("mean", mean.value)
      .member("top2", satisfied.good)
      .member("satisfied", satisfied.value);
  json.key("wilson95")
      .begin_array()
      .value(satisfied.interval->low)
      .value(satisfied.interval->high)
      .end_array();
  json.key("distribution").numbers(*points).member("nps_like", net.value);
  json.end_object();
}
template <class Groups>
void write_groups(cxm::json_writer& json, std::string_view label, Groups const& groups,
                  auto const& label_of) {
  json.key(label).begin_object();
  for (auto const& [key, result] : groups) write_reviews(json, label_of(key), result);
  json.end_object();
}

template <class Results>
std::string as_json(std::size_t orders, Results const& results, auto const& reviews) {
  auto const& [statuses, approval, handover, transport, whole, delivered, ways] = results;
  auto const& [lateness, overrun, by_time, by_day] = delivered;
  auto const& [all, latest, by_fate, by_delay, by_month] = reviews;
  cxm::json_writer json(cxm::json_layout::pretty);
  json.begin_object().member("orders", orders);
  json.key("status").begin_object();
  for (auto const& [status, count] : statuses) json.member(status, count);
  json.end_object();
  write_time(json, "days_purchase_to_approved", approval);
  write_time(json, "days_approved_to_carrier", handover);
  write_time(json, "days_carrier_to_delivered", transport);
  write_time(json, "days_purchase_to_delivered", whole);
  write_time(json, "delay_days_delivered_minus_estimated", lateness);
  write_time(json, "late_orders_delay_days", overrun);
  write_promises(json, "promises_by_timestamp", by_time);
  write_promises(json, "promises_by_date", by_day);
  json.key("reviews").begin_object();
  write_reviews(json, "all", all);
  write_reviews(json, "latest_per_order", latest);
  write_groups(json, "by_fate", by_fate, [](fate what) { return name_in(fate_names, what); });
  write_groups(json, "by_delay", by_delay,
               [](std::optional<delay> how_late) { return name_in(delay_names, *how_late); });
  write_groups(json, "by_month", by_month,
               [](std::string const& month) { return std::string_view(month); });
  json.end_object();
  json.key("variants").begin_object().member("distinct", ways.size()).key("top").begin_array();
  for (auto const& [way, count] : cxm::most_frequent(ways, 25)) {
    json.begin_object().key("path").begin_array();
    for (auto const one : way) json.value(name_in(step_names, one));
    json.end_array().member("count", count).end_object();
  }
  json.end_array().end_object().end_object();
  return json.text() + "\n";
}

int run(std::string const& directory, std::string const& json_file) {
  auto const data = read(directory);
  auto const journeys = cxm::reconstruct(
      data.events, cxm::touchpoint_fields{&event::order, &event::when, &event::what});
  auto const found = cxm::measure(journeys, journey_plan(data.orders)).result();
  auto const outcome_of = outcomes(journeys, data.orders);
  auto const reviews = cxm::measure(data.reviews, review_plan(data.orders, outcome_of)).result();
  if (json_file != "-") print(data.orders.size(), found, reviews);
  if (json_file.empty()) return 0;
  auto const text = as_json(data.orders.size(), found, reviews);
  std::FILE* const out = json_file == "-" ? stdout : std::fopen(json_file.c_str(), "wb");
  if (!out || std::fwrite(text.data(), 1, text.size(), out) != text.size() || std::fflush(out) != 0)
    throw std::runtime_error(json_file + ": can't be written");
  if (out != stdout) std::fclose(out);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  std::string directory, json_file;
  for (int i = 1; i + 1 < argc; i += 2) {
    if (std::string_view(argv[i]) == "--dir")
      directory = argv[i + 1];
    else if (std::string_view(argv[i]) == "--json")
      json_file = argv[i + 1];
  }
  if (directory.empty() || argc % 2 == 0) {
    fmt::print(stderr, "usage: olist --dir DIR [--json FILE]\n");
    return 2;
  }
  try {
    return run(directory, json_file);
  } catch (std::exception const& problem) {
    fmt::print(stderr, "olist: {}\n", problem.what());
    return 3;
  }
}
