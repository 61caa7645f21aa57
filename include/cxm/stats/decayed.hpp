// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/bind.hpp>
#include <cxm/core/codec.hpp>
#include <cxm/core/detail/box.hpp>
#include <cxm/core/detail/power_of_two.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/field.hpp>
#include <cxm/core/retraction.hpp>
#include <cxm/stats/weight.hpp>

#include <algorithm>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// `decayed(&answer::when, half_life{days(30)}, accumulator)` weighs an answer by
/// 2^(−age/half-life) against the latest one, with the accumulator's weighted twin. Ages change
/// with every new answer, but answers of one half-life keep their weights to each other: so there
/// is one state for each half-life of the calendar, in which an answer weighs 1 to 2, and the
/// states are doubled against each other, a shift of integers, when a result is read. Nothing is
/// rounded as time goes on, and merging is exact. What is 30 half-lives old weighs less than a
/// billionth and fades.

namespace cxm {

/// The question how fast answers lose their weight.
struct weight_decay;

/// The age at which an answer weighs half of a new one.
template <class Rep, class Period>
struct half_life {
  using policy_kind = weight_decay;
  std::chrono::duration<Rep, Period> age;
};
template <class Rep, class Period>
half_life(std::chrono::duration<Rep, Period>) -> half_life<Rep, Period>;

/// The usual half-lives: of answers that follow a contact, and of those about the whole relation.
inline constexpr half_life transactional_half_life{std::chrono::days(30)};
inline constexpr half_life relationship_half_life{std::chrono::days(90)};

/// What `decayed` found.
template <class Result>
struct decayed_summary {
  std::uint64_t n = 0;        ///< events that have a weight
  std::uint64_t faded = 0;    ///< events of 30 half-lives and older, which count nowhere else
  std::uint64_t missing = 0;  ///< events without a time, which count nowhere else
  /// Sums of weights in `result` are in this unit: what an answer from the beginning of the latest
  /// half-life weighs. Scores and effective n do not depend on it.
  double unit = 1;
  Result result;  ///< what the weighted accumulator says
};

/// Feeds events with the weight of their age to `Inner`. Made by `decayed`.
template <class Field, class Age, class Inner>
class decayed_by {
  static constexpr std::int64_t remembered = 30;  // half-lives

 public:
  static constexpr std::string_view type_name = "decayed";
  static constexpr merge_law merges = merge_law_of<Inner>;
  static constexpr bool needs_order = cxm::needs_order<Inner>;
  static constexpr bool retracts = cxm::retracts<Inner>;

  decayed_by(Field field, Age age, Inner inner)
      : field_(std::move(field)), age_(age), prototype_(std::move(inner)) {
    if (age <= Age::zero()) detail::refuse("cxm::decayed: a half-life is longer than zero");
  }

  /// O(1) for events of the latest half-life, O(log half-lives) for others.
  template <class In>
  void add(In const& in) {
    auto const& at = cxm::read(*field_, in);
    if constexpr (detail::is_optional<std::remove_cvref_t<decltype(at)>>) {
      if (!at)
        ++missing_;
      else
        add_at(place_of(*at), in);
    } else {
      add_at(place_of(at), in);
    }
  }
  /// The inverse of `add`; but what has faded stays so, also where the event that made it fade is
  /// taken back.
  template <class In>
  void remove(In const& in) {
    auto const& at = cxm::read(*field_, in);
    if constexpr (detail::is_optional<std::remove_cvref_t<decltype(at)>>) {
      if (!at)
        detail::uncount(missing_);
      else
        remove_at(place_of(*at), in);
    } else {
      remove_at(place_of(at), in);
    }
  }
  void merge(decayed_by const& other) {
    detail::require_same(age_ == other.age_,
                         "cxm::decayed: merging states of different half-lives");
    detail::require_same(detail::same_field(*field_, *other.field_),
                         "cxm::decayed: merging plans over different fields");
    auto merged = generations_;
    for (auto const& one : other.generations_) {
      auto const found = std::lower_bound(merged.begin(), merged.end(), one.index, before);
      if (found == merged.end() || found->index != one.index) {
        merged.insert(found, one);
      } else {
        detail::require_fit(detail::counts_fit(found->events, one.events));
        found->inner.merge(one.inner);
        found->events += one.events;
      }
    }
    detail::require_fit(detail::counts_fit(faded_, other.faded_) &&
                        detail::counts_fit(missing_, other.missing_));
    faded_ += other.faded_;
    missing_ += other.missing_;
    generations_ = std::move(merged);
    fade();
  }
  /// The weighted result, as of the latest half-life. O(state · half-lives).
  auto result() const {
    auto total = prototype_;
    decayed_summary<result_of<Inner>> found{0, faded_, missing_, 1, total.result()};
    for (auto const& one : generations_) {
      auto part = one.inner;
      auto const younger = static_cast<unsigned>(one.index - generations_.front().index);
      part.double_weights(younger);
      total.merge(part);
      found.n += one.events;
      found.unit = static_cast<double>(std::uint64_t{1} << younger);
    }
    found.result = total.result();
    return found;
  }
  bool empty() const requires retracts {
    return generations_.empty() && faded_ == 0 && missing_ == 0;
  }

  template <class In>
  auto bound_to() const {
    auto inner = cxm::bind<In>(prototype_);
    using bound = decayed_by<Field, Age, decltype(inner)>;
    if constexpr (std::same_as<bound, decayed_by>)
      return *this;  // with all that it has counted
    else
      return bound(*field_, age_, std::move(inner));
  }

