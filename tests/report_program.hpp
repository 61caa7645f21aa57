// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Runs the example program cxm_report as anyone outside does, and reads its JSON.

#include <boost/property_tree/json_parser.hpp>
#include <boost/property_tree/ptree.hpp>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace report_program {

using json = boost::property_tree::ptree;

/// The command line that starts the program; nothing where the examples are not built.
inline std::optional<std::string> program() {
  char const* const folder = std::getenv("CXM_EXAMPLES");
  if (folder == nullptr) return std::nullopt;
  return "'" + std::string(folder) + "/cxm_report'";
}

/// A file in the temporary folder, removed with the object.
class temporary_file {
 public:
  explicit temporary_file(std::string const& text, std::string const& ending = ".csv") {
    static int number = 0;
    path_ = (std::filesystem::temp_directory_path() /
             ("cxm_report_test_" +
              std::to_string(std::filesystem::hash_value(std::filesystem::current_path())) + "_" +
              std::to_string(++number) + ending))
                .string();
    std::ofstream(path_, std::ios::binary) << text;
  }
  ~temporary_file() { std::remove(path_.c_str()); }
  temporary_file(temporary_file const&) = delete;
  temporary_file& operator=(temporary_file const&) = delete;

  std::string const& path() const { return path_; }
  std::string text() const {
    std::ifstream file(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

 private:
  std::string path_;
};

struct outcome {
  int code = -1;
  std::string out;
  std::string errors;
};

/// Runs `before cxm_report arguments` in the shell (`before` may be a pipe into it).
inline outcome run(std::string const& arguments, std::string const& before = {}) {
  temporary_file errors("", ".err"), out("", ".out");
  std::string const line =
      before + *program() + " " + arguments + " >'" + out.path() + "' 2>'" + errors.path() + "'";
  int const status = std::system(line.c_str());
#if defined(_WIN32)
  int const code = status;
#else
  int const code = (status & 0x7f) != 0 ? 128 + (status & 0x7f) : (status >> 8) & 0xff;
#endif
  return {code, out.text(), errors.text()};
}

inline json parsed(std::string const& text) {
  std::istringstream in(text);
  json tree;
  boost::property_tree::read_json(in, tree);
  return tree;
}

/// The JSON of a run that must succeed.
inline json answer(std::string const& arguments, std::string const& before = {}) {
  auto const found = run(arguments + " --json -", before);
  if (found.code != 0) throw std::runtime_error("cxm_report " + arguments + ": " + found.errors);
  return parsed(found.out);
}
/// The same on text that the file of `--in` holds.
inline json answer_on(std::string const& text, std::string const& arguments) {
  temporary_file const file(text);
  return answer(arguments + " --in '" + file.path() + "'");
}

/// Keys of an object in order.
inline std::vector<std::string> keys(json const& object) {
  std::vector<std::string> names;
  for (auto const& [name, value] : object) names.push_back(name);
  return names;
}
/// The elements of an array as texts.
inline std::vector<std::string> texts(json const& array) {
  std::vector<std::string> values;
  for (auto const& [name, value] : array) values.push_back(value.data());
  return values;
}
/// "a b c" of the members `names` of each element of an array.
inline std::vector<std::string> rows(json const& array, std::vector<std::string> const& names) {
  std::vector<std::string> lines;
  for (auto const& [none, element] : array) {
    std::string line;
    for (auto const& name : names)
      line += (line.empty() ? "" : "|") + element.get_child(json::path_type(name, '\0')).data();
    lines.push_back(line);
  }
  return lines;
}
inline double number(json const& tree, std::string const& path) {
  return tree.get<double>(path);
}

}  // namespace report_program
