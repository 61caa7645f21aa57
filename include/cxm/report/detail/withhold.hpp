// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Which cells of a table are withheld. Small cells are (the threshold rule); and because whoever
/// knows a total can subtract, further cells are withheld with them until subtraction finds nothing
/// (complementary suppression). Empty cells are shown: nobody is in them.

#include <cxm/core/error.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

namespace cxm::detail {

/// The cells of one line that are withheld, and whether its total must be, too.
struct withheld_line {
  std::vector<bool> cells;
  bool total = false;
};

/// Withholds, smallest first, every group below `least` people and then further ones until at least
/// two groups with at least `least` people in all are hidden behind the total. Ties go to the
/// earlier group. O(n log n).
inline withheld_line withhold_line(std::vector<std::uint64_t> const& people, std::uint64_t least) {
  std::vector<std::size_t> order(people.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return people[a] < people[b]; });
  withheld_line found{std::vector<bool>(people.size())};
  std::uint64_t hidden = 0;
  std::size_t count = 0;
  auto const exposed = [&] { return count > 0 && (count < 2 || hidden < least); };
  for (std::size_t const i : order) {
    if (people[i] == 0) continue;
    if (people[i] >= least && !exposed()) break;
    found.cells[i] = true;
    hidden += people[i];
    ++count;
  }
  found.total = exposed();
  return found;
}

/// A table of rows and columns with its margins, as the last row and column. What is withheld is a
/// graph: each row and column a node, each withheld cell an edge. A cell can be calculated from the
/// others exactly if its edge is a bridge (Gusfield, SIAM Journal on Computing 17, 1988), so each
/// edge is put on a circle, along the path with the fewest people.
class withheld_cross {
 public:
  /// `counts` are the additive counts, row by row; `people` what the minimum is asked of.
  /// Throws std::invalid_argument above 512 rows and columns.
  withheld_cross(std::size_t rows, std::size_t columns, std::vector<std::uint64_t> const& counts,
                 std::vector<std::uint64_t> const& people, std::uint64_t least)
      : rows_(rows), columns_(columns), least_(least) {
    if (rows + columns > 512)
      refuse("cxm::publish: a table of two keys has at most 512 rows and columns; roll it up");
    counts_.assign((rows + 1) * (columns + 1), 0);
    hidden_.assign(counts_.size(), false);
    for (std::size_t r = 0; r < rows; ++r)
      for (std::size_t c = 0; c < columns; ++c) {
        for (std::size_t const at :
             {place(r, c), place(r, columns), place(rows, c), place(rows, columns)})
          counts_[at] += counts[r * columns + c];
        if (counts[r * columns + c] > 0 && people[r * columns + c] < least)
          hidden_[place(r, c)] = true;
      }
    for (std::size_t at = 0; at < counts_.size(); ++at)
      if (counts_[at] > 0 && counts_[at] < least) hidden_[at] = true;
    while (close_circle() || fill_line()) {
    }
  }

  /// Row `rows` and column `columns` are the margins.
  bool hidden(std::size_t row, std::size_t column) const { return hidden_[place(row, column)]; }
  std::uint64_t count(std::size_t row, std::size_t column) const {
    return counts_[place(row, column)];
  }

 private:
  std::size_t place(std::size_t row, std::size_t column) const {
    return row * (columns_ + 1) + column;
  }
  std::size_t nodes() const { return rows_ + columns_ + 2; }
  /// The cell between two nodes, or none where both are rows or both are columns.
  std::size_t cell(std::size_t a, std::size_t b) const {
    if (a > b) std::swap(a, b);
    return a <= rows_ && b > rows_ ? place(a, b - rows_ - 1) : none;
  }
  bool is_margin(std::size_t at) const {
    return at / (columns_ + 1) == rows_ || at % (columns_ + 1) == columns_;
  }

