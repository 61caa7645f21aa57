// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// A zone by the name that a person gives: `UTC`, `+01:00`, `Europe/Berlin`, or a POSIX rule. Names
/// are looked up in the system's zone files ($TZDIR, then the usual folder); a system without any
/// has the other three.

#include <cxm/core/any_zone.hpp>
#include <cxm/core/error.hpp>
#include <cxm/io/byte_source.hpp>
#include <cxm/io/detail/civil_time.hpp>

#include <chrono>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

namespace cxm {

namespace detail {

/// A name stays inside the folder of zone files: no absolute path, no `..`, no odd characters.
constexpr bool is_zone_name(std::string_view name) {
  if (name.empty() || name.size() > 255 || name.front() == '/' || name.find("..") != name.npos)
    return false;
  for (char const c : name) {
    bool const letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (!letter && c != '_' && c != '-' && c != '+' && c != '/' && c != '.') return false;
  }
  return true;
}

/// The zone in a file, if there is one; zone files are a few kilobytes, so 1 MiB is read at most.
inline std::optional<tz_rules> read_zone_file(std::string const& file_name) {
  try {
    file_source file(file_name);
    std::string bytes(std::size_t{1} << 20, '\0');
    bytes.resize(file(bytes.data(), bytes.size()));
    return tz_rules::parse(bytes);
  } catch (unreadable_file const&) {
    return std::nullopt;
  }
}

}  // namespace detail

/// The zone of this name. Throws std::invalid_argument with a sentence for people when there is
/// none.
inline any_zone load_zone(std::string_view name) {
  if (name == "UTC") return utc{};
  if (detail::civil_time fixed; detail::read_offset(name, fixed))
    return fixed_offset(std::chrono::minutes(fixed.offset_minutes));
  if (name.find(',') != name.npos)
    if (auto const rule = posix_zone::parse(name)) return *rule;
  if (detail::is_zone_name(name)) {
    char const* const own = std::getenv("TZDIR");
    for (char const* const folder : {own, "/usr/share/zoneinfo"}) {
      if (folder == nullptr || *folder == '\0') continue;
      std::string file_name = folder;  // in steps: g++ 12 warns falsely of "/" + std::string
      file_name += '/';
      file_name += name;
      if (auto rules = detail::read_zone_file(file_name)) return *rules;
    }
  }
  detail::refuse("cxm::load_zone: no zone '" + std::string(name) +
                 "' (UTC, +01:00, or a name that this system has a zone file for)");
}

}  // namespace cxm
