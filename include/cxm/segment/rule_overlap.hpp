// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/detail/box.hpp>
#include <cxm/segment/rule_segments.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// How much the rules of segments overlap: rules that hold together are decided by their order,
/// and whoever wrote them should know how often.

namespace cxm {

struct rule_matches {
  std::string name{};
  std::uint64_t matched = 0;  ///< members for whom the rule holds
  std::uint64_t first = 0;    ///< of whom it decides, as no rule before it holds
};

struct rule_overlap_result {
  std::uint64_t n = 0;
  std::uint64_t several = 0;  ///< members for whom more than one rule holds
  std::uint64_t none = 0;     ///< "other"
  std::vector<rule_matches> rules{};
  std::vector<std::uint64_t> together{};  ///< [i * rules + j]: both hold; members of both
};

/// Counts over members; made by `rule_overlap`.
template <class Segmentation>
class rule_overlap_counts {
 public:
  static constexpr std::string_view type_name = "rule_overlap";
  static constexpr std::uint16_t schema = 1;
  static constexpr merge_law merges = merge_law::exact;
  static constexpr std::size_t rules = Segmentation::rules;

  explicit rule_overlap_counts(Segmentation segments)
      : segments_(std::move(segments)), first_(rules), together_(rules * rules) {}

  template <class In>
  void add(In const& in) {
    auto const holds = (*segments_).matches(in);
    std::size_t count = 0;
    for (std::size_t i = 0; i < rules; ++i) {
      if (!holds[i]) continue;
      if (count++ == 0) ++first_[i];
      for (std::size_t j = 0; j < rules; ++j) together_[i * rules + j] += holds[j];
    }
    ++n_;
    several_ += count > 1;
    none_ += count == 0;
  }
  void merge(rule_overlap_counts const& other) {
    if ((*segments_).name() != (*other.segments_).name())
      detail::refuse("cxm::rule_overlap: merges counts of the same rules only");
    n_ += other.n_;
    several_ += other.several_;
    none_ += other.none_;
    for (std::size_t i = 0; i < first_.size(); ++i) first_[i] += other.first_[i];
    for (std::size_t i = 0; i < together_.size(); ++i) together_[i] += other.together_[i];
  }
  rule_overlap_result result() const {
    rule_overlap_result found{n_, several_, none_, {}, together_};
    for (std::size_t i = 0; i < rules; ++i)
      found.rules.push_back(
          {std::string(Segmentation::names()[i]), together_[i * rules + i], first_[i]});
    return found;
  }
  bool empty() const { return n_ == 0; }

  static constexpr void describe(auto& self, auto& visit) {
    visit.policy("rules", (*self.segments_).name());
    visit.state("n", self.n_);
    visit.state("several", self.several_);
    visit.state("none", self.none_);
    visit.state("first", self.first_);
    visit.state("together", self.together_);
  }
  bool valid() const { return first_.size() == rules && together_.size() == rules * rules; }

 private:
  detail::box<Segmentation> segments_;
  std::uint64_t n_ = 0, several_ = 0, none_ = 0;
  std::vector<std::uint64_t> first_, together_;
};

/// `measure(customers, rule_overlap(segments))`. O(rules²) a member.
template <class... Rules>
auto rule_overlap(rule_segmentation<Rules...> segments) {
  return rule_overlap_counts<rule_segmentation<Rules...>>(std::move(segments));
}

}  // namespace cxm
