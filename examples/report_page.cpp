// SPDX-License-Identifier: BSL-1.0
// A page from a log in memory: scores, promises, times and the ways that journeys take, measured in
// one pass, made fit to be shown, and written as one HTML file that needs nothing else.
//   report_page [FILE]     (default report_page.html)
#include <cxm/journey.hpp>
#include <cxm/path.hpp>
#include <cxm/report/charts.hpp>
#include <cxm/report/format.hpp>
#include <cxm/report/page.hpp>
#include <cxm/report/publish.hpp>
#include <cxm/stats.hpp>
#include <cxm/survey.hpp>

#include <fmt/core.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

using namespace std::chrono_literals;

// The application's own types: nothing here belongs to cxm.
enum class step { order, back_office, visit, second_visit, activation, bill, complaint };
std::string name_of(step what) {
  constexpr char const* names[] = {"order",        "back office", "technician's visit",
                                   "second visit", "activation",  "first bill",
                                   "complaint"};
  return names[static_cast<int>(what)];
}

struct contact {
  std::uint64_t customer;
  std::chrono::sys_seconds when;
  step touchpoint;
  std::optional<std::chrono::sys_seconds> promised;
  std::optional<int> recommend;

  int month() const {
    std::chrono::year_month_day const day(std::chrono::floor<std::chrono::days>(when));
    return static_cast<int>(day.year()) * 100 +
           static_cast<int>(static_cast<unsigned>(day.month()));
  }
};

// 600 orders of a broadband line; one in four visits has to be repeated, and then the promise is
// broken.
class story {
 public:
  std::vector<contact> tell() {
    for (std::uint64_t customer = 1; customer <= 600; ++customer) live(customer);
    return std::move(log_);
  }

 private:
  unsigned roll(
      unsigned sides) {  // a small generator of its own, so that the page is the same everywhere
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<unsigned>((state_ >> 33) % sides);
  }
  void meet(step what, std::optional<int> answer,
            std::optional<std::chrono::sys_seconds> promised = {}) {
    if (roll(100) < 30) answer.reset();  // not everybody answers
    log_.push_back({customer_, now_, what, promised, answer});
  }
  void live(std::uint64_t customer) {
    customer_ = customer;
    now_ = std::chrono::sys_seconds(std::chrono::sys_days(std::chrono::year(2024) / 1 / 8)) +
           roll(300) * 24h + roll(9) * 1h;
    auto const promise = now_ + 14 * 24h;
    bool const again = roll(4) == 0;
    int const mood = again ? 4 : 8;
    meet(step::order, 8 + static_cast<int>(roll(3)), promise);
    now_ += 24h * (1 + roll(4)) + 1h * roll(8);
    meet(step::back_office, 5 + static_cast<int>(roll(5)));
    now_ += 24h * (2 + roll(7));
    meet(step::visit, mood - 2 + static_cast<int>(roll(5)));
    if (again) {
      now_ += 24h * (4 + roll(12));
      meet(step::second_visit, 3 + static_cast<int>(roll(6)));
      if (roll(5) == 0) {
        now_ += 24h;
        meet(step::back_office, 2 + static_cast<int>(roll(5)));
      }
    }
    if (!again && roll(20) == 0) return;  // gave up
    now_ += 1h * (1 + roll(30));
    meet(step::activation, mood + static_cast<int>(roll(3)));
    now_ += 24h * (20 + roll(8));
    meet(step::bill, mood - 1 + static_cast<int>(roll(3)));
    if (roll(again ? 3 : 150) == 0) {
      now_ += 24h * (1 + roll(5));
      meet(step::complaint, static_cast<int>(roll(5)));
    }
  }

  std::vector<contact> log_;
  std::uint64_t customer_ = 0;
  std::uint64_t state_ = 2024;
  std::chrono::sys_seconds now_;
};

