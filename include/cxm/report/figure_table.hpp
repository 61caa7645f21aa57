// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// A table of named rows and figures, made by `tabulate` from a publishable only. As text for a
/// terminal, as JSON for programs, and as the table beside a chart, it has the same numbers.

#include <cxm/report/detail/number_text.hpp>
#include <cxm/report/detail/promise_fates.hpp>
#include <cxm/report/json.hpp>
#include <cxm/report/publishable.hpp>
#include <cxm/report/table.hpp>

#include <cstddef>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace cxm {

/// A column of figures: its head for people and its key in JSON.
struct figure_column {
  std::string head;
  std::string key;
};

/// Rows of texts and figures.
class figure_table {
 public:
  struct row {
    std::vector<std::string> key;
    std::vector<figure> figures;
    bool total = false;
  };

  std::string const& title() const { return title_; }
  /// The heads of the texts, then those of the figures.
  std::vector<std::string> const& names() const { return names_; }
  std::vector<figure_column> const& columns() const { return columns_; }
  std::vector<row> const& rows() const { return rows_; }
  /// What is to be said below it, such as how many groups are withheld.
  std::string const& note() const { return note_; }

 private:
  friend struct detail::tabulator;
  figure_table() = default;
  std::string title_, note_;
  std::vector<std::string> names_;
  std::vector<figure_column> columns_;
  std::vector<row> rows_;
};

namespace detail {

using named_figures = std::vector<std::pair<figure_column, figure>>;

inline named_figures figures_of(estimate const& score) {
  return {{{"score", "value"}, score.as_value()},
          {{"low", "low"}, score.as_low()},
          {{"high", "high"}, score.as_high()},
          {{"n", "n"}, figure::count(score.n)},
          {{"unanswered", "unanswered"}, figure::count(score.unanswered)},
          {{"missing", "missing"}, figure::count(score.missing)},
          {{"invalid", "invalid"}, figure::count(score.invalid)}};
}
/// A number, or a length of time in seconds.
template <class Value>
figure as_figure(maybe<Value> const& value) {
  if constexpr (is_duration<Value>)
    return {value.transform([](Value time) { return std::chrono::duration<double>(time).count(); }),
            unit::seconds, 1};
  else
    return {value.transform([](Value number) { return static_cast<double>(number); }), unit::number,
            2};
}

/// The fates of promises, by whichever ledger counted them; what only `promise_ledger` knows,
/// no-shows and what came early, has columns where it gives them.
template <class Found>
requires counts_promises<Found> named_figures figures_of(Found const& found) {
  named_figures figures;
  auto const count = [&](char const* name, std::uint64_t n) {
    figures.push_back({{name, name}, figure::count(n)});
  };
  figures.push_back({{"promises", "with_promise"}, figure::count(found.with_promise)});
  count("kept", found.kept);
  if constexpr (requires { found.early; }) count("early", found.early);
  count("late", found.late);
  if constexpr (requires { found.no_show; })
    figures.push_back({{"no-show", "no_show"}, figure::count(found.no_show)});
  count("unmet", found.unmet);
  count("pending", found.pending);
  if constexpr (requires { found.invalid; }) count("invalid", found.invalid);
  estimate broken = estimate_of(found.broken_share);
  broken.decimals = 0;
  figures.push_back({{"broken", "broken_share"}, broken.as_value()});
  figures.push_back({{"low", "broken_low"}, broken.as_low()});
  figures.push_back({{"high", "broken_high"}, broken.as_high()});
  return figures;
}

/// Mean and deviation; no extremes, which are single persons.
template <class Found>
requires requires(Found const& found) {
  found.mean;
  found.deviation;
  found.variance;
}
named_figures figures_of(Found const& found) {
  return {{{"mean", "mean"}, as_figure(found.mean)},
          {{"deviation", "deviation"}, as_figure(found.deviation)},
          {{"n", "n"}, figure::count(found.n)},
          {{"missing", "missing"}, figure::count(found.missing)}};
}

/// The figures of a result, in columns.
template <class Result>
named_figures figures_in(Result const& result) {
  if constexpr (std::is_integral_v<Result>) {
    return {{{"count", "count"}, figure::count(static_cast<std::uint64_t>(result))}};
  } else if constexpr (is_variant<Result>) {
    return std::visit([](auto const& one) { return figures_in(one); }, result);
  } else if constexpr (gives_estimate<Result>()) {
    return figures_of(estimate_of(result));
  } else {
    static_assert(
        requires { figures_of(result); },
        "cxm::tabulate: takes scores, shares, counts, promises or moments; transform "
        "other results to one of them");
    return figures_of(result);
  }
}

struct tabulator {
  /// For what is published in another form than groups.
  static figure_table make(std::string title, std::vector<std::string> names,
                           std::vector<figure_column> columns, std::vector<figure_table::row> rows,
                           std::string note) {
    figure_table table;
    table.title_ = std::move(title);
    table.names_ = std::move(names);
    table.columns_ = std::move(columns);
    table.rows_ = std::move(rows);
    table.note_ = std::move(note);
    return table;
  }

