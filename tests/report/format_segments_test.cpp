// SPDX-License-Identifier: BSL-1.0
#include <cxm/report/format_segments.hpp>

#include "catch.hpp"

#include <string>

TEST_CASE("format: the fit of segments") {
  cxm::fit_summary const found{.asked = 4,
                               .rounds = 7,
                               .starts = 10,
                               .converged = true,
                               .inertia = 78.85144,
                               .sizes = {62, 50, 38}};
  CHECK(fmt::format("{}", found) == "3 segments");
  CHECK(fmt::format("{:full}", found) ==
        "k-means: 3 segments, converged; members 62, 50, 38; inertia 78.85, 4 segments were asked "
        "for");
  CHECK(fmt::format("{:text}", found) ==
        "The fit by k-means is 3 segments. It converged in 7 rounds, the best of 10 starts. "
        "Members 62, "
        "50, 38. Inertia 78.85, 4 segments were asked for.");
}

TEST_CASE("format: silhouettes and profiles") {
  cxm::silhouette_result found{150, false, 0.55282, {0.8, 0.42, cxm::reason::degenerate}};
  CHECK(fmt::format("{:.3f}", found) == "0.553");
  CHECK(fmt::format("{:full}", found) ==
        "mean silhouette 0.55, n = 150; from -1 to 1; below 0.25 there is no clear structure; by "
        "segment 0.80, 0.42, degenerate");
  found.mean = cxm::reason::degenerate;
  found.sampled = true;
  CHECK(fmt::format("{:short}", found) == "degenerate, n = 150");
  CHECK(fmt::format("{:full}", found).find("n = 150, a sample;") != std::string::npos);
  cxm::segment_profile const profile{
      .segment = 2, .n = 12, .n_rest = 88, .share = 0.12, .few = true};
  CHECK(fmt::format("{:full}", profile) ==
        "segment 2: 12 %, n = 12, 88 in the others; share of all members that have a segment; few "
        "members: differences are uncertain");
}
