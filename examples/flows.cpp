// SPDX-License-Identifier: BSL-1.0
// The ways that journeys take: what tells promoters from detractors, where people leave, which
// paths to mend first, and the graph drawn as SVG, DOT and Mermaid.
//   flows [PREFIX]     with PREFIX it writes PREFIX.svg, PREFIX.dot and PREFIX.mmd
#include <cxm/journey/journey_fields.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/path/compare_flows.hpp>
#include <cxm/path/critical_paths.hpp>
#include <cxm/path/drop_off.hpp>
#include <cxm/path/flow_graph.hpp>
#include <cxm/path/step_matrix.hpp>
#include <cxm/path/thin_flow.hpp>
#include <cxm/path/variants.hpp>
#include <cxm/report/flow_chart.hpp>
#include <cxm/report/flow_text.hpp>
#include <cxm/stats/all.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/moments.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/survey/nps.hpp>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

using namespace std::chrono_literals;

// The application's own types.
struct visit {
  std::uint64_t customer;
  std::chrono::sys_seconds when;
  char page;
  std::optional<int> recommend;
  int basket;  // cents
};

std::string name_of(char page) {
  switch (page) {
    case 'h':
      return "home";
    case 's':
      return "search";
    case 'k':
      return "catalogue";
    case 'c':
      return "cart";
    case 'x':
      return "chat";
    default:
      return "purchase";
  }
}

struct way {
  std::string_view pages;
  int customers, recommend, basket;
};

std::vector<visit> visits() {
  std::vector<visit> log;
  std::uint64_t customer = 0;
  std::chrono::sys_seconds const start{std::chrono::seconds{1'700'000'000}};
  for (way const& one : {way{"hkcp", 60, 9, 4000}, way{"hscp", 40, 9, 3000},
                         way{"hscxp", 20, 5, 9000}, way{"hscx", 25, 2, 8000}, way{"hss", 15, 4, 0}})
    for (int i = 0; i < one.customers; ++i, ++customer)
      for (std::size_t step = 0; step < one.pages.size(); ++step) {
        bool const last = step + 1 == one.pages.size();
        log.push_back({customer, start + customer * 10min + step * 40s, one.pages[step],
                       last ? std::optional(one.recommend) : std::nullopt, last ? one.basket : 0});
      }
  return log;
}

int failures = 0;
void expect(bool holds, char const* what) {
  if (holds) return;
  std::fprintf(stderr, "flows: %s\n", what);
  ++failures;
}

bool write_file(std::string const& path, std::string const& text) {
  std::FILE* const file = std::fopen(path.c_str(), "wb");
  if (file == nullptr) return false;
  auto const svg = cxm::flow_chart(shown, "A shop").svg();
  auto const dot = cxm::to_dot(shown, "A shop"), mermaid = cxm::to_mermaid(shown);
  expect(svg.starts_with("<svg") && svg.find("catalogue") != std::string::npos, "no picture");
  expect(dot.find("n2 -> n6 [label=\"60\"") != std::string::npos,
         "home to catalogue is not in DOT");
  expect(mermaid.find("n2 -->|\"60\"| n6") != std::string::npos, "nor in Mermaid");
  if (argc > 1) {
    std::string const prefix = argv[1];
    expect(write_file(prefix + ".svg", svg) && write_file(prefix + ".dot", dot) &&
               write_file(prefix + ".mmd", mermaid),
           "can't write the drawings");
  }
  return failures == 0 ? 0 : 1;
}
