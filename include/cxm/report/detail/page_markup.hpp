// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// The pieces of a page as markup that is HTML and XML at once.

#include <cxm/report/chart.hpp>
#include <cxm/report/detail/markup.hpp>
#include <cxm/report/detail/style.hpp>
#include <cxm/report/estimate.hpp>
#include <cxm/report/figure_table.hpp>

#include <cstddef>
#include <optional>
#include <string>

namespace cxm::detail {

/// Up to and with `<body>`. The policy forbids the page what it does not need: anything but style.
inline std::string page_head(std::string const& title) {
  return "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\">\n<head>\n"
         "<meta charset=\"utf-8\"/>\n"
         "<meta http-equiv=\"Content-Security-Policy\" "
         "content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>" +
         escaped(show(title, 200).text) + "</title>\n<style>\n" + page_style() +
         "</style>\n</head>\n<body>\n";
}

inline std::string card_markup(std::string const& name, maybe<estimate> const& score,
                               std::optional<figure> const& single, std::string const& below) {
  std::string out = "<div class=\"card\">\n<p>" + name_markup(name) + "</p>\n<div class=\"big\">";
  if (single || !score) {
    out += figure_markup(single ? *single : figure{score.why()}) + "</div>\n";
    if (!below.empty()) out += "<p class=\"soft\">" + below + "</p>\n";
    return out + "</div>\n";
  }
  out += figure_markup(score->as_value()) + "</div>\n<p class=\"soft\">";
  if (score->low && score->high)
    out += figure_markup(score->as_low()) + " to " + figure_markup(score->as_high()) + ", ";
  return out + "n\xC2\xA0=\xC2\xA0" + figure_markup(figure::count(score->n)) + "</p>\n</div>\n";
}

inline std::string figure_element(chart const& picture) {
  return "<figure>\n<figcaption>" + name_markup(picture.title(), 200) +
         "</figcaption>\n<div class=\"desk\">" + picture.wide() + "</div>\n<div class=\"phone\">" +
         picture.narrow() + "</div>\n</figure>\n";
}

/// Whether the columns behind this one are the ends of its interval, shown in one cell with it.
inline bool has_ends(figure_table const& table, std::size_t column) {
  auto const& columns = table.columns();
  return column + 2 < columns.size() && columns[column + 1].head == "low" &&
         columns[column + 2].head == "high";
}

/// A row in which nothing may be shown says so once.
inline bool is_withheld(figure_table::row const& row) {
  bool all = row.figures.size() > 1;
  for (auto const& one : row.figures)
    all = all && !one.value && one.value.why() == reason::suppressed;
  return all;
}

inline std::string table_row(figure_table const& table, figure_table::row const& row) {
  std::string out = row.total ? "<tr class=\"total\">" : "<tr>";
  for (auto const& part : row.key) out += "<th scope=\"row\">" + name_markup(part, 32) + "</th>";
  if (is_withheld(row)) {
    std::size_t cells = row.figures.size();
    for (std::size_t i = 0; i < row.figures.size(); ++i) cells -= has_ends(table, i) ? 2 : 0;
    return out + "<td class=\"figure\" colspan=\"" + std::to_string(cells) + "\">" +
           figure_markup(row.figures[0]) + "</td></tr>\n";
  }
  for (std::size_t i = 0; i < row.figures.size(); ++i) {
    out += "<td class=\"figure\" data-label=\"" + escaped(show(table.columns()[i].head, 24).text) +
           "\">" + figure_markup(row.figures[i]);
    if (has_ends(table, i)) {
      if (row.figures[i + 1].value)
        out += " <span class=\"ends\">(" + figure_markup(row.figures[i + 1]) + " to " +
               figure_markup(row.figures[i + 2]) + ")</span>";
      i += 2;
    }
    out += "</td>";
  }
  return out + "</tr>\n";
}

inline std::string table_element(figure_table const& table) {
  std::string head;
  std::size_t columns = table.names().size();
  for (auto const& name : table.names())
    head += "<th scope=\"col\">" + name_markup(name, 24) + "</th>";
  for (std::size_t i = 0; i < table.columns().size(); ++i, ++columns) {
    head +=
        "<th scope=\"col\" class=\"figure\">" + name_markup(table.columns()[i].head, 24) + "</th>";
    if (has_ends(table, i)) i += 2;
  }
  std::string out = columns > 5 ? "<div class=\"table many\">\n" : "<div class=\"table\">\n";
  out += "<table>\n";
  if (!table.title().empty()) out += "<caption>" + name_markup(table.title(), 200) + "</caption>\n";
  out += "<thead><tr>" + head + "</tr></thead>\n<tbody>\n";
  for (auto const& row : table.rows()) out += table_row(table, row);
  out += "</tbody>\n</table>\n";
  if (!table.note().empty()) out += "<p class=\"note\">" + escaped(table.note()) + "</p>\n";
  return out + "</div>\n";
}

}  // namespace cxm::detail
