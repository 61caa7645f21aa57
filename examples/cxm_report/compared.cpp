// SPDX-License-Identifier: BSL-1.0
//
// What `compare` found as JSON and as a table.
#include "compared.hpp"

#include <cxm/report/json.hpp>
#include <cxm/report/table.hpp>

#include "output.hpp"

namespace report {

namespace {

using cxm::json_writer;

void write_ends(json_writer& json, cxm::maybe<cxm::bounded_interval> const& interval) {
  json.member("low", interval.transform([](auto const& ends) { return ends.low; }));
  json.member("high", interval.transform([](auto const& ends) { return ends.high; }));
}

void write(json_writer& json, cxm::score const& score) {
  json.member("n", score.n).member("missing", score.missing).member("invalid", score.invalid);
  json.member("value", score.value).member("se", score.standard_error);
  write_ends(json, score.interval);
}

void write_side(json_writer& json, char const* name, compared_side const& side, bool weighted) {
  json.key(name).begin_object();
  write(json, side.score);
  if (weighted) json.member("effective_n", side.effective_n).member("design_n", side.design_n);
  json.end_object();
}

/// The members of a difference.
void write_members(json_writer& json, cxm::comparison const& difference) {
  json.member("value", difference.value).member("se", difference.standard_error);
  write_ends(json, difference.interval);
  json.member("p", difference.p);
}

void write(json_writer& json, compared_customers const& people) {
  json.key("customers").begin_object();
  json.member("n", people.n).member("only_from", people.only_from);
  json.member("only_to", people.only_to).member("repeats", people.repeats);
  json.member("from", people.from.value).member("to", people.to.value);
  json.key("moved").begin_array();
  for (auto const& row : people.moved) json.numbers(row);
  json.end_array();
  json.member("improved", people.improved).member("worsened", people.worsened);
  json.key("classes_kept").begin_object();
  json.member("statistic", people.classes_kept.statistic).member("p", people.classes_kept.p);
  json.end_object().end_object();
}

void write_side_of(json_writer& json, char const* name, std::uint64_t n,
                   cxm::maybe<double> const& share, cxm::maybe<double> const& value) {
  json.key(name).begin_object().member("n", n).member("share", share).member("value", value);
  json.end_object();
}

void write(json_writer& json, compared_movement const& movement) {
  json.key("movement").begin_object();
  json.member("value", movement.value).member("mix", movement.mix).member("rate", movement.rate);
  json.key("at_same_mix").begin_object();
  write_members(json, movement.same);
  json.member("covered", movement.same.covered).end_object().end_object();
  json.key("segments").begin_array();
  for (auto const& one : movement.segments) {
    json.begin_object().key("key").numbers(one.key);
    write_side_of(json, "from", one.part.second_n, one.part.second_share, one.part.second);
    write_side_of(json, "to", one.part.first_n, one.part.first_share, one.part.first);
    json.key("difference").begin_object();
    write_members(json, one.difference);
    json.member("p_adjusted", one.p_adjusted).end_object();
    json.member("mix", one.part.mix).member("rate", one.part.rate).end_object();
  }
  json.end_array();
}

/// Numbers in the unit of the metric: shares in percent.
struct in_unit {
  double unit;
  int decimals;
  explicit in_unit(std::string const& metric)
      : unit(metric == "csat" ? 100 : 1), decimals(metric == "nps" || metric == "csat" ? 1 : 2) {}

