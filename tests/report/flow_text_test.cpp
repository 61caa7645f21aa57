// SPDX-License-Identifier: BSL-1.0
// DOT and Mermaid of a small graph, and of names that try to break out.
#include <cxm/core/utf8.hpp>
#include <cxm/report/flow_text.hpp>

#include "catch.hpp"

#include <string>
#include <tuple>
#include <vector>

namespace {

using counts = cxm::groups<std::string, std::uint64_t>;
using edges = cxm::groups<std::tuple<std::string, std::string>, cxm::edge_summary<std::uint64_t>>;

/// `a` then `b`, `times`.
auto flow_from(std::string const& a, std::string const& b, std::uint64_t times) {
  counts const met(a < b ? std::vector<counts::value_type>{{a, times}, {b, times}}
                         : std::vector<counts::value_type>{{b, times}, {a, times}},
                   {"touchpoint"}, std::nullopt);
  return cxm::flow_summary<counts, edges>{
      times,
      met,
      counts({{a, times}}, {"touchpoint"}, std::nullopt),
      counts({{b, times}}, {"touchpoint"}, std::nullopt),
      counts({}, {"touchpoint"}, std::nullopt),
      edges({{{a, b}, {times, times, 0, times}}}, {"from", "to"}, std::nullopt)};
}

}  // namespace

TEST_CASE("A flow graph as DOT and as Mermaid") {
  auto const shown = cxm::publish_flow(flow_from("order", "bill", 30), cxm::min_people{5});
  CHECK(cxm::to_dot(shown, "orders") == R"(digraph "orders" {
  rankdir=TB;
  node [shape=box];
  n0 [label="start\n30", shape=oval];
  n1 [label="end\n30", shape=oval];
  n2 [label="bill\n30"];
  n3 [label="order\n30"];
  n0 -> n3 [label="30", penwidth=6.00];
  n2 -> n1 [label="30", penwidth=6.00];
  n3 -> n2 [label="30", penwidth=6.00];
}
)");
  CHECK(cxm::to_mermaid(shown) == R"(flowchart TB
  n0(["start<br/>30"])
  n1(["end<br/>30"])
  n2["bill<br/>30"]
  n3["order<br/>30"]
  n0 -->|"30"| n3
  n2 -->|"30"| n1
  n3 -->|"30"| n2
)");
}

TEST_CASE("What is withheld has no number in the text") {
  auto const shown = cxm::publish_flow(flow_from("a", "b", 3), cxm::min_people{5});
  CHECK(cxm::to_dot(shown).find('3') == cxm::to_dot(shown).find("n3") + 1);
  CHECK(cxm::to_dot(shown).find("label=\"?\", style=dashed") != std::string::npos);
  CHECK(cxm::to_mermaid(shown).find("-.->|\"?\"|") != std::string::npos);
}

TEST_CASE("Hostile names stay names") {
  std::string const hostile[] = {"\"]; evil -> x [label=\"",
                                 "back\\",
                                 "two\nlines\r\n",
                                 "<script>alert(1)</script>",
                                 "\"] --> evil; click n0 href \"javascript:x\"",
                                 "|pipe| `tick` #quot; %%{init}%% end",
                                 std::string("nul\0byte", 8),
                                 "\xFF\xFE bad \xC3",
                                 "turned\xE2\x80\xAE round",
                                 std::string(5000, 'x'),
                                 ""};
  for (auto const& name : hostile) {
    auto const shown = cxm::publish_flow(flow_from(name, "zz", 30), cxm::min_people{5});
    auto const dot = cxm::to_dot(shown, name), mermaid = cxm::to_mermaid(shown);
    for (auto const* text : {&dot, &mermaid}) {
      CHECK(cxm::is_utf8(*text));
      CHECK(text->size() < 3000);
      for (char const c : *text) CHECK((c == '\n' || static_cast<unsigned char>(c) >= 0x20));
      CHECK(text->find("\xE2\x80\xAE") == std::string::npos);
    }
    CHECK(std::count(dot.begin(), dot.end(), '\n') == 11);
    CHECK(std::count(mermaid.begin(), mermaid.end(), '\n') == 8);
    // In every line of DOT quotes that are not escaped come in pairs.
    bool inside = false;
    for (std::size_t i = 0; i < dot.size(); ++i) {
      if (inside && dot[i] == '\\')
        ++i;
      else if (dot[i] == '"')
        inside = !inside;
      else if (dot[i] == '\n')
        CHECK_FALSE(inside);
    }
    CHECK_FALSE(inside);
    // Mermaid has no escapes inside quotes: there are none but its own pairs, and no tag but <br/>.
    CHECK(std::count(mermaid.begin(), mermaid.end(), '"') == 14);
    CHECK(std::count(mermaid.begin(), mermaid.end(), '<') == 4);
    CHECK(mermaid.find('`') == std::string::npos);
  }
}
