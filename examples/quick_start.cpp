// SPDX-License-Identifier: BSL-1.0
// Scores in 20 lines: NPS by touchpoint, with the interval that an honest answer needs.
#include <cxm/stats.hpp>
#include <cxm/survey.hpp>

#include <fmt/core.h>

#include <optional>
#include <string>
#include <vector>

struct answer {  // your own struct
  std::string touchpoint;
  std::optional<int> recommend;  // empty: not answered
};

int main() {
  std::vector<answer> const answers = {{"shop", 10},  {"shop", 9},   {"shop", 7},  {"call", 3},
                                       {"call", 8},   {"call", {}},  {"call", 0},  {"visit", 9},
                                       {"visit", 10}, {"visit", 11}, {"visit", 9}, {"visit", 10}};

  auto const scores =
      cxm::measure(answers, cxm::by(&answer::touchpoint, cxm::on(&answer::recommend, cxm::nps())));

  for (auto const& [touchpoint, score] : scores.result())
    fmt::print(
        "{:<6} NPS {:+6.1f}  [{:+6.1f}, {:+6.1f}]  from {} answers, {} missing, {} off the scale\n",
        touchpoint, *score.value, score.interval->low, score.interval->high, score.n, score.missing,
        score.invalid);
}
