// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// A finished report: its page, and what became of rows and answers on the way to it.

#include <cxm/journey/join_counts.hpp>
#include <cxm/report/page.hpp>

#include "input.hpp"
#include "sections.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace report {

struct found_report {
  cxm::page page;
  row_counts events{};
  std::optional<row_counts> answers{};
  std::optional<cxm::join_counts> joined{};
  std::vector<cxm::sentence> attention{};
};

showing showing_of(options const& given);

/// Makes the page of its parts, the section on the data last.
void finish(found_report& found, page_parts parts, std::string title, cxm::sentence subtitle,
            showing const& how);

/// The report of the bundled story.
found_report of_story(showing const& how);

std::string to_json(found_report const& found);
/// A few lines for people.
std::string to_text(found_report const& found);

}  // namespace report
