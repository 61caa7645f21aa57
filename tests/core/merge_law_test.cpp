// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/accumulator.hpp>
#include <cxm/core/merge_law.hpp>
#include <cxm/stats/all.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/on.hpp>

#include "catch.hpp"

using cxm::merge_law;

namespace {
struct silent {  // says nothing of its law
  static constexpr std::string_view type_name = "silent";
  int n = 0;
  void add(int) { ++n; }
  void merge(silent const& other) { n += other.n; }
  int result() const { return n; }
  static constexpr void describe(auto& self, auto& visit) { visit.state("n", self.n); }
};
struct sequential : silent {
  static constexpr merge_law merges = merge_law::none;
  static constexpr bool needs_order = true;
};
struct event {
  int x;
};
using mixed = decltype(cxm::all(cxm::count(), cxm::on(&event::x, sequential{})));
}  // namespace

static_assert(cxm::weakest() == merge_law::exact);
static_assert(cxm::weakest(merge_law::exact, merge_law::none, merge_law::approximate) ==
              merge_law::none);
static_assert(cxm::merge_law_of<silent> == merge_law::approximate);
static_assert(!cxm::needs_order<silent>);
static_assert(cxm::merge_law_of<mixed> == merge_law::none);
static_assert(cxm::needs_order<mixed>);
static_assert(cxm::merge_law_of<decltype(cxm::all(cxm::count(), cxm::count()))> ==
              merge_law::exact);
static_assert(cxm::accumulator<silent>);
static_assert(cxm::accumulator_of<silent, int>);
static_assert(!cxm::accumulator<int>);
static_assert(std::same_as<cxm::result_of<silent>, int>);

TEST_CASE("merge_law: a combinator promises the weakest of what its parts promise") {
  CHECK(cxm::merge_law_of<mixed> == merge_law::none);
}
