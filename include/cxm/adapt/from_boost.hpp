// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/adapt/detail/set_parts.hpp>
#include <cxm/adapt/detail/to_sample.hpp>
#include <cxm/adapt/exact_sample.hpp>
#include <cxm/adapt/merge_sets.hpp>
#include <cxm/core/accumulator.hpp>
#include <cxm/core/bind.hpp>
#include <cxm/core/field.hpp>
#include <cxm/stats/detail/sample.hpp>
#include <cxm/stats/weight.hpp>

#include <boost/accumulators/framework/accumulator_set.hpp>
#include <boost/accumulators/framework/parameters/weight.hpp>

#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

/// \file
/// Any `accumulator_set` of Boost as an accumulator: `on(cycle_time, from_boost(set))` or, with a
/// fresh set, `boost_set<cxm::exact, stats<tag::mean, tag::min, tag::max>>()`. It goes into on, by,
/// where, all and weighted; Boost's extractors read its result.

namespace cxm {

/// What an adapted set gives: the set, for Boost's extractors, and what was kept out of it.
template <class Set>
struct counted_set : Set {
  std::uint64_t missing = 0;  ///< events without an answer
  std::uint64_t invalid = 0;  ///< values that are not finite, or that the sample type can't hold
};

/// An `accumulator_set` that speaks the protocol of cxm. Made by `from_boost` and `boost_set`;
/// `Value` is void until the plan is bound.
template <class Set, class Value = void>
class boost_accumulator {
  using sample = typename Set::sample_type;
  using weight_type = typename Set::weight_type;
  static constexpr bool has_weights = !std::is_void_v<weight_type>;
  static_assert(!detail::set_has<Set, boost::accumulators::tag::weighted_extended_p_square>,
                "cxm::from_boost: Boost's weighted_extended_p_square ignores the weights");
  static_assert(!(std::is_unsigned_v<sample> &&
                  detail::set_has<Set, boost::accumulators::tag::rolling_window_plus1>),
                "cxm::from_boost: Boost's rolling statistics are wrong over unsigned samples");

 public:
  static constexpr std::string_view type_name = "boost_set";
  static constexpr merge_law merges = detail::law_of_set<Set>;
  static constexpr bool needs_order = detail::set_needs_order<Set>;

  explicit boost_accumulator(Set set) : set_(std::move(set)) {}

  /// Gives the set a number, an enum, or the ticks of a duration, converted to its sample type; or
  /// std::optional of one, of which the empty are counted as missing.
  template <class In>
  void add(In const& in) {
    static_assert(!has_weights,
                  "cxm::from_boost: this set counts with weights; use cxm::weighted(field, set)");
    enter(in, [&](sample const& value) { set_(value); });
  }
  template <class In>
  void add(In const& in, weight const& with) {
    static_assert(std::floating_point<weight_type>,
                  "cxm::from_boost: the weights of the set must be a floating-point type");
    auto const weight = static_cast<weight_type>(with.value());
    enter(in, [&](sample const& value) { set_(value, boost::accumulators::weight = weight); });
  }
  /// See `merge_into`. A set with a feature whose states can't be combined does not compile here.
  void merge(boost_accumulator const& other) {
    cxm::merge_into(set_, other.set_);
    missing_ += other.missing_;
    invalid_ += other.invalid_;
  }
  /// A copy of the set, for Boost's extractors: `mean(plan.result())`.
  counted_set<Set> result() const { return {set_, missing_, invalid_}; }
  /// The set itself.
  Set const& set() const { return set_; }

  template <class In>
  auto bound_to() const {
    return boost_accumulator<Set, detail::answered_t<In>>(set_, missing_, invalid_);
  }
  auto with_weights() const requires has_weights { return *this; }

  static void describe(auto& self, auto& visit) {
    visit.policy("unit", detail::unit_of<Value>());
    visit.state("missing", self.missing_);
    visit.state("invalid", self.invalid_);
    detail::for_each_part<Set>(
        [&]<class Part>() { detail::describe_part<Part>(self.set_, visit); });
  }
  /// What holds of every set that began empty: without samples it is as new, and with some the
  /// minimum is not above the maximum.
  bool valid() const {
    namespace boost_tag = boost::accumulators::tag;
    using boost::accumulators::extract_result;
    if constexpr (detail::set_has<Set, boost_tag::count>) {
      if (extract_result<boost_tag::count>(set_) == 0) return same_states(set_, Set());
    }
    if constexpr (detail::set_has<Set, boost_tag::min> && detail::set_has<Set, boost_tag::max>) {
      bool const in_order =
          extract_result<boost_tag::min>(set_) <= extract_result<boost_tag::max>(set_);
      return in_order || same_states(set_, Set());
    }
    return true;
  }

 private:
  template <class OtherSet, class OtherValue>
  friend class boost_accumulator;
  boost_accumulator(Set set, std::uint64_t missing, std::uint64_t invalid)
      : set_(std::move(set)), missing_(missing), invalid_(invalid) {}

  static bool same_states(Set const& a, Set const& b) {
    auto const bytes_of = [](Set const& set) {
      detail::byte_writer out;
      detail::state_writer visit{out};
      detail::for_each_part<Set>([&]<class Part>() { detail::describe_part<Part>(set, visit); });
      return out.bytes;
    };
    return bytes_of(a) == bytes_of(b);
  }

  template <class In, class Give>
  void enter(In const& in, Give give) {
    if constexpr (std::is_same_v<In, sample> && !std::floating_point<In>) {
      give(in);
    } else {
      using answer = detail::answered_t<In>;
      static_assert(!detail::is_duration<answer> || !std::is_void_v<Value>,
                    "cxm::from_boost: the unit of the durations is not known yet; "
                    "cxm::bind<event>(plan) fixes it");
      static_assert(std::is_void_v<Value> || detail::unit_of<answer>() == detail::unit_of<Value>(),
                    "cxm::from_boost: durations of another unit than the plan was bound to");
      detail::if_answered(
          in,
          [&](auto const& value) {
            if (auto const converted = detail::to_sample<sample>(value))
              give(*converted);
            else
              ++invalid_;
          },
          [&] { ++missing_; });
    }
  }

  Set set_;
  std::uint64_t missing_ = 0;
  std::uint64_t invalid_ = 0;
};

/// The accumulator that goes on where `set` stands; start it empty where it is part of a plan.
/// Durations enter in ticks of their own unit, which is part of the fingerprint.
template <class Sample, class Features, class Weight>
auto from_boost(boost::accumulators::accumulator_set<Sample, Features, Weight> set) {
  return boost_accumulator<boost::accumulators::accumulator_set<Sample, Features, Weight>>(
      std::move(set));
}

/// A fresh set of Boost as an accumulator: `boost_set<double, stats<tag::mean, tag::variance>>()`.
template <class Sample, class Features, class Weight = void>
auto boost_set() {
  return from_boost(boost::accumulators::accumulator_set<Sample, Features, Weight>());
}

}  // namespace cxm
