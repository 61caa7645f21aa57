// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// The profile of segments as a map: features down, segments across, warm above and cold below what
/// is usual, with the number in each cell.

#include <cxm/report/chart.hpp>
#include <cxm/report/detail/canvas.hpp>
#include <cxm/report/profile.hpp>

#include <cmath>
#include <cstddef>
#include <string>
#include <type_traits>
#include <utility>

namespace cxm {

namespace detail {

class profile_picture {
 public:
  explicit profile_picture(published_profile const& shown) : shown_(shown) {}

  canvas draw(bool wide) const {
    canvas page(wide);
    std::size_t const segments = shown_.segments().size();
    double const left = wide ? 170 : 0,
                 width = (page.width() - left) / static_cast<double>(segments > 0 ? segments : 1);
    double y = 40;
    for (std::size_t s = 0; s < segments; ++s)
      head(page, s, left + width * static_cast<double>(s), width);
    for (std::size_t f = 0; f < shown_.features().size(); ++f) {
      if (!wide) y += 20;
      page.name(0, wide ? y + 19 : y - 5, wide ? left - 12 : page.width(), shown_.features()[f]);
      for (std::size_t s = 0; s < segments; ++s)
        cell(page, f, s, left + width * static_cast<double>(s), y, width);
      y += 30;
    }
    page.text(0, y + 16, "standard deviations from the mean of all others", "tick");
    page.height(y + 24);
    return page;
  }

 private:
  void head(canvas& page, std::size_t segment, double x, double width) const {
    double const middle = x + width / 2;
    page.name(middle, 13, width - 6, shown_.segments()[segment], "strong", anchor::middle);
    auto const people = shown_.people(segment);
    if (people)
      page.value(middle, 30, figure::count(*people), "soft small", anchor::middle);
    else if (text_width(words(people.why()), canvas::small_font) < width)
      page.text(middle, 30, words(people.why()), "soft small", anchor::middle);
  }
  void cell(canvas& page, std::size_t feature, std::size_t segment, double x, double y,
            double width) const {
    figure effect = shown_.effect(feature, segment);
    std::string const tip =
        shown_.segments()[segment] + ", " + shown_.features()[feature] + ": " + signed_text(effect);
    page.rect(x + 1, y + 1, width - 2, 28, shade(effect), tip);
    if (!effect.value) {
      page.text(x + width / 2, y + 19, "\xE2\x80\x93", "soft", anchor::middle);
    } else if (text_width(signed_text(effect), canvas::font) + 2 < width) {
      effect.in = unit::points;  // with its sign
      page.value(x + width / 2, y + 19.5, effect, "on", anchor::middle);
    }
  }
  static std::string signed_text(figure effect) {
    effect.in = unit::points;
    return detail::text(effect);
  }
  static char const* shade(figure const& effect) {
    if (!effect.value) return "mid";
    double const size = std::abs(*effect.value);
    bool const above = *effect.value > 0;
    if (size < 0.2) return "mid";  // Cohen's thresholds: 0.2 small, 0.5 medium, 0.8 large
    if (size < 0.5) return above ? "warm1" : "cold1";
    if (size < 0.8) return above ? "warm2" : "cold2";
    return above ? "warm3" : "cold3";
  }

  published_profile const& shown_;
};

}  // namespace detail

/// The map of what `publish_profile` made.
template <class Shown>
chart profile_chart(Shown const& shown, std::string title) {
  static_assert(std::is_same_v<Shown, published_profile>,
                "cxm::profile_chart: takes what may be shown; cxm::publish_profile(profile, "
                "min_people{5}) makes it");
  if constexpr (std::is_same_v<Shown, published_profile>) {
    detail::profile_picture const picture(shown);
    return detail::chart_maker::make(
        std::move(title),
        fmt::format("How {} segments differ in {} features, in standard deviations.",
                    shown.segments().size(), shown.features().size()),
        [&](bool wide) { return picture.draw(wide); });
  }
}

}  // namespace cxm
