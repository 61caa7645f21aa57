// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// The promise ledger: of many promises, what became of them and by how much they were missed.
///
///     auto const visit = promise_of(first(&contact::promised), reached{step::visited},
///                                   known_until{log_end},
///                                   promised_when{time_of{first_with{&contact::promised}}});
///     measure(journeys, promise_ledger(visit));
///     measure(journeys, by(at_contact{first_with{&contact::promised}, &contact::office},
///                          at_contact{first_at{step::visited}, &contact::office},
///                          promise_ledger(visit)));       // who promised × who delivered
///
/// `promises` counts the same fates in 40 bytes, where no delay is asked for.

#include <cxm/core/accumulator.hpp>
#include <cxm/core/detail/box.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/wide.hpp>
#include <cxm/journey/detail/promise_delays.hpp>
#include <cxm/journey/promise_of.hpp>
#include <cxm/stats/proportion.hpp>

#include <array>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

namespace cxm {

/// What the ledger found. Promises that are pending or invalid are in no share.
template <class Duration>
struct promise_ledger_summary {
  using duration = Duration;

  std::uint64_t without_promise = 0;
  std::uint64_t with_promise = 0;  ///< the sum of the next seven
  std::uint64_t kept = 0;
  std::uint64_t early = 0;
  std::uint64_t late = 0;
  std::uint64_t no_show = 0;  ///< appointments at which nobody came
  std::uint64_t unmet = 0;    ///< not delivered, although the time has passed
  std::uint64_t pending = 0;
  std::uint64_t invalid = 0;       ///< windows that end before they begin
  std::uint64_t appointments = 0;  ///< promises of a window, not counting invalid ones

  share on_time_share;  ///< kept of all decided: kept, early, late, no-show, unmet
  share broken_share;   ///< the others of these
  /// Of the appointments that are decided, those of which the window was broken.
  share broken_window_share;

  delay_summary<Duration> deviation;  ///< of all delivered: delivered − promised
  delay_summary<Duration> overrun;    ///< of those delivered too late
  delay_summary<Duration> ahead;      ///< of those delivered before the promised time, how much
  /// Of those not delivered though it is time: at least so much, for it goes on (censored).
  delay_summary<Duration> overdue;
  delay_summary<Duration> window;  ///< how long appointments are

  /// Overrun by the time that was promised, late ones of known and positive length.
  log_histogram_summary<double> relative_overrun;
  std::uint64_t without_length = 0;  ///< late ones whose promised time is unknown or not positive
};

/// Counts promises and their delays. Made by `promise_ledger`; `Duration` is void until the plan
/// is bound.
template <class Rule, class Duration>
class promise_ledger_counts {
  static constexpr bool open = std::is_void_v<Duration>;
  using duration = std::conditional_t<open, std::chrono::seconds, Duration>;
  using delays = detail::promise_delays<duration>;

 public:
  static constexpr std::string_view type_name = "promise_ledger";
  static constexpr merge_law merges = merge_law::exact;

  promise_ledger_counts(Rule rule, confidence level) : rule_(std::move(rule)), level_(level) {}

  template <class In>
  void add(In const& in) {
    static_assert(!open,
                  "cxm::promise_ledger: the type of the events is not known yet; "
                  "cxm::bind<event>(plan) fixes it");
    if (auto const record = (*rule_)(in))
      add_record(*record);
    else
      ++without_;
  }
  void merge(promise_ledger_counts const& other) {
    detail::require_same(*rule_ == *other.rule_,
                         "cxm::promise_ledger: merging ledgers of different promises");
    detail::require_fit(detail::counts_fit(total(), other.total()));
    without_ += other.without_;
    for (std::size_t i = 0; i < fates; ++i) fates_[i] += other.fates_[i];
    decided_windows_ += other.decided_windows_;
    broken_windows_ += other.broken_windows_;
    without_length_ += other.without_length_;
    deviation_.merge(other.deviation_);
    overrun_.merge(other.overrun_);
    ahead_.merge(other.ahead_);
    overdue_.merge(other.overdue_);
    window_.merge(other.window_);
    relative_.merge(other.relative_);
  }
  promise_ledger_summary<duration> result() const {
    auto const kept = count(promise_fate::kept);
    auto const broken = count(promise_fate::early) + count(promise_fate::late) +
                        count(promise_fate::no_show) + count(promise_fate::unmet);
    return {without_,
            total() - without_,
            kept,
            count(promise_fate::early),
            count(promise_fate::late),
            count(promise_fate::no_show),
            count(promise_fate::unmet),
            count(promise_fate::pending),
            count(promise_fate::invalid),
            window_.n(),
            share_of(kept, kept + broken, level_),
            share_of(broken, kept + broken, level_),
            share_of(broken_windows_, decided_windows_, level_),
            deviation_.result(),
            overrun_.result(),
            ahead_.result(),
            overdue_.result(),
            window_.result(),
            relative_.result(),
            without_length_};
  }
  Rule const& rule() const { return *rule_; }

