// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// What can be read off a promise, as fields of the event or journey that holds it: how it ended
/// (`outcome_of`), whether it was broken, by how much it was late (`overrun`) or early
/// (`ahead_of_promise`), and of a journey how many were broken (`broken_promises`). They go
/// wherever a field goes: into groups, histograms, features of segments.

#include <cxm/core/field.hpp>
#include <cxm/journey/promise_of.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace cxm {

/// One figure of the record that `Rule` reads; made by `outcome_of`, `overrun` and their like.
template <class Figure, class Rule>
class promise_reading {
 public:
  explicit promise_reading(Rule rule)
      : rule_(std::move(rule)),
        name_(std::string(Figure::name) + " of " + std::string(rule_.name())) {}
  std::string_view name() const { return name_; }

  template <class In>
  auto operator()(In const& in) const {
    auto const record = rule_(in);
    using value = decltype(Figure::of(*record));
    return record ? value(Figure::of(*record)) : value();
  }
  void describe_field(auto& visit) const { rule_.describe_policies(visit); }
  friend bool operator==(promise_reading const&, promise_reading const&) = default;

 private:
  Rule rule_;
  std::string name_;
};

namespace detail {

struct promise_outcome_figure {
  static constexpr std::string_view name = "outcome";
  static constexpr std::optional<promise_fate> of(auto const& record) { return record.fate; }
};
struct promise_broken_figure {
  static constexpr std::string_view name = "break";
  static constexpr std::optional<bool> of(auto const& record) {
    return record.decided() ? std::optional(record.broken()) : std::nullopt;
  }
};
struct promise_overrun_figure {
  static constexpr std::string_view name = "overrun";
  static constexpr auto of(auto const& record) {
    return record.too_late() ? record.deviation : std::nullopt;
  }
};
struct promise_ahead_figure {
  static constexpr std::string_view name = "lead";
  static constexpr auto of(auto const& record) {
    auto found = record.deviation;
    if (found && *found < found->zero())
      found = -*found;
    else
      found.reset();
    return found;
  }
};
struct promise_deviation_figure {
  static constexpr std::string_view name = "deviation";
  static constexpr auto of(auto const& record) { return record.deviation; }
};

}  // namespace detail

/// What became of the promise, a `promise_fate`; empty where none was made.
template <class Rule>
auto outcome_of(Rule rule) {
  return promise_reading<detail::promise_outcome_figure, Rule>(std::move(rule));
}
/// Whether the promise was broken; empty where none was made, or none decided.
template <class Rule>
auto broken_promise(Rule rule) {
  return promise_reading<detail::promise_broken_figure, Rule>(std::move(rule));
}
/// How much later than promised it was delivered, where it was late; else empty.
template <class Rule>
auto overrun(Rule rule) {
  return promise_reading<detail::promise_overrun_figure, Rule>(std::move(rule));
}
/// Over-delivery in time: how much earlier than promised it was delivered, where it was; else
/// empty.
template <class Rule>
auto ahead_of_promise(Rule rule) {
  return promise_reading<detail::promise_ahead_figure, Rule>(std::move(rule));
}
/// Delivered − promised, negative for what came early; empty where nothing was delivered.
template <class Rule>
auto deviation_of(Rule rule) {
  return promise_reading<detail::promise_deviation_figure, Rule>(std::move(rule));
}

/// How many of the promises that its contacts hold were broken, as a field of a journey; `rule`
/// reads contacts: `broken_promises{promise_of(&contact::promised, &contact::kept_at)}`. Contacts
/// without a promise, or with one that is not decided, don't count.
template <class Rule>
class broken_promises {
 public:
  explicit broken_promises(Rule rule)
      : rule_(std::move(rule)), name_("broken " + std::string(rule_.name())) {}
  std::string_view name() const { return name_; }

  template <class Journey>
  std::uint64_t operator()(Journey const& journey) const {
    std::uint64_t n = 0;
    for (std::size_t i = 0; i < journey.size(); ++i) {
      auto const record = rule_(journey[i]);
      n += record && record->broken() ? 1 : 0;
    }
    return n;
  }
  void describe_field(auto& visit) const { rule_.describe_policies(visit); }
  friend bool operator==(broken_promises const&, broken_promises const&) = default;

 private:
  Rule rule_;
  std::string name_;
};

}  // namespace cxm
