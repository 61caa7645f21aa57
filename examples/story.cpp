// SPDX-License-Identifier: BSL-1.0
// The bundled story: a year of a broadband provider, made by chance from a seed. Facts are planted
// in it, and the library finds them again, each with its interval; without planting it finds
// nothing.
//   story [--seed N] [--no-planting] [--dir D]
// With --dir the records are written to D/events.csv and D/answers.csv, as a company would have
// them.
#include <cxm/report/table.hpp>

#include "story/csv.hpp"
#include "story/findings.hpp"
#include "story/needs.hpp"
#include "story/simulate.hpp"

#include <fmt/core.h>

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

struct wrong_usage : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct options {
  story::settings told;
  std::string directory;
};

std::uint64_t number(std::string_view text) {
  std::uint64_t value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size())
    throw wrong_usage("--seed: a whole number from 0 to 2^64 - 1");
  return value;
}

options options_of(std::vector<std::string> const& arguments) {
  options given;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    bool const has_value = i + 1 < arguments.size();
    if (arguments[i] == "--no-planting")
      given.told.planted = story::planting::none();
    else if (arguments[i] == "--seed" && has_value)
      given.told.seed = number(arguments[++i]);
    else if (arguments[i] == "--dir" && has_value)
      given.directory = arguments[++i];
    else
      throw wrong_usage(arguments[i] + ": usage: story [--seed N] [--no-planting] [--dir D]");
  }
  return given;
}

void write(std::string const& path, std::string const& text) {
  std::ofstream file(path, std::ios::binary);
  if (!file.write(text.data(), static_cast<std::streamsize>(text.size())) || !file.flush())
    throw std::runtime_error(path + ": can't be written");
  fmt::print("wrote {}\n", path);
}

/// A number with its interval: no minus before a zero.
std::string shown(double value, double low, double high, int digits) {
  auto const rounded = [digits](double number) {
    auto text = fmt::format("{:.{}f}", number, digits);
    return text.find_first_of("123456789") == std::string::npos && text[0] == '-' ? text.substr(1)
                                                                                  : text;
  };
  return fmt::format("{} [{}, {}]", rounded(value), rounded(low), rounded(high));
}
template <class Score>
std::string shown(Score const& score) {
  return shown(*score.value, score.interval->low, score.interval->high, 0);
}

/// The lines of one planted fact: where it was found, or that nothing stands out.
void add(cxm::text_table& table, std::string const& fact, bool planted, std::string const& unit,
         double scale, std::vector<story::finding> const& found) {
  auto const line = [&](story::estimate const& one) {
    if (one.n == 0) return fmt::format("bound {:.0f}", scale * one.value);
    return shown(scale * one.value, scale * one.low, scale * one.high, 1);
  };
  auto const is_planted = planted ? "yes" : "no";
  if (found.empty()) table.add_row({fact, is_planted, "nothing", "", "", "", ""});
  for (auto const& one : found)
    table.add_row({fact, is_planted, one.where, unit, line(one.here), line(one.elsewhere),
                   fmt::format("{}", one.here.n)});
}

/// What each group of need is like, and how willing to recommend.
void describe_groups(story::records const& records) {
  auto const lives = story::lives_of(records.contacts);
  auto const table = story::features_of(lives);
  auto const model = story::needs_of(lives);
  auto const scores = story::scores_by_need(lives, records.answers, model);
  using enum cxm::alignment;
  cxm::text_table list({{"group", right},
                        {"customers", right},
                        {"bill", right},
                        {"help a month", right},
                        {"on screen", right},
                        {"NPS", right},
                        {"n", right}});
  auto const means = model.centres_in_units();
  for (std::uint32_t group = 0; group < model.size(); ++group) {
    auto const& score = scores.at(group);
    auto const row = static_cast<Eigen::Index>(group);
    list.add_row({fmt::format("{}", group + 1), fmt::format("{}", model.sizes()[group]),
                  fmt::format("{:.2f}", means(row, 0)), fmt::format("{:.1f}", means(row, 1)),
                  fmt::format("{:.0f} %", 100 * means(row, 2)), shown(score),
                  fmt::format("{}", score.n)});
  }
  fmt::print("{} of {} customers have a history of six bills and more\n{}\n", table.rows(),
             lives.size(), list.text());
}

/// What a missed window costs, from answers joined to their orders.
template <class Orders>
void describe_promises(Orders const& orders, std::vector<story::answer> const& answers) {
  auto const joined = story::with_orders(orders, answers);
  auto const& counts = joined.counts();
  fmt::print(
      "{} answers: {} belong to a journey ({} by order, {} by customer), {} to none, {} "
      "ambiguous\n",
      counts.total(), counts.matched(), counts.by_case, counts.by_customer, counts.unmatched(),
      counts.ambiguous());
  for (auto const& [late, score] : story::scores_by_promise(joined))
    if (late)
      fmt::print("NPS where the technician came {}: {}, n = {}\n", *late ? "late" : "in time",
                 shown(score), score.n);
  fmt::print("\n");
}

void tell(story::settings const& told, story::records const& records) {
  auto const orders = story::orders_of(records.contacts);
  fmt::print("{} contacts of {} customers in {} journeys, {} answers (seed {})\n\n",
             records.contacts.size(), orders.customers(), orders.size(), records.answers.size(),
             told.seed);
  using enum cxm::alignment;
  cxm::text_table table({{"fact"},
                         {"planted"},
                         {"found"},
                         {"measure"},
                         {"there", right},
                         {"elsewhere", right},
                         {"n", right}});
  auto const& planted = told.planted;
  add(table, "slow department", planted.slow_department, "wait, hours", 1,
      story::slow_departments(orders));
  add(table, "broken windows", planted.broken_windows, "late, %", 100,
      story::broken_windows(orders, records.until, 0.10));
  add(table, "green KPI, red customer", planted.green_kpi, "satisfied, %", 100,
      story::green_but_red(records.contacts, records.answers, 0.90));
  auto const groups = story::groups_of_need(story::lives_of(records.contacts));
  add(table, "segments", planted.segments, "silhouette, %", 100, groups);
  add(table, "month that goes wrong", planted.bad_month, "NPS", 1,
      story::bad_months(records.answers));
  fmt::print("{}\n", table.text());
  describe_promises(orders, records.answers);
  if (!groups.empty()) describe_groups(records);
  fmt::print(
      "Found is what lies beyond the rest with its whole interval, at confidence {:.4f}: "
      "{}\ncomparisons share an error of 5 %. Scores of groups at 95 %.\n",
      story::sure.level(), story::comparisons);
}

}  // namespace

int main(int count, char** values) try {
  auto const given = options_of({values + 1, values + count});
  auto const records = story::simulate(given.told);
  tell(given.told, records);
  if (!given.directory.empty()) {
    write(given.directory + "/events.csv", story::events_csv(records));
    write(given.directory + "/answers.csv", story::answers_csv(records));
  }
} catch (wrong_usage const& error) {
  fmt::print(stderr, "story: {}\n", error.what());
  return 2;
} catch (std::exception const& error) {
  fmt::print(stderr, "story: {}\n", error.what());
  return 3;
}
