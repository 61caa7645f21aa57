// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>

#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

/// \file
/// Which departments of an account should be heard, how much each counts, and who decides.

namespace cxm {

/// A department that should be heard.
template <class Department>
struct role {
  Department department;
  double weight = 1;     ///< above 0; only the ratio to the others matters
  bool decides = false;  ///< whether the contract is renewed
};
template <class Department>
role(Department, double) -> role<Department>;
template <class Department>
role(Department, double, bool) -> role<Department>;

/// The roles of an account.
template <class Department>
class account_roles {
 public:
  /// Throws `std::invalid_argument` for a weight that is not finite and above 0, for a department
  /// named twice, and for none.
  explicit account_roles(std::vector<role<Department>> roles) : roles_(std::move(roles)) {
    if (roles_.empty()) detail::refuse("cxm::account_roles: needs at least one department");
    for (std::size_t i = 0; i < roles_.size(); ++i) {
      if (!std::isfinite(roles_[i].weight) || !(roles_[i].weight > 0))
        detail::refuse("cxm::account_roles: a weight must be finite and above 0");
      for (std::size_t j = 0; j < i; ++j)
        if (roles_[j].department == roles_[i].department)
          detail::refuse("cxm::account_roles: a department has two roles");
    }
  }
  auto begin() const { return roles_.begin(); }
  auto end() const { return roles_.end(); }
  std::size_t size() const { return roles_.size(); }
  role<Department> const* find(Department const& department) const {
    for (auto const& one : roles_)
      if (one.department == department) return &one;
    return nullptr;
  }

 private:
  std::vector<role<Department>> roles_;
};

}  // namespace cxm
