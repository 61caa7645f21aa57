// SPDX-License-Identifier: BSL-1.0
// Time ledgers the slow and obvious way: every tick of a small timeline is painted by itself.
#pragma once

#include <cxm/event/touchpoint_fields.hpp>

#include "logs.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <vector>

namespace ledgers {

struct step {
  int customer;
  logs::minutes when;
  char what;
  logs::minutes ended;
  std::optional<char> department;
  std::optional<bool> own;  // the customer's own doing
};

inline auto fields() {
  return cxm::touchpoint_fields{&step::customer, &step::when, &step::what,
                                cxm::ends_at{&step::ended}};
}

struct painted {
  std::map<std::optional<char>, int> alone, functional, wait_before, contacts;
  int whole = 0, overlap = 0, hand_off = 0, customer = 0, unmeasured = 0, touch = 0;
};

/// The ticks from `from` to `to` for which `open` holds; `contacts` in order.
inline painted paint(std::vector<step> const& contacts, logs::minutes from, logs::minutes to,
                     std::function<bool(logs::minutes)> const& open) {
  using std::chrono::minutes;
  painted found;
  auto const at_work = [](step const& one, logs::minutes at) {
    return one.when <= at && at < one.ended;
  };
  for (auto const& one : contacts)
    if (!one.own.value_or(false) && one.when <= to && one.ended >= from) {
      ++found.contacts[one.department];
      found.functional[one.department];
    }
  for (auto at = from; at < to; at += minutes(1)) {
    if (!open(at)) continue;
    ++found.whole;
    std::set<std::optional<char>> known;
    bool unknown = false, customer = false;
    for (auto const& one : contacts) {
      if (!at_work(one, at)) continue;
      if (one.own.value_or(false)) {
        customer = true;
        continue;
      }
      ++found.functional[one.department];
      if (one.department)
        known.insert(one.department);
      else
        unknown = true;
    }
    found.touch += !known.empty() || unknown ? 1 : 0;
    if (known.size() > 1) {
      ++found.overlap;
    } else if (known.size() == 1) {
      ++found.alone[*known.begin()];
    } else if (unknown) {
      ++found.alone[std::nullopt];
    } else if (customer) {
      ++found.customer;
    } else {
      std::optional<char> last;
      auto next = contacts.begin();
      for (; next != contacts.end() && next->when <= at; ++next)
        if (!next->own.value_or(false) && next->department) last = next->department;
      if (next == contacts.end()) {
        ++found.unmeasured;
      } else if (next->own.value_or(false)) {
        ++found.customer;
      } else if (last && next->department && last != next->department) {
        ++found.hand_off;
        ++found.wait_before[next->department];
      } else {
        ++found.unmeasured;
      }
    }
  }
  return found;
}

/// One journey of up to `most` contacts within about an hour, many of which touch or overlap.
inline std::vector<step> random_journey(logs::numbers& next, int most, int customer = 0) {
  std::vector<step> contacts;
  int const size = 1 + next.below(most), span = 1 + next.below(60);
  for (int i = 0; i < size; ++i) {
    step one{customer, logs::at(next.below(span)), static_cast<char>('p' + next.below(3)), {}, {},
             {}};
    one.ended = one.when + std::chrono::minutes(next.below(3) == 0 ? 0 : next.below(15));
    if (next.below(4) > 0) one.department = static_cast<char>('a' + next.below(3));
    if (next.below(3) == 0) one.own = next.below(3) > 0;
    contacts.push_back(one);
  }
  std::stable_sort(contacts.begin(), contacts.end(),
                   [](auto const& a, auto const& b) { return a.when < b.when; });
  return contacts;
}

/// The contacts of B9, in hours: sales, back office, field and billing, then the activation.
inline std::vector<step> worked_example() {
  auto const at = [](int hour) { return logs::at(60 * hour); };
  return {{1, at(0), 'o', at(1), 's', {}},
          {1, at(5), 'c', at(7), 'b', {}},
          {1, at(48), 'v', at(52), 'f', {}},
          {1, at(50), 'i', at(53), 'i', {}},
          {1, at(53), 'a', at(53), {}, {}}};
}

}  // namespace ledgers
