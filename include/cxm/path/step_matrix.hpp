// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/bind.hpp>
#include <cxm/core/detail/box.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/journey/contact.hpp>
#include <cxm/path/flow_graph.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/proportion.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// The step matrix (E10): which share of journeys is at which touchpoint in which position, and how
/// many are still under way there. Positions count from the start, or from any event:
/// `step_matrix(centred_at{touchpoint, 3, 5})` shows what led to it and what came of it.

namespace cxm {

struct step_centre;  ///< The question where the positions are counted from.

/// Positions 1 to `steps` from the start of the journey. Default, 20.
struct from_start {
  using policy_kind = step_centre;
  std::uint32_t steps = 20;
};
/// Positions from `-before` to `after` around the first contact for which `event` is true, which is
/// position 0; journeys without one are counted apart.
template <class Event>
struct centred_at {
  using policy_kind = step_centre;
  Event event;
  std::uint32_t before = 3;
  std::uint32_t after = 3;

  centred_at(Event at, std::uint32_t earlier, std::uint32_t later)
      : event(std::move(at)), before(earlier), after(later) {}
};

/// A contact with its position.
template <class Contact>
struct placed_step {
  std::int64_t position;
  Contact contact;
};

namespace detail {
struct step_position {
  static constexpr std::string_view name() { return "position"; }
  constexpr auto operator()(auto const& step) const { return step.position; }
};
struct step_touchpoint {
  static constexpr std::string_view name() { return "touchpoint"; }
  constexpr auto operator()(auto const& step) const { return step.contact.touchpoint(); }
};
}  // namespace detail

/// One column of a step matrix. present + not_started + ended + open is all journeys.
struct step_column {
  std::int64_t position = 0;
  std::uint64_t present = 0;
  std::uint64_t not_started = 0;  ///< before the first contact
  std::uint64_t ended = 0;
  std::uint64_t open = 0;  ///< beyond the last contact of a journey that has not ended
};

/// The step matrix.
template <class Cells>
struct step_summary {
  std::uint64_t journeys = 0;
  std::uint64_t without = 0;  ///< journeys that have no such event
  std::vector<step_column> columns;
  Cells cells;  ///< journeys by (position, touchpoint)

  /// The share of journeys at `touchpoint` in `position`, with its interval.
  template <class Touchpoint>
  share at(std::int64_t position, Touchpoint const& touchpoint) const {
    auto const* found = cells.find({position, touchpoint});
    return share_of(found ? *found : 0, journeys);
  }
  step_column const& column(std::int64_t position) const {
    auto const at = position - (columns.empty() ? 0 : columns.front().position);
    if (at < 0 || static_cast<std::size_t>(at) >= columns.size())
      detail::refuse("cxm::step_matrix: there is no such position");
    return columns[static_cast<std::size_t>(at)];
  }
  /// How many are still under way in `position`, or before the centre, were so already.
  share retained(std::int64_t position) const {
    return share_of(column(position).present, journeys);
  }
};

/// Counts a step matrix. Made by `step_matrix`.
template <class Centre, class Open, class Cells>
class step_counts {
 public:
  static constexpr std::string_view type_name = "step_matrix";
  static constexpr std::uint16_t schema = 1;
  static constexpr merge_law merges = merge_law_of<Cells>;

  step_counts(Centre centre, Open open, Cells cells)
      : centre_(std::move(centre)), is_open_(std::move(open)), cells_(std::move(cells)) {
    present_.resize(width());
    open_.resize(width());
    not_started_.resize(width());
  }

