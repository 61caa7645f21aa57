// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

/// \file
/// The made-up log that all benchmarks read: N events of about N/22 active customers over 90 days,
/// in order of arrival, 1 % of them late. Popularity of touchpoints and activity of customers are
/// skewed as in real logs. The same seed gives the same events (up to the last bit of libm's pow,
/// log and cos).

namespace bench {

using time_point = std::chrono::sys_time<std::chrono::microseconds>;

/// The user's struct, 32 bytes a row.
struct event {
  std::uint64_t customer;
  time_point when;
  std::uint16_t touchpoint;
  std::uint8_t channel;
  std::uint8_t stage;
  std::optional<std::int8_t> score;
  double value;
};

inline constexpr std::uint16_t touchpoints = 200;
inline constexpr std::uint8_t channels = 8;
inline constexpr std::uint8_t stages = 6;

/// splitmix64 (Vigna), one word of state.
class random {
 public:
  explicit random(std::uint64_t seed) : state_(seed) {}
  static std::uint64_t mix(std::uint64_t word) {
    word = (word ^ (word >> 30)) * 0xbf58476d1ce4e5b9U;
    word = (word ^ (word >> 27)) * 0x94d049bb133111ebU;
    return word ^ (word >> 31);
  }
  std::uint64_t word() { return mix(state_ += 0x9e3779b97f4a7c15U); }
  double uniform() { return static_cast<double>(word() >> 11) * 0x1p-53; }
  std::uint64_t below(std::uint64_t n) {
    return static_cast<std::uint64_t>(uniform() * static_cast<double>(n));
  }
  double exponential(double mean) { return -mean * std::log(1.0 - uniform()); }
  /// Four uniforms, scaled to variance 1: near enough to normal for scores.
  double roughly_normal() {
    return (uniform() + uniform() + uniform() + uniform() - 2.0) * std::sqrt(3.0);
  }

 private:
  std::uint64_t state_;
};

/// Visits, contact after contact.
class log_writer {
 public:
  /// `answered`: the share of contacts with a score; `late`: the share that arrives late.
  log_writer(std::size_t events, std::uint64_t seed, double answered, double late)
      : events_(events), answered_(answered), late_(late), random_(seed) {}

  std::vector<event> write() {
    log_.reserve(events_);
    arrivals_.reserve(events_);
    while (log_.size() < events_) visit();
    return in_order_of_arrival();
  }

 private:
  void visit() {
    double const u = random_.uniform();
    auto const rank = static_cast<std::uint64_t>(static_cast<double>(events_ / 20) * u * u);
    auto const customer = random::mix(rank + 1);
    double seconds = random_.uniform() * 90 * 86'400;
    std::uint16_t at = popular();
    std::uint64_t stage = random_.uniform() < 0.6 ? 0 : random_.below(stages);
    do {
      contact(customer, seconds, at, static_cast<std::uint8_t>(stage));
      seconds += 1 + random_.exponential(random_.uniform() < 0.03 ? 3'600 : 150);
      at = next(at);
      if (random_.uniform() < 0.25 && stage + 1 < stages) ++stage;
    } while (log_.size() < events_ && random_.uniform() < 0.84);
  }

  std::uint16_t popular() {
    return static_cast<std::uint16_t>(touchpoints * std::pow(random_.uniform(), 2.5));
  }
  std::uint16_t next(std::uint16_t at) {
    double const u = random_.uniform();
    double const until[] = {0.5, 0.7, 0.8, 0.85};
    for (unsigned j = 0; j < 4; ++j)
      if (u < until[j]) return static_cast<std::uint16_t>((17u * at + 31u * j + 7u) % touchpoints);
    return popular();
  }

  void contact(std::uint64_t customer, double seconds, std::uint16_t at, std::uint8_t stage) {
    auto const channel = random_.uniform() < 0.7 ? at % channels : random_.below(channels);
    std::optional<std::int8_t> score;
    if (random_.uniform() < answered_) {
      double const mood = 7.6 + ((37 * at % 11) - 5) / 4.0 + 2.4 * random_.roughly_normal();
      score = static_cast<std::int8_t>(std::clamp(std::round(mood), 0.0, 10.0));
    }
    double const delay = random_.uniform() < late_ ? random_.exponential(300) : 0;
    auto const in_micros = [](double s) { return static_cast<std::int64_t>(s * 1e6); };
    arrivals_.emplace_back(in_micros(seconds + delay), static_cast<std::uint32_t>(log_.size()));
    log_.push_back({customer, time_point(std::chrono::microseconds(in_micros(seconds))), at,
                    static_cast<std::uint8_t>(channel), stage, score, 100 * random_.uniform()});
  }

  std::vector<event> in_order_of_arrival() {
    std::sort(arrivals_.begin(), arrivals_.end());
    std::vector<event> arrived;
    arrived.reserve(log_.size());
    for (auto const& [when, i] : arrivals_) arrived.push_back(log_[i]);
    return arrived;
  }

  std::size_t events_;
  double answered_;
  double late_;
  random random_;
  std::vector<event> log_;
  std::vector<std::pair<std::int64_t, std::uint32_t>> arrivals_;
};

/// Touchpoint events: 5 % carry a score, 1 % are late.
inline std::vector<event> make_events(std::size_t events, std::uint64_t seed = 7) {
  return log_writer(events, seed, 0.05, 0.01).write();
}
/// Answers: every row carries a score, in time order.
inline std::vector<event> make_answers(std::size_t answers, std::uint64_t seed = 7) {
  return log_writer(answers, seed, 1.0, 0.0).write();
}

}  // namespace bench
