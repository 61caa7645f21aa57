// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Where readers get their bytes: any callable `std::size_t(char* buffer, std::size_t capacity)`
/// that fills at most `capacity` bytes and returns how many, 0 at the end. Two are shipped: text in
/// memory, and a file (or standard input). Anything else (a decompressor, a socket of the
/// application) is a lambda.

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace cxm {

/// A file that can't be opened, or a read that failed midway; the text names the file and the
/// cause.
class unreadable_file : public std::runtime_error {
 public:
  unreadable_file(std::string const& name, int error)
      : std::runtime_error("can't read " + name + ": " + std::strerror(error)) {}
};

/// Text that is already in memory; it is borrowed, not copied.
class memory_source {
 public:
  explicit memory_source(std::string_view text) : rest_(text) {}

  std::size_t operator()(char* buffer, std::size_t capacity) {
    std::size_t const count = std::min(capacity, rest_.size());
    if (count != 0) std::memcpy(buffer, rest_.data(), count);
    rest_.remove_prefix(count);
    return count;
  }

 private:
  std::string_view rest_;
};

/// A file by path; `-` is standard input, which is left open. Move-only.
/// Throws unreadable_file when the file can't be opened or a read fails (a directory, a bad disk).
class file_source {
 public:
  explicit file_source(std::string name) : path_(std::move(name)) {
    if (path_ == "-") {
      path_ = "standard input";
      return;
    }
    file_.reset(std::fopen(path_.c_str(), "rb"));
    if (!file_) throw unreadable_file(path_, errno);
    std::setvbuf(file_.get(), nullptr, _IONBF, 0);  // our chunks are large: one copy less
  }

  std::size_t operator()(char* buffer, std::size_t capacity) {
    std::FILE* const file = file_ ? file_.get() : stdin;
    errno = 0;
    std::size_t const count = std::fread(buffer, 1, capacity, file);
    if (count < capacity && std::ferror(file) != 0) throw unreadable_file(path_, errno);
    return count;
  }

 private:
  struct close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::string path_;
  std::unique_ptr<std::FILE, close> file_;
};

}  // namespace cxm
