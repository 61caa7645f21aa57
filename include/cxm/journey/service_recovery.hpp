// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Service recovery: something failed, and was made good, or not (R55):
///
///     auto const lost = reached{step::lost};
///     auto const back = reached_after{lost, step::returned};
///     auto const fate = service_fate_of(lost, back, within{72h}, known_until{log_end});
///     auto const scores = measure(journeys, by(fate, on(last(&contact::recommend), nps())));
///     measure(journeys, on(recovery_time{lost, back}, quantiles()));
///     auto const found = scores.result();          // the recovery paradox: is it above 0?
///     compare(found.at(service_fate::recovered), found.at(service_fate::no_failure));
///
/// That customers are happier after a failure made good than without one is sometimes found and
/// sometimes not (de Matos, Henrique & Rossi, Journal of Service Research 10, 2007): test it.

#include <cxm/core/field.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/journey/detail/derived_name.hpp>
#include <cxm/journey/detail/touchpoint_list.hpp>
#include <cxm/journey/promises.hpp>
#include <cxm/journey/waiting.hpp>
#include <cxm/journey/within.hpp>
#include <cxm/stats/detail/key.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace cxm {

/// When the first contact at one of these touchpoints ended, of those that began at the time of
/// `milestone` or later; empty where there was none, or no milestone:
/// `reached_after{reached{failed}, mended}`.
template <class Milestone, class Touchpoint>
class reached_after {
 public:
  reached_after(Milestone milestone, std::vector<Touchpoint> touchpoints)
      : after_(std::move(milestone)), at_{std::move(touchpoints)} {}
  template <class... More>
  explicit reached_after(Milestone milestone, Touchpoint first, More... more)
      : after_(std::move(milestone)), at_{{std::move(first), Touchpoint(std::move(more))...}} {}

  template <class Journey>
  constexpr auto operator()(Journey const& journey) const {
    std::optional<std::remove_cvref_t<decltype(journey.started())>> found;
    auto const earliest = detail::milestone_time(after_, journey);
    if (!earliest) return found;
    for (std::size_t i = 0; i < journey.size() && !found; ++i)
      if (journey[i].time() >= *earliest && at_.has(journey[i].touchpoint()))
        found = journey[i].ended();
    return found;
  }
  void describe_field(auto& visit) const {
    detail::visit_parts(visit, after_);
    at_.describe_field(visit);
  }
  friend bool operator==(reached_after const&, reached_after const&) = default;

 private:
  Milestone after_;
  detail::touchpoint_list<Touchpoint> at_;
};
template <class Milestone, class First, class... More>
reached_after(Milestone, First, More...) -> reached_after<Milestone, detail::owned_t<First>>;
template <class Milestone, class Touchpoint>
reached_after(Milestone, std::vector<Touchpoint>) -> reached_after<Milestone, Touchpoint>;

/// From a failure to the time when it was made good, a duration; empty where nothing failed, or it
/// was not made good, or that was before the failure.
template <class Failure, class Remedy>
struct recovery_time {
  Failure failure;
  Remedy remedy;

  constexpr recovery_time(Failure failed, Remedy mended)
      : failure(std::move(failed)), remedy(std::move(mended)) {}
  static constexpr std::string_view name() { return "recovery_time"; }

  template <class Journey>
  constexpr auto operator()(Journey const& journey) const {
    auto const failed = detail::milestone_time(failure, journey);
    auto const mended = detail::milestone_time(remedy, journey);
    std::optional<std::remove_cvref_t<decltype(*mended - *failed)>> took;
    if (failed && mended && !(*mended < *failed)) took = *mended - *failed;
    return took;
  }
  void describe_field(auto& visit) const { detail::visit_parts(visit, failure, remedy); }
  friend bool operator==(recovery_time const&, recovery_time const&) = default;
};

/// What became of a failure in a journey.
enum class service_fate : std::uint8_t {
  no_failure,
  recovered,      ///< made good, in time where a time was set
  not_recovered,  ///< not made good, or too late
  pending         ///< not made good, and its time has not passed
};

/// Any time will do. The default.
struct sooner_or_later {
  using policy_kind = time_limit;
};

/// Reads the fate of a failure. Made by `service_fate_of`.
template <class Failure, class Remedy, class Limit, class Until>
class service_fate_field {
 public:
  service_fate_field(Failure failure, Remedy remedy, Limit limit, Until until)
      : took_(std::move(failure), std::move(remedy)),
        limit_(limit),
        until_(until),
        name_(name_by()) {}
  std::string_view name() const { return name_; }

  template <class Journey>
  service_fate operator()(Journey const& journey) const {
    auto const failed = detail::milestone_time(took_.failure, journey);
    if (!failed) return service_fate::no_failure;
    if (auto const took = took_(journey)) {
      if constexpr (requires { limit_.longest; })
        if (*took > limit_.longest) return service_fate::not_recovered;
      return service_fate::recovered;
    }
    if constexpr (requires {
                    limit_.longest;
                    until_.time;
                  })
      if (!(until_.time - *failed > limit_.longest)) return service_fate::pending;
    return service_fate::not_recovered;
  }
  void describe_field(auto& visit) const { detail::visit_parts(visit, took_); }
  friend bool operator==(service_fate_field const& a, service_fate_field const& b) {
    return a.name_ == b.name_ && detail::same_field(a.took_, b.took_);
  }

 private:
  std::string name_by() const {
    std::string text = "service_fate";
    if constexpr (requires { limit_.longest; })
      text += " within " + detail::duration_name(limit_.longest);
    if constexpr (requires { until_.time; })
      text += ", known until " + detail::duration_name(until_.time.time_since_epoch());
    return text;
  }

  recovery_time<Failure, Remedy> took_;
  [[no_unique_address]] Limit limit_;
  [[no_unique_address]] Until until_;
  std::string name_;
};

/// What became of the failure at the time that `failure` gives, made good at the time that
/// `remedy` gives: a field of a journey that is a `service_fate`. Policies: `within{time}`, after
/// which it is too late, and with it `known_until{time}`: what may still be made good in time is
/// pending, and else not recovered.
template <class Failure, class Remedy, class... Policies>
auto service_fate_of(Failure failure, Remedy remedy, Policies... policies) {
  static_assert((detail::answers_one_of<Policies, time_limit, observation_end> && ...),
                "cxm::service_fate_of: takes within and known_until");
  static_assert(detail::no_question_twice<time_limit, observation_end>::template in<Policies...>,
                "cxm::service_fate_of: two policies answer the same question");
  auto limit = detail::pick<time_limit>(sooner_or_later{}, policies...);
  auto until = detail::pick<observation_end>(known_for_ever_after{}, policies...);
  return service_fate_field<Failure, Remedy, decltype(limit), decltype(until)>(
      std::move(failure), std::move(remedy), limit, until);
}

}  // namespace cxm
