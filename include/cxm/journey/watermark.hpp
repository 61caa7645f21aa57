// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/codec.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/merge_law.hpp>

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

/// \file
/// Up to when a stream has told everything. The watermark of a source is its latest time less the
/// bound on its disorder; that of the stream is the least over the sources that are not idle. It
/// never goes back. (After Akidau et al., The Dataflow Model, VLDB 2015.)

namespace cxm {

/// How an event stands to the watermark.
enum class punctuality : std::uint8_t { on_time, late, too_late };

/// Follows the latest times of sources. `Source` is an ordered value, `Time` a time point.
template <class Source, class Time>
class watermark {
 public:
  using duration = typename Time::duration;
  static constexpr std::string_view type_name = "watermark";
  static constexpr std::uint16_t schema = 1;

  watermark(duration delay, duration lateness, std::optional<duration> idle)
      : delay_(delay), lateness_(lateness), idle_(idle) {}

  /// How an event of this time stands to what came before. O(1).
  punctuality of(Time at) const {
    if (!mark_ || at >= *mark_) return punctuality::on_time;
    return at >= *horizon() ? punctuality::late : punctuality::too_late;
  }
  /// An event of `source` has come. O(log of the sources); O(sources) where it is not the only one.
  void note(Source const& source, Time at) {
    auto found =
        std::lower_bound(latest_.begin(), latest_.end(), source,
                         [](auto const& a, Source const& b) { return std::get<0>(a) < b; });
    if (found == latest_.end() || source < std::get<0>(*found))
      found = latest_.insert(found, {source, at});
    else if (at > found->second)
      found->second = at;
    else
      return;
    newest_ = newest_ ? std::max(*newest_, at) : at;
    raise(back(least_active(), delay_));
  }
  /// No event before `to` is expected any more, whoever says so. An earlier one changes nothing.
  void raise(Time to) { mark_ = mark_ ? std::max(*mark_, to) : to; }
  /// A source is closed, or rests: it is not waited for until it speaks again.
  void forget(Source const& source) {
    std::erase_if(latest_, [&](auto const& one) { return one.first == source; });
    if (!latest_.empty()) raise(back(least_active(), delay_));
  }

  /// No event earlier than this is expected. Nothing before the first event.
  std::optional<Time> value() const { return mark_; }
  /// No event earlier than this is taken any more.
  std::optional<Time> horizon() const {
    return mark_ ? std::optional(back(*mark_, lateness_)) : std::nullopt;
  }
  std::size_t sources() const { return latest_.size(); }

  static void describe(auto& self, auto& visit) {
    visit.policy("delay", self.delay_);
    visit.policy("lateness", self.lateness_);
    visit.policy("idle", self.idle_);
    visit.state("latest", self.latest_);
    visit.state("newest", self.newest_);
    visit.state("mark", self.mark_);
  }
  /// Sources in order, none after the newest time.
  bool valid() const {
    for (std::size_t i = 0; i < latest_.size(); ++i)
      if (!newest_ || latest_[i].second > *newest_ ||
          (i > 0 && !(std::get<0>(latest_[i - 1]) < std::get<0>(latest_[i]))))
        return false;
    return true;
  }

 private:
  /// The time `by` earlier, the first there is where that is before all times.
  static Time back(Time from, duration by) {
    return from < Time::min() + by ? Time::min() : from - by;
  }
  Time least_active() const {
    Time least = *newest_;
    Time const awake = idle_ ? back(*newest_, *idle_) : Time::min();
    for (auto const& [source, at] : latest_)
      if (at >= awake) least = std::min(least, at);
    return least;
  }

  duration delay_;
  duration lateness_;
  std::optional<duration> idle_;
  std::vector<std::pair<Source, Time>> latest_;  // in order of the sources
  std::optional<Time> newest_;
  std::optional<Time> mark_;
};

}  // namespace cxm
