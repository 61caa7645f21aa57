// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/codec.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/hash.hpp>
#include <cxm/segment/detail/threshold_growth.hpp>
#include <cxm/segment/features.hpp>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// Any clustering explained by few thresholds: a tree of questions like "tenure <= 12", in the
/// units of the fields, that says for a member which segment it is in, how often that is right, and
/// reads as rules. A field like the segments themselves, and often the one to put in production.

namespace cxm {

/// The question how many leaves a rule tree may have.
struct rule_tree_leaves;
/// The question how few members a leaf may have.
struct rule_tree_members;

/// At most so many leaves, that is rules. Default 8.
struct at_most_leaves {
  using policy_kind = rule_tree_leaves;
  std::size_t leaves = 8;
};
/// At least so many members in each leaf. Default 1.
struct least_members {
  using policy_kind = rule_tree_members;
  std::uint64_t members = 1;
};

/// A leaf as a rule: all members whose features lie above `above` and up to `up_to`, where given.
struct extracted_rule {
  struct condition {
    std::string feature{};
    std::optional<double> above{};
    std::optional<double> up_to{};
  };
  std::vector<condition> conditions{};
  std::uint32_t segment = 0;
  std::uint64_t n = 0;      ///< members it was learnt from
  std::uint64_t right = 0;  ///< of whom are in the segment
};

/// Made by `explain` and `rule_tree_plan`.
template <class... Fields>
class rule_tree {
 public:
  static constexpr std::string_view type_name = "rule_tree";
  static constexpr std::uint16_t schema = 1;
  using label = std::uint32_t;

  explicit rule_tree(feature_recipe<Fields...> recipe,
                     std::vector<detail::threshold_node> nodes = {})
      : recipe_(std::move(recipe)), nodes_(std::move(nodes)) {
    rename();
  }

  /// The number of leaves.
  std::size_t leaves() const { return (nodes_.size() + 1) / 2; }
  /// One more than the highest segment that a rule gives.
  std::size_t size() const {
    std::size_t most = 0;
    for (auto const& one : nodes_) most = std::max<std::size_t>(most, one.segment + 1);
    return most;
  }
  /// The segment that the rules say; empty where a feature is missing or not finite.
  template <class In>
  std::optional<label> operator()(In const& in) const {
    auto row = recipe_.buffer();
    if (nodes_.empty() || recipe_.read(in, row.data()) != feature_row::complete)
      return std::nullopt;
    return nodes_[detail::leaf_of(nodes_, row.data())].segment;
  }
  /// The members that it was learnt from, and how many of them the rules put where they are.
  std::uint64_t n() const { return nodes_.empty() ? 0 : nodes_[0].n; }
  maybe<double> accuracy() const {
    if (n() == 0) return reason::no_data;
    std::uint64_t right = 0;
    for (auto const& one : nodes_)
      if (one.is_leaf()) right += one.right;
    return static_cast<double>(right) / static_cast<double>(n());
  }
  /// What saying the largest segment of everybody would reach.
  maybe<double> accuracy_without_rules() const {
    if (n() == 0) return reason::no_data;
    return static_cast<double>(nodes_[0].right) / static_cast<double>(n());
  }

  /// One rule a leaf, those of the first segment first, the largest first.
  std::vector<extracted_rule> rules() const {
    std::vector<extracted_rule> found;
    if (!nodes_.empty()) walk(0, {}, found);
    std::stable_sort(found.begin(), found.end(), [](auto const& a, auto const& b) {
      return a.segment != b.segment ? a.segment < b.segment : a.n > b.n;
    });
    return found;
  }

  std::string_view name() const { return name_; }
  static constexpr void describe(auto& self, auto& visit) {
    visit.state("recipe", self.recipe_);
    visit.state("nodes", self.nodes_);
    if constexpr (requires { self.was_loaded(); }) self.was_loaded();
  }
  bool valid() const { return recipe_.valid() && detail::whole_tree(nodes_, recipe_.size()); }

 private:
  using conditions = std::vector<extracted_rule::condition>;

  void walk(std::size_t at, conditions const& so_far, std::vector<extracted_rule>& found) const {
    auto const& node = nodes_[at];
    if (node.is_leaf()) {
      found.push_back({so_far, node.segment, node.n, node.right});
      return;
    }
    auto const& name = recipe_.names()[node.feature];
    auto const with = [&](bool low) {
      auto made = so_far;
      auto one =
          std::find_if(made.begin(), made.end(), [&](auto const& c) { return c.feature == name; });
      if (one == made.end()) one = made.insert(made.end(), {name, {}, {}});
      (low ? one->up_to : one->above) = node.threshold;  // deeper bounds are the narrower ones
      return made;
    };
    walk(node.low, with(true), found);
    walk(node.high, with(false), found);
  }
  void was_loaded() { rename(); }
  void rename() {
    detail::byte_writer out;
    detail::encode(out, recipe_);
    detail::encode(out, nodes_);
    detail::word_hash hash;
    hash.add(std::string_view(reinterpret_cast<char const*>(out.bytes.data()), out.bytes.size()));
    name_ = "rules#";
    for (int shift = 28; shift >= 0; shift -= 4)
      name_ += "0123456789abcdef"[hash.value() >> shift & 15];
  }

  feature_recipe<Fields...> recipe_;
  std::vector<detail::threshold_node> nodes_;
  std::string name_;
};

/// The rules of `labels`, one for each row of the table; rows of `no_segment` are left out. Splits
/// are those that make Gini's impurity least, of equal ones the first feature and the lowest
/// threshold; the leaf that gains most is split first. Policies: `at_most_leaves`, `least_members`.
/// O(leaves · features · rows · log rows).
template <class... Fields, class... Policies>
rule_tree<Fields...> explain(feature_table<Fields...> const& table,
                             std::vector<std::uint32_t> const& labels, Policies... policies) {
  static_assert((detail::answers_one_of<Policies, rule_tree_leaves, rule_tree_members> && ...),
                "cxm::explain: the policies are at_most_leaves and least_members");
  if (labels.size() != table.rows())
    detail::refuse("cxm::explain: needs one label for each row; a loaded model has none");
  auto const most = detail::pick<rule_tree_leaves>(at_most_leaves{}, policies...).leaves;
  auto const least = detail::pick<rule_tree_members>(least_members{}, policies...).members;
  if (most == 0 || least == 0) detail::refuse("cxm::explain: a tree has a leaf, a leaf a member");
  detail::threshold_growth growth(table.values().data(), table.recipe().size(), labels, least);
  return rule_tree<Fields...>(table.recipe(), growth.grow(most));
}

/// A tree without rules, to load a saved one into; as `segment_plan`.
template <class... Arguments>
auto rule_tree_plan(Arguments... arguments) {
  return []<class... Fields>(feature_recipe<Fields...> recipe) {
    return rule_tree<Fields...>(std::move(recipe));
  }(detail::make_recipe(std::move(arguments)...));
}

/// A rule in words: "12 < tenure <= 40 and fiber > 0.5".
inline std::string in_words(extracted_rule const& rule) {
  auto const number = [](double value) {
    char text[32];
    auto const end = std::to_chars(text, text + sizeof text, value, std::chars_format::general, 6);
    return std::string(text, end.ptr);
  };
  std::string words;
  for (auto const& one : rule.conditions) {
    if (!words.empty()) words += " and ";
    if (one.above && one.up_to) words += number(*one.above) + " < ";
    words += one.feature;
    if (one.up_to)
      words += " <= " + number(*one.up_to);
    else if (one.above)
      words += " > " + number(*one.above);
  }
  return words.empty() ? "everybody" : words;
}

}  // namespace cxm
