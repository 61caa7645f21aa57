// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// How long things take: bars over a logarithmic axis where values differ by more than twentyfold,
/// else over a linear one, with the quantiles marked. The area of a bar is its count.

#include <cxm/report/chart.hpp>
#include <cxm/report/detail/canvas.hpp>
#include <cxm/report/detail/scale_axis.hpp>
#include <cxm/report/distribution.hpp>

#include <algorithm>
#include <cmath>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace cxm {

namespace detail {

class distribution_picture {
 public:
  explicit distribution_picture(published_distribution const& shown) : shown_(shown) {}

  canvas draw(bool wide) const {
    canvas page(wide);
    if (shown_.bars().empty()) {
      page.text(0, 18, words(shown_.n() ? reason::no_data : shown_.n().why()), "soft");
      page.height(28);
      return page;
    }
    double const left = 8, right = page.width() - 8, top = 62, bottom = wide ? 230 : 220;
    double const from = position(shown_.bars().front().low);
    double const to = position(shown_.bars().back().high);
    auto const x = [&](double value) {
      return left + (right - left) * (std::clamp(position(value), from, to) - from) / (to - from);
    };
    draw_bars(page, x, top, bottom);
    page.line(left, bottom, right, bottom, "axis");
    double beyond = -1e9;  // where the last label of the axis ends
    for (double const tick : ticks(shown_.bars().front().low, shown_.bars().back().high)) {
      page.line(x(tick), bottom, x(tick), bottom + 4, "axis");
      std::string const label = tick_label(tick);
      double const half = text_width(label, canvas::small_font) / 2;
      if (x(tick) - half < std::max(beyond + 10, 0.0) || x(tick) + half > page.width()) continue;
      page.text(x(tick), bottom + 18, label, "tick", anchor::middle);
      beyond = x(tick) + half;
    }
    draw_quantiles(page, x, bottom);
    page.height(bottom + 28);
    return page;
  }

 private:
  double position(double value) const { return shown_.logarithmic() ? std::log10(value) : value; }
  template <class Place>
  void draw_bars(canvas& page, Place const& x, double top, double bottom) const {
    double most = 0;
    auto const density = [&](published_bar const& bar) {
      return static_cast<double>(bar.count) / (x(bar.high) - x(bar.low));
    };
    for (auto const& bar : shown_.bars()) most = std::max(most, density(bar));
    for (auto const& bar : shown_.bars()) {
      if (bar.count == 0) continue;
      double const height = (bottom - top) * density(bar) / most;
      page.rect(x(bar.low) + 0.5, bottom - height, std::max(x(bar.high) - x(bar.low) - 1, 1.0),
                height, "bar",
                number_in(shown_.in(), bar.low, 1) + " to " + number_in(shown_.in(), bar.high, 1) +
                    ": " + fmt::format_int(bar.count).str());
    }
  }
  struct mark {
    double at, width;
    std::string head;
    figure value;
  };
  /// Each quantile on a line of its own: labels behind the marks, the smallest on top, or where
  /// that does not fit before them, the largest on top, so that no mark goes through a label.
  template <class Place>
  void draw_quantiles(canvas& page, Place const& x, double bottom) const {
    std::vector<mark> marks;
    for (auto const& quantile : shown_.quantiles()) {
      if (!quantile.value.value) continue;
      std::string head =
          quantile.share == 0.5 ? "median" : fmt::format("{:.0f} % within", 100 * quantile.share);
      double const width = text_width(head + " " + detail::text(quantile.value), canvas::font);
      marks.push_back({x(*quantile.value.value), width, std::move(head), quantile.value});
    }
    auto const fits_behind = [&](mark const& one) {
      return one.at + 6 + one.width <= page.width();
    };
    bool const behind = std::all_of(marks.begin(), marks.end(), fits_behind);
    if (!behind) std::reverse(marks.begin(), marks.end());
    double y = 14;
    for (auto const& one : marks) {
      page.line(one.at, y - 10, one.at, bottom, "mark");
      y += 18;
    }
    y = 14;
    for (auto const& one : marks) {
      bool const before = !behind && (one.at - 6 - one.width >= 0 || !fits_behind(one));
      page.pair(before ? one.at - 6 : one.at + 6, y, one.head, one.value, "halo", "strong",
                before ? anchor::end : anchor::start);
      y += 18;
    }
  }

  std::vector<double> ticks(double low, double high) const {
    std::vector<double> found;
    if (shown_.in() == unit::seconds && shown_.logarithmic()) {
      for (double const tick :
           {1e-3, 0.01, 0.1, 1.0, 10.0, 60.0, 600.0, 3600.0, 4 * 3600.0, 86400.0, 3 * 86400.0,
            10 * 86400.0, 30 * 86400.0, 90 * 86400.0, 365 * 86400.0, 3650 * 86400.0})
        if (tick >= low && tick <= high) found.push_back(tick);
      return found;
    }
    if (!shown_.logarithmic()) {
      double const size = scale_of_ticks();
      linear_axis const axis(low / size, high / size, low / size, high / size, 6);
      for (double const tick : axis.ticks()) found.push_back(tick * size);
      return found;
    }
    for (double power = std::floor(std::log10(low)); power <= std::log10(high); ++power)
      for (double const part : {1.0, 2.0, 5.0})
        if (double const tick = part * std::pow(10.0, power); tick >= low && tick <= high)
          found.push_back(tick);
    return found;
  }
  /// In which unit of time a linear axis counts.
  double scale_of_ticks() const {
    return shown_.in() == unit::seconds ? unit_of_time(shown_.bars().back().high) : 1;
  }
  std::string tick_label(double tick) const {
    if (shown_.in() != unit::seconds) return fmt::format("{:g}", tick);
    bool const linear = !shown_.logarithmic();
    double const size = linear          ? scale_of_ticks()
                        : tick >= 86400 ? 86400
                        : tick >= 3600  ? 3600
                        : tick >= 60    ? 60
                                        : 1;
    char const* const name = size == 86400 ? "d" : size == 3600 ? "h" : size == 60 ? "min" : "s";
    return fmt::format("{:g} {}", tick / size, name);
  }

  published_distribution const& shown_;
};

}  // namespace detail

/// The bars and quantiles of what `publish_distribution` made.
template <class Shown>
chart distribution_chart(Shown const& shown, std::string title) {
  static_assert(std::is_same_v<Shown, published_distribution>,
                "cxm::distribution_chart: takes what may be shown; "
                "cxm::publish_distribution(result, min_people{5}) makes it");
  if constexpr (std::is_same_v<Shown, published_distribution>) {
    std::string words = "Distribution";
    if (shown.n()) words += fmt::format(" of {} values", *shown.n());
    for (auto const& one : shown.quantiles())
      if (one.value.value)
        words += fmt::format(", {:.0f} % within {}", 100 * one.share, detail::text(one.value));
    detail::distribution_picture const picture(shown);
    return detail::chart_maker::make(std::move(title),
                                     words + ". The first and last bar hold what lies beyond.",
                                     [&](bool wide) { return picture.draw(wide); });
  }
}

}  // namespace cxm
