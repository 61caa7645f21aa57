// SPDX-License-Identifier: BSL-1.0
// Promises, and what becomes of them: a furniture shop delivers in windows of four hours, moves
// what it can't keep, breaks a chair now and then, and asks some customers how it was. Who promised
// and who delivered, what the customer waited for and what the company reports, whether news
// shortens a wait, whether a failure made good is forgiven, and which stages nobody ever measured.
#include <cxm/core.hpp>
#include <cxm/journey.hpp>
#include <cxm/report/format.hpp>
#include <cxm/stats.hpp>
#include <cxm/survey.hpp>

#include <fmt/format.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace {

using namespace std::chrono_literals;
using instant = std::chrono::sys_time<std::chrono::minutes>;

enum class step : std::uint8_t { advice, order, moved, news, delivery, broken, mended, use };
enum class stage : std::uint8_t { look, buy, wait, receive, live };
constexpr std::string_view stages[] = {"look", "buy", "wait", "receive", "live"};

struct contact {
  std::uint32_t customer = 0;
  instant when;
  step what = step::advice;
  stage where = stage::look;
  std::optional<std::string_view> office = std::nullopt;
  std::optional<instant> from = std::nullopt, until = std::nullopt;  // the promised window
  std::optional<int> recommend = std::nullopt;
};

// A year of orders. Everything is planned here, so that everything can be found again.
std::vector<contact> year() {
  std::vector<contact> log;
  for (std::uint32_t i = 0; i < 240; ++i) {
    std::string_view const shop = i % 3 == 0 ? "web" : "store";
    std::string_view const carrier = i % 2 == 0 ? "own van" : "carrier";
    instant const start = instant(std::chrono::hours(24 * i));
    instant const window = start + 14 * 24h + 8h;
    bool const moved = i % 6 == 1, no_show = i % 24 == 11, news = i % 4 == 0;
    auto const window_now = moved ? window + 7 * 24h : window;
    auto const came = window_now + (i % 2 == 0 ? 60min : 180min) + (i % 7 == 3 ? 240min : 0min);
    bool const broken = i % 5 == 2, mended = broken && i % 10 == 2;
    log.push_back({i, start - 48h, step::advice, stage::look});
    log.push_back({i, start, step::order, stage::buy, shop, window, window + 4h});
    if (moved)
      log.push_back(
          {i, start + 10 * 24h, step::moved, stage::wait, shop, window_now, window_now + 4h});
    if (news)
      for (int day = 3; day < 14; day += 5)
        log.push_back({i, start + day * 24h, step::news, stage::wait, shop});
    if (!no_show) log.push_back({i, came, step::delivery, stage::receive, carrier});
    if (broken) log.push_back({i, came + 24h, step::broken, stage::live});
    if (mended) log.push_back({i, came + 60h, step::mended, stage::live, carrier});
    int const usual = static_cast<int>(i / 2 % 5);  // 0 to 4
    int const score = no_show             ? 1
                      : broken && !mended ? 3
                      : moved             ? 4 + usual
                      : mended || news    ? 7 + usual * 3 / 4
                                          : 6 + usual;
    if (i % 2 == 0 || mended || moved)
      log.push_back({i, came + 240h, step::use, stage::live, {}, {}, {}, score});
  }
  return log;
}

double hours(auto const& delay) {
  return std::chrono::duration<double, std::ratio<3600>>(delay).count();
}

}  // namespace

int main() {
  auto const log = year();
  auto const journeys = cxm::reconstruct(
      log, cxm::touchpoint_fields{&contact::customer, &contact::when, &contact::what});
  auto const window = cxm::appointment{&contact::from, &contact::until};
  auto const delivered = cxm::reached{step::delivery};
  cxm::known_until const end{log.back().when};

  // The ledger, as a whole and by who promised and who delivered.
  auto const visit = cxm::promise_of(cxm::first(window), delivered, end, cxm::no_show_after{72h});
  auto const promised_by = cxm::at_contact{cxm::first_with{window}, &contact::office};
  auto const delivered_by = cxm::at_contact{cxm::first_at{step::delivery}, &contact::office};
  auto const [all, offices] =
      cxm::measure(journeys,
                   cxm::all(cxm::promise_ledger(visit),
                            cxm::by(promised_by, delivered_by, cxm::promise_ledger(visit))))
          .result();
  fmt::print("{} windows of {:.0f} h: {} kept, {} early, {} late, {} no-shows, {} pending\n",
             all.appointments, hours(*all.window.mean), all.kept, all.early, all.late, all.no_show,
             all.pending);
  // A visit of another day is none: most no-shows are orders that were moved by a week.
  fmt::print("in time: {:.1f} % ({:.1f}..{:.1f}); late ones by {:.1f} h in the median\n\n",
             100 * *all.on_time_share.value, 100 * all.on_time_share.interval->low,
             100 * all.on_time_share.interval->high, hours(*all.overrun.median()));
  for (auto const& [who, found] : offices) {
    auto const& [shop, carrier] = who;
    fmt::print("{:>6} promised, {:>8} came: {:>3} of {:>3} in time\n", shop.value_or("?"),
               carrier.value_or("nobody"), found.kept, found.on_time_share.n);
  }

  // The customer's view against the company's.
  auto const both = cxm::measure(journeys, cxm::moving_target(window, delivered, end)).result();
  fmt::print(
      "\nthe customer: {:.1f} % in time, the company: {:.1f} %; moved targets flatter by "
      "{:.1f} points ({:.1f}..{:.1f})\n",
      100 * *both.customer.on_time_share.value, 100 * *both.company.on_time_share.value,
      100 * *both.difference, 100 * both.interval->low, 100 * both.interval->high);

  // News while waiting, and failures made good.
  auto const is_news = [](contact const& one) { return one.what == step::news; };
  auto const news =
      cxm::contacts_between{cxm::time_of{cxm::first_with{window}}, delivered, is_news};
  auto const failed = cxm::reached{step::broken};
  auto const mended = cxm::reached_after{failed, step::mended};
  auto const score = cxm::on(cxm::last(&contact::recommend), cxm::nps());
  auto const [told, fates, took] =
      cxm::measure(
          journeys,
          cxm::all(cxm::by(news, score), cxm::by(cxm::service_fate_of(failed, mended), score),
                   cxm::on(cxm::recovery_time{failed, mended}, cxm::quantiles())))
          .result();
  for (auto const& [n, found] : told)
    fmt::print("{} news while waiting: NPS {:.0short}\n", n.value_or(0), found);
  fmt::print("made good after {:.0f} h\n", hours(*took.median()));
  fmt::print("a failure made good against none: {:.0short}\n",
             cxm::compare(fates.at(cxm::service_fate::recovered),
                          fates.at(cxm::service_fate::no_failure)));

  // What nobody measures.
  auto const blind =
      cxm::measure(journeys, cxm::coverage(&contact::where, cxm::any_answer{&contact::recommend}))
          .result();
  fmt::print("\nanswers of {} of {} customers; stages that nobody measures:",
             blind.all.journeys.successes, blind.all.journeys.n);
  for (auto const one : blind.unmeasured) fmt::print(" {}", stages[static_cast<std::size_t>(one)]);
  fmt::print("\n");
}
