// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/field.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/journey/ledger_of.hpp>

#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

/// \file
/// Single figures of a journey's ledger as fields: `on(touch_time, moments())`. Each takes the
/// policies of a ledger and is a field again: `touch_time(during{office})`,
/// `flow_efficiency(between_milestones{start_time, reached{activated}})`. Who reads several figures
/// of one journey reads them off `ledger_of`, which sweeps once.

namespace cxm {

/// A figure of the ledger of a journey: itself a field, and with policies another one.
template <class Figure, class Ledger>
class ledger_reading {
 public:
  constexpr explicit ledger_reading(Ledger ledger) : ledger_(std::move(ledger)) {}
  static constexpr std::string_view name() { return Figure::name; }

  /// The figure of one journey, empty where the ledger does not define it.
  template <detail::like_a_journey Journey>
  constexpr auto operator()(Journey const& journey) const {
    auto const ledger = ledger_(journey);
    if constexpr (detail::is_optional<std::remove_cvref_t<decltype(ledger)>>) {
      using value = std::optional<detail::answered_t<decltype(Figure::of(*ledger))>>;
      return ledger ? value(Figure::of(*ledger)) : value();
    } else {
      return Figure::of(ledger);
    }
  }
  /// The same figure under other policies.
  template <policy... Policies>
  requires(sizeof...(Policies) > 0) constexpr auto operator()(Policies... policies) const {
    auto ledger = ledger_.with(std::move(policies)...);
    return ledger_reading<Figure, decltype(ledger)>(std::move(ledger));
  }

 private:
  Ledger ledger_;
};

namespace detail {

using plain_ledger = ledger_field<no_department, no_customer_side, whole_journey, around_the_clock>;
inline constexpr plain_ledger no_departments_ledger{{}, {}, {}, {}};

constexpr std::optional<double> if_defined(maybe<double> const& value) {
  return value ? std::optional(*value) : std::nullopt;
}
struct touch_figure {
  static constexpr std::string_view name = "touch_time";
  static constexpr auto of(auto const& ledger) { return ledger.touch; }
};
struct untouched_figure {
  static constexpr std::string_view name = "untouched_time";
  static constexpr auto of(auto const& ledger) { return ledger.wait(); }
};
struct functional_figure {
  static constexpr std::string_view name = "functional_time";
  static constexpr auto of(auto const& ledger) { return ledger.functional; }
};
struct efficiency_figure {
  static constexpr std::string_view name = "flow_efficiency";
  static constexpr auto of(auto const& ledger) { return if_defined(ledger.flow_efficiency()); }
};
struct parallelism_figure {
  static constexpr std::string_view name = "parallelism";
  static constexpr auto of(auto const& ledger) { return if_defined(ledger.parallelism()); }
};
struct no_durations_figure {
  static constexpr std::string_view name = "no_durations";
  static constexpr auto of(auto const& ledger) { return ledger.no_durations; }
};
struct measured_figure {
  static constexpr std::string_view name = "measured_time";
  static constexpr auto of(auto const& ledger) { return ledger.end_to_end; }
};

}  // namespace detail

/// Time in which any contact was under way, overlaps once (B9's U): a duration. Without policies it
/// is `busy_time`.
inline constexpr ledger_reading<detail::touch_figure, detail::plain_ledger> touch_time(
    detail::no_departments_ledger);
/// End-to-end less touch time. Without policies it is `idle_time`.
inline constexpr ledger_reading<detail::untouched_figure, detail::plain_ledger> untouched_time(
    detail::no_departments_ledger);
/// Touch time of end-to-end time, 0 to 1 (Modig and Åhlström 2012); empty where no contact took
/// any time, or the journey took none.
inline constexpr ledger_reading<detail::efficiency_figure, detail::plain_ledger> flow_efficiency(
    detail::no_departments_ledger);
/// Functional of touch time, 1 or more: how many contacts were under way at once.
inline constexpr ledger_reading<detail::parallelism_figure, detail::plain_ledger> parallelism(
    detail::no_departments_ledger);
/// True where no contact took any time: touch time and efficiency say nothing of such a journey.
inline constexpr ledger_reading<detail::no_durations_figure, detail::plain_ledger> no_durations(
    detail::no_departments_ledger);
/// End-to-end time under policies: `measured_time(during{office})`. Without any, `cycle_time`.
inline constexpr ledger_reading<detail::measured_figure, detail::plain_ledger> measured_time(
    detail::no_departments_ledger);

/// The functional time of one department in a journey, the sum of the durations of its contacts.
template <class Department, class Ledger>
class department_functional_time {
 public:
  constexpr department_functional_time(Department department, Ledger ledger)
      : department_(std::move(department)), ledger_(std::move(ledger)) {}
  static constexpr std::string_view name() { return "functional_time"; }

  template <class Journey>
  constexpr auto operator()(Journey const& journey) const {
    auto const ledger = ledger_(journey);
    if constexpr (detail::is_optional<std::remove_cvref_t<decltype(ledger)>>) {
      using value = std::optional<decltype(ledger->functional)>;
      return ledger ? value(ledger->of(department_).functional) : value();
    } else {
      return ledger.of(department_).functional;
    }
  }

 private:
  Department department_;
  Ledger ledger_;
};

/// The time that departments measure of their own work. `functional_time` is the sum of all, which
/// counts overlaps as often as they overlap (B9's S); `functional_time(&contact::department,
/// sales)` that of one department (B9's F).
struct functional_time_of_all : ledger_reading<detail::functional_figure, detail::plain_ledger> {
  using ledger_reading::ledger_reading;
  using ledger_reading::operator();

  template <class Owner, class Department, class... Policies>
  requires(!policy<Owner> && !policy<Department>) constexpr auto operator()(
      Owner owner, Department department, Policies... policies) const {
    auto ledger = ledger_of(std::move(owner), std::move(policies)...);
    return department_functional_time<Department, decltype(ledger)>(std::move(department),
                                                                    std::move(ledger));
  }
};
inline constexpr functional_time_of_all functional_time(detail::no_departments_ledger);

}  // namespace cxm
