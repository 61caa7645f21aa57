// SPDX-License-Identifier: BSL-1.0
//
// Journeys by 30 minutes of silence, and six questions about them: a hand-written partition and
// scan against `reconstruct` and one fused `measure`.
#include <cxm/journey/journey_fields.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/stats/all.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/moments.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/survey/nps.hpp>

#include "events.hpp"
#include "harness.hpp"
#include "journeys_by_hand.hpp"

#include <cstring>
#include <functional>

namespace {

using bench::event;

auto reconstructed(std::vector<event> const& log) {
  return cxm::reconstruct(log,
                          cxm::touchpoint_fields{&event::customer, &event::when, &event::touchpoint,
                                                 cxm::keep{&event::score}},
                          cxm::after_silence{std::chrono::minutes{30}});
}

auto questions() {
  return cxm::all(cxm::on(cxm::cycle_time, cxm::moments()), cxm::on(cxm::contacts, cxm::moments()),
                  cxm::on(cxm::time_to{cxm::reached{bench::purchase}}, cxm::moments()),
                  cxm::by(cxm::last_touchpoint, cxm::count()),
                  cxm::by(cxm::first_touchpoint, cxm::on(cxm::last(&event::score), cxm::nps())));
}

/// The same words as `journey_answers::checked`.
template <class Measured>
std::uint64_t checked(Measured const& measured) {
  bench::checksum check;
  auto const& [duration, contacts, to_purchase, last, score_by_first] = measured.parts();
  auto const add_sums = [&](auto const& on) {
    check.add(on.inner().result().n);
    check.add(static_cast<std::uint64_t>(on.inner().sum()));
  };
  add_sums(duration);
  add_sums(contacts);
  add_sums(to_purchase);
  auto const lasts = last.result();
  for (std::uint16_t i = 0; i < bench::touchpoints; ++i)
    check.add(lasts.find(i) ? *lasts.find(i) : 0);
  auto const scores = score_by_first.result();
  for (std::uint16_t i = 0; i < bench::touchpoints; ++i) {
    cxm::nps_score const found = scores.find(i) ? *scores.find(i) : cxm::nps_score{};
    for (auto const word : {found.n, found.detractors, found.promoters, found.missing})
      check.add(word);
  }
  return check.value();
}

using contest = bench::contest<std::function<std::uint64_t()>>;

}  // namespace

int main(int argc, char** argv) {
  auto const settings = bench::read_settings(argc, argv);
  auto const log = bench::make_events(settings.events);

  auto const per_event = [&](std::size_t bytes) {
    return static_cast<double>(bytes) / static_cast<double>(log.size());
  };
  auto const by_hand = bench::peak_memory_of([&] { bench::journeys_by_hand const found(log); });
  auto const by_cxm = bench::peak_memory_of([&] { cxm::measure(reconstructed(log), questions()); });
  std::printf("Peak memory beside the rows, bytes/event: by hand %.1f, cxm %.1f\n",
              per_event(by_hand), per_event(by_cxm));

  contest whole("Journeys, from rows of 32 bytes to the answers", log.size());
  whole.add("partition and scan by hand",
            [&] { return bench::journeys_by_hand(log).answers().checked(); });
  whole.add("cxm::reconstruct and one fused cxm::measure",
            [&] { return checked(cxm::measure(reconstructed(log), questions())); });
  whole.run(settings.turns);

  auto const store = reconstructed(log);
  std::printf("%zu customers, %zu journeys\n", store.customers(), store.size());
  contest parts("Of which", log.size());
  parts.add("cxm::reconstruct", [&] { return reconstructed(log).size(); });
  parts.run(settings.turns);
  contest pass("A further pass over the store", log.size());
  pass.add("cxm::measure, all five questions",
           [&] { return checked(cxm::measure(store, questions())); });
  pass.run(settings.turns);
}
