// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/field.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/stats/groups.hpp>
#include <cxm/survey/account_roles.hpp>
#include <cxm/survey/nps.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// What a firm thinks, of what its departments think: a reading of
/// `by(account, by(department, on(score, nps())))`, or with `by(contact, …)` inside, where each
/// contact has one vote however often they answered. An average hides what loses the account, so
/// every roll-up comes with the worst department, how far departments are apart, and who never
/// answered. For the error of a score over accounts see clustered.hpp.

namespace cxm {

/// What an account is, as a whole.
enum class account_class : std::uint8_t {
  critic,    ///< who decides is one, or a third of the weight that was heard is
  passive,   ///< neither
  promoter,  ///< +50 or more by roles, and no role below 0
};

/// One department of an account.
template <class Department>
struct department_score {
  Department department;
  maybe<double> value = reason::no_data;
  std::uint64_t answers = 0;
  std::uint64_t contacts = 0;  ///< with a valid answer; 0 where contacts were not told apart
  double weight = 0;           ///< of its role; 0 where it has none
  bool decides = false;
  double detractors = 0;  ///< share of them among its answers, or among its contacts' votes
};

/// An account, in the unit of the score (points for NPS).
template <class Department>
struct account_score {
  std::vector<department_score<Department>> departments;  ///< all with an event, by department
  std::uint64_t answers = 0;
  std::uint64_t contacts = 0;
  std::uint64_t unplaced = 0;  ///< answers of no department, which count nowhere else
  maybe<double> contact_mean = reason::no_data;     ///< each contact (or answer) has one vote
  maybe<double> department_mean = reason::no_data;  ///< each department has one
  maybe<double> role_weighted = reason::no_data;    ///< Σ ρ m / Σ ρ over roles that were heard
  maybe<double> worst = reason::no_data;            ///< the lowest department
  std::vector<Department> worst_departments;        ///< more than one where they are equal
  /// Highest less lowest department; `degenerate` where one department was heard.
  maybe<double> disagreement = reason::no_data;
  double coverage = 0;                             ///< Σ ρ of roles heard / Σ ρ
  std::vector<Department> silent;                  ///< roles without a valid answer
  maybe<account_class> verdict = reason::no_data;  ///< of NPS; others are `not_identified`

  /// Some role was not heard.
  bool partial() const { return !silent.empty(); }
};

namespace detail {

template <class Score>
double account_detractors(Score const& score) {
  if constexpr (std::derived_from<Score, nps_score>)
    return score.n == 0 ? 0 : static_cast<double>(score.detractors) / static_cast<double>(score.n);
  else
    return 0;
}
template <class Result>
struct account_leaf {
  using type = Result;
};
template <class Key, class Result>
struct account_leaf<groups<Key, Result>> {
  using type = Result;
};

/// The department of a group, or null where its key is an empty optional.
template <class Key>
auto const* account_key(Key const& key) {
  if constexpr (is_optional<Key>)
    return key ? &*key : nullptr;
  else
    return &key;
}
/// A department from the score of its answers, or from those of its contacts.
template <class Department, class Result>
department_score<Department> department_of(Department const& name, Result const& result) {
  department_score<Department> found{name};
  if constexpr (!is_groups<Result>) {
    found.answers = result.n;
    found.value = result.value;
    found.detractors = account_detractors(result);
  } else {
    double sum = 0, against = 0;
    for (auto const& one : result) {
      found.answers += one.result.n;
      if (!one.result.value) {
        if (one.result.n > 0) found.value = one.result.value.why();
        continue;
      }
      ++found.contacts;
      sum += *one.result.value;
      against += account_detractors(one.result);
    }
    if (found.contacts > 0) {
      found.value = sum / static_cast<double>(found.contacts);
      found.detractors = against / static_cast<double>(found.contacts);
    }
  }
  return found;
}

/// Means, extremes and the departments behind them.
template <class Department>
void account_means(account_score<Department>& found) {
  double votes = 0, by_vote = 0, sum = 0, count = 0;
  maybe<double> best = reason::no_data;
  for (auto const& one : found.departments) {
    if (!one.value) continue;
    auto const weight = static_cast<double>(one.contacts > 0 ? one.contacts : one.answers);
    votes += weight;
    by_vote += weight * *one.value;
    sum += *one.value;
    ++count;
    if (!found.worst || *one.value < *found.worst) {
      found.worst = one.value;
      found.worst_departments.clear();
    }
    if (*one.value == *found.worst) found.worst_departments.push_back(one.department);
    if (!best || *one.value > *best) best = one.value;
  }
  if (count == 0) return;
  found.contact_mean = by_vote / votes;
  found.department_mean = sum / count;
  if (count > 1)
    found.disagreement = *best - *found.worst;
  else
    found.disagreement = reason::degenerate;
}
/// By roles: what was heard, what not, and what the account is.
template <bool IsNps, class Department>
void account_by_role(account_score<Department>& found, account_roles<Department> const& roles) {
  double all = 0, heard = 0, sum = 0, against = 0;
  bool critic = false, any_below = false;
  for (auto const& one : roles) {
    all += one.weight;
    auto const at =
        std::find_if(found.departments.begin(), found.departments.end(),
                     [&](auto const& other) { return other.department == one.department; });
    if (at == found.departments.end() || !at->value) {
      found.silent.push_back(one.department);
      continue;
    }
    heard += one.weight;
    sum += one.weight * *at->value;
    against += one.weight * at->detractors;
    critic = critic || (one.decides && *at->value < 0);
    any_below = any_below || *at->value < 0;
  }
  found.coverage = heard / all;
  if (!(heard > 0)) return;
  found.role_weighted = sum / heard;
  found.verdict = reason::not_identified;
  if constexpr (IsNps) {
    critic = critic || 3 * against >= heard * (1 - 1e-12);
    bool const promoter = *found.role_weighted >= 50 - 1e-9 && !any_below;
    found.verdict = critic     ? account_class::critic
                    : promoter ? account_class::promoter
                               : account_class::passive;
  }
}

}  // namespace detail

/// What one account thinks: `departments` is its group of
/// `by(account, by(department, …)).result()`, `roles` who should be heard. Departments without a
/// role are shown, count in means and extremes, and have no weight. O(departments · roles).
template <class Key, class Result>
auto account_score_of(groups<Key, Result> const& departments,
                      account_roles<detail::answered_t<Key>> const& roles) {
  using department = detail::answered_t<Key>;
  account_score<department> found;
  for (auto const& [name, result] : departments) {
    auto const* const known_name = detail::account_key(name);
    if (known_name == nullptr) {
      found.unplaced += detail::department_of(department{}, result).answers;
      continue;
    }
    auto one = detail::department_of(*known_name, result);
    if (auto const* known = roles.find(*known_name)) {
      one.weight = known->weight;
      one.decides = known->decides;
    }
    found.answers += one.answers;
    found.contacts += one.contacts;
    found.departments.push_back(std::move(one));
  }
  detail::account_means(found);
  detail::account_by_role<
      std::derived_from<typename detail::account_leaf<Result>::type, nps_score>>(found, roles);
  return found;
}

}  // namespace cxm
