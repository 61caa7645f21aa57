// expect: cxm::weighted: this accumulator can't count with weights: it has no with_weights()
// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/on.hpp>
#include <cxm/stats/quantiles.hpp>
#include <cxm/stats/weighted.hpp>

#include <cstdint>

struct answer {
  double value;
  double weight;
};
struct total {
  static constexpr std::string_view type_name = "total";
  std::int64_t units = 0;
  void add(double, cxm::weight const& weight) { units += weight.units; }
  void merge(total const& other) { units += other.units; }
  static constexpr void describe(auto& self, auto& visit) { visit.state("units", self.units); }
  total with_weights() const { return *this; }
};
auto const fine = cxm::weighted(&answer::weight, cxm::on(&answer::value, total{}));
#ifdef CXM_DEFECT
auto const defect = cxm::weighted(&answer::weight, cxm::on(&answer::value, cxm::quantiles()));
#endif
