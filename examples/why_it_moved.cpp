// SPDX-License-Identifier: BSL-1.0
// The score rose by ten points. A success? Why it moved: because other customers answered (mix), or
// because they answered otherwise (rate); and which of many small shops is really the best one.
#include <cxm/diagnose.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/survey.hpp>
#include <cxm/survey/inference.hpp>

#include <cstddef>
#include <cstdio>
#include <string>
#include <vector>

struct answer {
  std::string group;
  int recommend;
};

// So many promoters, passives and detractors of a group.
void add(std::vector<answer>& to, std::string const& group, int promoters, int passives,
         int detractors) {
  to.insert(to.end(), static_cast<std::size_t>(promoters), {group, 10});
  to.insert(to.end(), static_cast<std::size_t>(passives), {group, 8});
  to.insert(to.end(), static_cast<std::size_t>(detractors), {group, 3});
}

void movement() {
  std::vector<answer> before, now;
  add(before, "consumers", 200, 100, 200);
  add(before, "companies", 300, 100, 100);
  add(now, "consumers", 68, 60, 72);
  add(now, "companies", 504, 96, 200);

  auto const plan = cxm::by(&answer::group, cxm::on(&answer::recommend, cxm::nps()));
  auto const then = cxm::measure(before, plan);
  auto const today = cxm::measure(now, plan);
  auto const why = cxm::why_it_moved(today, then);
  std::printf("NPS %+.0f -> %+.0f: %+.1f = mix %+.1f, rate %+.1f\n", *why.second, *why.first,
              *why.value, *why.mix, *why.rate);
  for (auto const& [group, part] : why.segments)
    std::printf("  %-9s %2.0f %% -> %2.0f %%, NPS %+.0f -> %+.0f: mix %+.1f, rate %+.1f\n",
                group.c_str(), 100 * *part.second_share, 100 * *part.first_share, *part.second,
                *part.first, *part.mix, *part.rate);
  // To the last bit: the parts of a sum are multiples of one power of two.
  std::printf("  mix + rate == difference: %s\n",
              *why.mix + *why.rate == *why.value ? "yes" : "no");
  auto const same = cxm::at_same_mix(today, then);
  std::printf("with the customers of before: %+.1f (%+.1f to %+.1f)\n\n", *same.value,
              same.interval->low, same.interval->high);
}

void league() {
  std::vector<answer> answers;
  add(answers, "Aston", 8, 2, 0);
  add(answers, "Brook", 25, 5, 20);
  add(answers, "Croft", 120, 30, 50);
  add(answers, "Downs", 220, 80, 100);
  add(answers, "Eaves", 3, 2, 5);

  auto const shops =
      cxm::measure(answers, cxm::by(&answer::group, cxm::on(&answer::recommend, cxm::nps())));
  auto const shrunk = cxm::shrink(shops);
  auto const ranks = cxm::ranking(shrunk);
  std::printf("shops vary by %.0f points about %+.0f\n", *shrunk.between, *shrunk.centre);
  std::printf("shop     n   raw shrunk factor  best worst  rank\n");
  for (auto const& [shop, score] : shrunk.groups) {
    auto const& rank = ranks.at(shop);
    std::printf("%s  %3d  %+4.0f   %+4.0f   %.2f  %3.0f %%  %3.0f %%   %d-%d\n", shop.c_str(),
                static_cast<int>(score.n), *score.raw.value, *score.value, *score.factor,
                100 * *rank.best, 100 * *rank.worst, static_cast<int>(*rank.low),
                static_cast<int>(*rank.high));
  }
}

int main() {
  movement();
  league();
}