  template <class Journey>
  void add(Journey const& journey) {
    auto const centre = centre_of(journey);
    if (!centre) {
      ++without_;
      return;
    }
    ++journeys_;
    auto const size = static_cast<std::int64_t>(journey.size());
    bool const open = cxm::read(*is_open_, journey);
    for (std::size_t i = 0; i < width(); ++i) {
      std::int64_t const position = first() + static_cast<std::int64_t>(i);
      std::int64_t const index = *centre + position;
      if (index < 0) {
        ++not_started_[i];
      } else if (index >= size) {
        if (!open) break;
        ++open_[i];
      } else {
        ++present_[i];
        cells_.add(placed_step<typename Journey::contact>{
            position, journey[static_cast<std::size_t>(index)]});
      }
    }
  }
  void merge(step_counts const& other) {
    detail::require_same(first() == other.first() && width() == other.width(),
                         "cxm::step_matrix: merging plans with different positions");
    cells_.merge(other.cells_);
    journeys_ += other.journeys_;
    without_ += other.without_;
    for (std::size_t i = 0; i < width(); ++i) {
      present_[i] += other.present_[i];
      open_[i] += other.open_[i];
      not_started_[i] += other.not_started_[i];
    }
  }
  auto result() const {
    auto cells = cells_.result();
    step_summary<decltype(cells)> told{journeys_, without_, {}, std::move(cells)};
    for (std::size_t i = 0; i < width(); ++i)
      told.columns.push_back({first() + static_cast<std::int64_t>(i), present_[i], not_started_[i],
                              journeys_ - present_[i] - not_started_[i] - open_[i], open_[i]});
    return told;
  }

  template <class Journey>
  auto bound_to() const {
    auto cells = cxm::bind<placed_step<typename Journey::contact>>(cells_);
    if constexpr (std::is_same_v<decltype(cells), Cells>)
      return *this;
    else
      return step_counts<Centre, Open, decltype(cells)>(*centre_, *is_open_, std::move(cells));
  }
  bool valid() const {
    if (present_.size() != width() || open_.size() != width() || not_started_.size() != width())
      return false;
    for (std::size_t i = 0; i < width(); ++i)
      if (present_[i] > journeys_ || not_started_[i] > journeys_ - present_[i] ||
          open_[i] > journeys_ - present_[i] - not_started_[i])
        return false;
    return true;
  }
  static void describe(auto& self, auto& visit) {
    visit.policy("first", self.first());
    visit.policy("positions", std::uint64_t{self.width()});
    if constexpr (requires { (*self.centre_).event; })
      detail::visit_field(visit, (*self.centre_).event);
    detail::visit_field(visit, *self.is_open_);
    visit.state("journeys", self.journeys_);
    visit.state("without", self.without_);
    visit.state("present", self.present_);
    visit.state("open", self.open_);
    visit.state("not_started", self.not_started_);
    visit.state("cells", self.cells_);
  }

 private:
  static constexpr bool centred = !std::is_same_v<Centre, from_start>;

  std::int64_t first() const {
    if constexpr (centred)
      return -std::int64_t{(*centre_).before};
    else
      return 1;
  }
  std::size_t width() const {
    if constexpr (centred)
      return std::size_t{(*centre_).before} + 1 + (*centre_).after;
    else
      return (*centre_).steps;
  }
  /// The index of position 0; the start is position 1.
  template <class Journey>
  std::optional<std::int64_t> centre_of(Journey const& journey) const {
    if constexpr (!centred) {
      return -1;
    } else {
      for (std::size_t i = 0; i < journey.size(); ++i)
        if (journey[i].read((*centre_).event)) return static_cast<std::int64_t>(i);
      return std::nullopt;
    }
  }

  detail::box<Centre> centre_;
  detail::box<Open> is_open_;
  std::uint64_t journeys_ = 0;
  std::uint64_t without_ = 0;
  std::vector<std::uint64_t> present_, open_, not_started_;
  Cells cells_;
};

/// The step matrix. Policies: `from_start{20}` or `centred_at{event, before, after}`,
/// `open_when{still_open}`, `at_most` cells. O(positions) a journey.
template <class... Policies>
auto step_matrix(Policies... policies) {
  static_assert((detail::answers_one_of<Policies, step_centre, which_are_open, group_cap> && ...),
                "cxm::step_matrix: takes from_start or centred_at, open_when and at_most");
  static_assert(
      detail::no_question_twice<step_centre, which_are_open, group_cap>::template in<Policies...>,
      "cxm::step_matrix: two policies answer the same question");
  auto const cap = detail::pick<group_cap>(at_most{1'000'000}, policies...);
  auto centre = detail::pick<step_centre>(from_start{}, policies...);
  auto open = detail::pick<which_are_open>(open_when{detail::never_open{}}, policies...).field;
  auto cells = by(detail::step_position{}, detail::step_touchpoint{}, count(), cap);
  return step_counts<decltype(centre), decltype(open), decltype(cells)>(
      std::move(centre), std::move(open), std::move(cells));
}

}  // namespace cxm
