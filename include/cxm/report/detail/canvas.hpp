// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// An SVG drawing that grows downwards: shapes and texts with CSS classes, coordinates in CSS
/// pixels. Texts are fitted into the width that they are given; a shortened one tells the whole in
/// its `<title>`.

#include <cxm/report/detail/markup.hpp>
#include <cxm/report/detail/text_metrics.hpp>

#include <fmt/format.h>

#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cxm::detail {

enum class anchor : unsigned char { start, middle, end };

class canvas {
 public:
  static constexpr double font = 13, small_font = 12;

  explicit canvas(bool wide) : width_(wide ? 620 : 340), wide_(wide) {}

  bool wide() const { return wide_; }
  double width() const { return width_; }

  void line(double x1, double y1, double x2, double y2, std::string_view kind) {
    put("<line class=\"{}\" x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\"/>", kind, x1,
        y1, x2, y2);
  }
  void rect(double x, double y, double width, double height, std::string_view kind,
            std::string_view tip = {}) {
    put("<rect class=\"{}\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\"", kind, x,
        y, width, height);
    close("rect", tip);
  }
  void dot(double x, double y, double radius, std::string_view kind, std::string_view tip = {}) {
    put("<circle class=\"{}\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.1f}\"", kind, x, y, radius);
    close("circle", tip);
  }
  /// `steps` is the `d` of a path; `thickness` 0 leaves the stroke to the class.
  void path(std::string_view steps, std::string_view kind, double thickness = 0,
            std::string_view tip = {}) {
    put("<path class=\"{}\" d=\"{}\"", kind, steps);
    if (thickness > 0) put(" stroke-width=\"{:.1f}\"", thickness);
    close("path", tip);
  }
  /// A text of ours, which is known to fit.
  void text(double x, double y, std::string_view what, std::string_view kind = {},
            anchor at = anchor::start) {
    open_text(x, y, kind, at);
    body_ += escaped(what);
    body_ += "</text>\n";
  }
  /// A text from the data, shortened to `most` pixels.
  void name(double x, double y, double most, std::string_view what, std::string_view kind = {},
            anchor at = anchor::start) {
    open_text(x, y, kind, at);
    std::string const shown = fitted(what, most, font);
    if (shown != show(what, SIZE_MAX).text) body_ += "<title>" + escaped(what) + "</title>";
    body_ += escaped(shown);
    body_ += "</text>\n";
  }
  /// A figure, with the number of the JSON beside the one that is read.
  void value(double x, double y, figure const& shown, std::string_view kind = {},
             anchor at = anchor::start) {
    if (!shown.value) return text(x, y, detail::text(shown), "soft small", at);
    figures_.push_back(shown);
    put("<text x=\"{:.1f}\" y=\"{:.1f}\" data-value=\"{}\"", x, y, exact_number(*shown.value));
    close_text_tag(kind, at);
    body_ += escaped(detail::text(shown));
    body_ += "</text>\n";
  }

  /// A word before a figure.
  void pair(double x, double y, std::string_view head, figure const& shown, std::string_view kind,
            std::string_view value_kind, anchor at) {
    open_text(x, y, kind, at);
    body_ += escaped(head);
    body_ += ' ';
    if (shown.value) figures_.push_back(shown);
    if (shown.value)
      put("<tspan class=\"{}\" data-value=\"{}\">", value_kind, exact_number(*shown.value));
    else
      put("<tspan class=\"soft\">");
    body_ += escaped(detail::text(shown)) + "</tspan></text>\n";
  }
  /// A text around `x`, moved inwards where it would be cut.
  void tick(double x, double y, std::string_view what) {
    double const half = text_width(what, small_font) / 2;
    if (x - half < 0) return text(0, y, what, "tick");
    if (x + half > width_) return text(width_, y, what, "tick", anchor::end);
    text(x, y, what, "tick", anchor::middle);
  }

  /// The figures drawn so far, for JSON.
  std::vector<figure> const& figures() const { return figures_; }

  void height(double height) { height_ = height; }
  double height() const { return height_; }

  std::string markup(std::string_view title, std::string_view description) const {
    return fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"{}\" "
        "viewBox=\"0 0 {:.0f} {:.0f}\" width=\"{:.0f}\" height=\"{:.0f}\">\n<title>{}</title>\n"
        "<desc>{}</desc>\n{}</svg>\n",
        escaped(title), width_, height_, width_, height_, escaped(title), escaped(description),
        body_);
  }

 private:
  template <class... Arguments>
  void put(fmt::format_string<Arguments...> how, Arguments&&... arguments) {
    fmt::format_to(std::back_inserter(body_), how, std::forward<Arguments>(arguments)...);
  }
  void close(std::string_view element, std::string_view tip) {
    if (tip.empty())
      body_ += "/>\n";
    else
      put("><title>{}</title></{}>\n", escaped(tip), element);
  }
  void open_text(double x, double y, std::string_view kind, anchor at) {
    put("<text x=\"{:.1f}\" y=\"{:.1f}\"", x, y);
    close_text_tag(kind, at);
  }
  void close_text_tag(std::string_view kind, anchor at) {
    if (!kind.empty()) put(" class=\"{}\"", kind);
    if (at != anchor::start) put(" text-anchor=\"{}\"", at == anchor::end ? "end" : "middle");
    body_ += '>';
  }

  double width_;
  double height_ = 0;
  bool wide_;
  std::string body_;
  std::vector<figure> figures_;
};

}  // namespace cxm::detail
