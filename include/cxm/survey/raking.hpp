// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Weights that make a sample agree with what is known of the population. `post_stratify` knows
/// every cell: w = N/n. `rake` knows the totals of each field alone, and multiplies the weights of
/// its categories by known/found, field after field, until all agree (iterative proportional
/// fitting). Both start from counted cells, which merge: `by(&answer::region, &answer::age,
/// count())`, or `weighted(base, by(…, count()))`, whose weights the found ones are to be
/// multiplied with. The error of a score with such weights ignores what the adjustment gains: it is
/// on the safe side. Sources: Deming & Stephan, Annals of Mathematical Statistics 11 (1940);
/// Deville & Särndal, JASA 87 (1992).

#include <cxm/core/maybe.hpp>
#include <cxm/stats/groups.hpp>
#include <cxm/survey/cell_weights.hpp>
#include <cxm/survey/detail/fit_margins.hpp>
#include <cxm/survey/known_totals.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace cxm {

/// Raked weights are cut to this many times their median, over the answers, and raked once more:
/// few answers are not to speak for many. Default 0.3 and 3.
class trimmed {
 public:
  constexpr trimmed() = default;
  /// Throws `std::invalid_argument` unless 0 ≤ low ≤ 1 ≤ high.
  constexpr trimmed(double low, double high) : low_(low), high_(high) {
    if (!(low >= 0 && low <= 1 && high >= 1))
      detail::refuse("cxm::trimmed: takes a factor up to 1 and one from 1 on, as 0.3 and 3");
  }
  constexpr double low() const { return low_; }
  constexpr double high() const { return high_; }

 private:
  double low_ = 0.3;
  double high_ = 3;
};
/// Raked weights stay as they are.
inline constexpr trimmed untrimmed{0, std::numeric_limits<double>::infinity()};

/// What raking found.
template <class Key>
struct raked {
  /// `not_converged` where the known totals can't be reached by these cells; `no_data` where nobody
  /// answered.
  maybe<cell_weights<Key>> weights = reason::no_data;
  std::uint32_t sweeps = 0;  ///< through all fields, before trimming
  double residual = 0;       ///< the largest error of a category's share that is left
  std::uint64_t cut = 0;     ///< cells whose weight was trimmed; the sample was then raked again
  maybe<double> effective_n = reason::no_data;  ///< Kish's n of answers that weigh so unlike
};

/// Weights by which every cell counts as the population has it, N/n; a cell that nobody knows of
/// and one in which nobody answered are refused by name (`std::invalid_argument`): collapse it with
/// another one. No answers at all: `no_data`.
template <class Key, class Count>
maybe<cell_weights<Key>> post_stratify(groups<Key, Count> const& cells,
                                       std::type_identity_t<known_totals<Key>> const& totals) {
  detail::require_all_cells(cells, "cxm::post_stratify");
  auto const named = [&](Key const& key) {
    return detail::fields_text(cells.names()) + " = " + detail::cell_text(key);
  };
  double mass = 0;
  for (auto const& [key, count] : cells) {
    mass += detail::mass_of(count);
    if (detail::mass_of(count) > 0 && totals.find(key) == totals.size())
      detail::refuse("cxm::post_stratify: " + named(key) + " has answers, but no known total");
  }
  if (!(mass > 0)) return reason::no_data;
  double const unit = totals.are_shares() ? mass : 1;
  std::vector<cell_weight<Key>> found;
  for (auto const& [key, total] : totals) {
    auto const* count = cells.find(key);
    double const here = count == nullptr ? 0 : detail::mass_of(*count);
    if (!(here > 0) && total > 0)
      detail::refuse("cxm::post_stratify: nobody answered in " + named(key) +
                     ", whose known total is above 0: collapse it with another cell");
    if (!(here > 0)) continue;
    found.push_back({key, detail::cell_weight_from(total * unit / here, "cxm::post_stratify")});
  }
  return cell_weights<Key>(std::move(found));
}

/// Weights by which the answers have the known totals of each field, in the order of the fields of
/// `cells`. Until the largest error of a share is below 1e-10, at most 100 sweeps. Refused by name
/// (`std::invalid_argument`): a category in which nobody answered, one without a known total, and
/// totals of two fields that contradict each other. O(sweeps · cells).
template <class... Parts, class Count>
raked<std::tuple<Parts...>> rake(groups<std::tuple<Parts...>, Count> const& cells, trimmed limits,
                                 std::type_identity_t<known_totals<Parts>> const&... totals) {
  using key = std::tuple<Parts...>;
  detail::require_all_cells(cells, "cxm::rake");
  detail::margin_fit fit;
  for (auto const& [at, count] : cells)
    fit.add_cell(detail::mass_of(count), detail::answers_of(count));
  raked<key> found;
  if (!(fit.mass() > 0)) return found;
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    auto const add = [&]<std::size_t Field>(auto const& known) {
      detail::add_margin<Field>(fit, cells, known);
    };
    (add.template operator()<I>(totals), ...);
  }
  (std::index_sequence_for<Parts...>{});
  auto const sweeps = fit.run();
  found.sweeps = sweeps;
  found.residual = fit.residual();
  if (fit.converged()) {
    found.cut = fit.trim(limits.low(), limits.high());
    if (found.cut > 0) fit.run();
    found.residual = fit.residual();
  }
  if (!fit.converged()) {
    found.weights = reason::not_converged;
    found.effective_n = reason::not_converged;
    return found;
  }
  std::vector<cell_weight<key>> weights;
  std::size_t i = 0;
  for (auto const& cell : cells) {
    if (fit.has_weight(i))
      weights.push_back({cell.key, detail::cell_weight_from(fit.weight(i), "cxm::rake")});
    ++i;
  }
  found.weights = cell_weights<key>(std::move(weights));
  found.effective_n = fit.effective_n();
  return found;
}
template <class... Parts, class Count>
raked<std::tuple<Parts...>> rake(groups<std::tuple<Parts...>, Count> const& cells,
                                 std::type_identity_t<known_totals<Parts>> const&... totals) {
  return cxm::rake(cells, trimmed{}, totals...);
}

}  // namespace cxm
