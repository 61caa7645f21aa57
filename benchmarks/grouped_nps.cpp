// SPDX-License-Identifier: BSL-1.0
//
// NPS of 1,600 groups (touchpoint by channel) over answers in memory, as structs of 8 to 56 bytes
// and as columns: a hand-written loop against `measure(rows, by(…, on(…, nps())))`.
#include <cxm/event/rows_of.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/survey/nps.hpp>
#include <cxm/survey/tally.hpp>

#include "events.hpp"
#include "harness.hpp"

#include <array>
#include <cstring>
#include <functional>

namespace {

using bench::channels;
using bench::touchpoints;

/// The user's struct, padded by what else a row may hold.
template <std::size_t Bytes>
struct answer {
  std::uint16_t touchpoint;
  std::uint8_t channel;
  std::int8_t score;
  std::array<std::uint32_t, Bytes / 4 - 1> other;
};

/// Counters by hand: per group one for each score and one for scores off the scale. Whole groups
/// stand in `Copies` tables that take turns, because an increment that follows one of the same
/// counter waits for it.
template <std::size_t Copies>
class grouped_counts {
 public:
  void add(std::size_t copy, std::size_t touchpoint, std::size_t channel, std::int8_t score) {
    auto const point = std::min<unsigned>(static_cast<std::uint8_t>(score), 11);
    ++counts_[copy][touchpoint * channels + channel][point];
  }
  std::uint64_t checked() const {
    bench::checksum sum;
    for (std::size_t group = 0; group < touchpoints * channels; ++group) {
      std::array<std::uint64_t, 12> total{};
      for (auto const& copy : counts_)
        for (std::size_t point = 0; point < 12; ++point) total[point] += copy[group][point];
      std::uint64_t n = 0, detractors = 0;
      for (std::size_t point = 0; point <= 10; ++point) n += total[point];
      for (std::size_t point = 0; point <= 6; ++point) detractors += total[point];
      if (n == 0) continue;
      for (auto const word : {n, detractors, total[9] + total[10], total[11]}) sum.add(word);
    }
    return sum.value();
  }

 private:
  std::vector<std::array<std::array<std::uint32_t, 16>, touchpoints* channels>> counts_ =
      decltype(counts_)(Copies);
};

template <std::size_t Copies, class Row>
std::uint64_t by_hand(std::vector<Row> const& rows) {
  grouped_counts<Copies> counts;
  std::size_t i = 0;
  for (; i + Copies <= rows.size(); i += Copies)
    for (std::size_t copy = 0; copy < Copies; ++copy) {
      auto const& row = rows[i + copy];
      counts.add(copy, row.touchpoint, row.channel, row.score);
    }
  for (; i < rows.size(); ++i) counts.add(0, rows[i].touchpoint, rows[i].channel, rows[i].score);
  return counts.checked();
}

template <class Groups>
std::uint64_t checked(Groups const& found) {
  bench::checksum sum;
  for (auto const& [key, nps] : found)
    for (auto const word : {nps.n, nps.detractors, nps.promoters, nps.invalid}) sum.add(word);
  return sum.value();
}

/// What the loops by hand find, without the intervals that `nps()` adds.
struct bands {
  std::uint64_t n = 0, detractors = 0, promoters = 0, invalid = 0;
};
struct bands_reading {
  bands operator()(cxm::tally_counts const& counts) const {
    return {counts.n(), counts.between(0, 6), counts.between(9, 10), counts.invalid};
  }
};
auto bands_only() {
  return cxm::tally(cxm::points<0, 10>{}, bands_reading{});
}

template <class Row>
std::uint64_t by_cxm(std::vector<Row> const& rows) {
  return checked(
      cxm::measure(rows, cxm::by(&Row::touchpoint, &Row::channel, cxm::on(&Row::score, cxm::nps())))
          .result());
}

using contest = bench::contest<std::function<std::uint64_t()>>;

template <std::size_t Bytes>
void compare_rows(std::vector<bench::event> const& answers, int turns) {
  using Row = answer<Bytes>;
  std::vector<answer<Bytes>> rows;
  rows.reserve(answers.size());
  for (auto const& one : answers) rows.push_back({one.touchpoint, one.channel, *one.score, {}});
  contest rivals("Grouped NPS, rows of " + std::to_string(Bytes) + " bytes", rows.size());
  rivals.add("by hand", [&] { return by_hand<1>(rows); });
  rivals.add("by hand, four tables in turn", [&] { return by_hand<4>(rows); });
  rivals.add("cxm::measure", [&] {
    return checked(cxm::measure(rows, cxm::by(&Row::touchpoint, &Row::channel,
                                              cxm::on(&Row::score, bands_only())))
                       .result());
  });
  rivals.add("cxm::measure, with intervals", [&] { return by_cxm(rows); });
  rivals.run(turns);
}

void compare_columns(std::vector<bench::event> const& answers, int turns) {
  std::vector<std::uint16_t> touchpoint;
  std::vector<std::uint8_t> channel;
  std::vector<std::int8_t> score;
  for (auto const& one : answers) {
    touchpoint.push_back(one.touchpoint);
    channel.push_back(one.channel);
    score.push_back(*one.score);
  }
  contest rivals("Grouped NPS, columns of 4 bytes a row", answers.size());
  rivals.add("by hand", [&] {
    grouped_counts<1> counts;
    for (std::size_t i = 0; i < score.size(); ++i)
      counts.add(0, touchpoint[i], channel[i], score[i]);
    return counts.checked();
  });
  rivals.add("cxm::measure over rows_of", [&] {
    return checked(
        cxm::measure(cxm::rows_of(touchpoint, channel, score),
                     cxm::by(cxm::nth<0>, cxm::nth<1>, cxm::on(cxm::nth<2>, bands_only())))
            .result());
  });
  rivals.add("cxm::measure over rows_of, with intervals", [&] {
    return checked(cxm::measure(cxm::rows_of(touchpoint, channel, score),
                                cxm::by(cxm::nth<0>, cxm::nth<1>, cxm::on(cxm::nth<2>, cxm::nps())))
                       .result());
  });
  rivals.run(turns);
}

}  // namespace

int main(int argc, char** argv) {
  auto const settings = bench::read_settings(argc, argv);
  auto const answers = bench::make_answers(settings.events);
  compare_rows<8>(answers, settings.turns);
  compare_rows<24>(answers, settings.turns);
  compare_rows<40>(answers, settings.turns);
  compare_rows<56>(answers, settings.turns);
  compare_columns(answers, settings.turns);
}