  /// Every delay belongs to a promise of a fate that has one.
  bool valid() const {
    if (total() > INT64_MAX || !deviation_.valid() || !overrun_.valid() || !ahead_.valid() ||
        !overdue_.valid() || !window_.valid() || !relative_.valid())
      return false;
    auto const late = count(promise_fate::late), no_show = count(promise_fate::no_show);
    auto const came = count(promise_fate::kept) + count(promise_fate::early);
    auto const relative = relative_.result();
    return overrun_.n() >= late && overrun_.n() - late <= no_show &&
           deviation_.n() == came + overrun_.n() && ahead_.n() >= count(promise_fate::early) &&
           ahead_.n() <= came &&
           overdue_.n() == count(promise_fate::unmet) + no_show - (overrun_.n() - late) &&
           relative.n() + without_length_ == overrun_.n() && relative.missing() == 0 &&
           relative.invalid() == 0 && broken_windows_ <= decided_windows_ &&
           decided_windows_ <= window_.n() && no_show <= broken_windows_;
  }
  template <class In>
  auto bound_to() const {
    using record = std::remove_cvref_t<decltype(*(*rule_)(std::declval<In const&>()))>;
    using found = typename record::duration;
    if constexpr (std::same_as<found, Duration>)
      return *this;  // with all that it has counted
    else
      return promise_ledger_counts<Rule, found>(*rule_, level_);
  }
  static void describe(auto& self, auto& visit) {
    (*self.rule_).describe_policies(visit);
    visit.state("without", self.without_);
    visit.state("fates", self.fates_);
    visit.state("decided_windows", self.decided_windows_);
    visit.state("broken_windows", self.broken_windows_);
    visit.state("without_length", self.without_length_);
    visit.state("deviation", self.deviation_);
    visit.state("overrun", self.overrun_);
    visit.state("ahead", self.ahead_);
    visit.state("overdue", self.overdue_);
    visit.state("window", self.window_);
    visit.state("relative", self.relative_);
  }

 private:
  static constexpr std::size_t fates = 7;

  std::uint64_t count(promise_fate fate) const { return fates_[static_cast<std::size_t>(fate)]; }
  std::uint64_t total() const {
    std::uint64_t n = without_;
    for (auto const one : fates_) n = one > UINT64_MAX - n ? UINT64_MAX : n + one;
    return n;
  }

  template <class Record>
  void add_record(Record const& record) {
    ++fates_[static_cast<std::size_t>(record.fate)];
    if (record.fate == promise_fate::invalid) return;
    if (record.window) {
      window_.add(*record.window);
      decided_windows_ += record.decided() ? 1 : 0;
      broken_windows_ += record.broken() ? 1 : 0;
    }
    if (record.overdue) overdue_.add(*record.overdue);
    if (!record.deviation) return;
    deviation_.add(*record.deviation);
    if (*record.deviation < duration::zero()) ahead_.add(-*record.deviation);
    if (record.too_late()) add_overrun(record);
  }
  template <class Record>
  void add_overrun(Record const& record) {
    overrun_.add(*record.deviation);
    if (record.promised_in && *record.promised_in > duration::zero())
      relative_.add(detail::as_double(*record.deviation) / detail::as_double(*record.promised_in));
    else
      ++without_length_;
  }

  [[no_unique_address]] detail::box<Rule> rule_;
  confidence level_;
  std::uint64_t without_ = 0;
  std::array<std::uint64_t, fates> fates_{};
  std::uint64_t decided_windows_ = 0, broken_windows_ = 0, without_length_ = 0;
  delays deviation_, overrun_, ahead_, overdue_, window_;
  log_binned<double> relative_{detail::log_bins::bits_for(0.01)};
};

/// The ledger of the promises that `rule`, made by `promise_of`, reads. Policy: `confidence` of
/// the shares' Wilson intervals.
/// \code
///   auto const ledger = measure(journeys, promise_ledger(rule)).result();
///   ledger.on_time_share.interval;  ledger.overrun.mean;  ledger.overrun.quantiles.at(0.9);
/// \endcode
template <class Rule, class... Policies>
auto promise_ledger(Rule rule, Policies... policies) {
  static_assert(detail::is_promise_rule<Rule>,
                "cxm::promise_ledger: takes a promise, as promise_of(promised, delivered)");
  static_assert(
      (detail::answers_one_of<Policies, confidence_level> && ...) && sizeof...(Policies) <= 1,
      "cxm::promise_ledger: the only policy is confidence, once; others belong to promise_of");
  return promise_ledger_counts<Rule, void>(
      std::move(rule), detail::pick<confidence_level>(confidence{}, policies...));
}

}  // namespace cxm
