// SPDX-License-Identifier: BSL-1.0
#include "page_of.hpp"

#include <cxm/report/json.hpp>
#include <cxm/version.hpp>

namespace report {

showing showing_of(options const& given) {
  auto const least = given.integer("--min-n").value_or(5);
  if (least < 1) throw usage_error("--min-n: must be at least 1");
  return {cxm::min_people{static_cast<std::uint64_t>(least)},
          given.one_of("--every", {"month", "week", "day"})};
}

void finish(found_report& found, page_parts parts, std::string title, cxm::sentence subtitle,
            showing const& how) {
  found.page = cxm::page(std::move(title), std::move(subtitle));
  found.page.add(cxm::headline(std::move(parts.cards)));
  found.attention = parts.attention;
  found.page.add(cxm::attention(std::move(parts.attention)));
  for (auto& one : parts.sections) found.page.add(std::move(one));
  cxm::section data("About the data", fate_of("events", found.events));
  if (found.answers) data.add(fate_of("answers", *found.answers));
  if (found.joined) data.add(fate_of(*found.joined));
  found.page.add(std::move(data));
  found.page.footer(cxm::sentence("Made with cxm. Groups of fewer than ",
                                  cxm::figure::count(how.least.n), " are not shown."));
}

namespace {

void write(cxm::json_writer& json, cxm::join_counts const& counts) {
  json.begin_object().member("answers", counts.total());
  json.member("matched", counts.matched());
  json.member("by_case", counts.by_case).member("by_customer", counts.by_customer);
  json.member("unmatched", counts.unmatched());
  json.member("unknown_case", counts.unknown_case);
  json.member("unknown_customer", counts.unknown_customer);
  json.member("out_of_time", counts.out_of_time).member("without_key", counts.without_key);
  json.member("ambiguous", counts.ambiguous());
  json.member("several_journeys", counts.several_journeys);
  json.member("equal_ends", counts.equal_ends).end_object();
}

}  // namespace

std::string to_json(found_report const& found) {
  cxm::json_writer json(cxm::json_layout::pretty);
  json.begin_object().key("input").begin_object();
  row_counts all = found.events;
  if (found.answers) all.add(*found.answers);
  all.write_members(json);
  json.key("events").begin_object();
  found.events.write_members(json);
  json.end_object();
  if (found.answers) {
    json.key("answers").begin_object();
    found.answers->write_members(json);
    json.end_object();
  }
  json.end_object();
  if (found.joined) write(json.key("joined"), *found.joined);
  found.page.write(json.key("page"));
  return json.end_object().text() + "\n";
}

std::string to_text(found_report const& found) {
  std::string text = "events: " + found.events.text();
  if (found.answers) text += "answers: " + found.answers->text();
  if (found.joined) text += fate_of(*found.joined).text() + "\n";
  text += found.attention.empty() ? "nothing stands out\n" : "what needs attention:\n";
  for (auto const& one : found.attention) text += "- " + one.text() + "\n";
  return text;
}

}  // namespace report
