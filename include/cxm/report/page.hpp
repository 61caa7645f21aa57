// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// A report as one HTML file that needs nothing else: no script, no network, light and dark, desk,
/// phone and paper. It is composed of parts, and is well-formed XML. `json()` has the same numbers:
/// each `<data value="…">` of the page is one of them.
///
///     page report("Customer experience", "Broadband, 2024");
///     report.add(headline{card("NPS", publish(nps)), card("Promises broken", publish(broken))});
///     report.add(attention(needs_attention(by_touchpoint, "NPS")));
///     report.add(section("Touchpoints", "Where it is won and lost.",
///                        score_chart(by_touchpoint, "NPS by touchpoint"),
///                        tabulate(by_touchpoint)));
///     write_file(report.html());

#include <cxm/report/chart.hpp>
#include <cxm/report/detail/page_markup.hpp>
#include <cxm/report/figure_table.hpp>
#include <cxm/report/json.hpp>
#include <cxm/report/publishable.hpp>
#include <cxm/report/sentence.hpp>

#include <initializer_list>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace cxm {

/// A headline number with its interval.
class card {
 public:
  /// Of a score or share that may be shown.
  template <class Shown>
  card(std::string name, Shown const& shown) : name_(std::move(name)) {
    static_assert(detail::is_published<Shown>,
                  "cxm::card: takes what may be shown; cxm::publish(score, min_people{5}) makes "
                  "it");
    if constexpr (detail::is_published<Shown>)
      score_ = shown.result().transform([](auto const& result) { return estimate_of(result); });
  }
  /// Of one figure, such as a count of journeys or a median that may be shown.
  card(std::string name, figure const& shown, sentence below = {})
      : name_(std::move(name)), single_(shown), below_(std::move(below)) {}

  std::string markup() const {
    return detail::card_markup(name_, score_, single_, detail::markup(below_));
  }
  void write(json_writer& json) const {
    json.begin_object().member("name", name_);
    if (single_) {
      json.member("value", single_->value).key("below");
      detail::write(json, below_);
    } else if (score_) {
      json.member("n", score_->n).member("missing", score_->missing);
      json.member("invalid", score_->invalid).member("value", score_->value);
      json.member("low", score_->low).member("high", score_->high);
    } else {
      json.member("value", maybe<double>(score_.why()));
    }
    json.end_object();
  }

 private:
  std::string name_;
  maybe<estimate> score_ = reason::no_data;
  std::optional<figure> single_;
  sentence below_;
};

/// The numbers on top.
struct headline {
  std::vector<card> cards;
  headline(std::initializer_list<card> some) : cards(some) {}
  explicit headline(std::vector<card> some) : cards(std::move(some)) {}
};

/// What a reader should look at first; a page without such says so.
struct attention {
  std::vector<sentence> items;
  explicit attention(std::vector<sentence> some) : items(std::move(some)) {}
};

/// A heading, a sentence, and charts, tables and further sentences in any order. A table behind a
/// chart stands beside it.
class section {
 public:
  using item = std::variant<chart, figure_table, sentence>;

  template <class... Items>
  section(std::string title, sentence said, Items... items)
      : title_(std::move(title)), said_(std::move(said)) {
    items_.reserve(sizeof...(items));
    (items_.emplace_back(std::move(items)), ...);
  }

  /// Adds a chart, a table or a sentence.
  template <class Item>
  void add(Item more) {
    items_.emplace_back(std::move(more));
  }

