// SPDX-License-Identifier: BSL-1.0
#include "input.hpp"

#include <cxm/io/number.hpp>
#include <cxm/io/zone_file.hpp>
#include <cxm/report/json.hpp>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <system_error>

#if defined(_WIN32)
#include <io.h>
#else
#include <unistd.h>
#endif

namespace report {

namespace {

std::string_view name_of(rejection why) {
  constexpr std::string_view names[] = {"ragged",     "filtered",         "missing_key",
                                        "bad_time",   "end_before_start", "missing_touchpoint",
                                        "bad_weight", "missing_feature"};
  return names[static_cast<std::size_t>(why)];
}

bool terminal_listens() {
#if defined(_WIN32)
  return _isatty(_fileno(stderr)) != 0;
#else
  return isatty(fileno(stderr)) != 0;
#endif
}

bool ends_with(std::string const& text, std::string_view end) {
  return text.size() >= end.size() &&
         std::string_view(text).substr(text.size() - end.size()) == end;
}

/// CSV may have any name, but names of other formats are not taken for it.
std::string checked_path(options const& given, std::string const& path, std::string const& option) {
  given.one_of("--format", {"csv"});
  constexpr std::string_view packed[] = {".gz", ".bz2", ".xz", ".zst", ".zip"};
  for (auto const end : packed)
    if (ends_with(path, end))
      throw usage_error(option + ": " + path + " is compressed; unpack it on the way, as in " +
                        "gzip -dc FILE | cxm_report ... " + option + " -");
  constexpr std::string_view others[] = {".xes",      ".xml",     ".json",  ".jsonl",   ".ndjson",
                                         ".jsonocel", ".parquet", ".arrow", ".feather", ".xlsx"};
  for (auto const end : others)
    if (ends_with(path, end))
      throw usage_error(option + ": " + path +
                        " is in a format that is not read; the known ones are csv");
  return path;
}

cxm::csv_options reading(options const& given) {
  cxm::csv_options how;
  how.delimiter = given.character("--delimiter", ',');
  // A long comment is no error; an unclosed quote in a file that does not end must still end.
  how.max_field = how.max_row = std::size_t{1} << 28;
  how.max_columns = std::size_t{1} << 16;
  return how;
}

/// Malformed CSV with the name of the file in front.
template <class Work>
auto in_file(std::string const& path, Work const& work) {
  try {
    return work();
  } catch (cxm::bad_csv const& wrong) {
    throw file_error((path == "-" ? "standard input" : path) + ", " + wrong.what());
  }
}

cxm::csv_reader<cxm::file_source> opened(std::string const& path, options const& given) {
  return in_file(path, [&] {
    return options::checked(
        "--delimiter", [&] { return cxm::csv_reader(cxm::file_source(path), reading(given)); });
  });
}

}  // namespace

std::uint64_t row_counts::rows() const {
  std::uint64_t sum = used_;
  for (std::uint64_t const count : rejected_) sum += count;
  return sum;
}

std::vector<std::pair<std::string, std::uint64_t>> row_counts::reasons() const {
  std::vector<std::pair<std::string, std::uint64_t>> found;
  for (std::size_t i = 0; i < std::size(rejected_); ++i)
    if (rejected_[i] > 0) found.emplace_back(name_of(static_cast<rejection>(i)), rejected_[i]);
  std::sort(found.begin(), found.end());
  return found;
}

void row_counts::add(row_counts const& other) {
  used_ += other.used_;
  for (std::size_t i = 0; i < std::size(rejected_); ++i) rejected_[i] += other.rejected_[i];
}

void row_counts::write(cxm::json_writer& json) const {
  json.key("input").begin_object();
  write_members(json);
  json.end_object();
}

void row_counts::write_members(cxm::json_writer& json) const {
  json.member("rows", rows());
  json.member("used", used_);
  json.key("rejected").begin_object();
  for (auto const& [reason, count] : reasons()) json.member(reason, count);
  json.end_object();
}

std::string row_counts::text() const {
  std::string line = std::to_string(rows()) + " rows, " + std::to_string(used_) + " used";
  for (auto const& [reason, count] : reasons())
    line += ", " + std::to_string(count) + " rejected as " + reason;
  return line + "\n";
}

progress_bar::progress_bar(std::string const& path)
    : active_(terminal_listens()),
      next_(std::chrono::steady_clock::now() + std::chrono::seconds(1)) {
  std::error_code failed;
  if (path != "-" && std::filesystem::is_regular_file(path, failed)) {
    auto const size = std::filesystem::file_size(path, failed);
    if (!failed) size_ = size;
  }
}

progress_bar::~progress_bar() {
  if (shown_) std::fputs("\r\x1b[K", stderr);
}

void progress_bar::at(std::uint64_t bytes) {
  if (!active_) return;
  auto const now = std::chrono::steady_clock::now();
  if (now < next_) return;
  next_ = now + std::chrono::milliseconds(100);
  shown_ = true;
  auto const megabytes = static_cast<unsigned long long>(bytes >> 20);
  if (size_ == 0) {
    std::fprintf(stderr, "\r%llu MB read\x1b[K", megabytes);
    return;
  }
  constexpr std::size_t width = 40;
  auto const done = std::min<std::uint64_t>(bytes, size_);
  auto const filled = static_cast<std::size_t>(done * width / size_);
  std::string const bar = std::string(filled, '#') + std::string(width - filled, '.');
  std::fprintf(stderr, "\r[%s] %3llu %%\x1b[K", bar.c_str(),
               static_cast<unsigned long long>(done * 100 / size_));
}

std::vector<std::string> input::known_options() {
  return {"--in",   "--format",      "--delimiter", "--decimal",   "--where",
          "--zone", "--time-format", "--json",      "--confidence"};
}

input::input(options const& given, std::string const& path, std::string const& option)
    : path_(checked_path(given, path, option)),
      zone_(options::checked("--zone",
                             [&] { return cxm::load_zone(given.text("--zone").value_or("UTC")); })),
      format_(options::checked("--time-format",
                               [&] {
                                 auto const format = given.text("--time-format");
                                 return format ? cxm::time_format(*format) : cxm::time_format();
                               })),
      confidence_(options::checked(
          "--confidence", [&] { return cxm::confidence(given.number("--confidence", 0.95)); })),
      decimal_(given.one_of("--decimal", {".", ","}).front()),
      reader_(opened(path_, given)),
      progress_(path_) {
  auto const& header = reader_.header();
  for (auto const& where : given.repeated("--where")) {
    std::size_t equals = where.find('=');
    if (equals == where.npos) throw usage_error("--where: must be COLUMN=VALUE");
    // A column may have an equals sign in its name: the first that makes one is meant.
    for (std::size_t at = equals; at != where.npos; at = where.find('=', at + 1))
      if (std::find(header.begin(), header.end(), where.substr(0, at)) != header.end()) {
        equals = at;
        break;
      }
    conditions_.push_back({column("--where", where.substr(0, equals)), where.substr(equals + 1)});
  }
}

std::size_t input::column(std::string const& option, std::string const& name) {
  auto const& header = reader_.header();
  auto const found = std::find(header.begin(), header.end(), name);
  if (found == header.end())
    throw file_error(option + ": there is no column '" + name + "'; the known ones are " +
                     listed(header));
  auto const column = static_cast<std::size_t>(found - header.begin());
  auto const already = std::find(selected_.begin(), selected_.end(), column);
  if (already != selected_.end()) return static_cast<std::size_t>(already - selected_.begin());
  selected_.push_back(column);
  reader_.select_columns(selected_);
  return selected_.size() - 1;
}

std::optional<std::size_t> input::find(std::string const& name) {
  auto const& header = reader_.header();
  if (std::find(header.begin(), header.end(), name) == header.end()) return std::nullopt;
  return column({}, name);
}

std::vector<std::size_t> input::columns(std::string const& option,
                                        std::vector<std::string> const& names) {
  std::vector<std::size_t> places;
  for (auto const& name : names) places.push_back(column(option, name));
  return places;
}

bool input::next() {
  while (in_file(path_, [this] { return reader_.next(); })) {
    if (reader_.rows() % 4096 == 0) progress_.at(reader_.bytes());
    bool const kept = std::all_of(conditions_.begin(), conditions_.end(), [&](auto const& one) {
      return reader_.field(one.place) == one.value;
    });
    if (kept) return true;
    counts_.reject(rejection::filtered);
  }
  counts_.reject(rejection::ragged, reader_.ragged());
  return false;
}

std::optional<cxm::parsed_time> input::time(std::size_t place) const {
  return cxm::parse_time(field(place), zone_, format_);
}

std::optional<double> input::number(std::size_t place) const {
  return cxm::parse_number(field(place), decimal_);
}

}  // namespace report
