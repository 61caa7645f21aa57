// SPDX-License-Identifier: BSL-1.0
// Experienced and remembered: journeys scored by what their contacts add up to, the whole against
// its parts, effort from behaviour, and feelings along the way. Planted: moving house costs some
// customers a detour over other channels; every contact goes well, the journey does not.
#include <cxm/core/rng.hpp>
#include <cxm/diagnose.hpp>
#include <cxm/journey.hpp>
#include <cxm/segment.hpp>
#include <cxm/stats.hpp>
#include <cxm/survey.hpp>
#include <cxm/survey/inference.hpp>

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

using namespace std::chrono_literals;

// The application's own types: nothing here belongs to cxm.
enum class step { order, call, visit, moved };
constexpr char const* name_of(step what) {
  constexpr char const* names[] = {"order", "call", "visit", "moved"};
  return names[static_cast<int>(what)];
}
enum class way { web, phone, shop };

struct contact {
  std::uint64_t customer;
  std::chrono::sys_seconds when;
  step touchpoint;
  way channel;
  std::optional<int> rating;              // of the contact, 0 to 10
  std::optional<int> overall;             // of the whole move, asked at its end
  std::optional<int> easy, clear, quick;  // three questions about the effort, 1 to 7
};

std::vector<contact> a_year_of_moves() {
  std::vector<contact> log;
  for (std::uint64_t customer = 0; customer < 400; ++customer) {
    cxm::random_stream chance(cxm::seed{2024}, customer);
    auto const about = [&](double point, int low, int high) {
      int const shift = static_cast<int>(chance.below(3)) - 1;
      return std::clamp(static_cast<int>(point + chance.unit()) + shift, low, high);
    };
    auto when = std::chrono::sys_seconds{} + std::chrono::hours(chance.below(8000));
    int const mood = static_cast<int>(chance.below(4)) - 2;
    int worst = 10;
    auto const add = [&](step what, way channel, int rating) {
      rating = about(rating + mood, 0, 10);
      worst = std::min(worst, rating);
      log.push_back({customer, when, what, channel, rating, {}, {}, {}, {}});
      when += std::chrono::hours(20 + chance.below(20));
    };
    bool const detour = chance.below(4) == 0;
    add(step::order, way::web, 9);
    int const calls = detour ? 3 : static_cast<int>(chance.below(2));
    for (int i = 0; i < calls; ++i) add(step::call, i % 2 == 0 ? way::phone : way::shop, 9);
    add(step::visit, way::shop, chance.below(5) == 0 ? 4 : 9);
    add(step::moved, way::web, 9);
    if (chance.below(3) == 0) continue;  // was not asked, or did not answer
    auto& last = log.back();
    double const remembered = 0.7 * worst + 0.3 * *last.rating;
    last.overall = about(detour ? remembered - 5 : remembered, 0, 10);
    last.easy = about(detour ? 3 : 6, 1, 7);
    last.clear = about(*last.easy > 4 ? 6 : 4, 1, 7);
    last.quick = about(*last.easy > 4 ? 5 : 3, 1, 7);
  }
  return log;
}

