// SPDX-License-Identifier: BSL-1.0
#include "output.hpp"

#include <fmt/core.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace report {

namespace {

[[noreturn]] void fail(std::string const& path, int error) {
  throw file_error("can't write " + path + ": " + std::strerror(error));
}

/// Writes all of the text and closes the file (standard output is only flushed).
void write_all(std::FILE* file, std::string const& path, std::string_view text) {
  errno = 0;
  bool const written = std::fwrite(text.data(), 1, text.size(), file) == text.size();
  bool const flushed = std::fflush(file) == 0;
  int const error = errno;
  bool const closed = file == stdout || std::fclose(file) == 0;
  if (!written || !flushed || !closed) fail(path, error != 0 ? error : errno);
}

std::FILE* opened(std::string const& path, std::string const& called) {
  std::FILE* const file = std::fopen(path.c_str(), "wb");
  if (file == nullptr) fail(called, errno);
  return file;
}

/// A new file beside the old one takes its place once it is complete.
void replace_file(std::string const& path, std::string_view text) {
  std::string const part = path + ".part";
  try {
    write_all(opened(part, path), path, text);
  } catch (file_error const&) {
    std::remove(part.c_str());
    throw;
  }
  std::error_code failed;
  std::filesystem::rename(part, path, failed);
  if (failed) {
    std::remove(part.c_str());
    throw file_error("can't write " + path + ": " + failed.message());
  }
}

}  // namespace

void write_text(std::string const& path, std::string_view text) {
  if (path == "-") return write_all(stdout, "standard output", text);
  std::error_code failed;
  auto const there = std::filesystem::status(path, failed);
  if (std::filesystem::is_directory(there)) fail(path, EISDIR);
  // A device or a pipe is written to, not replaced.
  if (std::filesystem::exists(there) && !std::filesystem::is_regular_file(there))
    return write_all(opened(path, path), path, text);
  replace_file(path, text);
}

std::string shown(double value, int decimals) {
  return fmt::format("{:.{}f}", value, decimals);
}

std::string shown(cxm::maybe<double> const& value, int decimals) {
  return value ? shown(*value, decimals) : std::string(name(value.why()));
}

std::string shown(std::uint64_t count) {
  return fmt::format("{}", count);
}

std::string shown_shortest(double value) {
  return fmt::format("{:.6g}", value);
}

std::string percent(cxm::maybe<double> const& share) {
  return share ? fmt::format("{:.1f} %", 100 * *share) : std::string(name(share.why()));
}

std::string shown_time(cxm::maybe<double> const& seconds) {
  if (!seconds) return std::string(name(seconds.why()));
  double const s = *seconds;
  if (s >= 2 * 86400) return fmt::format("{:.1f} d", s / 86400);
  if (s >= 2 * 3600) return fmt::format("{:.1f} h", s / 3600);
  if (s >= 2 * 60) return fmt::format("{:.1f} min", s / 60);
  return fmt::format("{:.1f} s", s);
}

}  // namespace report