  template <class Result>
  static figure_table from(publishable<Result> const& groups, std::string title) {
    figure_table table;
    table.title_ = std::move(title);
    named_figures shape = shape_of(groups);
    for (auto const& [column, figure] : shape) table.columns_.push_back(column);
    table.names_ = groups.names();
    for (auto& name : table.names_)
      if (name.empty()) name = "group";
    std::size_t const parts = groups.empty() ? 1 : groups.begin()->key.size();
    table.names_.resize(parts, "group");
    for (auto const& one : groups) table.rows_.push_back(row_of(one.key, one.result, shape));
    if (groups.total()) {
      std::vector<std::string> key(parts);
      key.front() = "all";
      table.rows_.push_back(row_of(key, *groups.total(), shape));
      table.rows_.back().total = true;
    }
    if (groups.withheld() > 0)
      table.note_ = fmt::format(
          "{} of {} groups withheld: fewer than {} answers, or could be "
          "calculated from the others",
          groups.withheld(), groups.size(), groups.least());
    drop_empty(table);
    return table;
  }

 private:
  template <class Result>
  static named_figures shape_of(publishable<Result> const& groups) {
    for (auto const& one : groups)
      if (one.result) return figures_in(*one.result);
    if (groups.total() && *groups.total()) return figures_in(**groups.total());
    if constexpr (std::is_default_constructible_v<Result>)
      return figures_in(Result{});
    else
      return {{{"n", "n"}, {}}};
  }
  template <class Result>
  static figure_table::row row_of(std::vector<std::string> const& key, maybe<Result> const& result,
                                  named_figures const& shape) {
    figure_table::row row{key, {}, false};
    if (result) {
      for (auto const& [column, figure] : figures_in(*result)) row.figures.push_back(figure);
    } else {
      for (auto const& [column, shown] : shape)
        row.figures.push_back({result.why(), shown.in, shown.decimals});
    }
    return row;
  }
  /// Columns of what did not count are left out where everything counted.
  static void drop_empty(figure_table& table) {
    for (std::size_t at = table.columns_.size(); at-- > 0;) {
      auto const& key = table.columns_[at].key;
      if (key != "missing" && key != "invalid" && key != "unanswered" && key != "early" &&
          key != "no_show")
        continue;
      bool empty = true;
      for (auto const& row : table.rows_)
        if (row.figures[at].value.value_or(0) != 0) empty = false;
      if (!empty) continue;
      auto const place = static_cast<std::ptrdiff_t>(at);
      table.columns_.erase(table.columns_.begin() + place);
      for (auto& row : table.rows_) row.figures.erase(row.figures.begin() + place);
    }
  }
};

}  // namespace detail

/// The table of what may be shown. Results are scores, shares, counts, promises or moments.
template <class Groups>
figure_table tabulate(Groups const& groups, std::string title = {}) {
  static_assert(detail::is_publishable<Groups>,
                "cxm::tabulate: takes what may be shown; cxm::publish(groups, min_people{5}) "
                "makes it");
  if constexpr (detail::is_publishable<Groups>)
    return detail::tabulator::from(groups, std::move(title));
}

/// As text for a terminal; a withheld row says why once.
inline std::string text(figure_table const& table) {
  std::vector<table_column> columns;
  for (auto const& name : table.names()) columns.push_back({name});
  for (auto const& column : table.columns()) columns.push_back({column.head, alignment::right});
  text_table shown(columns);
  for (auto const& row : table.rows()) {
    std::vector<std::string> cells = row.key;
    bool const withheld =
        !row.figures.empty() && row.figures.front().value.why() == reason::suppressed;
    for (std::size_t i = 0; i < row.figures.size(); ++i)
      cells.push_back(withheld && !row.figures[i].value && i > 0 ? ""
                                                                 : detail::text(row.figures[i]));
    shown.add_row(cells);
  }
  return shown.text() + (table.note().empty() ? "" : table.note() + "\n");
}

/// As a JSON array of objects: "key", then each figure, null beside "reason" where there is none.
inline void write(json_writer& json, figure_table const& table) {
  json.begin_array();
  for (auto const& row : table.rows()) {
    json.begin_object().key("key").numbers(row.key);
    for (std::size_t i = 0; i < row.figures.size(); ++i)
      json.member(table.columns()[i].key, row.figures[i].value);
    json.end_object();
  }
  json.end_array();
}

}  // namespace cxm
