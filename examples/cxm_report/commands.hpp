// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// The commands. Each takes the arguments behind its name and throws when it can't do its work.

#include <string>
#include <vector>

namespace report {

void scores(std::vector<std::string> const& arguments);
void compare(std::vector<std::string> const& arguments);
void journeys_command(std::vector<std::string> const& arguments);
void funnel_command(std::vector<std::string> const& arguments);
void paths(std::vector<std::string> const& arguments);
void attribution(std::vector<std::string> const& arguments);
void segments(std::vector<std::string> const& arguments);
void report_command(std::vector<std::string> const& arguments);

}  // namespace report
