// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/detail/box.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/field.hpp>
#include <cxm/segment/rule_tree.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// General rules first, refined later: each coarse segment is divided by the next level, with a
/// method of its own; a leaf that is too small, or a member that the next level can't place,
/// keeps the coarser rule. A tree is a field with segments, so it can be refined again.

namespace cxm {

/// A segment of a tree.
struct tree_leaf {
  static constexpr std::string_view type_name = "tree_leaf";
  std::uint32_t coarse = 0;
  std::optional<std::uint32_t> fine{};  ///< empty for the rest of `coarse`, which is not divided
  std::uint64_t n = 0;                  ///< members that the tree was made from
  friend bool operator==(tree_leaf const&, tree_leaf const&) = default;

  static constexpr void describe(auto& self, auto& visit) {
    visit.state("coarse", self.coarse);
    visit.state("fine", self.fine);
    visit.state("n", self.n);
  }
};

/// Made by `refine` and `segment_tree_plan`.
template <class Coarse, class Fine>
class segment_tree {
 public:
  static constexpr std::string_view type_name = "segment_tree";
  static constexpr std::uint16_t schema = 1;
  using label = std::uint32_t;

  segment_tree(Coarse coarse, std::vector<Fine> fine, std::vector<tree_leaf> leaves)
      : coarse_(std::move(coarse)), fine_(std::move(fine)), leaves_(std::move(leaves)) {
    rename();
  }

  /// The segments: of each coarse one in order its finer ones, then its rest.
  std::size_t size() const { return leaves_.size(); }
  std::vector<tree_leaf> const& leaves() const { return leaves_; }
  Coarse const& coarse() const { return *coarse_; }
  /// What divides a coarse segment.
  Fine const& within(std::uint32_t coarse) const { return fine_.at(coarse); }

  /// The deepest segment that holds; empty only where the coarse one is.
  template <class In>
  std::optional<label> operator()(In const& in) const {
    std::optional<label> const first = (*coarse_)(in);
    if (!first || *first >= fine_.size()) return std::nullopt;
    std::optional<label> const second = fine_[*first](in);
    std::optional<label> rest;
    for (label at = 0; at < leaves_.size(); ++at) {
      if (leaves_[at].coarse != *first) continue;
      if (leaves_[at].fine && leaves_[at].fine == second) return at;
      if (!leaves_[at].fine) rest = at;
    }
    return rest;
  }
  std::string_view name() const { return name_; }

  static constexpr void describe(auto& self, auto& visit) {
    visit.policy("coarse", name_of(*self.coarse_));
    for (auto& one : self.fine_) visit.state("fine", one);
    visit.state("leaves", self.leaves_);
    if constexpr (requires { self.was_loaded(); }) self.was_loaded();
  }
  bool valid() const {
    std::vector<int> rests(fine_.size());
    for (auto const& one : leaves_) {
      if (one.coarse >= fine_.size()) return false;
      rests[one.coarse] += !one.fine;
    }
    for (int const one : rests)
      if (one != 1 && !leaves_.empty()) return false;
    return true;
  }

 private:
  void was_loaded() { rename(); }
  void rename() {
    detail::word_hash hash;
    for (auto const& one : fine_) hash.add(name_of(one));
    for (auto const& one : leaves_)
      hash.add(std::uint64_t{one.coarse} << 32 | one.fine.value_or(0));
    name_ = std::string("tree#").append(std::to_string(hash.value())).append(" of ");
    name_.append(name_of(*coarse_));
  }

  detail::box<Coarse> coarse_;
  std::vector<Fine> fine_;
  std::vector<tree_leaf> leaves_;
  std::string name_;
};

/// Refines `coarse`, a field with `size()` segments, over `members`. `fit(segment, its members)`
/// makes what divides one, of the type of `plan` and with `size()`; it is not asked for segments
/// of fewer than `least` members, and a finer segment of fewer is no leaf. Empty leaves are kept.
template <class Coarse, class Members, class Fine, class Fit>
segment_tree<Coarse, Fine> refine(Coarse coarse, Members const& members, Fine plan, Fit const& fit,
                                  least_members least = {50}) {
  using member = std::remove_cvref_t<decltype(*members.begin())>;
  std::vector<std::vector<member>> of(coarse.size());
  for (auto const& one : members) {
    std::optional<std::uint32_t> const label = coarse(one);
    if (label) of.at(*label).push_back(one);
  }
  std::vector<Fine> fine;
  std::vector<tree_leaf> leaves;
  for (std::uint32_t c = 0; c < of.size(); ++c) {
    bool const divided = of[c].size() >= least.members;
    fine.push_back(divided ? Fine(fit(c, of[c])) : plan);
    std::vector<std::uint64_t> sizes(divided ? fine.back().size() : 0);
    std::uint64_t rest = of[c].size();
    for (auto const& one : of[c]) {
      std::optional<std::uint32_t> const label = fine.back()(one);
      if (label && *label < sizes.size()) ++sizes[*label];
    }
    for (std::uint32_t f = 0; f < sizes.size(); ++f) {
      if (sizes[f] < least.members) continue;
      leaves.push_back({c, f, sizes[f]});
      rest -= sizes[f];
    }
    leaves.push_back({c, {}, rest});
  }
  return {std::move(coarse), std::move(fine), std::move(leaves)};
}

/// A tree without leaves, to load a saved one into: the same coarse segments and plan.
template <class Coarse, class Fine>
segment_tree<Coarse, Fine> segment_tree_plan(Coarse coarse, Fine plan) {
  std::vector<Fine> fine(coarse.size(), plan);
  return {std::move(coarse), std::move(fine), {}};
}

}  // namespace cxm
