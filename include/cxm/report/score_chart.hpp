// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Scores of groups as dots with whiskers, the best on top: what is far apart, and what the
/// intervals say is not. The axis shows the range of the intervals, not of the scale.

#include <cxm/report/chart.hpp>
#include <cxm/report/detail/canvas.hpp>
#include <cxm/report/detail/scale_axis.hpp>
#include <cxm/report/estimate.hpp>
#include <cxm/report/publishable.hpp>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cxm {

namespace detail {

/// A row of a chart: the text of a key, and its estimate where it may be shown.
struct chart_row {
  std::string name;
  maybe<estimate> score = reason::no_data;

  bool drawn() const { return score.has_value() && score->value.has_value(); }
};

inline std::string joined(std::vector<std::string> const& key) {
  std::string text;
  for (auto const& part : key) text += (text.empty() ? "" : " \xC2\xB7 ") + part;
  return text.empty() ? "(empty)" : text;
}

template <class Result>
std::vector<chart_row> chart_rows(publishable<Result> const& groups) {
  static_assert(gives_estimate<Result>(), "cxm::score_chart: takes groups of scores or shares");
  std::vector<chart_row> rows;
  for (auto const& one : groups)
    rows.push_back({joined(one.key), one.result.transform([](Result const& result) {
                      return estimate_of(result);
                    })});
  return rows;
}

/// The smallest axis that holds all intervals.
inline linear_axis axis_of(std::vector<chart_row> const& rows, int ticks) {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  unit in = unit::number;
  for (auto const& row : rows) {
    if (!row.drawn()) continue;
    in = row.score->in;
    low = std::min(low, row.score->low.value_or(*row.score->value));
    high = std::max(high, row.score->high.value_or(*row.score->value));
  }
  if (!(low <= high)) low = 0, high = 1;
  double const endless = std::numeric_limits<double>::infinity();
  if (in == unit::points) return linear_axis(low, high, -100, 100, ticks);
  if (in == unit::share) return linear_axis(low, high, 0, 1, ticks);
  return linear_axis(low, high, -endless, endless, ticks);
}

class score_picture {
 public:
  score_picture(std::vector<chart_row> rows, std::size_t left_out, std::optional<estimate> total)
      : rows_(std::move(rows)), left_out_(left_out), total_(std::move(total)) {}

  canvas draw(bool wide) const {
    canvas page(wide);
    auto axis = axis_of(rows_, wide ? 5 : 4);
    double const left = wide ? 190 : 12, right = page.width() - (wide ? 120 : 12);
    axis.place(left, right);
    double const top = 8, step = wide ? 28 : 44;
    double const bottom = top + step * static_cast<double>(rows_.size()) + 4;
    for (double const tick : axis.ticks()) {
      page.line(axis.at(tick), top, axis.at(tick), bottom, tick == 0 ? "axis" : "grid");
      page.tick(axis.at(tick), bottom + 16, axis.label(tick, unit_of_rows()));
    }
    if (total_ && total_->value)
      page.line(axis.at(*total_->value), top, axis.at(*total_->value), bottom, "mark");
    double y = top;
    for (auto const& row : rows_) {
      draw_row(page, row, axis, wide ? y + 14 : y + 32, left, right);
      y += step;
    }
    page.height(bottom + 24);
    below(page, bottom + 36);
    return page;
  }

 private:
  unit unit_of_rows() const {
    for (auto const& row : rows_)
      if (row.drawn()) return row.score->in;
    return unit::number;
  }
  void below(canvas& page, double y) const {
    auto const say = [&](std::string const& what) {
      page.text(0, y, what, "tick");
      page.height(y + 6);
      y += 17;
    };
    if (total_ && total_->value) say("dashed: all groups together");
    if (left_out_ > 0) say(fmt::format("{} more groups in the table", left_out_));
  }
  void draw_row(canvas& page, chart_row const& row, linear_axis const& axis, double y, double left,
                double right) const {
    bool const wide = page.wide();
    double const label = wide ? y + 4.5 : y - 14;
    page.name(0, label, wide ? left - 14 : page.width() - 120, row.name, "halo");
    double const end = page.width();
    if (!row.drawn()) {
      auto const why = row.score ? row.score->value.why() : row.score.why();
      page.text(end, label, words(why), "soft small halo", anchor::end);
      return page.line(left, y, right, y, "grid");
    }
    estimate const& score = *row.score;
    double const low = axis.at(score.low.value_or(*score.value));
    double const high = axis.at(score.high.value_or(*score.value));
    page.line(left, y, right, y, "grid");
    page.line(low, y, high, y, "whisker");
    page.line(low, y - 4, low, y + 4, "whisker");
    page.line(high, y - 4, high, y + 4, "whisker");
    page.dot(axis.at(*score.value), y, 5, "dot",
             row.name + ": " + detail::text(score, score.decimals));
    page.value(end - 62, label, score.as_value(), "strong halo", anchor::end);
    page.pair(end, label, "n", figure::count(score.n), "tick halo", "soft", anchor::end);
  }

  std::vector<chart_row> rows_;
  std::size_t left_out_;
  std::optional<estimate> total_;
};

}  // namespace detail

/// The scores of groups with their intervals, sorted; the first `most` are drawn and the rest is
/// counted. A total is a dashed line.
template <class Groups>
chart score_chart(Groups const& groups, std::string title, std::size_t most = 30) {
  static_assert(detail::is_publishable<Groups>,
                "cxm::score_chart: takes what may be shown; cxm::publish(groups, min_people{5}) "
                "makes it");
  if constexpr (detail::is_publishable<Groups>) {
    auto rows = detail::chart_rows(groups);
    std::stable_sort(rows.begin(), rows.end(), [](auto const& a, auto const& b) {
      return a.drawn() && (!b.drawn() || *a.score->value > *b.score->value);
    });
    std::string words = "Scores with their intervals, one row a group";
    if (!rows.empty() && rows.front().drawn()) {
      std::size_t last = rows.size() - 1;
      while (!rows[last].drawn()) --last;
      auto const say = [](detail::chart_row const& row) {
        return detail::fitted(row.name, 400, 10) + " (" + detail::text(row.score->as_value()) + ")";
      };
      words += "; from " + say(rows.front()) + " down to " + say(rows[last]);
    }
    std::size_t const left_out = rows.size() > most ? rows.size() - most : 0;
    rows.resize(rows.size() - left_out);
    std::optional<estimate> total;
    if (groups.total() && groups.total()->has_value()) total = estimate_of(**groups.total());
    detail::score_picture const picture(std::move(rows), left_out, total);
    return detail::chart_maker::make(std::move(title), words + ".",
                                     [&](bool wide) { return picture.draw(wide); });
  }
}

}  // namespace cxm
