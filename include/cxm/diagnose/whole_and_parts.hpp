// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// The score of the whole against the roll-up of its parts. Every touchpoint may be rated well, and
/// the journey badly: customers judge the whole. `whole_against_parts(question{last(
/// &contact::overall), points<0, 10>{}}, question{&contact::rating, points<0, 10>{}})` compares,
/// for each journey, what was said of the whole (J) with what its contacts add up to (R), both on
/// 0–100, and counts the journeys whose touchpoints were all good while the whole was bad. How the
/// parts add up is a policy that is a field of a journey, on the scale of the parts:
/// `rolled_up{worst{&contact::rating}}`, `peak_end(…)`, `average(…, exposure{…})`, `last(…)`, or
/// your own; the default is the average. Where it goes back to: Rawson, Duncan & Jones, Harvard
/// Business Review 91 (2013).

#include <cxm/core/accumulator.hpp>
#include <cxm/core/confidence.hpp>
#include <cxm/core/detail/box.hpp>
#include <cxm/core/field.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/diagnose/question.hpp>
#include <cxm/journey/average.hpp>
#include <cxm/journey/rated_contacts.hpp>
#include <cxm/stats/exact_moments.hpp>
#include <cxm/stats/interval.hpp>
#include <cxm/stats/proportion.hpp>

#include <cmath>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace cxm {

struct roll_up;  ///< The question how the ratings of contacts add up to one of the journey.

/// The parts add up to what this field of a journey gives, on the scale of the parts.
template <class Field>
struct rolled_up {
  using policy_kind = roll_up;
  Field field;
  constexpr explicit rolled_up(Field of) : field(std::move(of)) {}
};

/// The whole against its parts.
struct whole_and_parts {
  std::uint64_t journeys = 0;
  std::uint64_t n = 0;              ///< journeys with both, the only ones that enter
  std::uint64_t whole_missing = 0;  ///< journeys without an answer about the whole
  std::uint64_t parts_missing = 0;  ///< of the others, those without a rated contact
  std::uint64_t invalid = 0;        ///< journeys with an answer or a rating off its scale
  share coverage{};                 ///< n of all journeys
  /// On 0–100, good is high. Without any J the roll-up is but a proxy of it.
  maybe<double> mean_whole = reason::no_data;
  maybe<double> mean_parts = reason::no_data;
  /// R − J: above 0 the touchpoints look better than the journey was.
  maybe<double> difference = reason::no_data;
  maybe<double> deviation = reason::no_data;
  maybe<double> standard_error = reason::no_data;
  maybe<bounded_interval> interval = reason::no_data;  ///< of the mean difference, by t
  share all_good{};                                    ///< journeys without a touchpoint below good
  share all_good_yet_bad{};                            ///< green outside, red inside: of n journeys
  share bad_of_all_good{};  ///< of the journeys whose touchpoints were all good
  share bad{};              ///< journeys whose whole was bad
};

/// Compares wholes with their parts. Made by `whole_against_parts`.
template <class Whole, class WholeScale, class Part, class PartScale, class RollUp>
class whole_part_sums {
 public:
  static constexpr std::string_view type_name = "whole_against_parts";
  static constexpr merge_law merges = merge_law::exact;

  whole_part_sums(question<Whole, WholeScale> whole, question<Part, PartScale> part, RollUp roll,
                  good_from good, bad_to bad, confidence level)
      : whole_(std::move(whole)),
        part_(std::move(part)),
        roll_(std::move(roll)),
        good_(good),
        bad_(bad),
        level_(level) {}

  template <class Journey>
  void add(Journey const& journey) {
    auto const whole = whole_.of_100(cxm::read(whole_.field(), journey));
    bool rated = false, all_good = true, invalid = !whole.valid;
    detail::each_rating(journey, part_.field(), [&](std::size_t, auto const& rating) {
      auto const part = part_.of_100(rating);
      rated = true;
      invalid = invalid || !part.valid;
      all_good = all_good && part.value.value_or(0) >= good_.of_100;
    });
    if (invalid)
      ++invalid_;
    else if (!whole.value)
      ++whole_missing_;
    else if (!rated)
      ++parts_missing_;
    else
      add_pair(journey, *whole.value, all_good);
  }
  void merge(whole_part_sums const& other) {
    detail::require_same(whole_.same_as(other.whole_) && part_.same_as(other.part_),
                         "cxm::whole_against_parts: merging plans over different questions");
    detail::require_same(detail::same_field(*roll_, *other.roll_) &&
                             good_.of_100 == other.good_.of_100 && bad_.of_100 == other.bad_.of_100,
                         "cxm::whole_against_parts: merging plans of different policies");
    detail::require_fit(detail::counts_fit(journeys(), other.journeys()));
    auto wholes = wholes_;
    wholes.merge(other.wholes_);
    differences_.merge(other.differences_);
    wholes_ = wholes;
    whole_missing_ += other.whole_missing_;
    parts_missing_ += other.parts_missing_;
    invalid_ += other.invalid_;
    all_good_ += other.all_good_;
    bad_count_ += other.bad_count_;
    both_ += other.both_;
  }
  whole_and_parts result() const {
    auto const whole = wholes_.result();
    auto const difference = differences_.result();
    whole_and_parts found{journeys(), whole.n, whole_missing_, parts_missing_, invalid_};
    found.coverage = share_of(found.n, found.journeys, level_);
    found.all_good = share_of(all_good_, found.n, level_);
    found.bad = share_of(bad_count_, found.n, level_);
    found.all_good_yet_bad = share_of(both_, found.n, level_);
    found.bad_of_all_good = share_of(both_, all_good_, level_);
    found.mean_whole = whole.mean;
    found.difference = difference.mean;
    found.deviation = difference.deviation;
    if (found.n > 0) found.mean_parts = *whole.mean + *difference.mean;
    double const n = static_cast<double>(found.n);
    found.standard_error =
        difference.deviation.transform([&](double sd) { return sd / std::sqrt(n); });
    found.interval = difference.deviation.why();
    if (difference.deviation)
      found.interval =
          student::mean(*difference.mean, *difference.deviation, found.n, level_, {-100, 100});
    return found;
  }

