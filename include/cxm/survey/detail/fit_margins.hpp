// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Iterative proportional fitting of the masses of cells to the totals of margins.

#include <cxm/core/error.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/survey/known_totals.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace cxm::detail {

class margin_fit {
 public:
  void add_cell(double mass, std::uint64_t answers) {
    cells_.push_back({mass, mass, answers});
    mass_ += mass;
  }
  double mass() const { return mass_; }

  /// `category_of` gives each cell's place among `targets`; what the totals are in answers of
  /// weight 1 is `unit`.
  void add_margin(std::string name, std::vector<std::size_t> category_of,
                  std::vector<double> targets, double sum) {
    double const total = std::abs(sum - 1) < 1e-9 ? mass_ : sum;
    for (auto& target : targets) target *= total / sum;
    if (margins_.empty()) {
      total_ = total;
      sum_ = sum;
    } else if (std::abs(total - total_) > 1e-9 * total_) {
      refuse("cxm::rake: the known totals of " + margins_.front().name + " add up to " +
             number_text(sum_) + " and those of " + name + " to " + number_text(sum) +
             ": they contradict each other");
    }
    margins_.push_back({std::move(name), std::move(category_of), std::move(targets)});
  }

  /// Sweeps until all margins agree, or 100 times; gives the number of sweeps.
  std::uint32_t run() {
    for (std::uint32_t sweep = 1; sweep <= 100; ++sweep) {
      for (auto const& margin : margins_) adjust(margin);
      residual_ = 0;
      for (auto const& margin : margins_) residual_ = std::max(residual_, error_of(margin));
      if (converged()) return sweep;
    }
    return 100;
  }
  double residual() const { return residual_; }
  bool converged() const { return residual_ < 1e-10; }

  bool has_weight(std::size_t i) const { return cells_[i].base > 0; }
  double weight(std::size_t i) const { return cells_[i].mass / cells_[i].base; }

  /// Cuts the weights to multiples of their median over the answers; gives the number of cells cut.
  std::uint64_t trim(double low, double high) {
    double const middle = median();
    std::uint64_t cut = 0;
    for (auto& cell : cells_) {
      if (!(cell.mass > 0)) continue;
      double const weight = cell.mass / cell.base;
      double const kept = std::clamp(weight, low * middle, high * middle);
      if (kept == weight) continue;
      cell.mass = cell.base * kept;
      ++cut;
    }
    return cut;
  }
  /// (Σw)²/Σw² over answers that weigh the same within their cell.
  double effective_n() const {
    double sum = 0, squares = 0;
    for (auto const& cell : cells_) {
      if (cell.answers == 0) continue;
      sum += cell.mass;
      squares += cell.mass * cell.mass / static_cast<double>(cell.answers);
    }
    return sum * sum / squares;
  }

 private:
  struct fitted_cell {
    double base;  ///< before any fitting
    double mass;
    std::uint64_t answers;
  };
  struct fitted_margin {
    std::string name;
    std::vector<std::size_t> category_of;
    std::vector<double> targets;
  };

  std::vector<double> found(fitted_margin const& of) const {
    std::vector<double> sums(of.targets.size());
    for (std::size_t i = 0; i < cells_.size(); ++i)
      if (has_weight(i)) sums[of.category_of[i]] += cells_[i].mass;
    return sums;
  }
  void adjust(fitted_margin const& of) {
    auto factors = found(of);
    for (std::size_t i = 0; i < factors.size(); ++i)
      factors[i] = factors[i] > 0 ? of.targets[i] / factors[i] : 0;
    for (std::size_t i = 0; i < cells_.size(); ++i)
      if (has_weight(i)) cells_[i].mass *= factors[of.category_of[i]];
  }
  /// Not a number never agrees.
  double error_of(fitted_margin const& of) const {
    auto const sums = found(of);
    double most = 0;
    for (std::size_t i = 0; i < sums.size(); ++i)
      most = std::max(most, std::abs(sums[i] - of.targets[i]) / total_);
    return std::all_of(sums.begin(), sums.end(), [](double sum) { return std::isfinite(sum); })
               ? most
               : std::numeric_limits<double>::infinity();
  }
  double median() const {
    std::vector<std::pair<double, std::uint64_t>> weights;
    std::uint64_t n = 0;
    for (auto const& cell : cells_) {
      if (!(cell.mass > 0)) continue;
      weights.push_back({cell.mass / cell.base, cell.answers});
      n += cell.answers;
    }
    std::sort(weights.begin(), weights.end());
    auto const at = [&](std::uint64_t rank) {
      std::size_t i = 0;
      while (i + 1 < weights.size() && rank >= weights[i].second) rank -= weights[i++].second;
      return weights.empty() ? 0.0 : weights[i].first;
    };
    return n == 0 ? 0.0 : (at((n - 1) / 2) + at(n / 2)) / 2;
  }

  std::vector<fitted_cell> cells_;
  std::vector<fitted_margin> margins_;
  double mass_ = 0;
  double total_ = 0;
  double sum_ = 0;
  double residual_ = 0;
};

/// Adds the margin of field `Field`; refuses, by name, categories that only one side knows.
template <std::size_t Field, class Groups, class Known>
void add_margin(margin_fit& fit, Groups const& cells, Known const& known) {
  std::string const name = field_text(cells.names(), Field);
  std::vector<std::size_t> category_of;
  std::vector<bool> answered(known.size());
  for (auto const& [key, count] : cells) {
    auto const& value = std::get<Field>(key);
    std::size_t const place = known.find(value);
    bool const used = mass_of(count) > 0;
    if (used && place == known.size())
      refuse("cxm::rake: " + name + " = " + cell_text(value) + " has answers, but no known total");
    if (used) answered[place] = true;
    category_of.push_back(place);
  }
  std::vector<double> targets;
  for (auto const& [value, total] : known) {
    if (total > 0 && !answered[targets.size()])
      refuse("cxm::rake: nobody answered in " + name + " = " + cell_text(value) +
             ", whose known total is above 0: collapse it with another category");
    targets.push_back(total);
  }
  fit.add_margin(name, std::move(category_of), std::move(targets), known.sum());
}

}  // namespace cxm::detail
