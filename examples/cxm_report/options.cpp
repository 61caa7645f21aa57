// SPDX-License-Identifier: BSL-1.0
#include "options.hpp"

#include <cxm/io/number.hpp>

#include <algorithm>
#include <charconv>
#include <system_error>

namespace report {

namespace {

bool contains(std::vector<std::string> const& names, std::string const& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::vector<std::string> split(std::string const& text) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0;;) {
    std::size_t const comma = text.find(',', begin);
    parts.push_back(text.substr(begin, comma - begin));
    if (comma == text.npos) return parts;
    begin = comma + 1;
  }
}

}  // namespace

std::string listed(std::vector<std::string> const& names) {
  std::string text;
  for (auto const& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

options::options(std::string_view command, std::vector<std::string> const& arguments,
                 std::vector<std::string> const& known, std::vector<std::string> const& flags) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    std::size_t const equals =
        arguments[i].substr(0, 2) == "--" ? arguments[i].find('=') : std::string::npos;
    std::string const name = arguments[i].substr(0, equals);
    bool const flag = contains(flags, name);
    if (!flag && !contains(known, name)) {
      std::vector<std::string> all = known;
      all.insert(all.end(), flags.begin(), flags.end());
      throw usage_error("unknown option '" + name + "' of " + std::string(command) +
                        "; the known ones are " + listed(all));
    }
    auto& values = values_[name];
    if (flag) {
      if (equals != std::string::npos) throw usage_error(name + ": takes no value");
      values.emplace_back();
    } else if (equals != std::string::npos) {
      values.push_back(arguments[i].substr(equals + 1));
    } else {
      bool const there = i + 1 < arguments.size() && arguments[i + 1].substr(0, 2) != "--";
      if (!there) throw usage_error(name + ": needs a value");
      values.push_back(arguments[++i]);
    }
  }
}

std::string options::sentence_of(std::string_view complaint) {
  std::size_t const colon =
      complaint.substr(0, 5) == "cxm::" ? complaint.find(": ") : complaint.npos;
  return std::string(colon == complaint.npos ? complaint : complaint.substr(colon + 2));
}

std::optional<std::string> options::text(std::string const& name) const {
  auto const found = values_.find(name);
  if (found == values_.end()) return std::nullopt;
  if (found->second.size() > 1) throw usage_error(name + ": given more than once");
  return found->second.front();
}

std::string options::required(std::string const& name) const {
  auto const value = text(name);
  if (!value) throw usage_error(name + ": is needed");
  return *value;
}

std::vector<std::string> options::list(std::string const& name) const {
  auto const values = repeated(name);
  return values.size() == 1 ? split(values.front()) : values;
}

std::vector<std::string> options::required_list(std::string const& name) const {
  if (!has(name)) throw usage_error(name + ": is needed");
  return list(name);
}

std::vector<std::string> options::repeated(std::string const& name) const {
  auto const found = values_.find(name);
  return found == values_.end() ? std::vector<std::string>() : found->second;
}

std::string options::one_of(std::string const& name,
                            std::vector<std::string> const& choices) const {
  auto const value = text(name).value_or(choices.front());
  if (!contains(choices, value))
    throw usage_error(name + ": unknown '" + value + "'; the known ones are " + listed(choices));
  return value;
}

char options::character(std::string const& name, char fallback) const {
  auto const value = text(name);
  if (!value) return fallback;
  if (*value == "\\t" || *value == "tab") return '\t';
  if (value->size() != 1) throw usage_error(name + ": must be one character");
  return value->front();
}

std::optional<std::int64_t> options::integer(std::string const& name) const {
  auto const value = text(name);
  if (!value) return std::nullopt;
  auto const number = whole_number(*value);
  if (!number) throw usage_error(name + ": '" + *value + "' is not a whole number");
  return number;
}

double options::number(std::string const& name, double fallback) const {
  auto const value = text(name);
  if (!value) return fallback;
  auto const number = cxm::parse_number(*value);
  if (!number) throw usage_error(name + ": '" + *value + "' is not a number");
  return *number;
}

std::optional<std::pair<std::int64_t, std::int64_t>> options::range(std::string const& name) const {
  auto const value = text(name);
  if (!value) return std::nullopt;
  std::string_view const both = *value;
  std::size_t const colon = both.find(':');
  if (colon != both.npos) {
    auto const low = whole_number(both.substr(0, colon));
    auto const high = whole_number(both.substr(colon + 1));
    if (low && high) return std::pair(*low, *high);
  }
  throw usage_error(name + ": '" + *value + "' is not LOW:HIGH, as in 0:10");
}

std::optional<std::chrono::microseconds> options::duration(std::string const& name) const {
  auto const value = text(name);
  if (!value) return std::nullopt;
  constexpr std::string_view units = "smhdw";
  constexpr std::int64_t seconds_of[] = {1, 60, 3600, 86400, 604800};
  constexpr std::int64_t most = 400'000'000'000;  // seconds, more than the years 1 to 9999
  std::size_t const unit = value->empty() ? units.npos : units.find(value->back());
  if (unit != units.npos) {
    auto const count = whole_number(std::string_view(*value).substr(0, value->size() - 1));
    if (count && *count > 0 && *count <= most / seconds_of[unit])
      return std::chrono::seconds(*count * seconds_of[unit]);
  }
  throw usage_error(name + ": '" + *value + "' is not a time longer than zero, as in 30m, 2h, 30d");
}

}  // namespace report