  bool valid() const {
    auto const n = wholes_.n();
    return n == differences_.n() && all_good_ <= n && bad_count_ <= n && both_ <= all_good_ &&
           both_ <= bad_count_ && all_good_ - both_ <= n - bad_count_ &&
           detail::counts_fit(n, whole_missing_) &&
           detail::counts_fit(n + whole_missing_, parts_missing_) &&
           detail::counts_fit(n + whole_missing_ + parts_missing_, invalid_);
  }
  static void describe(auto& self, auto& visit) {
    visit.policy("whole", self.whole_);
    visit.policy("part", self.part_);
    visit.policy("rolled_up", name_of(*self.roll_));
    visit.policy("good", self.good_.of_100);
    visit.policy("bad", self.bad_.of_100);
    visit.state("whole_missing", self.whole_missing_);
    visit.state("parts_missing", self.parts_missing_);
    visit.state("invalid", self.invalid_);
    visit.state("all_good", self.all_good_);
    visit.state("bad_count", self.bad_count_);
    visit.state("both", self.both_);
    visit.state("wholes", self.wholes_);
    visit.state("differences", self.differences_);
  }

 private:
  std::uint64_t journeys() const {
    return wholes_.n() + whole_missing_ + parts_missing_ + invalid_;
  }
  template <class Journey>
  void add_pair(Journey const& journey, double whole, bool all_good) {
    auto const parts = part_.between_points(cxm::read(*roll_, journey));
    if (!parts.valid || !parts.value) {
      ++(parts.valid ? parts_missing_ : invalid_);
      return;
    }
    bool const bad = whole <= bad_.of_100;
    wholes_.add(whole);
    differences_.add(*parts.value - whole);
    all_good_ += all_good ? 1 : 0;
    bad_count_ += bad ? 1 : 0;
    both_ += all_good && bad ? 1 : 0;
  }

  question<Whole, WholeScale> whole_;
  question<Part, PartScale> part_;
  detail::box<RollUp> roll_;
  good_from good_;
  bad_to bad_;
  confidence level_;
  std::uint64_t whole_missing_ = 0;
  std::uint64_t parts_missing_ = 0;
  std::uint64_t invalid_ = 0;
  std::uint64_t all_good_ = 0;
  std::uint64_t bad_count_ = 0;
  std::uint64_t both_ = 0;
  exact_moments_accumulator wholes_;
  exact_moments_accumulator differences_;
};

/// What was said of whole journeys against what their contacts add up to. Policies: `rolled_up`
/// (default the average of the parts), `good_from` (default 75 of 100: 4 of 1–5, 8 of 0–10) for
/// parts, `bad_to` (default 40 of 100: 2 of 1–5, 4 of 0–10) for the whole, `confidence`.
template <class Whole, class WholeScale, class Part, class PartScale, class... Policies>
auto whole_against_parts(question<Whole, WholeScale> whole, question<Part, PartScale> part,
                         Policies... policies) {
  static_assert(
      (detail::answers_one_of<Policies, roll_up, good_threshold, bad_threshold, confidence_level> &&
       ...),
      "cxm::whole_against_parts: takes rolled_up, good_from, bad_to and confidence");
  static_assert(detail::no_question_twice<roll_up, good_threshold, bad_threshold,
                                          confidence_level>::template in<Policies...>,
                "cxm::whole_against_parts: two policies answer the same question");
  auto roll = detail::pick<roll_up>(rolled_up{average(part.field())}, policies...).field;
  return whole_part_sums<Whole, WholeScale, Part, PartScale, decltype(roll)>(
      std::move(whole), std::move(part), std::move(roll),
      detail::pick<good_threshold>(good_from{75}, policies...),
      detail::pick<bad_threshold>(bad_to{40}, policies...),
      detail::pick<confidence_level>(confidence{}, policies...));
}

/// The share of journeys without a fault if `touchpoints` independent touchpoints are each good
/// with probability `good`: of ten that are 95 % good, 59.9 % of the journeys. Touchpoints of real
/// journeys hang together; `whole_and_parts::all_good` is what happened.
inline double share_without_fault(double good, std::uint64_t touchpoints) {
  if (!(good >= 0 && good <= 1))
    detail::refuse("cxm::share_without_fault: the share must lie between 0 and 1");
  return std::pow(good, static_cast<double>(touchpoints));
}

}  // namespace cxm
