// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/detail/box.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/field.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/journey/detail/holds.hpp>
#include <cxm/journey/promises.hpp>
#include <cxm/journey/within.hpp>
#include <cxm/stats/proportion.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

/// \file
/// First-contact resolution (B13): of the cases that were said to be resolved, the share in which
/// the customer did not have to come again within some days.
///
///     first_contact_resolution(&contact::resolved, &contact::service, within{7 * 24h},
///                              known_until{log_end})

namespace cxm {

/// What became of resolved cases.
struct resolution_summary {
  std::uint64_t unresolved = 0;  ///< journeys in which nothing was said to be resolved
  std::uint64_t resolved = 0;    ///< that stayed resolved for the whole limit, or came back
  std::uint64_t repeated = 0;    ///< of these, came back within the limit
  std::uint64_t pending = 0;     ///< the limit has not passed yet, and none came back so far
  share first_contact;           ///< of those resolved, that did not come back: FCR
};

/// Counts journeys, each a case, by what followed a resolution. Made by `first_contact_resolution`.
template <class Resolved, class Service, class Limit, class Until>
class resolution_counts {
 public:
  static constexpr std::string_view type_name = "first_contact_resolution";
  static constexpr merge_law merges = merge_law::exact;

  resolution_counts(Resolved resolved, Service service, Limit limit, Until until, confidence level)
      : resolved_(std::move(resolved)),
        service_(std::move(service)),
        limit_(limit),
        until_(until),
        level_(level) {}

  template <class Journey>
  void add(Journey const& journey) {
    using time = std::remove_cvref_t<decltype(journey.started())>;
    std::optional<time> since;
    for (std::size_t i = 0; i < journey.size(); ++i) {
      auto const contact = journey[i];
      if (since && *since <= contact.time() && contact.time() - *since <= limit_.longest &&
          detail::holds(*service_, contact)) {
        ++repeated_;
        return;
      }
      if (detail::holds(*resolved_, contact)) since = contact.ended();
    }
    ++(!since ? unresolved_ : over(*since) ? stayed_ : pending_);
  }
  void merge(resolution_counts const& other) {
    detail::require_same(limit_.longest == other.limit_.longest &&
                             detail::same_field(*resolved_, *other.resolved_) &&
                             detail::same_field(*service_, *other.service_),
                         "cxm::first_contact_resolution: merging counts of different questions");
    if constexpr (requires { until_.time; })
      detail::require_same(until_.time == other.until_.time,
                           "cxm::first_contact_resolution: merging counts of different "
                           "known_until");
    detail::require_fit(detail::counts_fit(unresolved_, other.unresolved_) &&
                        detail::counts_fit(stayed_, other.stayed_) &&
                        detail::counts_fit(repeated_, other.repeated_) &&
                        detail::counts_fit(pending_, other.pending_));
    unresolved_ += other.unresolved_;
    stayed_ += other.stayed_;
    repeated_ += other.repeated_;
    pending_ += other.pending_;
  }
  resolution_summary result() const {
    return {unresolved_, stayed_ + repeated_, repeated_, pending_,
            share_of(stayed_, stayed_ + repeated_, level_)};
  }
  static void describe(auto& self, auto& visit) {
    detail::visit_field(visit, *self.resolved_, "resolved");
    detail::visit_field(visit, *self.service_, "service");
    visit.policy("within", self.limit_.longest);
    if constexpr (requires { self.until_.time; }) visit.policy("known_until", self.until_.time);
    visit.state("unresolved", self.unresolved_);
    visit.state("stayed", self.stayed_);
    visit.state("repeated", self.repeated_);
    visit.state("pending", self.pending_);
  }

 private:
  template <class Time>
  bool over(Time since) const {
    if constexpr (requires { until_.time; })
      return until_.time - since > limit_.longest;
    else
      return true;
  }

  [[no_unique_address]] detail::box<Resolved> resolved_;
  [[no_unique_address]] detail::box<Service> service_;
  Limit limit_;
  [[no_unique_address]] Until until_;
  confidence level_;
  std::uint64_t unresolved_ = 0;
  std::uint64_t stayed_ = 0;
  std::uint64_t repeated_ = 0;
  std::uint64_t pending_ = 0;
};

/// Of journeys with a contact that is `resolved`, how many had no contact after it that is
/// `service` and began within the limit of its end; both are true, false, or an empty optional (no)
/// for a contact. A case that came back after any of its resolutions is repeated. Policies:
/// `within` (default 7 days, itself within), `known_until{time}` (default: every limit has passed),
/// `confidence` of the share's Wilson interval.
template <class Resolved, class Service, class... Policies>
auto first_contact_resolution(Resolved resolved, Service service, Policies... policies) {
  static_assert(
      (detail::answers_one_of<Policies, time_limit, observation_end, confidence_level> && ...),
      "cxm::first_contact_resolution: takes within, known_until and confidence");
  static_assert(detail::no_question_twice<time_limit, observation_end,
                                          confidence_level>::template in<Policies...>,
                "cxm::first_contact_resolution: two policies answer the same question");
  auto limit = detail::pick<time_limit>(within{std::chrono::hours(7 * 24)}, policies...);
  auto until = detail::pick<observation_end>(known_for_ever_after{}, policies...);
  return resolution_counts<Resolved, Service, decltype(limit), decltype(until)>(
      std::move(resolved), std::move(service), limit, until,
      detail::pick<confidence_level>(confidence{}, policies...));
}

}  // namespace cxm
