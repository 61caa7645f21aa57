// SPDX-License-Identifier: BSL-1.0
// Customers of a telecom, segmented by what they have and use, and never by whether they left: how
// stable the segments are, in which words they can be told, and how many of each left.
//
//     telco --in telco.csv
#include <cxm/segment/kmeans.hpp>
#include <cxm/segment/rule_tree.hpp>
#include <cxm/segment/stability.hpp>

#include "telco/customers.hpp"

#include <fmt/core.h>

#include <cstdint>
#include <cstdio>
#include <exception>
#include <string_view>
#include <vector>

namespace {

void show(std::vector<telco::customer> const& all) {
  auto const table = telco::needs(all);
  auto const segment = cxm::kmeans(table, telco::segments, cxm::seed{7});
  auto const rules = cxm::explain(table, segment.labels(), cxm::at_most_leaves{12});
  auto const stable = cxm::stability(table, segment, cxm::seed{7});
  for (std::uint32_t s = 0; s < segment.size(); ++s) {
    auto const left = telco::left_in(all, segment.labels(), s);
    fmt::print(
        "segment {}: {} customers, stability {:.2f}, {:.0f} % left: {:.2f} times as many as "
        "of all [{:.2f}, {:.2f}]\n",
        s, segment.sizes()[s], *stable[s].jaccard, 100 * left.share, left.times, left.low,
        left.high);
  }
  fmt::print("\nrules that say it right of {:.1f} %:\n", 100 * *rules.accuracy());
  for (auto const& one : rules.rules())
    fmt::print("  segment {}, {} of {}: {}\n", one.segment, one.right, one.n, in_words(one));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3 || std::string_view(argv[1]) != "--in") {
    std::fputs("usage: telco --in telco.csv\n", stderr);
    return 2;
  }
  try {
    show(telco::read(argv[2]));
  } catch (std::exception const& error) {
    fmt::print(stderr, "telco: {}\n", error.what());
    return 1;
  }
}