bool write_file(char const* path, std::string const& text) {
  std::FILE* const file = std::fopen(path, "wb");
  if (file == nullptr) return false;
  bool const written = std::fwrite(text.data(), 1, text.size(), file) == text.size();
  return std::fclose(file) == 0 && written;
}

int main(int argc, char** argv) {
  char const* const path = argc > 1 ? argv[1] : "report_page.html";
  auto const log = story().tell();
  auto const journeys = cxm::reconstruct(
      log, cxm::touchpoint_fields{&contact::customer, &contact::when, &contact::touchpoint},
      cxm::after_silence{60 * 24h});

  auto const nps = cxm::on(&contact::recommend, cxm::nps());
  auto const active = cxm::reached{step::activation};
  auto const end = cxm::known_until{
      std::chrono::sys_seconds(std::chrono::sys_days(std::chrono::year(2024) / 12 / 1))};
  auto const found = cxm::measure(
      journeys,
      cxm::all(
          cxm::each_contact(cxm::all(
              nps, cxm::by(cxm::field<"touchpoint">(&contact::touchpoint), nps),
              cxm::by(cxm::field<"month">([](contact const& one) { return one.month(); }), nps))),
          cxm::on(cxm::time_to{active}, cxm::quantiles()),
          cxm::promises(cxm::first(&contact::promised), active, end), cxm::flow_graph()));
  auto const& [scores, times, kept, flow] = found.result();
  auto const& [overall, touchpoints, months] = scores;

  // Only what is made fit to be shown can be drawn: groups of fewer than ten people are withheld.
  cxm::min_people const least{10};
  auto const by_touchpoint =
      cxm::publish(touchpoints, least, cxm::labelled{name_of}, cxm::with_total{overall});
  auto const by_month = cxm::publish(months, least, cxm::labelled{[](int month) {
                                       return fmt::format("{}-{:02}", month / 100, month % 100);
                                     }});
  auto const ways = cxm::publish_flow(flow, least, cxm::labelled{name_of});
  auto const duration = cxm::publish_distribution(times, least);
  auto const promises = cxm::publish(kept, least);
  auto const broken =
      promises.transform([](cxm::promise_summary const& all) { return all.broken_share; });

  cxm::page report("A broadband line, from order to first bill",
                   "600 orders of 2024; all people in it are invented.");
  report.add(cxm::headline{{"NPS of all contacts", cxm::publish(overall, least)},
                           {"Promises broken", broken},
                           {"Until the line works, median", duration.quantiles().front().value},
                           {"Journeys", cxm::figure::count(flow.journeys)}});
  report.add(cxm::attention(cxm::needs_attention(by_touchpoint, "NPS")));
  report.add(cxm::section(
      "Touchpoints", "How each contact is lived, with the interval that its answers allow.",
      cxm::score_chart(by_touchpoint, "NPS by touchpoint"), cxm::tabulate(by_touchpoint)));
  report.add(cxm::section("Over time", "The same answers by month of the contact.",
                          cxm::trend_chart(by_month, "NPS by month"), cxm::tabulate(by_month)));
  report.add(cxm::section("Promises", "A line is promised within fourteen days of its order.",
                          cxm::promise_chart(promises, "Promises of a date")));
  report.add(cxm::section("Times", "From the order until the line works.",
                          cxm::distribution_chart(duration, "Time to activation"),
                          cxm::tabulate(duration)));
  report.add(cxm::section("Ways", "Which contact follows which.",
                          cxm::flow_chart(ways, "From order to bill"), cxm::tabulate(ways)));
  report.footer("Made with cxm; scores are shown with 95 % intervals.");

  fmt::print("NPS {:.1short}\npromises: {}\nmedian time to activation: {:short}\n", overall, kept,
             times);
  if (!write_file(path, report.html())) {
    fmt::print(stderr, "report_page: can't write {}\n", path);
    return 1;
  }
  fmt::print("wrote {}\n", path);
}
