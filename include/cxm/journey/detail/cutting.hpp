// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/journey/boundary.hpp>
#include <cxm/journey/contact.hpp>
#include <cxm/journey/journey.hpp>
#include <cxm/journey/journey_fate.hpp>

#include <algorithm>
#include <cstddef>
#include <type_traits>
#include <vector>

/// \file
/// The one place where contacts are cut into pieces: journeys out of the contacts of a customer,
/// episodes out of a journey.

namespace cxm::detail {

/// From when to when a log is known.
template <class Time>
struct observation {
  Time from{};
  Time until{};
};
/// Nobody asks how journeys end: what is not asked for is not computed.
struct nothing_observed {};

/// What has been cut off: contacts `first` to `end`, the latest of whose ends is `ended`.
template <class Time>
struct cut_piece {
  std::size_t first;
  std::size_t end;
  Time ended;
  journey_fate fate;
};

/// Contacts `begin` to `stop` of a customer, at least one, while they are cut. `end_of(i)` is the
/// end of contact `i`.
template <class Store, class EndOf>
class cutting {
 public:
  using time = typename Store::time_type;
  using journey = journey_of<Store>;

  cutting(Store const& store, std::size_t customer, std::size_t begin, std::size_t stop,
          EndOf const& end_of)
      : store_(store), customer_(customer), begin_(begin), stop_(stop), end_of_(end_of) {}

  /// Calls `close` for each piece. Endings are told within `observed`; where it is
  /// `nothing_observed` they are not worked out.
  template <class Boundary, class Observed, class Close>
  void cut_by(Boundary const& boundary, Observed const& observed, Close const& close) const {
    if constexpr (always_in_levels<Boundary>) {
      in_levels(boundary, observed, close);
    } else if constexpr (detail::in_levels<Boundary>) {
      if (boundary.levels() > 1)
        in_levels(boundary, observed, close);
      else
        in_one_level(boundary, observed, close);
    } else {
      in_one_level(boundary, observed, close);
    }
  }

 private:
  /// One verdict a contact.
  template <class Boundary, class Observed, class Close>
  void in_one_level(Boundary const& boundary, Observed const& observed, Close const& close) const {
    std::size_t first = begin_;
    time ended = store_.time_at(begin_);
    bool cut_left = starts_late(observed, [&](auto const& before_log, auto const& next) {
      return boundary(before_log, next);
    });
    for (std::size_t i = begin_; i < stop_; ++i) {
      cut const verdict = boundary(so_far(first, i, ended), contact_of<Store>(&store_, i));
      if (verdict.opens() && first < i) {
        close(cut_piece<time>{first, i, ended, {end_before(verdict), cut_left}});
        first = i;
        cut_left = false;
      }
      ended = first == i ? end_of_(i) : std::max(ended, end_of_(i));
      if (verdict.after) {
        close(cut_piece<time>{first, i + 1, ended, {end_after(verdict), cut_left}});
        first = i + 1;
        cut_left = false;
        if (first < stop_) ended = store_.time_at(first);
      }
    }
    if (first == stop_) return;
    journey_end how = journey_end::open;
    if constexpr (!std::is_same_v<Observed, nothing_observed>)
      how = end_before(verdict_by_time(boundary, so_far(first, stop_, ended), observed.until));
    close(cut_piece<time>{first, stop_, ended, {how, cut_left}});
  }

  /// A verdict for each size of pieces; those of the last level are what is cut off.
  template <class Boundary, class Observed, class Close>
  void in_levels(Boundary const& boundary, Observed const& observed, Close const& close) const {
    std::vector<piece> open(boundary.levels(), piece{begin_, store_.time_at(begin_), false});
    piece const& finest = open.back();
    bool cut_left = starts_late(observed, [&](auto const& before_log, auto const& next) {
      cut all;
      for (std::size_t level = 0; level < open.size(); ++level)
        all = all | boundary.at_level(level, before_log, next);
      return all;
    });
    for (std::size_t i = begin_; i < stop_; ++i) {
      piece const before = finest;
      cut const verdict = verdict_at(i, boundary, open);
      if (verdict.opens() && i > before.first) {
        close(cut_piece<time>{before.first, i, before.ended, {end_before(verdict), cut_left}});
        cut_left = false;
      }
      if (verdict.after) {
        close(cut_piece<time>{finest.first, i + 1, finest.ended, {end_after(verdict), cut_left}});
        cut_left = false;
        for (auto& one : open)
          if (one.over) one = {i + 1, store_.time_at(std::min(i + 1, stop_ - 1)), false};
      }
    }
    if (finest.first == stop_) return;
    cut by_time;
    if constexpr (!std::is_same_v<Observed, nothing_observed>)
      for (std::size_t level = 0; level < open.size(); ++level)
        by_time = by_time |
                  boundary.by_time_at_level(
                      level, so_far(open[level].first, stop_, open[level].ended), observed.until);
    close(cut_piece<time>{finest.first, stop_, finest.ended, {end_before(by_time), cut_left}});
  }

  struct piece {
    std::size_t first;
    time ended;
    bool over;  // after this contact
  };

  journey so_far(std::size_t first, std::size_t next, time ended) const {
    return {&store_, customer_, first, next - first, ended};
  }

  /// The verdicts of all levels on contact `i`, which joins its piece on each.
  template <class Boundary>
  cut verdict_at(std::size_t i, Boundary const& boundary, std::vector<piece>& open) const {
    cut all;
    for (std::size_t level = 0; level < open.size(); ++level) {
      auto& one = open[level];
      if (all.opens()) one = {i, store_.time_at(i), false};  // a coarser piece ends, so does this
      all = all | boundary.at_level(level, so_far(one.first, i, one.ended),
                                    contact_of<Store>(&store_, i));
      if (all.opens()) one = {i, store_.time_at(i), false};
      one.ended = one.first == i ? end_of_(i) : std::max(one.ended, end_of_(i));
      one.over = all.after;
    }
    return all;
  }

  /// True for a customer whose first journey may have begun before the log: had there been a
  /// contact just before it, the first one would not have been cut off from that.
  template <class Observed, class Verdict>
  bool starts_late(Observed const& observed, Verdict const& verdict) const {
    if constexpr (std::is_same_v<Observed, nothing_observed>) {
      return false;
    } else {
      return !verdict(so_far(begin_, begin_, observed.from), contact_of<Store>(&store_, begin_))
                  .before;
    }
  }

  Store const& store_;
  std::size_t customer_;
  std::size_t begin_;
  std::size_t stop_;
  EndOf const& end_of_;
};

}  // namespace cxm::detail
