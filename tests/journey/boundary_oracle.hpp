// SPDX-License-Identifier: BSL-1.0
// Boundaries, their algebra and the endings of journeys the slow and obvious way: sort, cut, cut
// the pieces. Written apart from the library, with nothing of it but its type of verdicts' names.
#pragma once

#include "logs.hpp"
#include "oracle.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace slow {

using logs::contact;
using logs::minutes;

struct verdict {
  bool before = false, after = false, silent = false, reached = false, full = false;
  bool cuts() const { return before || after; }
};
struct so_far {
  std::vector<contact> contacts;  // empty before the first
  minutes started, ended;
};
/// What a boundary says of the next contact, and of silence until a time.
struct rule {
  std::function<verdict(so_far const&, contact const&)> on;
  std::function<verdict(so_far const&, minutes)> by_time = [](auto const&, minutes) {
    return verdict{};
  };
};

inline verdict sum(std::vector<verdict> const& all) {
  verdict found;
  for (auto const& one : all) {
    found.before |= one.before;
    found.after |= one.after;
    found.silent |= one.silent;
    found.reached |= one.reached;
    found.full |= one.full;
  }
  return found;
}
inline verdict only_full(verdict const& of) {
  verdict left;
  left.full = of.full;
  return left;
}
inline verdict all_or_none(std::vector<verdict> const& all) {
  bool const agreed = std::all_of(all.begin(), all.end(), [](auto const& v) { return v.cuts(); });
  return agreed ? sum(all) : only_full(sum(all));
}

using combine = verdict (*)(std::vector<verdict> const&);
inline rule combined(std::vector<rule> const& parts, combine how) {
  return {[=](so_far const& journey, contact const& next) {
            std::vector<verdict> all;
            for (auto const& part : parts) all.push_back(part.on(journey, next));
            return how(all);
          },
          [=](so_far const& journey, minutes time) {
            std::vector<verdict> all;
            for (auto const& part : parts) all.push_back(part.by_time(journey, time));
            return how(all);
          }};
}
inline rule either(std::vector<rule> const& parts) {
  return combined(parts, sum);
}
inline rule both(std::vector<rule> const& parts) {
  return combined(parts, all_or_none);
}
inline rule unless(rule const& wanted, rule const& veto) {
  return {[=](so_far const& journey, contact const& next) {
            auto const yes = wanted.on(journey, next), no = veto.on(journey, next);
            return no.cuts() ? only_full(sum({yes, no})) : sum({yes, only_full(no)});
          },
          [=](so_far const& journey, minutes time) {
            return only_full(sum({wanted.by_time(journey, time), veto.by_time(journey, time)}));
          }};
}

struct journey {
  std::vector<contact> contacts;
  std::string ending;
  bool left_truncated = false;
};

/// Cuts contacts of one customer in time order, at least one.
inline std::vector<journey> cut_one(std::vector<contact> const& contacts, rule const& boundary,
                                    minutes from, minutes until) {
  std::vector<journey> found;
  auto const first = contacts.front();
  so_far open{{}, first.when, first.when};
  bool late = !boundary.on(so_far{{}, first.when, from}, first).before;
  auto const close = [&](std::string const& how) {
    found.push_back({open.contacts, how, std::exchange(late, false)});
    open.contacts.clear();
  };
  auto const end_before = [](verdict const& v) {
    return v.before ? v.silent ? "abandoned" : "closed" : v.full ? "truncated" : "open";
  };
  for (auto const& next : contacts) {
    if (open.contacts.empty()) open.started = open.ended = next.when;
    auto const v = boundary.on(open, next);
    if ((v.before || v.full) && !open.contacts.empty()) close(end_before(v));
    if (open.contacts.empty()) open.started = open.ended = next.when;
    open.contacts.push_back(next);
    open.ended = oracle::latest_end(open.contacts);
    if (v.after) close(v.reached ? "reached" : "closed");
  }
  if (!open.contacts.empty()) close(end_before(boundary.by_time(open, until)));
  return found;
}

inline std::map<int, std::vector<contact>> by_customer(std::vector<contact> const& log) {
  std::map<int, std::vector<contact>> all;
  for (auto const& one : log) all[one.customer].push_back(one);
  for (auto& [customer, contacts] : all)
    std::stable_sort(contacts.begin(), contacts.end(),
                     [](auto const& a, auto const& b) { return a.when < b.when; });
  return all;
}

inline std::string text(int customer, minutes start, minutes end, std::string const& path,
                        std::string_view how, bool late) {
  return oracle::text(customer, start, end, path) + " " + std::string(how) + (late ? " late" : "");
}
inline std::string text(journey const& one) {
  std::string path;
  for (auto const& each : one.contacts) path += each.what;
  return text(one.contacts.front().customer, one.contacts.front().when,
              oracle::latest_end(one.contacts), path, one.ending, one.left_truncated);
}

