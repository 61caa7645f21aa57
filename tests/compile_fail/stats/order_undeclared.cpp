// expect: cxm::measure: this plan needs its events in order, and the range does not declare an order
// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/accumulator.hpp>
#include <cxm/stats/measure.hpp>

#include <vector>

struct last_seen {
  static constexpr std::string_view type_name = "last_seen";
  static constexpr bool needs_order = true;
  int last = 0;
  void add(int value) { last = value; }
  void merge(last_seen const& other) { last = other.last; }
  static constexpr void describe(auto& self, auto& visit) { visit.state("last", self.last); }
};
struct in_time : std::vector<int> {
  static constexpr bool in_order = true;
};
auto const fine = cxm::measure(in_time{}, last_seen{});
#ifdef CXM_DEFECT
auto const defect = cxm::measure(std::vector<int>{}, last_seen{});
#endif
