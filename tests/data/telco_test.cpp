// SPDX-License-Identifier: BSL-1.0
//
// The segments of a telecom's customers, made without looking at who left, tell who will.
#include <cxm/segment/kmeans.hpp>
#include <cxm/segment/rule_tree.hpp>
#include <cxm/segment/stability.hpp>

#include "../../examples/telco/customers.hpp"
#include "catch.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>

TEST_CASE("telco_churn: segments told by rules; of a stable one more than twice as many left") {
  char const* const data = std::getenv("CXM_DATA");
  if (data == nullptr) {
    WARN("skipped: CXM_DATA names the data sets");
    return;
  }
  auto const all = telco::read(std::string(data) + "/telco_churn/telco.csv");
  REQUIRE(all.size() == 7043);
  auto const table = telco::needs(all);
  auto const segment = cxm::kmeans(table, telco::segments, cxm::seed{7});
  REQUIRE(segment.size() == telco::segments);
  telco::times_as_many most;
  std::uint32_t highest = 0;
  for (std::uint32_t s = 0; s < segment.size(); ++s)
    if (auto const one = telco::left_in(all, segment.labels(), s); one.times > most.times)
      most = one, highest = s;
  CHECK(most.times > 2.2);
  CHECK(most.low > 2);
  CHECK(*cxm::explain(table, segment.labels(), cxm::at_most_leaves{12}).accuracy() > 0.9);
  // That segment is found again nearly as it is, the others at least as patterns.
  auto const stable =
      cxm::stability(table, segment, cxm::seed{7}, cxm::draws{20}, cxm::restarts{3});
  CHECK(*stable[highest].jaccard >= 0.85);
  for (auto const& one : stable) CHECK(*one.jaccard >= 0.6);
}
