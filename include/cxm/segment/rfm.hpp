// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/detail/box.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/field.hpp>
#include <cxm/segment/ordinal.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// Recency, frequency, monetary value (A. Hughes, 1994): each customer's place among all in each of
/// the three, as a score from 1 to 5, and named cells of them. Equal values have equal scores.

namespace cxm {

/// The score of each value, 1..q: ⌈q · midrank / n⌉. O(n log n).
inline std::vector<std::uint32_t> quantile_scores(std::vector<double> const& values,
                                                  std::uint32_t q) {
  if (q == 0) detail::refuse("cxm::quantile_scores: needs at least one score");
  std::vector<std::size_t> order(values.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  for (double const one : values)
    if (!is_feature(one)) detail::refuse("cxm::quantile_scores: a value is a finite number");
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::vector<std::uint32_t> scores(values.size());
  std::uint64_t const twice_n = 2 * values.size();
  for (std::size_t first = 0; first < order.size();) {
    std::size_t end = first;
    while (end < order.size() && values[order[end]] == values[order[first]]) ++end;
    std::uint64_t const twice_midrank = first + 1 + end;  // in whole numbers, so ties are ties
    for (; first < end; ++first)
      scores[order[first]] =
          static_cast<std::uint32_t>((q * twice_midrank + twice_n - 1) / twice_n);
  }
  return scores;
}

/// What a customer's scores are called. High are the upper two fifths, low the lower two.
enum class rfm_cell : std::uint8_t {
  champions,      ///< recent and often
  loyal,          ///< often, not so recent, not long ago
  new_customers,  ///< recent, not yet often
  promising,      ///< recent, now and then
  average,        ///< in the middle of both
  at_risk,        ///< often or now and then, long ago
  lost            ///< seldom, long ago
};

constexpr std::string_view name_of(rfm_cell cell) {
  constexpr std::string_view names[] = {"champions", "loyal",   "new customers", "promising",
                                        "average",   "at risk", "lost"};
  return names[static_cast<std::size_t>(cell)];
}

struct rfm_scores {
  std::uint32_t recency = 0;  ///< the most recent has the highest
  std::uint32_t frequency = 0;
  std::uint32_t monetary = 0;
  friend bool operator==(rfm_scores const&, rfm_scores const&) = default;
};

/// The cell of scores of 1..q, by recency and frequency.
constexpr rfm_cell cell_of(rfm_scores const& scores, std::uint32_t q) {
  auto const level = [q](std::uint32_t score) {
    return 5 * score > 3 * q ? 2 : 5 * score > 2 * q ? 1 : 0;
  };
  int const recent = level(scores.recency), often = level(scores.frequency);
  if (recent == 0) return often == 0 ? rfm_cell::lost : rfm_cell::at_risk;
  if (often == 2) return recent == 2 ? rfm_cell::champions : rfm_cell::loyal;
  if (recent == 1) return rfm_cell::average;
  return often == 0 ? rfm_cell::new_customers : rfm_cell::promising;
}

/// Where the scores begin, learnt from customers. A field that gives the cell. Made by `rfm` and
/// `rfm_plan`.
template <class Recency, class Frequency, class Monetary>
class rfm_model {
 public:
  static constexpr std::string_view type_name = "rfm";
  static constexpr std::uint16_t schema = 1;

  rfm_model(std::uint32_t q, Recency recency, Frequency frequency, Monetary monetary)
      : q_(q),
        recency_(std::move(recency)),
        frequency_(std::move(frequency)),
        monetary_(std::move(monetary)) {
    if (q == 0 || q > 100) detail::refuse("cxm::rfm: needs 1 to 100 scores");
  }

  /// The scores of a customer, also of one who was not among those learnt from: that of the next
  /// lower value there. Empty where a field is missing or not finite.
  template <class In>
  std::optional<rfm_scores> scores(In const& in) const {
    auto const values = read(in);
    if (!values || n_ == 0) return std::nullopt;
    auto const score = [&](std::size_t i) {
      auto const above = std::upper_bound(from_[i].begin(), from_[i].end(), (*values)[i]);
      if (above == from_[i].begin()) return score_[i].front();
      return score_[i][static_cast<std::size_t>(above - from_[i].begin()) - 1];
    };
    return rfm_scores{score(0), score(1), score(2)};
  }
  template <class In>
  std::optional<rfm_cell> operator()(In const& in) const {
    auto const found = scores(in);
    if (!found) return std::nullopt;
    return cell_of(*found, q_);
  }
  std::string_view name() const { return "rfm"; }
  std::uint32_t highest() const { return q_; }
  std::uint64_t n() const { return n_; }                ///< customers learnt from
  std::uint64_t left_out() const { return left_out_; }  ///< without one of the three
  /// The scores that nobody has, as ties may leave them: of recency, frequency, monetary.
  std::array<std::vector<std::uint32_t>, 3> nobody() const {
    std::array<std::vector<std::uint32_t>, 3> found;
    for (std::size_t i = 0; i < 3; ++i)
      for (std::uint32_t score = 1; score <= q_; ++score)
        if (std::find(score_[i].begin(), score_[i].end(), score) == score_[i].end())
          found[i].push_back(score);
    return found;
  }

  template <class Members>
  void learn(Members const& members) {
    std::array<std::vector<double>, 3> columns;
    for (auto const& one : members) {
      auto const values = read(one);
      left_out_ += !values;
      for (std::size_t i = 0; values && i < 3; ++i) columns[i].push_back((*values)[i]);
    }
    n_ = columns[0].size();
    for (std::size_t i = 0; i < 3; ++i) {
      auto scores = quantile_scores(columns[i], q_);
      std::sort(scores.begin(), scores.end());  // scores rise with values
      std::sort(columns[i].begin(), columns[i].end());
      for (std::size_t j = 0; j < n_; ++j) {
        if (j > 0 && scores[j] == scores[j - 1]) continue;
        from_[i].push_back(columns[i][j]);
        score_[i].push_back(scores[j]);
      }
    }
  }

  static constexpr void describe(auto& self, auto& visit) {
    visit.policy("scores", self.q_);
    visit.state("n", self.n_);
    visit.state("left_out", self.left_out_);
    visit.state("from", self.from_);
    visit.state("score", self.score_);
  }
  bool valid() const {
    for (std::size_t i = 0; i < 3; ++i)
      if (from_[i].size() != score_[i].size() || from_[i].empty() != (n_ == 0) ||
          !std::all_of(from_[i].begin(), from_[i].end(), is_feature) ||
          !std::is_sorted(from_[i].begin(), from_[i].end()))
        return false;
    return true;
  }

 private:
  /// The three values, recency turned around: the more, the better.
  template <class In>
  std::optional<std::array<double, 3>> read(In const& in) const {
    auto const r = detail::read_feature(cxm::read(*recency_, in));
    auto const f = detail::read_feature(cxm::read(*frequency_, in));
    auto const m = detail::read_feature(cxm::read(*monetary_, in));
    if (!r || !f || !m || !is_feature(*r) || !is_feature(*f) || !is_feature(*m))
      return std::nullopt;
    return std::array{0.0 - *r, *f, *m};
  }

  std::uint32_t q_;
  detail::box<Recency> recency_;
  detail::box<Frequency> frequency_;
  detail::box<Monetary> monetary_;
  std::uint64_t n_ = 0, left_out_ = 0;
  std::array<std::vector<double>, 3> from_;  // the lowest value of each score that is there
  std::array<std::vector<std::uint32_t>, 3> score_;
};

/// Learns scores of 1..`q` from customers: how long ago the last purchase was, how many there were,
/// and what they came to.
template <class Members, class Recency, class Frequency, class Monetary>
auto rfm(Members const& members, Recency recency, Frequency frequency, Monetary monetary,
         std::uint32_t q = 5) {
  rfm_model<Recency, Frequency, Monetary> model(q, std::move(recency), std::move(frequency),
                                                std::move(monetary));
  model.learn(members);
  return model;
}
/// A model that learnt nothing, to load a saved one into.
template <class Recency, class Frequency, class Monetary>
auto rfm_plan(Recency recency, Frequency frequency, Monetary monetary, std::uint32_t q = 5) {
  return rfm_model<Recency, Frequency, Monetary>(q, std::move(recency), std::move(frequency),
                                                 std::move(monetary));
}

}  // namespace cxm
