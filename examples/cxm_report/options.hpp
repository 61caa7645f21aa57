// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// The command line: names that a command knows, and their values as the types that the commands
/// want. Whatever is wrong with it is a usage_error that names the option.

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace report {

/// Wrong usage: exit code 2.
class usage_error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// An input that can't be read or an output that can't be written: exit code 3.
class file_error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// "a, b, c", for messages that list what is known.
std::string listed(std::vector<std::string> const& names);

/// The options after a command. `--name value` or `--name=value`; which may be repeated is said
/// where a value is asked for.
class options {
 public:
  /// `flags` take no value. Throws usage_error for a name that is in neither list.
  options(std::string_view command, std::vector<std::string> const& arguments,
          std::vector<std::string> const& known, std::vector<std::string> const& flags);

  bool has(std::string const& name) const { return values_.count(name) > 0; }

  /// The one value; for `required` it must be there.
  std::optional<std::string> text(std::string const& name) const;
  std::string required(std::string const& name) const;

  /// Given once the value is split at commas; given several times each value is one element.
  std::vector<std::string> list(std::string const& name) const;
  std::vector<std::string> required_list(std::string const& name) const;
  /// Every value as it is.
  std::vector<std::string> repeated(std::string const& name) const;

  /// One of `choices`, the first unless it is given.
  std::string one_of(std::string const& name, std::vector<std::string> const& choices) const;
  /// One byte; `\t` and `tab` are a tabulator.
  char character(std::string const& name, char fallback) const;
  std::optional<std::int64_t> integer(std::string const& name) const;
  double number(std::string const& name, double fallback) const;
  /// LO:HI, whole numbers.
  std::optional<std::pair<std::int64_t, std::int64_t>> range(std::string const& name) const;
  /// 90s, 30m, 2h, 30d, 2w; longer than zero.
  std::optional<std::chrono::microseconds> duration(std::string const& name) const;

  /// What `make` gives; an std::invalid_argument becomes a usage_error of this option.
  template <class Make>
  static auto checked(std::string const& name, Make const& make) {
    try {
      return make();
    } catch (std::invalid_argument const& wrong) {
      throw usage_error(name + ": " + sentence_of(wrong.what()));
    }
  }

 private:
  /// What the library says, without the name of its function.
  static std::string sentence_of(std::string_view complaint);

  std::map<std::string, std::vector<std::string>> values_;
};

}  // namespace report
