// SPDX-License-Identifier: BSL-1.0
//
// journeys: how many there are, how long they take, whether they reach their goal and whether
// promises are kept. One pass over the journey store.
#include <cxm/adapt/from_boost.hpp>
#include <cxm/core/exact.hpp>
#include <cxm/journey/contact_choice.hpp>
#include <cxm/journey/contactless.hpp>
#include <cxm/journey/hand_over.hpp>
#include <cxm/journey/journey_fields.hpp>
#include <cxm/journey/promises.hpp>
#include <cxm/journey/time_ledger.hpp>
#include <cxm/report/json.hpp>
#include <cxm/report/table.hpp>
#include <cxm/stats/all.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/proportion.hpp>
#include <cxm/stats/quantiles.hpp>

#include "commands.hpp"
#include "contacts.hpp"
#include "options.hpp"
#include "output.hpp"
#include "promises.hpp"

#include <boost/accumulators/statistics/count.hpp>
#include <boost/accumulators/statistics/max.hpp>
#include <boost/accumulators/statistics/mean.hpp>
#include <boost/accumulators/statistics/min.hpp>
#include <boost/accumulators/statistics/stats.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace report {

namespace {

/// Mean and exact quantiles of one field, in seconds where that is a duration.
struct distribution {
  std::uint64_t n = 0;
  cxm::maybe<double> mean, median, p90, p95, min, max;
};

/// Mean, smallest and largest are Boost's, over exact numbers; the quantiles need all values.
auto values() {
  namespace tag = boost::accumulators::tag;
  using features = boost::accumulators::stats<tag::count, tag::mean, tag::min, tag::max>;
  return cxm::all(cxm::boost_set<cxm::exact, features>(), cxm::quantiles());
}

/// A value, or a number of its ticks, as a number in seconds where it is a duration.
template <class Value>
double in_seconds(double ticks) {
  if constexpr (requires { typename Value::period; })
    return seconds(std::chrono::duration<double, typename Value::period>(ticks));
  else
    return ticks;
}

template <class Set, class Value>
distribution distribution_of(Set const& set, cxm::sorted_values<Value> const& sorted) {
  namespace boosts = boost::accumulators;
  distribution found{boosts::count(set),   cxm::reason::no_data, cxm::reason::no_data,
                     cxm::reason::no_data, cxm::reason::no_data, cxm::reason::no_data,
                     cxm::reason::no_data};
  if (found.n == 0) return found;
  auto const quantile = [&](double share) {
    return sorted.at(share).transform([](auto const& value) {
      if constexpr (requires { value.count(); })
        return in_seconds<Value>(value.count());
      else
        return value;
    });
  };
  found.mean = in_seconds<Value>(boosts::mean(set));
  found.median = quantile(0.5);
  found.p90 = quantile(0.9);
  found.p95 = quantile(0.95);
  found.min = in_seconds<Value>(static_cast<double>(boosts::min(set)));
  found.max = in_seconds<Value>(static_cast<double>(boosts::max(set)));
  return found;
}

/// What one department did, by its own measure, and what was waited for before it was handed a
/// journey.
struct department_row {
  std::string name;
  std::uint64_t events = 0, handovers_in = 0;
  cxm::maybe<double> functional = cxm::reason::no_data, wait_before = cxm::reason::no_data;
};

struct journey_summary {
  row_counts counts;
  std::uint64_t customers, journeys, events, duplicates;
  distribution contacts, cycle;
  std::optional<distribution> to_goal;
  std::optional<cxm::promise_summary> promise;
  std::optional<std::vector<department_row>> departments;
  std::optional<cxm::contactless_summary> contactless;
  std::optional<cxm::folding_counts> folded;

