// SPDX-License-Identifier: BSL-1.0
//
// NPS per touchpoint over the last hour, read at every answer: a ring by hand against
// `windowed(when, sliding{1h}, by(touchpoint, on(score, nps())))`, which takes answers back.
#include <cxm/stats/by.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/windowed.hpp>
#include <cxm/survey/nps.hpp>

#include "events.hpp"
#include "harness.hpp"

#include <array>
#include <functional>

namespace {

using namespace std::chrono_literals;

struct answer {
  bench::time_point when;
  std::uint16_t touchpoint;
  std::int8_t score;
};

/// Counters and a ring by hand, for scores that are known to be on the scale and in order.
std::uint64_t by_hand(std::vector<answer> const& answers) {
  struct counters {
    std::int64_t n = 0, net = 0;
  };
  std::array<counters, bench::touchpoints> counts{};
  auto const worth = [](answer const& one) { return (one.score >= 9) - (one.score <= 6); };
  std::vector<answer> ring(1 << 16);
  std::size_t head = 0, tail = 0;
  std::uint64_t sum = 0;
  for (auto const& one : answers) {
    for (; head != tail && ring[head % ring.size()].when <= one.when - 1h; ++head) {
      auto const& old = ring[head % ring.size()];
      --counts[old.touchpoint].n;
      counts[old.touchpoint].net -= worth(old);
    }
    ring[tail++ % ring.size()] = one;
    auto& now = counts[one.touchpoint];
    ++now.n;
    now.net += worth(one);
    sum += static_cast<std::uint64_t>(1000 * now.n + now.net);
  }
  return sum;
}

std::uint64_t by_cxm(std::vector<answer> const& answers) {
  auto plan = cxm::windowed(&answer::when, cxm::sliding{1h},
                            cxm::by(&answer::touchpoint, cxm::on(&answer::score, cxm::nps())));
  std::uint64_t sum = 0;
  for (auto const& one : answers) {
    plan.add(one);
    auto const now = plan.inner().find(one.touchpoint)->inner().counts();
    auto const promoters = static_cast<std::int64_t>(now.points[9] + now.points[10]);
    std::int64_t detractors = 0;
    for (std::size_t point = 0; point <= 6; ++point)
      detractors += static_cast<std::int64_t>(now.points[point]);
    auto const passives = static_cast<std::int64_t>(now.points[7] + now.points[8]);
    sum += static_cast<std::uint64_t>(1000 * (promoters + passives + detractors) + promoters -
                                      detractors);
  }
  return sum;
}

}  // namespace

int main(int argc, char** argv) {
  auto const settings = bench::read_settings(argc, argv);
  std::vector<answer> answers;
  for (auto const& one : bench::make_answers(settings.events))
    answers.push_back({one.when, one.touchpoint, *one.score});
  bench::contest<std::function<std::uint64_t()>> rivals("NPS per touchpoint of the last hour",
                                                        answers.size());
  rivals.add("by hand", [&] { return by_hand(answers); });
  rivals.add("cxm::windowed", [&] { return by_cxm(answers); });
  rivals.run(settings.turns);
}
