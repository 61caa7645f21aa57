// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/journey/boundary.hpp>

#include <algorithm>
#include <chrono>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// A silence that depends on the channel: half an hour without a click ends a visit to a website,
/// but nobody answers a letter within half an hour.
///
///     after_silence_by{&contact::channel, std::vector{std::pair{web, usual_gap::web},
///                                                     std::pair{post, usual_gap::post}}}

namespace cxm {

/// How long customers are usually silent without a break, by the kind of channel. These are rules
/// of thumb to begin with; journey/gap_mixture.hpp finds the gap that is in the data.
namespace usual_gap {
inline constexpr std::chrono::minutes web{30};
inline constexpr std::chrono::minutes chat{60};
inline constexpr std::chrono::minutes phone = std::chrono::hours(3 * 24);
inline constexpr std::chrono::minutes email = std::chrono::hours(7 * 24);
inline constexpr std::chrono::minutes post = std::chrono::hours(14 * 24);
inline constexpr std::chrono::minutes field = std::chrono::hours(14 * 24);
/// From end to end, over all channels.
inline constexpr std::chrono::minutes journey = std::chrono::hours(30 * 24);
}  // namespace usual_gap

/// Cuts where nothing happened for longer than the gap of the channel before or of the channel
/// after the silence, whichever is longer: the slower channel rules. A channel that is not in the
/// table, or an empty optional, has the gap `otherwise`.
template <class Field, class Channel, class Duration>
class after_silence_by {
 public:
  using policy_kind = journey_boundary;
  using table = std::vector<std::pair<Channel, Duration>>;

  explicit after_silence_by(Field channel, table gaps,
                            std::type_identity_t<Duration> otherwise = usual_gap::journey)
      : channel_(std::move(channel)), gaps_(std::move(gaps)), otherwise_(otherwise) {
    for (auto const& [which, gap] : gaps_) longest_ = std::max(longest_, checked(gap));
    longest_ = std::max(longest_, checked(otherwise_));
  }

  cut operator()(auto const& so_far, auto const& next) const {
    if (so_far.empty()) return by_time(so_far, next.time());  // of no known channel
    auto const silence = next.time() - so_far.ended();
    return longer(silence, std::max(gap_at(so_far.back()), gap_at(next)));
  }
  /// Time alone ends a journey when the slowest channel could not go on with it any more.
  cut by_time(auto const& so_far, auto const& time) const {
    return longer(time - so_far.ended(), longest_);
  }

  table const& gaps() const { return gaps_; }

 private:
  static Duration checked(Duration gap) {
    if (gap <= gap.zero()) detail::refuse("cxm::after_silence_by: a gap must be longer than zero");
    return gap;
  }
  static constexpr cut longer(auto const& silence, Duration gap) {
    bool const too_long = silence > gap;
    return {.before = too_long, .silent = too_long};
  }
  Duration gap_at(auto const& contact) const {
    auto const& channel = contact.read(channel_);
    if constexpr (detail::is_optional<std::remove_cvref_t<decltype(channel)>>)
      return channel ? gap_of(*channel) : otherwise_;
    else
      return gap_of(channel);
  }
  Duration gap_of(auto const& channel) const {
    for (auto const& [which, gap] : gaps_)
      if (which == channel) return gap;
    return otherwise_;
  }

  Field channel_;
  table gaps_;
  Duration otherwise_;
  Duration longest_{};
};
template <class Field, class Channel, class Duration>
after_silence_by(Field, std::vector<std::pair<Channel, Duration>>)
    -> after_silence_by<Field, Channel, Duration>;
template <class Field, class Channel, class Duration, class Otherwise>
after_silence_by(Field, std::vector<std::pair<Channel, Duration>>, Otherwise)
    -> after_silence_by<Field, Channel, Duration>;

}  // namespace cxm