  std::string operator()(cxm::maybe<double> const& value) const {
    return shown(value.transform([this](double x) { return unit * x; }), decimals);
  }
  std::string ends(cxm::maybe<cxm::bounded_interval> const& interval) const {
    if (!interval) return std::string(name(interval.why()));
    return shown(unit * interval->low, decimals) + " to " + shown(unit * interval->high, decimals);
  }
};

std::string text_of(std::vector<std::string> const& parts) {
  std::string text;
  for (auto const& part : parts) text += (text.empty() ? "" : ", ") + part;
  return text;
}

std::string sides_table(comparison_asked const& what, comparison_found const& found,
                        in_unit const& text) {
  auto const right = cxm::alignment::right;
  cxm::text_table table({{""},
                         {"n", right},
                         {"missing", right},
                         {"invalid", right},
                         {what.asked.metric + (what.asked.metric == "csat" ? " %" : ""), right},
                         {"interval", right}});
  auto const add = [&](std::string const& name, cxm::score const& score) {
    table.add_row({name, shown(score.n), shown(score.missing), shown(score.invalid),
                   text(score.value), text.ends(score.interval)});
  };
  add("from " + text_of(what.from), found.from.score);
  add("to " + text_of(what.to), found.to.score);
  return table.text();
}

std::string customers_text(compared_customers const& people) {
  std::string page = "\n" + shown(people.n) + " customers on both sides, " +
                     shown(people.only_from) + " only from, " + shown(people.only_to) +
                     " only to, " + shown(people.repeats) + " answers replaced by later ones\n";
  auto const right = cxm::alignment::right;
  std::vector<std::string> const names =
      people.moved.size() == 3 ? std::vector<std::string>{"detractors", "passives", "promoters"}
                               : std::vector<std::string>{"others", "satisfied"};
  std::vector<cxm::table_column> columns{{"from \\ to"}};
  for (auto const& name : names) columns.push_back({name, right});
  cxm::text_table table(columns);
  for (std::size_t i = 0; i < people.moved.size(); ++i) {
    std::vector<std::string> cells{names[i]};
    for (auto const count : people.moved[i]) cells.push_back(shown(count));
    table.add_row(cells);
  }
  return page + table.text() + shown(people.improved) + " improved, " + shown(people.worsened) +
         " worsened; p that the classes kept their shares: " + shown(people.classes_kept.p, 3) +
         "\n";
}

std::string movement_text(comparison_asked const& what, compared_movement const& found,
                          in_unit const& text) {
  std::string page = "\nof the change " + text(found.value) + ": mix " + text(found.mix) +
                     " (others answered), rate " + text(found.rate) +
                     " (they answered otherwise)\n";
  page += "at the same mix: " + text(found.same.value) + " (" + text.ends(found.same.interval) +
          ", p " + shown(found.same.p, 3) + ")\n\n";
  auto const right = cxm::alignment::right;
  std::vector<cxm::table_column> columns;
  for (auto const& name : what.by) columns.push_back({name});
  for (char const* const name : {"n from", "n to", "from", "to", "difference", "interval"})
    columns.push_back({name, right});
  columns.push_back({what.adjust == "none" ? "p" : "p (" + what.adjust + ")", right});
  for (char const* const name : {"mix", "rate"}) columns.push_back({name, right});
  cxm::text_table table(columns);
  for (auto const& one : found.segments) {
    auto cells = one.key;
    cells.push_back(shown(one.part.second_n));
    cells.push_back(shown(one.part.first_n));
    for (auto const& value : {one.part.second, one.part.first, one.difference.value})
      cells.push_back(text(value));
    cells.push_back(text.ends(one.difference.interval));
    cells.push_back(shown(one.p_adjusted, 3));
    cells.push_back(text(one.part.mix));
    cells.push_back(text(one.part.rate));
    table.add_row(cells);
  }
  return page + table.text();
}

}  // namespace

std::string json_of(row_counts const& counts, comparison_asked const& what,
                    comparison_found const& found) {
  json_writer json(cxm::json_layout::pretty);
  json.begin_object();
  counts.write(json);
  json.member("in_both", found.in_both).member("metric", what.asked.metric);
  json.key("scale").numbers(std::vector{what.asked.scale.low(), what.asked.scale.high()});
  json.member("confidence", what.asked.level.level());
  write_side(json, "from", found.from, what.weight.has_value());
  write_side(json, "to", found.to, what.weight.has_value());
  json.key("difference").begin_object();
  json.member("paired", found.customers.has_value());
  write_members(json, found.difference);
  json.end_object();
  if (found.equivalence) {
    auto const& test = *found.equivalence;
    json.key("equivalence").begin_object().member("margin", *what.margin);
    json.member("above", test.above).member("below", test.below);
    json.member("not_below", test.not_below).member("not_above", test.not_above);
    json.member("equivalent", test.equivalent).end_object();
  }
  if (found.customers) write(json, *found.customers);
  if (found.movement) write(json, *found.movement);
  return json.end_object().text() + "\n";
}

std::string table_of(row_counts const& counts, comparison_asked const& what,
                     comparison_found const& found) {
  in_unit const text(what.asked.metric);
  std::string page = sides_table(what, found, text);
  page += "difference: " + text(found.difference.value) + " (" +
          text.ends(found.difference.interval) + ", p " + shown(found.difference.p, 3) + ")" +
          (found.customers ? ", of the same customers\n" : "\n");
  if (found.equivalence) {
    auto const& test = *found.equivalence;
    page += "p that it is not within " + shown_shortest(*what.margin) +
            " of 0: " + shown(test.equivalent, 3) + "; not above -" + shown_shortest(*what.margin) +
            ": " + shown(test.not_below, 3) + "; not below " + shown_shortest(*what.margin) + ": " +
            shown(test.not_above, 3) + "\n";
  }
  if (found.customers) page += customers_text(*found.customers);
  if (found.movement) page += movement_text(what, *found.movement, text);
  page += "\n" + counts.text();
  if (found.in_both > 0)
    page += shown(found.in_both) + " rows are on both sides and count on none\n";
  page += "intervals at " + shown_shortest(100 * what.asked.level.level()) + " %\n";
  if (what.weight) page += "weighted by " + *what.weight + "\n";
  return page;
}

}  // namespace report
