// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/bind.hpp>
#include <cxm/core/codec.hpp>
#include <cxm/core/detail/box.hpp>
#include <cxm/core/field.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/journey/contact.hpp>
#include <cxm/journey/journey_fields.hpp>
#include <cxm/path/outcome.hpp>
#include <cxm/path/path_of.hpp>
#include <cxm/path/path_table.hpp>
#include <cxm/stats/by.hpp>

#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// `paths_to(outcome)` counts the paths that journeys took with the outcome of each: the state that
/// every model of attribution and every chain reads. It is `by(path, outcomes(…))`, laid out for
/// them. The outcome is any field of a journey: a sale, a promoter, a churn.
///
///     auto const to_sale = measure(journeys, paths_to(bought, revenue)).result();
///     auto const to_fans = measure(journeys, paths_to(is_promoter)).result();

namespace cxm {

struct path_field;  ///< The question what the path of a journey is.

/// Which field gives the path: `along{path_of{&contact::channel}}`, `along{&row::path}`. Default
/// `path`, the touchpoints of the journey. It gives anything with a size and an index.
template <class Field>
struct along {
  using policy_kind = path_field;
  Field field;
  constexpr explicit along(Field of) : field(std::move(of)) {}
};

/// Counts paths by the plan that composes it. Made by `paths_to`.
template <class Plan>
class path_counts {
  using key_type = typename Plan::key_type;

 public:
  static constexpr std::string_view type_name = "paths_to";
  static constexpr merge_law merges = merge_law_of<Plan>;

  explicit path_counts(Plan plan) : plan_(std::move(plan)) {}

  template <class Journey>
  void add(Journey const& journey) {
    plan_.add(journey);
  }
  void merge(path_counts const& other) { plan_.merge(other.plan_); }
  /// O(paths · length).
  auto result() const {
    if constexpr (!detail::is_vector<key_type>) {
      return path_table<key_type>();  // not bound yet
    } else {
      return table_of<typename key_type::value_type>();
    }
  }
  template <class Journey>
  auto bound_to() const {
    auto plan = cxm::bind<Journey>(plan_);
    return path_counts<decltype(plan)>(std::move(plan));
  }
  static void describe(auto& self, auto& visit) { visit.state("plan", self.plan_); }

 private:
  template <class Touchpoint>
  path_table<Touchpoint> table_of() const {
    detail::path_alphabet<Touchpoint> alphabet;
    std::size_t paths = 0, length = 0;
    auto sum = plan_.prototype();
    auto const beyond = plan_.each_group([&](key_type const& steps, auto const& outcome) {
      for (auto const& one : steps) alphabet.note(one);
      ++paths, length += steps.size();
      sum.merge(outcome);
    });
    alphabet.settle();
    path_table<Touchpoint> table(alphabet.sorted());
    table.reserve(paths, length);
    plan_.each_group([&](key_type const& steps, auto const& outcome) {
      for (auto const& one : steps) table.add_step(alphabet.number(one));
      table.end_path(outcome.result());
    });
    if (beyond) sum.merge(*beyond);
    table.set_totals(sum.result(), beyond ? beyond->result() : plan_.prototype().result());
    return table;
  }

  Plan plan_;
};

/// Counts the paths of journeys that reach `outcome` and of those that do not. Policies: `along`
/// says what a path is, `at_most` how many are told apart (default 1,000,000; journeys on further
/// ones are counted in `beyond`, whatever the order of arrival).
template <class Outcome, class Value, class... Policies>
auto paths_to(Outcome outcome, Value value, Policies... policies) {
  if constexpr (policy<Value>) {
    return cxm::paths_to(std::move(outcome), without_value{}, std::move(value),
                         std::move(policies)...);
  } else {
    static_assert((detail::answers_one_of<Policies, path_field, group_cap> && ...),
                  "cxm::paths_to: takes an outcome, perhaps a value, along and at_most");
    static_assert(detail::no_question_twice<path_field, group_cap>::template in<Policies...>,
                  "cxm::paths_to: two policies answer the same question");
    auto const cap = detail::pick<group_cap>(at_most{1'000'000}, policies...);
    auto const steps = detail::pick<path_field>(along{path}, policies...).field;
    auto plan = by(steps, outcomes(std::move(outcome), std::move(value)), cap);
    return path_counts<decltype(plan)>(std::move(plan));
  }
}
template <class Outcome>
auto paths_to(Outcome outcome) {
  return cxm::paths_to(std::move(outcome), without_value{});
}

}  // namespace cxm
