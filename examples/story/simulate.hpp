// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// A year of a broadband provider by chance, with facts planted for the library to find. Without
/// planting the data are homogeneous: every hand-over takes as long as any other, every touchpoint
/// and every month is rated alike, one appointment in ten is missed, and all customers are of a
/// kind.

#include "chance.hpp"
#include "provider.hpp"
#include "settings.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <utility>
#include <vector>

namespace story {

namespace detail {

using std::chrono::minutes;
using days = std::chrono::days;

inline bool in_bad_month(instant time) {
  return unsigned(std::chrono::year_month_day(std::chrono::floor<days>(time)).month()) == bad_month;
}

/// Between half past nine and five: with what follows on the day an order stays within the hours of
/// those who work on it.
inline instant in_the_day(instant day, chance& luck) {
  return std::chrono::floor<days>(day) + minutes(luck.between(9 * 60 + 30, 17 * 60));
}

/// The end of the promised window of four hours, for a technician who comes at `arrival`.
inline instant window_end(chance& luck, instant arrival, bool late) {
  using std::chrono::hours;
  auto const day = std::chrono::floor<days>(arrival);
  auto const hour = static_cast<int>(std::chrono::floor<hours>(arrival - day).count());
  if (!late) return day + hours(std::clamp(hour - luck.below(4), 7, 17) + 4);
  int const end = hour - luck.below(3);
  return end < 12 ? day - hours(4) : day + hours(end);  // came the next morning
}

/// One customer's year.
class life {
 public:
  life(settings const& told, party who, records& into)
      : planted_(told.planted), who_(who), into_(into), luck_(told.seed, who.customer, 1) {
    need_ = static_cast<need>(luck_.drawn_from({40, 35, 25}, 100));
    into_.needs.push_back(need_);
    tariff_ = planted_.segments ? tariff_of(need_) : 2000 + luck_.below(2000) + luck_.below(2000);
  }

  void live() {
    instant const first = in_the_day(year_begin + days(luck_.below(365)), luck_);
    instant active = place_order(first, 0);
    if (active >= year_end) return;
    instant until = year_end;
    if (luck_.happens(60)) until = active + days(luck_.between(90, 200));  // then moves house
    use(active, until);
    if (until < year_end) {
      active = place_order(in_the_day(until + days(1), luck_), 1);
      if (active < year_end) use(active, year_end);
    }
  }

 private:
  int tariff_of(need of) {
    if (of == need::independence) return 3000 + luck_.below(1200);
    if (of == need::guidance) return 1800 + luck_.below(1200);
    return 5200 + luck_.below(2000);
  }
  /// How often a customer needs something, in thousandths of six occasions a month.
  int occasions() const {
    if (!planted_.segments) return 180;
    return need_ == need::independence ? 90 : need_ == need::guidance ? 300 : 170;
  }
  /// Whether the customer does it on a screen, in thousandths.
  int on_screen() const {
    if (!planted_.segments) return 500;
    return need_ == need::independence ? 900 : need_ == need::guidance ? 100 : 520;
  }

  /// Those who need speed mind when an order takes more than a week.
  bool impatient() const { return planted_.segments && need_ == need::speed && took_ > days(7); }

  /// How long an order waits for the next department: some days, at about the same hour. So the
  /// waits are alike whatever the hour, and departments differ in them by planting only.
  minutes wait(department next) {
    int full_days = 1 + luck_.drawn_from({48, 26, 13, 8, 5}, 100);
    if (planted_.slow_department && next == department::back_office) full_days += luck_.below(3);
    return days(full_days) + minutes(luck_.between(-45, 45));
  }

  contact& add(instant time, int length, touchpoint at, department by, channel through) {
    contact one{who_, time, time + minutes(length), at, by, through, order_, {}, {}, {}};
    if (at != touchpoint::arrival) one.target_met = luck_.happens(960);
    into_.contacts.push_back(one);
    if (at == touchpoint::order || at == touchpoint::appointment ||
        at == touchpoint::installation || at == touchpoint::activation ||
        at == touchpoint::support_call || at == touchpoint::bill)
      ask_for_rating(one);
    return into_.contacts.back();
  }

