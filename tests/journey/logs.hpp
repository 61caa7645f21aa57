// SPDX-License-Identifier: BSL-1.0
// Logs for the tests of journeys: short ones written as text, long ones made by chance.
#pragma once

#include <cxm/core/hash.hpp>
#include <cxm/event/touchpoint_fields.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace logs {

using minutes = std::chrono::sys_time<std::chrono::minutes>;

struct contact {
  int customer;
  minutes when;
  char what;
  std::optional<minutes> ended = std::nullopt;
  std::optional<int> order = std::nullopt;
  std::optional<int> score = std::nullopt;
};

inline minutes at(int minute) {
  return minutes(std::chrono::minutes(minute));
}

inline auto fields() {
  return cxm::touchpoint_fields{&contact::customer, &contact::when, &contact::what};
}
inline auto fields_with_end() {
  return cxm::touchpoint_fields{&contact::customer, &contact::when, &contact::what,
                                cxm::ends_at{&contact::ended}};
}

/// One customer for each text, a contact every ten minutes.
inline std::vector<contact> written(std::vector<std::string_view> const& paths) {
  std::vector<contact> log;
  for (std::size_t customer = 0; customer < paths.size(); ++customer)
    for (std::size_t i = 0; i < paths[customer].size(); ++i)
      log.push_back({static_cast<int>(customer), at(static_cast<int>(10 * i)), paths[customer][i]});
  return log;
}

/// Numbers that look random and are the same everywhere.
class numbers {
 public:
  explicit numbers(std::uint64_t seed) : state_(seed) {}
  int below(int bound) {
    state_ += 0x9e3779b97f4a7c15U;
    return static_cast<int>(cxm::detail::mix(state_) % static_cast<std::uint64_t>(bound));
  }

 private:
  std::uint64_t state_;
};

/// A log in no particular order, with many equal times.
inline std::vector<contact> random(std::uint64_t seed, int events, int customers, int span) {
  numbers next(seed);
  std::vector<contact> log;
  for (int i = 0; i < events; ++i) {
    contact one{next.below(customers), at(next.below(span)),
                static_cast<char>('a' + next.below(4))};
    if (next.below(3) > 0) one.ended = one.when + std::chrono::minutes(next.below(50));
    if (next.below(2) > 0) one.order = next.below(3);
    if (next.below(2) > 0) one.score = next.below(11);
    log.push_back(one);
  }
  return log;
}

}  // namespace logs
