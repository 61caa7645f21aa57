// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// What became of promises: one bar a group, kept, late, unmet and pending. All bars are equally
/// long, so that shares compare; n says of how many.

#include <cxm/journey/promises.hpp>
#include <cxm/report/chart.hpp>
#include <cxm/report/detail/canvas.hpp>
#include <cxm/report/publishable.hpp>
#include <cxm/report/score_chart.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace cxm {

namespace detail {

struct promise_row {
  std::string name;
  maybe<promise_summary> found = reason::no_data;
};

class promise_picture {
 public:
  promise_picture(std::vector<promise_row> rows, std::size_t left_out)
      : rows_(std::move(rows)), left_out_(left_out) {}

  canvas draw(bool wide) const {
    canvas page(wide);
    double x = 0;
    for (char const* const fate : {"kept", "late", "unmet", "pending"}) {
      page.rect(x, 2, 12, 12, fate);
      page.text(x + 17, 13, fate);
      x += 17 + text_width(fate, canvas::font) + 16;
    }
    double y = 28;
    for (auto const& row : rows_) {
      draw_row(page, row, y);
      y += 46;
    }
    if (left_out_ > 0)
      page.text(0, y + 8, fmt::format("{} more groups in the table", left_out_), "tick");
    page.height(y + (left_out_ > 0 ? 14 : 0));
    return page;
  }

 private:
  static void draw_row(canvas& page, promise_row const& row, double y) {
    page.name(0, y + 12, page.width() - 110, row.name);
    if (!row.found || row.found->with_promise == 0) {
      page.text(page.width(), y + 12, words(row.found ? reason::no_data : row.found.why()),
                "soft small", anchor::end);
      return page.rect(0, y + 18, page.width(), 18, "mid");
    }
    auto const& found = *row.found;
    page.pair(page.width(), y + 12, "n", figure::count(found.with_promise), "tick", "soft",
              anchor::end);
    double x = 0;
    std::pair<char const*, std::uint64_t> const parts[] = {{"kept", found.kept},
                                                           {"late", found.late},
                                                           {"unmet", found.unmet},
                                                           {"pending", found.pending}};
    for (auto const& [fate, count] : parts) {
      if (count == 0) continue;
      double const width =
          page.width() * static_cast<double>(count) / static_cast<double>(found.with_promise);
      page.rect(x, y + 18, width > 1.5 ? width - 1 : width, 18, fate,
                row.name + ": " + fmt::format("{} {}", count, fate));
      if (auto const n = figure::count(count);
          text_width(detail::text(n), canvas::small_font) + 6 < width)
        page.value(x + width / 2, y + 31.5, n, std::string("small in-") + fate, anchor::middle);
      x += width;
    }
  }

  std::vector<promise_row> rows_;
  std::size_t left_out_;
};

inline std::string promise_words(std::vector<promise_row> const& rows) {
  std::string words = "Promises by what became of them";
  if (rows.size() == 1 && rows.front().found) {
    auto const& found = *rows.front().found;
    words += fmt::format(": {} kept, {} late, {} unmet, {} pending", found.kept, found.late,
                         found.unmet, found.pending);
  }
  return words + ".";
}

}  // namespace detail

/// The promises of groups, or of all (`publish(summary)`), as bars. The first `most` groups are
/// drawn and the rest is counted.
template <class Shown>
chart promise_chart(Shown const& shown, std::string title, std::size_t most = 20) {
  constexpr bool one = detail::is_published<Shown>, many = detail::is_publishable<Shown>;
  static_assert(one || many,
                "cxm::promise_chart: takes what may be shown; cxm::publish(promises, "
                "min_people{5}) makes it");
  std::vector<detail::promise_row> rows;
  if constexpr (one) rows.push_back({"all promises", shown.result()});
  if constexpr (many)
    for (auto const& group : shown) rows.push_back({detail::joined(group.key), group.result});
  std::size_t const left_out = rows.size() > most ? rows.size() - most : 0;
  rows.resize(rows.size() - left_out);
  std::string const words = detail::promise_words(rows);
  detail::promise_picture const picture(std::move(rows), left_out);
  return detail::chart_maker::make(std::move(title), words,
                                   [&](bool wide) { return picture.draw(wide); });
}

}  // namespace cxm
