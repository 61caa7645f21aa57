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

/// The lines of one planted fact: where it was found, or that nothing stands out.
void add(cxm::text_table& table, std::string const& fact, bool planted, std::string const& unit,
         double scale, std::vector<story::finding> const& found) {
  auto const shown = [&](story::estimate const& one) {
    if (one.n == 0) return fmt::format("{:.0f} tolerated", scale * one.value);
    return fmt::format("{:.0f} [{:.0f}, {:.0f}]", scale * one.value, scale * one.low,
                       scale * one.high);
  };
  auto const is_planted = planted ? "yes" : "no";
  if (found.empty()) table.add_row({fact, is_planted, "nothing", "", "", "", ""});
  for (auto const& one : found)
    table.add_row({fact, is_planted, one.where, unit, shown(one.here), shown(one.elsewhere),
                   fmt::format("{}", one.here.n)});
}

void tell(story::settings const& told, story::records const& records) {
  auto const orders = story::orders_of(records.contacts);
  fmt::print("{} contacts of {} customers in {} journeys, {} answers (seed {})\n\n",
             records.contacts.size(), orders.customers(), orders.size(), records.answers.size(),
             told.seed);
  using enum cxm::alignment;
  cxm::text_table table({{"planted fact"},
                         {""},
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
  add(table, "month that goes wrong", planted.bad_month, "NPS", 1,
      story::bad_months(records.answers));
  fmt::print("{}\n", table.text());
  fmt::print("Each interval at confidence {:.4f}: {} comparisons share an error of 5 %.\n",
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
