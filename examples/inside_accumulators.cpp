// SPDX-License-Identifier: BSL-1.0
//
// An application that already has Boost.Accumulators gets NPS by one more feature in its set, and
// may now merge the sets of its threads.
#include <cxm/adapt/merge_sets.hpp>
#include <cxm/adapt/survey_features.hpp>

#include <boost/accumulators/framework/accumulator_set.hpp>
#include <boost/accumulators/statistics/max.hpp>
#include <boost/accumulators/statistics/mean.hpp>
#include <boost/accumulators/statistics/stats.hpp>

#include <cstdio>

using namespace boost::accumulators;

int main() {
  using answers = accumulator_set<int, stats<cxm::tag::nps, tag::mean, tag::max>>;

  answers morning, afternoon;
  for (int answer : {10, 9, 9, 10, 8, 6}) morning(answer);
  for (int answer : {9, 10, 7, 10}) afternoon(answer);

  answers day;
  cxm::merge_into(day, morning);  // Boost has no merge
  cxm::merge_into(day, afternoon);

  cxm::nps_score const score = cxm::extract::nps(day);
  std::printf("answers  %zu\n", count(day));
  std::printf("mean     %.2f, best %d\n", mean(day), max(day));
  if (score.value && score.interval) {
    std::printf("NPS      %.0f (%.1f to %.1f at 95 %%)\n", *score.value, score.interval->low,
                score.interval->high);
  }
}