/// The journeys with their endings as texts, within the times of the log itself.
inline std::vector<std::string> cut(std::vector<contact> const& log, rule const& boundary) {
  std::vector<std::string> all;
  if (log.empty()) return all;
  minutes from = log[0].when, until = log[0].when;
  for (auto const& one : log) {
    from = std::min(from, one.when);
    until = std::max(until, oracle::end_of(one));
  }
  for (auto const& [customer, contacts] : by_customer(log))
    for (auto const& one : cut_one(contacts, boundary, from, until)) all.push_back(text(one));
  std::sort(all.begin(), all.end());
  return all;
}

/// Pieces of pieces, from coarse to fine, without endings.
inline std::vector<std::string> cut_then(std::vector<contact> const& log,
                                         std::vector<rule> const& coarse_to_fine) {
  std::vector<oracle::journey> pieces;
  for (auto const& [customer, contacts] : by_customer(log)) pieces.push_back(contacts);
  for (auto const& boundary : coarse_to_fine) {
    std::vector<oracle::journey> finer;
    for (auto const& piece : pieces)
      for (auto const& one : cut_one(piece, boundary, {}, {})) finer.push_back(one.contacts);
    pieces = finer;
  }
  return oracle::texts(pieces);
}

template <class Store>
std::vector<std::string> texts_of(Store const& store) {
  std::vector<std::string> all;
  for (auto const& one : store) {
    std::string path;
    for (auto const touchpoint : one.path()) path += touchpoint;
    auto const fate = store.fate_at(one.position());
    all.push_back(text(one.customer(), one.started(), one.ended(), path, name(fate.ending),
                       fate.left_truncated));
  }
  std::sort(all.begin(), all.end());
  return all;
}

// The boundaries themselves.

inline rule silence(std::function<std::chrono::minutes(so_far const&, contact const*)> gap) {
  auto const told = [](bool silent) { return verdict{silent, false, silent, false, false}; };
  return {[=](so_far const& journey, contact const& next) {
            return told(next.when - journey.ended > gap(journey, &next));
          },
          [=](so_far const& journey, minutes time) {
            return told(time - journey.ended > gap(journey, nullptr));
          }};
}
inline rule silence(std::chrono::minutes gap) {
  return silence([=](auto const&, auto const*) { return gap; });
}
/// `gap_of` gives the gap of a touchpoint, which here stands for the channel.
inline rule silence_by(std::map<char, std::chrono::minutes> gaps, std::chrono::minutes otherwise) {
  return silence([=](so_far const& journey, contact const* next) {
    auto const of = [&](char channel) {
      return gaps.count(channel) ? gaps.at(channel) : otherwise;
    };
    if (next && !journey.contacts.empty())
      return std::max(of(journey.contacts.back().what), of(next->what));
    auto longest = otherwise;
    for (auto const& [channel, gap] : gaps) longest = std::max(longest, gap);
    return longest;
  });
}
inline rule until(char what) {
  return {[=](auto const&, contact const& next) {
    return verdict{false, next.what == what, false, false, false};
  }};
}
inline rule goal(char what) {
  return {[=](auto const&, contact const& next) {
    return verdict{false, next.what == what, false, next.what == what, false};
  }};
}
inline rule starting_with(char what) {
  return {[=](auto const&, contact const& next) {
    return verdict{next.what == what, false, false, false, false};
  }};
}
inline rule change_of_order() {
  return {[](so_far const& journey, contact const& next) {
    std::optional<int> known;
    for (auto const& one : journey.contacts)
      if (one.order) known = one.order;
    return verdict{next.order && known && *known != *next.order, false, false, false, false};
  }};
}
inline rule stage_regress(int fall) {
  return {[=](so_far const& journey, contact const& next) {
    std::optional<int> highest;
    for (auto const& one : journey.contacts)
      if (one.order) highest = std::max(highest.value_or(*one.order), *one.order);
    return verdict{next.order && highest && *next.order <= *highest - fall, false, false, false,
                   false};
  }};
}
inline rule max_contacts(std::size_t most) {
  return {[=](so_far const& journey, auto const&) {
    return verdict{false, false, false, false, journey.contacts.size() + 1 > most};
  }};
}
inline rule max_duration(std::chrono::minutes longest) {
  auto const over = [=](so_far const& journey, minutes end) {
    return verdict{false, false, false, false,
                   !journey.contacts.empty() && end > journey.started + longest};
  };
  return {[=](so_far const& journey, contact const& next) {
            return over(journey, oracle::end_of(next));
          },
          over};
}
/// Days that begin at `offset` minutes before midnight UTC. The tests' times are not negative.
inline rule new_day(int offset) {
  auto const day = [=](minutes time) { return (time.time_since_epoch().count() + offset) / 1440; };
  auto const over = [=](so_far const& journey, minutes time) {
    auto const since = journey.contacts.empty() ? journey.ended : journey.started;
    return verdict{day(time) > day(since), false, false, false, false};
  };
  return {[=](so_far const& journey, contact const& next) { return over(journey, next.when); },
          over};
}

}  // namespace slow
