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
  bool const written = std::fwrite(text.data(), 1, text.size(), file) == text.size();
  return std::fclose(file) == 0 && written;
}

int main(int argc, char** argv) {
  auto const log = visits();
  auto const journeys =
      cxm::reconstruct(log, cxm::touchpoint_fields{&visit::customer, &visit::when, &visit::page});
  auto const rated = cxm::last(&visit::recommend);
  auto const graph = cxm::flow_graph(cxm::moments());

  // One pass: the graph, the matrix, the losses, the variants.
  auto const [flow, steps, lost, ways] =
      cxm::measure(
          journeys,
          cxm::all(graph, cxm::step_matrix(cxm::from_start{4}), cxm::drop_off(cxm::reached{'p'}),
                   cxm::variants(cxm::all(cxm::on(cxm::last(&visit::basket), cxm::moments()),
                                          cxm::on(rated, cxm::nps())))))
          .result();
  // And what promoters and detractors do, with accumulators in the application's own loop.
  auto promoters = cxm::bind<decltype(journeys)::value_type>(graph), detractors = promoters;
  for (auto const& journey : journeys) {
    int const answer = rated(journey).value_or(7);
    if (answer >= 9) promoters.add(journey);
    if (answer <= 6) detractors.add(journey);
  }

  auto const told = cxm::compare_flows(detractors.result(), promoters.result());
  auto const& [from, to] = told.front().key;
  std::printf(
      "%s to %s tells most: %+.0f points of detractors against promoters, adjusted p %.0e\n",
      name_of(from).c_str(), name_of(to).c_str(), 100 * *told.front().difference.value,
      *told.front().adjusted_p);
  expect(from == 'c' && to == 'p', "no detractor buys straight from the cart");

  auto const leaving =
      cxm::lift_in_stage(lost, [](char page) { return page == 'c' || page == 'x' ? 2 : 1; });
  std::printf("%.0f %% leave at %s, %.1f times their stage\n",
              100 * *leaving.front().drop_off.value, name_of(leaving.front().touchpoint).c_str(),
              *leaving.front().lift);
  std::printf("%.1f %% are still there at step 4\n", 100 * *steps.retained(4).value);
  expect(steps.column(4).ended == 15, "fifteen gave up before step 4");

  auto const worst = cxm::critical_paths(
      ways, [](auto const& one) { return std::get<1>(one).n; },
      [](auto const& one) {
        return std::get<0>(one).mean.transform([](double c) { return c / 100; });
      },
      [](auto const& one) {
        auto const& score = std::get<1>(one);
        return static_cast<double>(score.detractors) / static_cast<double>(score.n);
      });
  for (auto const& one : worst) {
    if (one.share == 0) break;
    std::string path;
    for (char const page : one.path) path += (path.empty() ? "" : " > ") + name_of(page);
    std::printf("%s: %d journeys x %.0f euros x %.0f %% detractors\n", path.c_str(),
                static_cast<int>(one.volume), *one.value, 100 * *one.pain);
  }
  expect(worst.front().path == std::vector<char>({'h', 's', 'c', 'x'}),
         "the lost baskets are worst");

  auto const thin = cxm::thin_flow(flow, 30);
  std::printf("%d of %d edges are thin\n", static_cast<int>(thin.hidden_edges + thin.kept_as_way),
              static_cast<int>(flow.edges.size()));

  auto const shown = cxm::publish_flow(flow, cxm::min_people{10}, cxm::labelled{name_of});
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