  /// The first bridge at or below `node` in a depth-first search over withheld cells.
  std::size_t bridge_from(std::size_t node, std::size_t by, std::vector<std::size_t>& seen,
                          std::vector<std::size_t>& low, std::size_t& clock) const {
    seen[node] = low[node] = ++clock;
    for (std::size_t next = 0; next < nodes(); ++next) {
      std::size_t const edge = cell(node, next);
      if (edge == none || edge == by || !hidden_[edge]) continue;
      if (seen[next] == 0) {
        if (auto const found = bridge_from(next, edge, seen, low, clock); found != none)
          return found;
        if (low[next] > seen[node]) return edge;
      }
      low[node] = std::min(low[node], low[next]);
    }
    return none;
  }

  /// Puts one bridge on a circle; false where there is none.
  bool close_circle() {
    std::vector<std::size_t> seen(nodes(), 0), low(nodes(), 0);
    std::size_t clock = 0, bridge = none;
    for (std::size_t node = 0; node < nodes() && bridge == none; ++node)
      if (seen[node] == 0) bridge = bridge_from(node, none, seen, low, clock);
    if (bridge == none) return false;
    hide_path(bridge / (columns_ + 1), rows_ + 1 + bridge % (columns_ + 1), bridge);
    return true;
  }

  /// Dijkstra's algorithm. A withheld cell costs nothing, a margin more than all cells; a path
  /// exists, since the margins of a cell that is not empty are not empty either.
  void hide_path(std::size_t from, std::size_t to, std::size_t without) {
    std::uint64_t const far = UINT64_MAX, everything = counts_.back();
    std::vector<std::uint64_t> cost(nodes(), far);
    std::vector<std::size_t> back(nodes(), none);
    std::vector<bool> done(nodes());
    cost[from] = 0;
    for (std::size_t step = 0; step < nodes(); ++step) {
      std::size_t best = none;
      for (std::size_t i = 0; i < nodes(); ++i)
        if (!done[i] && cost[i] != far && (best == none || cost[i] < cost[best])) best = i;
      if (best == none) break;
      done[best] = true;
      for (std::size_t next = 0; next < nodes(); ++next) {
        std::size_t const edge = cell(best, next);
        if (edge == none || edge == without || counts_[edge] == 0) continue;
        std::uint64_t const price =
            hidden_[edge] ? 0 : counts_[edge] + (is_margin(edge) ? everything : 0);
        if (cost[best] + price < cost[next]) {
          cost[next] = cost[best] + price;
          back[next] = best;
        }
      }
    }
    for (std::size_t node = to; node != from; node = back[node])
      hidden_[cell(node, back[node])] = true;
  }

  /// In a line whose total is shown, what is hidden adds up to at least the minimum: withholds one
  /// more cell where it does not; false where all lines are well.
  bool fill_line() {
    for (std::size_t r = 0; r <= rows_; ++r)
      if (fill(place(r, 0), 1, columns_)) return true;
    for (std::size_t c = 0; c <= columns_; ++c)
      if (fill(place(0, c), columns_ + 1, rows_)) return true;
    return false;
  }
  bool fill(std::size_t begin, std::size_t stride, std::size_t size) {
    std::size_t const total = begin + size * stride;
    std::uint64_t sum = 0;
    std::size_t smallest = total;
    for (std::size_t i = 0; i < size; ++i) {
      std::size_t const at = begin + i * stride;
      if (hidden_[at])
        sum += counts_[at];
      else if (counts_[at] > 0 && counts_[at] <= counts_[smallest])
        smallest = at;
    }
    if (hidden_[total] || sum == 0 || sum >= least_) return false;
    hidden_[smallest] = true;
    return true;
  }

  static constexpr std::size_t none = SIZE_MAX;
  std::size_t rows_, columns_;
  std::uint64_t least_;
  std::vector<std::uint64_t> counts_;
  std::vector<bool> hidden_;
};

}  // namespace cxm::detail