  /// Journeys that reached their goal, of all.
  cxm::maybe<double> reached() const { return cxm::share_of(to_goal->n, journeys).value; }
};

cxm::promise_summary promises_of(contact_table const& table, journeys const& found,
                                 options const& given) {
  return with_promises(table, given, [&](auto const& plan) -> cxm::promise_summary {
    return cxm::measure(found, plan).result();
  });
}

std::vector<department_row> departments_of(contact_table const& table, journeys const& found) {
  auto const [ledger, received] =
      cxm::measure(found, cxm::all(cxm::time_ledger(&contact::department),
                                   cxm::each_hand_over(&contact::department,
                                                       cxm::by(cxm::handed_to, cxm::count()))))
          .result();
  std::vector<department_row> rows;
  for (auto const& [department, times] : ledger.departments) {
    auto const* handed = received.find(*department);
    rows.push_back({std::string(table.departments[*department]), times.contacts,
                    handed ? *handed : 0,
                    table.has_ends ? seconds(times.functional.sum) : cxm::reason::no_data,
                    seconds(times.wait_before.sum)});
  }
  return rows;
}

cxm::contactless_summary contactless_of(contact_table const& table, journeys const& found,
                                        options const& given) {
  std::vector<std::uint32_t> human;
  for (auto const& name : given.list("--human"))
    if (auto const number = table.channels.find(name)) human.push_back(*number);
  auto const mode = [&](contact const& one) {
    bool const met = std::find(human.begin(), human.end(), one.channel) != human.end();
    return met ? cxm::contact_mode::human : cxm::contact_mode::digital;
  };
  return cxm::measure(found, cxm::contactless(mode)).result();
}

journey_summary summarised(contact_table const& table, options const& given) {
  auto const found = reconstructed(table, given);
  auto const goals = touchpoints_named(table, given.list("--goal"));
  auto const [contacts, cycle, goal] =
      cxm::measure(found,
                   cxm::all(cxm::on(cxm::contacts, values()), cxm::on(cxm::cycle_time, values()),
                            cxm::on(cxm::time_to{cxm::reached(goals)}, values())))
          .result();
  auto const described = [](auto const& both) {
    return std::apply([](auto const&... part) { return distribution_of(part...); }, both);
  };
  journey_summary summary{table.counts,
                          found.customers(),
                          found.size(),
                          found.events(),
                          found.left_out().duplicates + table.duplicates,
                          described(contacts),
                          described(cycle),
                          {},
                          {},
                          {},
                          {},
                          {}};
  if (given.has("--goal")) summary.to_goal = described(goal);
  if (given.has("--promise")) summary.promise = promises_of(table, found, given);
  if (given.has("--department")) summary.departments = departments_of(table, found);
  summary.folded = table.folded;
  if (given.has("--human")) summary.contactless = contactless_of(table, found, given);
  return summary;
}

// --- JSON ---------------------------------------------------------------------------------------

void write_times(cxm::json_writer& json, distribution const& times) {
  json.key("cycle_time_seconds").begin_object();
  json.member("n", times.n).member("mean", times.mean).member("median", times.median);
  json.member("p90", times.p90).member("p95", times.p95);
  json.member("min", times.min).member("max", times.max);
  json.end_object();
}

void write_promise(cxm::json_writer& json, cxm::promise_summary const& promise) {
  json.key("promise").begin_object();
  json.member("with_promise", promise.with_promise).member("kept", promise.kept);
  json.member("late", promise.late)
      .member("unmet", promise.unmet)
      .member("pending", promise.pending);
  json.member("late_share", promise.late_share.value);
  json.member("broken_share", promise.broken_share.value);
  json.end_object();
}

void write_departments(cxm::json_writer& json, std::vector<department_row> const& rows) {
  json.key("departments").begin_array();
  for (auto const& row : rows) {
    json.begin_object();
    json.member("department", row.name).member("events", row.events);
    json.member("functional_seconds", row.functional);
    json.member("handovers_in", row.handovers_in);
    json.member("wait_before_seconds", row.wait_before);
    json.end_object();
  }
  json.end_array();
}

std::string to_json(journey_summary const& found) {
  cxm::json_writer json(cxm::json_layout::pretty);
  json.begin_object();
  found.counts.write(json);
  json.member("customers", found.customers).member("journeys", found.journeys);
  json.member("events", found.events).member("duplicates", found.duplicates);
  json.key("events_per_journey").begin_object();
  json.member("mean", found.contacts.mean).member("median", found.contacts.median);
  json.member("min", found.contacts.min).member("max", found.contacts.max);
  json.end_object();
  write_times(json, found.cycle);
  if (found.to_goal) {
    json.key("goal").begin_object();
    json.member("reached", found.to_goal->n).member("share", found.reached());
    write_times(json, *found.to_goal);
    json.end_object();
  }
  if (found.promise) write_promise(json, *found.promise);
  if (found.departments) write_departments(json, *found.departments);
  if (found.contactless) {
    json.key("contactless").begin_object();
    json.member("journeys", found.contactless->digital);
    json.member("share", found.contactless->contactless.value).end_object();
  }
  return json.end_object().text() + "\n";
}

// --- The table for people -----------------------------------------------------------------------

void add_times(cxm::text_table& table, std::string const& name, distribution const& times) {
  table.add_row({name, shown(times.n), shown_time(times.mean), shown_time(times.median),
                 shown_time(times.p90), shown_time(times.p95), shown_time(times.min),
                 shown_time(times.max)});
}

std::string department_table(std::vector<department_row> const& rows) {
  using enum cxm::alignment;
  cxm::text_table table({{"department"},
                         {"events", right},
                         {"functional time", right},
                         {"hand-overs in", right},
                         {"wait before", right}});
  for (auto const& row : rows)
    table.add_row({row.name, shown(row.events), shown_time(row.functional), shown(row.handovers_in),
                   shown_time(row.wait_before)});
  return table.text();
}

std::string to_table(journey_summary const& found) {
  using enum cxm::alignment;
  std::string text = shown(found.journeys) + " journeys of " + shown(found.customers) +
                     " customers, " + shown(found.events) + " events, " + shown(found.duplicates) +
                     " duplicates\n";
  if (found.folded)
    text += shown(found.folded->whole) + " starts completed, " + shown(found.folded->open) +
            " open, " + shown(found.folded->unmatched_complete) + " completions without a start\n";
  text += "events a journey: mean " + shown(found.contacts.mean, 2) + ", median " +
          shown(found.contacts.median, 1) + "\n\n";
  cxm::text_table times({{""},
                         {"n", right},
                         {"mean", right},
                         {"median", right},
                         {"p90", right},
                         {"p95", right},
                         {"min", right},
                         {"max", right}});
  add_times(times, "cycle time", found.cycle);
  if (found.to_goal) add_times(times, "to the goal", *found.to_goal);
  text += times.text() + "\n";
  if (found.to_goal)
    text += "goal reached: " + shown(found.to_goal->n) + " (" + percent(found.reached()) + ")\n";
  if (auto const& promise = found.promise)
    text += "promises: " + shown(promise->with_promise) + ", kept " + shown(promise->kept) +
            ", late " + shown(promise->late) + " (" + percent(promise->late_share.value) +
            " of those fulfilled), unmet " + shown(promise->unmet) + ", pending " +
            shown(promise->pending) + "\n";
  if (found.contactless)
    text += "contactless: " + shown(found.contactless->digital) + " (" +
            percent(found.contactless->contactless.value) + ")\n";
  if (found.departments) text += "\n" + department_table(*found.departments) + "\n";
  return text + found.counts.text();
}

}  // namespace

void journeys_command(std::vector<std::string> const& arguments) {
  options const given("journeys", arguments, contact_options(), {});
  given.one_of("--promise-by", {"timestamp", "date"});
  if (given.has("--promise-by") && !given.has("--promise"))
    throw usage_error("--promise-by: needs --promise");
  if (given.has("--human") && !given.has("--channel"))
    throw usage_error("--human: needs --channel");
  auto const table = load_contacts(given);
  auto const found = summarised(table, given);
  deliver(
      given, [&] { return to_json(found); }, [&] { return to_table(found); });
}

}  // namespace report
