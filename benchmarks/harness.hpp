// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string>
#include <utility>
#include <vector>

/// \file
/// Ratios within one run: all contestants take turns, so that whatever else the machine does meets
/// them alike, and each figure is the median of its turns in CPU time. Each gives a checksum; a
/// contestant whose checksum differs from the first one's ends the program with an error.

namespace bench {

/// Options of every benchmark: `NAME [events [turns]]`.
struct settings {
  std::size_t events = 10'000'000;
  int turns = 7;
};
inline settings read_settings(int argc, char** argv) {
  settings chosen;
  if (argc > 1) chosen.events = std::strtoull(argv[1], nullptr, 10);
  if (argc > 2) chosen.turns = std::atoi(argv[2]);
  if (chosen.events == 0 || chosen.turns < 1) {
    std::fprintf(stderr, "usage: %s [events [turns]]\n", argv[0]);
    std::exit(2);
  }
  return chosen;
}

/// Peak memory of this process beyond what it holds now while `work` runs, in bytes; 0 where the
/// system doesn't say (it is Linux that does).
template <class Work>
std::size_t peak_memory_of(Work const& work) {
  auto const kilobytes = [](char const* name) {
    std::size_t found = 0;
    char line[256];
    std::FILE* const status = std::fopen("/proc/self/status", "r");
    while (status && std::fgets(line, sizeof line, status))
      if (std::strncmp(line, name, std::strlen(name)) == 0)
        found = std::strtoull(line + std::strlen(name), nullptr, 10);
    if (status) std::fclose(status);
    return found;
  };
  if (std::FILE* const reset = std::fopen("/proc/self/clear_refs", "w")) {
    std::fputs("5", reset);  // the peak starts from here
    std::fclose(reset);
  }
  std::size_t const before = kilobytes("VmRSS:");
  work();
  std::size_t const peak = kilobytes("VmHWM:");
  return peak > before ? (peak - before) * 1024 : 0;
}

/// An order-dependent mix of whole numbers: the results of a contestant in one word.
class checksum {
 public:
  void add(std::uint64_t word) { state_ = (state_ ^ word) * 0x9e3779b97f4a7c15U + (state_ >> 29); }
  std::uint64_t value() const { return state_; }

 private:
  std::uint64_t state_ = 1;
};

/// One comparison: `add` the contestants, the yardstick first, then `run`.
template <class Contestant>
class contest {
 public:
  contest(std::string title, std::size_t events) : title_(std::move(title)), events_(events) {}
  void add(std::string name, Contestant contestant) {
    entries_.push_back({std::move(name), std::move(contestant), {}});
  }

  /// Prints the table. `turns` turns each, after one that is not counted. Gives the nanoseconds an
  /// event of each.
  std::vector<double> run(int turns) {
    for (int turn = -1; turn < turns; ++turn)
      for (auto& one : entries_) take_turn(one, turn >= 0);
    std::printf("%s, %zu events\n", title_.c_str(), events_);
    double const yardstick = median(entries_.front().seconds);
    std::vector<double> each;
    for (auto& one : entries_) {
      double const seconds = median(one.seconds);
      each.push_back(1e9 * seconds / static_cast<double>(events_));
      std::printf("  %-44s %8.2f ns/event   x %.2f\n", one.name.c_str(), each.back(),
                  seconds / yardstick);
    }
    std::fflush(stdout);
    return each;
  }

 private:
  struct entry {
    std::string name;
    Contestant contestant;
    std::vector<double> seconds;
  };

  void take_turn(entry& one, bool counts) {
    auto const begin = std::clock();
    std::uint64_t const sum = one.contestant();
    auto const end = std::clock();
    if (counts) one.seconds.push_back(static_cast<double>(end - begin) / CLOCKS_PER_SEC);
    if (&one == &entries_.front()) expected_ = sum;
    if (sum == expected_) return;
    std::fprintf(stderr, "%s: \"%s\" gives another result than \"%s\"\n", title_.c_str(),
                 one.name.c_str(), entries_.front().name.c_str());
    std::exit(1);
  }
  static double median(std::vector<double>& values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
  }

  std::string title_;
  std::size_t events_;
  std::vector<entry> entries_;
  std::uint64_t expected_ = 0;
};

}  // namespace bench
