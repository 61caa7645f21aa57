// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// The profile of segments: how far the mean of each feature lies from that of all others, in
/// standard deviations. Plain data, whoever found the segments; `publish_profile` withholds the
/// segments that are too small.

#include <cxm/core/error.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/report/detail/labels.hpp>
#include <cxm/report/detail/withhold.hpp>
#include <cxm/report/estimate.hpp>
#include <cxm/report/publish.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace cxm {

/// Standardised differences, feature by feature: `effects[f * segments.size() + s]`.
struct segment_effects {
  std::vector<std::string> features;
  std::vector<std::string> segments;
  std::vector<std::uint64_t> people;  ///< of each segment
  std::vector<maybe<double>> effects;
};

/// The effects of segments as `profile(table, model)` finds them, features in the order of the
/// table. `names` are those of the segments and of the features; without them segments are numbered
/// from 1, and features have the names of their fields.
template <class Profiles>
segment_effects effects_of(Profiles const& profiles, std::vector<std::string> segments = {},
                           std::vector<std::string> features = {}) {
  segment_effects made;
  std::size_t const width = profiles.size();
  std::size_t const height = width == 0 ? 0 : profiles.front().features.size();
  bool const fit = (segments.empty() || segments.size() == width) &&
                   (features.empty() || features.size() == height || width == 0);
  if (!fit) detail::refuse("cxm::effects_of: needs a name for each segment and each feature");
  made.features.resize(height);
  made.effects.assign(width * height, reason::no_data);
  for (std::size_t s = 0; s < width; ++s) {
    auto const& one = profiles[s];
    made.people.push_back(one.n);
    made.segments.push_back(segments.empty() ? "segment " + detail::number_label(s + 1)
                                             : std::move(segments[s]));
    for (auto const& feature : one.features) {
      made.features[feature.feature] = feature.name;
      made.effects[feature.feature * width + s] = feature.difference;
    }
  }
  if (!features.empty() && width > 0) made.features = std::move(features);
  return made;
}

/// A profile that may be shown. Made by `publish_profile`.
class published_profile {
 public:
  std::vector<std::string> const& features() const { return features_; }
  std::vector<std::string> const& segments() const { return segments_; }
  maybe<std::uint64_t> people(std::size_t segment) const { return people_[segment]; }
  figure effect(std::size_t feature, std::size_t segment) const {
    if (!people_[segment]) return {people_[segment].why(), unit::number, 1};
    return {effects_[feature * segments_.size() + segment], unit::number, 1};
  }
  std::uint64_t least() const { return least_; }

 private:
  friend struct detail::publisher_of_profiles;
  published_profile() = default;
  std::vector<std::string> features_, segments_;
  std::vector<maybe<std::uint64_t>> people_;
  std::vector<maybe<double>> effects_;
  std::uint64_t least_ = 0;
};

namespace detail {

struct publisher_of_profiles {
  static published_profile make(segment_effects const& profile, min_people least) {
    std::size_t const segments = profile.segments.size();
    if (profile.people.size() != segments ||
        profile.effects.size() != segments * profile.features.size())
      refuse("cxm::publish_profile: people and effects must fit the segments and features");
    published_profile made;
    made.features_ = profile.features;
    made.segments_ = profile.segments;
    made.effects_ = profile.effects;
    made.least_ = least.n;
    auto const withheld = withhold_line(profile.people, least.n);
    for (std::size_t s = 0; s < segments; ++s)
      made.people_.push_back(withheld.cells[s] ? maybe<std::uint64_t>(reason::suppressed)
                                               : profile.people[s]);
    for (std::size_t i = 0; i < made.effects_.size(); ++i)
      if (withheld.cells[i % segments])
        made.effects_[i] = reason::suppressed;  // not even in memory
    return made;
  }
};

}  // namespace detail

/// Makes a profile fit to be shown. Throws std::invalid_argument where its parts do not fit.
inline published_profile publish_profile(segment_effects const& profile, min_people least = {}) {
  if (least.n == 0) detail::refuse("cxm::publish_profile: min_people is at least 1");
  return detail::publisher_of_profiles::make(profile, least);
}

}  // namespace cxm
