// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// A score over time: a line with the band of its intervals. A period without enough answers is a
/// gap, never a bridge.

#include <cxm/report/chart.hpp>
#include <cxm/report/detail/canvas.hpp>
#include <cxm/report/detail/scale_axis.hpp>
#include <cxm/report/score_chart.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace cxm {

namespace detail {

class trend_picture {
 public:
  explicit trend_picture(std::vector<chart_row> rows) : rows_(std::move(rows)) {}

  canvas draw(bool wide) const {
    canvas page(wide);
    auto axis = axis_of(rows_, 5);
    double const top = 22, bottom = wide ? 230 : 210;
    axis.place(bottom, top);
    double const left = 52, right = page.width() - 58;
    for (double const tick : axis.ticks()) {
      page.line(left, axis.at(tick), right, axis.at(tick), tick == 0 ? "axis" : "grid");
      page.text(left - 6, axis.at(tick) + 4, axis.label(tick, unit_of_rows()), "tick", anchor::end);
    }
    auto const x = [&](std::size_t i) {
      return rows_.size() < 2 ? (left + right) / 2
                              : left + 8 +
                                    (right - left - 16) * static_cast<double>(i) /
                                        static_cast<double>(rows_.size() - 1);
    };
    for (std::size_t i = 0; i < rows_.size();) {
      std::size_t end = i;
      while (end < rows_.size() && rows_[end].drawn()) ++end;
      if (end > i) draw_run(page, axis, x, i, end);
      i = std::max(end, i + 1);
    }
    periods(page, x, bottom + 18, left);
    label_last(page, axis, x);
    page.height(bottom + 28);
    return page;
  }

 private:
  unit unit_of_rows() const {
    for (auto const& row : rows_)
      if (row.drawn()) return row.score->in;
    return unit::number;
  }
  double low(std::size_t i) const { return rows_[i].score->low.value_or(*rows_[i].score->value); }
  double high(std::size_t i) const { return rows_[i].score->high.value_or(*rows_[i].score->value); }

  template <class Place>
  void draw_run(canvas& page, linear_axis const& axis, Place const& x, std::size_t begin,
                std::size_t end) const {
    std::string band, curve;
    auto const add = [](std::string& to, double px, double py) {
      to += fmt::format("{}{:.1f} {:.1f}", to.empty() ? "M" : " L", px, py);
    };
    for (std::size_t i = begin; i < end; ++i) {
      add(band, x(i), axis.at(high(i)));
      add(curve, x(i), axis.at(*rows_[i].score->value));
    }
    for (std::size_t i = end; i-- > begin;) add(band, x(i), axis.at(low(i)));
    if (end - begin > 1) {
      page.path(band + " Z", "band");
      page.path(curve, "curve");
    } else {
      page.line(x(begin), axis.at(low(begin)), x(begin), axis.at(high(begin)), "whisker");
    }
    for (std::size_t i = begin; i < end; ++i)
      page.dot(x(i), axis.at(*rows_[i].score->value), rows_.size() > 60 ? 2 : 3.5, "dot",
               rows_[i].name + ": " + detail::text(*rows_[i].score, rows_[i].score->decimals));
  }

  /// As many periods as fit beside one another, evenly, the first among them.
  template <class Place>
  void periods(canvas& page, Place const& x, double y, double left) const {
    double widest = 24;
    for (auto const& row : rows_)
      widest = std::max(widest, text_width(fitted(row.name, 90, canvas::font), canvas::font));
    double const gap = rows_.size() < 2 ? page.width() : x(1) - x(0);
    auto const every = static_cast<std::size_t>(std::max(1.0, std::ceil((widest + 10) / gap)));
    for (std::size_t i = 0; i < rows_.size(); i += every) {
      page.line(x(i), y - 18, x(i), y - 14, "axis");
      double const centre =
          std::clamp(x(i), std::min(left - 40 + widest / 2, x(i)) + 0.0, page.width() - widest / 2);
      page.name(centre, y, 90, rows_[i].name, "tick", anchor::middle);
    }
  }
  template <class Place>
  void label_last(canvas& page, linear_axis const& axis, Place const& x) const {
    for (std::size_t i = rows_.size(); i-- > 0;) {
      if (!rows_[i].drawn()) continue;
      return page.value(x(i) + 9, axis.at(*rows_[i].score->value) + 4.5, rows_[i].score->as_value(),
                        "strong halo");
    }
  }

  std::vector<chart_row> rows_;
};

}  // namespace detail

/// The scores of periods in the order of their keys, with the band of their intervals.
template <class Groups>
chart trend_chart(Groups const& periods, std::string title) {
  static_assert(detail::is_publishable<Groups>,
                "cxm::trend_chart: takes what may be shown; cxm::publish(groups, min_people{5}) "
                "makes it");
  if constexpr (detail::is_publishable<Groups>) {
    auto rows = detail::chart_rows(periods);
    std::size_t drawn = 0;
    for (auto const& row : rows) drawn += row.drawn() ? 1 : 0;
    std::string words = fmt::format("A score with its interval over {} periods", rows.size());
    if (drawn < rows.size())
      words += fmt::format(", {} of them without a number", rows.size() - drawn);
    detail::trend_picture const picture(std::move(rows));
    return detail::chart_maker::make(std::move(title), words + ".",
                                     [&](bool wide) { return picture.draw(wide); });
  }
}

}  // namespace cxm