  static void describe(auto& self, auto& visit) {
    detail::visit_field(visit, *self.field_);
    visit.policy("half_life", self.age_);
    visit.policy("inner", self.prototype_);
    visit.state("faded", self.faded_);
    visit.state("missing", self.missing_);
    visit.state("generations", self.generations_);
  }
  void encode(detail::byte_writer& out) const {
    out.word(faded_);
    out.word(missing_);
    out.word(std::uint64_t{generations_.size()});
    for (auto const& one : generations_) {
      detail::encode(out, one.index);
      out.word(one.events);
      detail::encode(out, one.inner);
    }
  }
  /// Half-lives are saved in order, each once, none that would have faded, and none without events.
  bool decode(detail::byte_reader& in) {
    std::uint64_t size = 0;
    generations_.clear();
    if (!in.word(faded_) || !in.word(missing_) || !in.length(size)) return false;
    for (std::uint64_t i = 0; i < size; ++i) {
      generation next{0, 0, prototype_};
      if (!detail::decode(in, next.index) || !in.word(next.events) ||
          !detail::decode(in, next.inner))
        return false;
      bool const ordered = generations_.empty() || generations_.back().index < next.index;
      if (!ordered || next.events == 0 || !detail::counts_fit(next.events, 0)) return in.fail();
      generations_.push_back(std::move(next));
    }
    if (!generations_.empty() && has_faded(generations_.front().index)) return in.fail();
    return detail::counts_fit(faded_, 0) && detail::counts_fit(missing_, 0) ? true : in.fail();
  }

 private:
  struct place {
    std::int64_t index;
    weight weighs;
  };
  /// The events of one half-life, counted from 1970-01-01.
  struct generation {
    std::int64_t index;
    std::uint64_t events;
    Inner inner;
  };
  /// The difference of the unsigned is right at both ends of the type.
  bool has_faded(std::int64_t index) const {
    auto const latest = generations_.back().index;
    return index < latest &&
           static_cast<std::uint64_t>(latest) - static_cast<std::uint64_t>(index) >=
               std::uint64_t{remembered};
  }
  static bool before(generation const& one, std::int64_t index) { return one.index < index; }

  template <class Clock, class Duration>
  place place_of(std::chrono::time_point<Clock, Duration> time) const {
    static_assert(
        std::integral<typename Duration::rep> &&
            std::same_as<std::common_type_t<Duration, Age>, Duration>,
        "cxm::decayed: times are counted in whole ticks, of which a half-life has a whole "
        "number");
    auto const ticks = static_cast<std::int64_t>(time.time_since_epoch().count());
    auto const age = static_cast<std::int64_t>(Duration(age_).count());
    std::int64_t index = ticks / age;
    std::int64_t rest = ticks % age;
    if (rest < 0) {
      rest += age;
      --index;
    }
    auto numerator = static_cast<std::uint64_t>(rest);
    auto denominator = static_cast<std::uint64_t>(age);
    for (; denominator >> 32 != 0; denominator >>= 1) numerator >>= 1;
    std::uint64_t const fraction = (numerator << 32) / denominator;
    return {index,
            {detail::power_in_billionths(
                static_cast<std::uint32_t>(std::min<std::uint64_t>(fraction, UINT32_MAX)))}};
  }
  template <class In>
  void add_at(place const& at, In const& in) {
    if (!generations_.empty() && has_faded(at.index)) {
      ++faded_;
      return;
    }
    auto found = std::lower_bound(generations_.begin(), generations_.end(), at.index, before);
    if (found == generations_.end() || found->index != at.index)
      found = generations_.insert(found, {at.index, 0, prototype_});
    found->inner.add(in, at.weighs);
    ++found->events;
    if (found->events == 1) fade();
  }
  template <class In>
  void remove_at(place const& at, In const& in) {
    auto const found = std::lower_bound(generations_.begin(), generations_.end(), at.index, before);
    if (found == generations_.end() || found->index != at.index) {
      detail::require_counted(!generations_.empty() && has_faded(at.index));
      return detail::uncount(faded_);
    }
    detail::retract(found->inner, in, at.weighs);
    if (--found->events == 0) generations_.erase(found);
  }
  void fade() {
    auto const first = std::find_if(generations_.begin(), generations_.end(),
                                    [&](generation const& one) { return !has_faded(one.index); });
    for (auto old = generations_.begin(); old != first; ++old) faded_ += old->events;
    generations_.erase(generations_.begin(), first);
  }

  [[no_unique_address]] detail::box<Field> field_;
  Age age_;
  Inner prototype_;
  std::uint64_t faded_ = 0;
  std::uint64_t missing_ = 0;
  std::vector<generation> generations_;
};

/// Counts with the weighted twin of `inner`, each event weighing the less the older it is against
/// the latest. Late events find their weight like others: the order does not matter.
template <class Field, class Rep, class Period, accumulator Inner>
auto decayed(Field field, half_life<Rep, Period> decay, Inner inner) {
  static_assert(
      detail::can_be_weighted<Inner>,
      "cxm::decayed: this accumulator can't count with weights: it has no with_weights()");
  using twin = decltype(inner.with_weights());
  static_assert(
      requires(twin & state) { state.double_weights(1U); },
      "cxm::decayed: the weighted twin of this accumulator has no double_weights(times)");
  return decayed_by<Field, std::chrono::duration<Rep, Period>, twin>(std::move(field), decay.age,
                                                                     inner.with_weights());
}

}  // namespace cxm
