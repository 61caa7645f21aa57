// SPDX-License-Identifier: BSL-1.0
//
// One question, no groups: adding an answer and adding many, against counters by hand, over structs
// and over a column with and without gaps.
#include <cxm/core/rows.hpp>
#include <cxm/event/rows_of.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/survey/nps.hpp>

#include "events.hpp"
#include "harness.hpp"

#include <array>
#include <functional>

namespace {

/// The user's struct, 16 bytes.
struct answer {
  std::uint64_t customer;
  std::uint16_t touchpoint;
  std::uint8_t channel;
  std::int8_t score;
};

using counters = std::array<std::uint64_t, 13>;  // 0 to 10, invalid, missing
using contest = bench::contest<std::function<std::uint64_t()>>;

std::uint64_t checked(counters const& counts) {
  bench::checksum sum;
  for (auto const one : counts) sum.add(one);
  return sum.value();
}
template <class Tally>
std::uint64_t checked(Tally const& tally) {
  auto const counts = tally.counts();
  counters all{};
  std::copy(counts.points.begin(), counts.points.end(), all.begin());
  all[11] = counts.invalid;
  all[12] = counts.missing;
  return checked(all);
}
std::size_t place(std::int8_t score) {
  return std::min<std::size_t>(static_cast<std::uint8_t>(score), 11);
}

void compare_rows(std::vector<bench::event> const& events, int turns) {
  std::vector<answer> rows;
  for (auto const& one : events)
    rows.push_back({one.customer, one.touchpoint, one.channel, *one.score});
  contest rivals("One question, rows of 16 bytes", rows.size());
  rivals.add("by hand, one increment an answer", [&] {
    counters counts{};
    for (auto const& row : rows) ++counts[place(row.score)];
    return checked(counts);
  });
  rivals.add("plan.add(answer)", [&] {
    auto plan = cxm::on(&answer::score, cxm::nps());
    for (auto const& row : rows) plan.add(row);
    return checked(plan.inner());
  });
  rivals.add("cxm::measure", [&] {
    return checked(cxm::measure(rows, cxm::on(&answer::score, cxm::nps())).inner());
  });
  rivals.run(turns);
}

void compare_column(std::vector<bench::event> const& events, int turns) {
  std::vector<std::int8_t> scores;
  for (auto const& one : events) scores.push_back(*one.score);
  contest rivals("One question, a column", scores.size());
  rivals.add("by hand", [&] {
    counters counts{};
    for (auto const score : scores) ++counts[place(score)];
    return checked(counts);
  });
  rivals.add("by hand, four tables in turn", [&] {
    std::array<counters, 4> counts{};
    for (std::size_t i = 0; i < scores.size(); ++i) ++counts[i % 4][place(scores[i])];
    for (std::size_t copy = 1; copy < 4; ++copy)
      for (std::size_t i = 0; i < 13; ++i) counts[0][i] += counts[copy][i];
    return checked(counts[0]);
  });
  rivals.add("nps().add_many(column)", [&] {
    auto tally = cxm::nps();
    tally.add_many(std::span<std::int8_t const>(scores));
    return checked(tally);
  });
  rivals.run(turns);
}

void compare_gaps(std::vector<bench::event> const& events, int turns) {
  std::vector<std::int8_t> scores;
  std::vector<unsigned char> valid((events.size() + 7) / 8);
  for (std::size_t i = 0; i < events.size(); ++i) {
    scores.push_back(*events[i].score);
    if (bench::random::mix(i) % 3 != 0)
      valid[i / 8] = static_cast<unsigned char>(valid[i / 8] | 1U << (i % 8));
  }
  contest rivals("One question, a column where every third answer is missing", scores.size());
  rivals.add("by hand", [&] {
    counters counts{};
    for (std::size_t i = 0; i < scores.size(); ++i)
      ++counts[(valid[i / 8] >> (i % 8) & 1) != 0 ? place(scores[i]) : 12];
    return checked(counts);
  });
  rivals.add("nps().add_many(column_with_gaps)", [&] {
    auto tally = cxm::nps();
    tally.add_many(cxm::column_with_gaps<std::int8_t>(scores, valid));
    return checked(tally);
  });
  rivals.run(turns);
}

}  // namespace

int main(int argc, char** argv) {
  auto const settings = bench::read_settings(argc, argv);
  auto const events = bench::make_answers(settings.events);
  compare_rows(events, settings.turns);
  compare_column(events, settings.turns);
  compare_gaps(events, settings.turns);
}
