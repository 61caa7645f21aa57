// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// What became of promises: one bar a group, kept, late, unmet and pending, and of `promise_ledger`
/// also what came early, no-shows and what can't be judged. All bars are equally long, so that
/// shares compare; n says of how many.

#include <cxm/journey/promises.hpp>
#include <cxm/report/chart.hpp>
#include <cxm/report/detail/canvas.hpp>
#include <cxm/report/detail/promise_fates.hpp>
#include <cxm/report/publishable.hpp>
#include <cxm/report/score_chart.hpp>

#include <array>
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
  maybe<promise_fates> found = reason::no_data;
};

/// A fate by its name in the style sheet, with its count; those of a window only where they are.
struct promise_part {
  char const* fate;
  std::uint64_t promise_fates::*count;
  bool always;
};
inline constexpr std::array promise_parts = {
    promise_part{"kept", &promise_fates::kept, true},
    promise_part{"early", &promise_fates::early, false},
    promise_part{"late", &promise_fates::late, true},
    promise_part{"no-show", &promise_fates::no_show, false},
    promise_part{"unmet", &promise_fates::unmet, true},
    promise_part{"pending", &promise_fates::pending, true},
    promise_part{"invalid", &promise_fates::invalid, false}};

class promise_picture {
 public:
  promise_picture(std::vector<promise_row> rows, std::size_t left_out)
      : rows_(std::move(rows)), left_out_(left_out) {}

  canvas draw(bool wide) const {
    canvas page(wide);
    double x = 0;
    for (auto const& [fate, count, always] : promise_parts) {
      if (!always && !occurs(count)) continue;
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
  bool occurs(std::uint64_t promise_fates::*count) const {
    for (auto const& row : rows_)
      if (row.found && (*row.found).*count > 0) return true;
    return false;
  }
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
    for (auto const& part : promise_parts) {
      char const* const fate = part.fate;
      std::uint64_t const count = found.*part.count;
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
    char const* before = ": ";
    for (auto const& [fate, count, always] : promise_parts) {
      if (!always && found.*count == 0) continue;
      words += fmt::format("{}{} {}", before, found.*count, fate);
      before = ", ";
    }
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
  auto const fates = [](auto const& found) {
    static_assert(detail::counts_promises<std::remove_cvref_t<decltype(found)>>,
                  "cxm::promise_chart: takes what promises or promise_ledger found; transform "
                  "other results to one of them");
    return detail::promise_fates::of(found);
  };
  if constexpr (one) rows.push_back({"all promises", shown.result().transform(fates)});
  if constexpr (many)
    for (auto const& group : shown)
      rows.push_back({detail::joined(group.key), group.result.transform(fates)});
  std::size_t const left_out = rows.size() > most ? rows.size() - most : 0;
  rows.resize(rows.size() - left_out);
  std::string const words = detail::promise_words(rows);
  detail::promise_picture const picture(std::move(rows), left_out);
  return detail::chart_maker::make(std::move(title), words,
                                   [&](bool wide) { return picture.draw(wide); });
}

}  // namespace cxm