  /// From the order to the activation; returns when that was, or the end of the year.
  instant place_order(instant time, std::uint32_t which) {
    order_ = 10 * who_.customer + which;
    bool const web = luck_.happens(on_screen());
    instant const time_of_order = time;
    add(time, web ? luck_.between(5, 20) : luck_.between(20, 45), touchpoint::order,
        department::sales, web ? channel::web : channel::shop);
    time = next(department::back_office, touchpoint::order_check, channel::internal, 10, 40);
    time = next(department::planning, touchpoint::appointment, channel::phone, 3, 12);
    auto const appointment = into_.contacts.size() - 1;
    instant const arrival = time + wait(department::field_service);
    late_ = luck_.happens(planted_.broken_windows ? 250 : 100);
    into_.contacts[appointment].promised = window_end(luck_, arrival, late_);
    if (luck_.happens(30)) return year_end;  // changed their mind
    add(arrival, 0, touchpoint::arrival, department::field_service, channel::visit);
    add(arrival, luck_.between(40, 120), touchpoint::installation, department::field_service,
        channel::visit);
    next(department::network, touchpoint::activation, channel::internal, 1, 10);
    instant const active = into_.contacts.back().end;
    took_ = active - time_of_order;
    if (active < year_end) ask_for_recommendation(active + days(luck_.between(1, 14)), true);
    return active;
  }
  instant next(department who, touchpoint at, channel through, int shortest, int longest) {
    instant const start = into_.contacts.back().end + wait(who);
    return add(start, luck_.between(shortest, longest), at, who, through).end;
  }
  /// Bills and what comes up, month by month.
  void use(instant active, instant until) {
    order_.reset();
    for (instant month = active; month + days(30) < until; month += days(30)) {
      auto& bill = add(std::chrono::floor<days>(month) + days(30) + std::chrono::hours(9), 0,
                       touchpoint::bill, department::billing, channel::mail);
      bill.amount = tariff_ + 100 * luck_.below(3);
      bool const bad = planted_.bad_month && in_bad_month(month + days(15));
      for (int left = luck_.count(6, occasions() * (bad ? 2 : 1)); left > 0; --left) help(month);
      if (luck_.happens(bad ? 120 : 15)) complain(month);
    }
    if (until - active > days(60) && luck_.happens(700))
      ask_for_recommendation(
          active + days(30) +
              minutes(luck_.below(static_cast<int>(
                  std::chrono::floor<minutes>(until - active - days(30)).count()))),
          false);
  }
  instant some_time(instant month) {
    instant const day = std::chrono::floor<days>(month) + days(luck_.between(1, 29));
    return day + minutes(8 * 60 + luck_.below(700));
  }
  // One draw a statement: the order in which a call's arguments are evaluated is the compiler's.
  void help(instant month) {
    instant const time = some_time(month);
    bool const screen = luck_.happens(on_screen());
    int const length = luck_.between(3, 16);
    if (!screen) {
      add(time, length, touchpoint::support_call, department::customer_care, channel::phone);
      return;
    }
    add(time, length, touchpoint::self_service, department::customer_care,
        luck_.happens(500) ? channel::app : channel::web);
  }
  void complain(instant month) {
    instant const time = some_time(month);
    bool const written = luck_.happens(on_screen());
    add(time, luck_.between(5, 25), touchpoint::complaint, department::customer_care,
        written ? channel::mail : channel::phone);
  }

  /// One contact in ten is rated.
  void ask_for_rating(contact const& about) {
    bool const asked = luck_.happens(100);
    int rating = 1 + luck_.drawn_from({4, 6, 14, 40, 36}, 100);
    if (planted_.green_kpi && about.touchpoint == touchpoint::support_call)
      rating = std::max(1, rating - luck_.below(2));
    instant const time = about.end + minutes(luck_.between(10, 2000));
    if (planted_.bad_month && in_bad_month(time)) rating = std::max(1, rating - luck_.below(2));
    if (asked && time < year_end)
      into_.answers.push_back({who_, time, order_, about.touchpoint, {}, rating});
  }
  void ask_for_recommendation(instant time, bool about_order) {
    bool const answers = luck_.happens(about_order ? 600 : 1000);
    int recommend = luck_.drawn_from({1, 1, 1, 2, 3, 6, 8, 14, 22, 22, 20}, 100);
    if (about_order && late_) recommend -= luck_.between(1, 2);
    if (planted_.bad_month && in_bad_month(time)) recommend -= luck_.below(3);
    if (about_order && impatient()) recommend -= luck_.between(1, 3);
    auto order = about_order && luck_.happens(700) ? order_ : std::nullopt;
    if (order && luck_.happens(15)) *order += 5;  // mistyped
    if (answers && time < year_end)
      into_.answers.push_back({who_, time, order, {}, std::max(0, recommend), {}});
  }

  planting planted_;
  party who_;
  records& into_;
  chance luck_;
  need need_{};
  int tariff_ = 0;
  std::optional<std::uint32_t> order_;
  bool late_ = false;
  std::chrono::seconds took_{};
};

/// A tenth of the customers are departments of a business account, two to five of each.
inline std::vector<party> parties(settings const& told) {
  chance luck(told.seed, 0, 0);
  std::vector<party> all;
  for (std::uint32_t account = 1; all.size() < told.customers;) {
    auto const id = [&] { return static_cast<std::uint32_t>(all.size()) + 1; };
    if (!luck.happens(30)) {
      all.push_back({id(), {}, {}});
      continue;
    }
    int const departments = luck.between(2, 5);
    for (int i = 0; i < departments; ++i) all.push_back({id(), account, static_cast<unit>(i)});
    ++account;
  }
  all.resize(told.customers);
  return all;
}

template <class Record>
void in_order_of_time(std::vector<Record>& all) {
  std::erase_if(all, [](Record const& one) { return one.time >= year_end; });
  std::stable_sort(all.begin(), all.end(),
                   [](Record const& a, Record const& b) { return a.time < b.time; });
}

}  // namespace detail

/// The records of the year 2025 for a seed.
inline records simulate(settings const& told) {
  records all{{}, {}, year_end, {}};
  for (auto const& who : detail::parties(told)) detail::life(told, who, all).live();
  detail::in_order_of_time(all.contacts);
  detail::in_order_of_time(all.answers);
  return all;
}

}  // namespace story