int main() {
  auto const log = a_year_of_moves();
  auto const journeys = cxm::reconstruct(
      log, cxm::touchpoint_fields{&contact::customer, &contact::when, &contact::touchpoint});

  auto const rating = &contact::rating;
  auto const overall = cxm::last(&contact::overall);
  auto const no_detour = [](auto const& journey) { return cxm::repeats(journey) == 0; };
  auto const toil =
      cxm::effort(cxm::cost{1, cxm::contacts}, cxm::cost{3, cxm::repeats},
                  cxm::cost{2, cxm::switches{cxm::field<"channel">(&contact::channel)}},
                  cxm::cost{2, cxm::waits{36h}}, cxm::cost{1, cxm::in_whole{24h, cxm::idle_time}});
  auto const found = cxm::measure(
      journeys,
      cxm::all(cxm::on(cxm::average(rating), cxm::exact_moments()),
               cxm::on(cxm::peak_end(rating, cxm::negative_peak{}), cxm::exact_moments()),
               cxm::on(cxm::worst(rating), cxm::nps()),
               cxm::where(no_detour, cxm::peak_end_weights(rating, overall, cxm::negative_peak{})),
               cxm::whole_against_parts(cxm::question{overall, cxm::points<0, 10>{}},
                                        cxm::question{rating, cxm::points<0, 10>{}}),
               cxm::between_journeys(rating),
               cxm::each_contact(cxm::by(&contact::touchpoint, cxm::on(rating, cxm::moments()))),
               cxm::effort_shares(toil)));
  auto const& [mean, remembered, worst, weight, whole, journey_spread, lived, shares] =
      found.result();

  auto const known = cxm::mean_interval(remembered, cxm::confidence{}, {0, 10});
  fmt::print(
      "experienced {:.2f}, by peak and end {:.2f} [{:.2f}, {:.2f}], NPS of the worst {:+.0f}\n",
      *mean.mean, *remembered.mean, known->low, known->high, *worst.value);
  fmt::print("weight of the peak {:.2f} [{:.2f}, {:.2f}] in {} answers\n", *weight.weight,
             weight.interval->low, weight.interval->high, weight.n);
  fmt::print("touchpoints {:.0f} of 100, journeys {:.0f}: {:+.1f} [{:+.1f}, {:+.1f}], n = {}\n",
             *whole.mean_parts, *whole.mean_whole, *whole.difference, whole.interval->low,
             whole.interval->high, whole.n);
  fmt::print("all contacts good and the journey bad: {:.0f} % [{:.0f}, {:.0f}], asked {:.0f} %\n",
             100 * *whole.all_good_yet_bad.value, 100 * whole.all_good_yet_bad.interval->low,
             100 * whole.all_good_yet_bad.interval->high, 100 * *whole.coverage.value);
  auto const touchpoint_spread = cxm::variance_components(lived);
  fmt::print(
      "of the spread of ratings {:.0f} % lies between touchpoints, {:.0f} % between "
      "journeys\n",
      100 * *touchpoint_spread.share, 100 * *journey_spread.share);

  fmt::print("\neffort {:.1f} units a journey:", *shares.mean);
  for (auto const& one : shares.components)
    fmt::print("\n  {:<20} {:>3.0f} %", one.name, 100 * *one.share);
  // Effort is a field like any other: of a segment, and of a score by segment.
  auto const segment = cxm::kmeans(
      cxm::features(journeys, toil, cxm::average(rating), cxm::zscore{}), 2, cxm::seed{7});
  auto const by_need = cxm::measure(
      journeys, cxm::by(segment, cxm::all(cxm::on(toil, cxm::moments()),
                                          cxm::on(cxm::average(rating), cxm::exact_moments()),
                                          cxm::on(overall, cxm::nps()))));
  fmt::print("\n");
  for (auto const& [which, results] : by_need.result()) {
    auto const& [effort, rated, score] = results;
    fmt::print("segment {}: effort {:.1f}, contacts {:.1f}, NPS of the whole {:+.0f}, n = {}\n",
               which.value_or(0), *effort.mean, *rated.mean, *score.value, score.n);
  }

  auto const feeling = [](contact const& one) -> std::optional<double> {
    return one.rating ? std::optional((*one.rating - 5) / 5.0) : std::nullopt;
  };
  auto const curve = cxm::measure(journeys, cxm::valence_curve(feeling, cxm::in_parts{4})).result();
  fmt::print("\nfeelings by quarter of the journey:");
  for (auto const& [part, point] : curve.by_part) fmt::print(" {:+.2f}", *point.mean);
  fmt::print("; lowest at {}, {:.0f} % negative, recovery {:.2f}\n", name_of(curve.lowest()->key),
             100 * *curve.all.negative.value, *curve.recovery.mean);

  auto const alpha = cxm::measure(log, cxm::cronbach_alpha(cxm::field<"easy">(&contact::easy),
                                                           cxm::field<"clear">(&contact::clear),
                                                           cxm::field<"quick">(&contact::quick)))
                         .result();
  fmt::print("alpha of three questions {:.2f} [{:.2f}, {:.2f}], n = {}; without:", *alpha.alpha,
             alpha.interval->low, alpha.interval->high, alpha.n);
  for (auto const& item : alpha.items) fmt::print(" {} {:.2f}", item.name, *item.alpha_if_dropped);
  fmt::print("\n");
}