  std::string markup() const {
    std::string out = "<section>\n<h2>" + detail::name_markup(title_, 200) + "</h2>\n";
    if (!said_.empty()) out += "<p>" + detail::markup(said_) + "</p>\n";
    for (std::size_t i = 0; i < items_.size(); ++i) {
      if (auto const* said = std::get_if<sentence>(&items_[i])) {
        out += "<p>" + detail::markup(*said) + "</p>\n";
        continue;
      }
      out += "<div class=\"pair\">\n";
      if (auto const* picture = std::get_if<chart>(&items_[i])) {
        out += detail::figure_element(*picture);
        if (i + 1 < items_.size() && std::holds_alternative<figure_table>(items_[i + 1])) ++i;
      }
      if (auto const* table = std::get_if<figure_table>(&items_[i]))
        out += detail::table_element(*table);
      out += "</div>\n";
    }
    return out + "</section>\n";
  }
  void write(json_writer& json) const {
    json.begin_object().member("title", title_).key("text");
    detail::write(json, said_);
    json.key("tables").begin_array();
    for (auto const& one : items_) {
      auto const* table = std::get_if<figure_table>(&one);
      if (table == nullptr) continue;
      json.begin_object().member("title", table->title()).key("rows");
      cxm::write(json, *table);
      json.end_object();
    }
    json.end_array().key("charts").begin_array();
    for (auto const& one : items_) {
      auto const* picture = std::get_if<chart>(&one);
      if (picture == nullptr) continue;
      json.begin_object().member("title", picture->title());
      json.member("description", picture->description()).key("figures").begin_array();
      for (auto const& shown : picture->figures()) json.value(shown.value);
      json.end_array().end_object();
    }
    json.end_array().key("notes").begin_array();
    for (auto const& one : items_)
      if (auto const* said = std::get_if<sentence>(&one)) detail::write(json, *said);
    json.end_array().end_object();
  }

 private:
  std::string title_;
  sentence said_;
  std::vector<item> items_;
};

/// The page. Parts appear in the order in which they were added.
class page {
 public:
  explicit page(std::string title, sentence subtitle = {})
      : title_(std::move(title)), subtitle_(std::move(subtitle)) {}

  page& add(headline part) { return keep(std::move(part)); }
  page& add(attention part) { return keep(std::move(part)); }
  page& add(section part) { return keep(std::move(part)); }
  /// The last line, such as which data and which version made the page.
  page& footer(sentence said) {
    footer_ = std::move(said);
    return *this;
  }

  std::string html() const {
    std::string out = detail::page_head(title_);
    out += "<header>\n<h1>" + detail::name_markup(title_, 200) + "</h1>\n";
    if (!subtitle_.empty()) out += "<p class=\"soft\">" + detail::markup(subtitle_) + "</p>\n";
    out += "</header>\n<main>\n";
    for (auto const& one : parts_)
      out += std::visit([](auto const& part) { return markup(part); }, one);
    out += "</main>\n<footer>" + detail::markup(footer_) + "</footer>\n</body>\n</html>\n";
    return out;
  }

  /// The numbers of the page, the parts in their order.
  std::string json(json_layout layout = json_layout::pretty) const {
    json_writer json(layout);
    write(json);
    return json.text() + "\n";
  }
  /// The same as a value within other JSON.
  void write(json_writer& json) const {
    json.begin_object().member("title", title_).key("subtitle");
    detail::write(json, subtitle_);
    json.key("parts").begin_array();
    for (auto const& one : parts_) std::visit([&](auto const& part) { write(json, part); }, one);
    json.end_array().key("footer");
    detail::write(json, footer_);
    json.end_object();
  }

 private:
  template <class Part>
  page& keep(Part part) {
    parts_.emplace_back(std::move(part));
    return *this;
  }

  static std::string markup(headline const& part) {
    std::string out = "<div class=\"cards\">\n";
    for (auto const& one : part.cards) out += one.markup();
    return out + "</div>\n";
  }
  static std::string markup(attention const& part) {
    std::string out = "<div class=\"attention\">\n<h2>What needs attention</h2>\n";
    if (part.items.empty()) return out + "<p>Nothing stands out.</p>\n</div>\n";
    out += "<ul>\n";
    for (auto const& one : part.items) out += "<li>" + detail::markup(one) + "</li>\n";
    return out + "</ul>\n</div>\n";
  }
  static std::string markup(section const& part) { return part.markup(); }

  static void write(json_writer& json, headline const& part) {
    json.begin_object().key("headline").begin_array();
    for (auto const& one : part.cards) one.write(json);
    json.end_array().end_object();
  }
  static void write(json_writer& json, attention const& part) {
    json.begin_object().key("attention").begin_array();
    for (auto const& one : part.items) detail::write(json, one);
    json.end_array().end_object();
  }
  static void write(json_writer& json, section const& part) {
    json.begin_object().key("section");
    part.write(json);
    json.end_object();
  }

  std::string title_;
  sentence subtitle_, footer_;
  std::vector<std::variant<headline, attention, section>> parts_;
};

}  // namespace cxm
