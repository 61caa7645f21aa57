// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/event/identity_rules.hpp>

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

/// \file
/// Union–find whose unions are asked first whether the component that they would make keeps the
/// limits. Union by size with path halving (Tarjan, J. ACM 22, 1975): O(kinds · α) a link.

namespace cxm::detail {

/// What a union would break; `limit` 0 where nothing.
struct union_refusal {
  identity_refusal why = identity_refusal::person_limit;
  std::uint16_t kind = 0;
  std::uint64_t would_be = 0;
  std::uint64_t limit = 0;
};

class guarded_union {
 public:
  guarded_union(identity_rules const& rules, std::vector<std::uint16_t> const& kinds)
      : rules_(rules),
        parent_(kinds.size()),
        size_(kinds.size(), 1),
        of_kind_(kinds.size() * rules.kinds.size(), 0) {
    std::iota(parent_.begin(), parent_.end(), std::uint32_t{0});
    for (std::size_t i = 0; i < kinds.size(); ++i) ++of_kind_[i * rules.kinds.size() + kinds[i]];
  }
  std::uint32_t root(std::uint32_t one) {
    while (parent_[one] != one) one = parent_[one] = parent_[parent_[one]];
    return one;
  }
  /// Makes the two one, or says what forbids it.
  union_refusal unite(std::uint32_t a, std::uint32_t b) {
    a = root(a);
    b = root(b);
    if (a == b) return {};
    std::size_t const kinds = rules_.kinds.size();
    for (std::size_t kind = 0; kind < kinds; ++kind) {
      std::uint64_t const both =
          std::uint64_t{of_kind_[a * kinds + kind]} + of_kind_[b * kinds + kind];
      if (both > rules_.kinds[kind].most)
        return {identity_refusal::kind_limit, static_cast<std::uint16_t>(kind), both,
                rules_.kinds[kind].most};
    }
    std::uint64_t const all = std::uint64_t{size_[a]} + size_[b];
    if (all > rules_.identifiers)
      return {identity_refusal::person_limit, 0, all, rules_.identifiers};
    if (size_[a] < size_[b]) std::swap(a, b);
    parent_[b] = a;
    size_[a] += size_[b];
    for (std::size_t kind = 0; kind < kinds; ++kind)
      of_kind_[a * kinds + kind] += of_kind_[b * kinds + kind];
    return {};
  }

 private:
  identity_rules const& rules_;
  std::vector<std::uint32_t> parent_, size_, of_kind_;
};

}  // namespace cxm::detail
