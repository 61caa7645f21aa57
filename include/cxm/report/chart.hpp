// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// A chart: SVG drawn twice, for a desk and for a phone, so that its text has the same size on
/// both. Colours are CSS variables, which the page (or `svg()`, for a picture that stands alone)
/// sets for light and dark.

#include <cxm/report/detail/style.hpp>
#include <cxm/report/estimate.hpp>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace cxm {

namespace detail {
struct chart_maker;
}

/// A picture with its title and its text alternative. Made by the functions in report/*_chart.hpp.
class chart {
 public:
  std::string const& title() const { return title_; }
  /// What the picture shows, in words.
  std::string const& description() const { return description_; }
  /// For 620 pixels and for 340: an `<svg>` without colours of its own.
  std::string const& wide() const { return wide_; }
  std::string const& narrow() const { return narrow_; }
  /// The figures written in the picture, in the order of drawing.
  std::vector<figure> const& figures() const { return figures_; }
  /// The wide picture as a file of its own.
  std::string svg() const {
    std::size_t const inside = wide_.find('>') + 1;
    return wide_.substr(0, inside) + "<style>" + detail::chart_style() + "</style>" +
           wide_.substr(inside);
  }

 private:
  friend struct detail::chart_maker;
  chart() = default;
  std::string title_, description_, wide_, narrow_;
  std::vector<figure> figures_;
};

namespace detail {

struct chart_maker {
  /// `draw(wide)` gives the svg for a desk or for a phone.
  template <class Draw>
  static chart make(std::string title, std::string description, Draw const& draw) {
    chart made;
    auto const wide = draw(true);
    made.wide_ = wide.markup(title, description);
    made.figures_ = wide.figures();
    made.narrow_ = draw(false).markup(title, description);
    made.title_ = std::move(title);
    made.description_ = std::move(description);
    return made;
  }
};

}  // namespace detail
}  // namespace cxm
