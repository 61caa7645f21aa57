// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// A flow graph as text for other tools: DOT (Graphviz) and Mermaid. Of what may be shown, as all
/// that leaves through report/. Names are whatever users call their touchpoints, so every character
/// that means something to those languages or to a page around them is escaped, and control
/// characters and bytes that are no UTF-8 are replaced.

#include <cxm/core/utf8.hpp>
#include <cxm/report/flow.hpp>

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

namespace cxm {

namespace detail {

/// One line of sound UTF-8 with no more than `most` bytes and no control characters.
inline std::string flow_label(std::string_view name, std::size_t most = 200) {
  std::string text;
  for (std::size_t i = 0; i < name.size();) {
    auto const byte = static_cast<unsigned char>(name[i]);
    std::size_t size = byte < 0x80 ? 1 : byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 0;
    if (size == 0 || i + size > name.size() || !is_utf8(name.substr(i, size))) {
      text += "\xEF\xBF\xBD";
      ++i;
      continue;
    }
    // Controls of ASCII and Latin-1, and what turns the direction of text round.
    auto const next = name.substr(i, size);
    bool const control = byte < 0x20 || byte == 0x7F ||
                         (next >= "\xC2\x80" && next <= "\xC2\x9F") ||
                         (next >= "\xE2\x80\xA8" && next <= "\xE2\x80\xAE") ||
                         (next >= "\xE2\x81\xA6" && next <= "\xE2\x81\xA9");
    text += control ? std::string_view(" ") : next;
    i += size;
    if (text.size() >= most && i < name.size()) return text + "\xE2\x80\xA6";
  }
  return text.empty() ? "(empty)" : text;
}

/// Inside a quoted string of DOT only quotes and backslashes mean anything.
inline std::string dot_label(std::string_view name) {
  std::string text;
  for (char const c : flow_label(name)) {
    if (c == '"' || c == '\\') text += '\\';
    text += c;
  }
  return text;
}

/// Mermaid puts labels into a page: everything but letters, digits, spaces and what is harmless is
/// written as an entity by number.
inline std::string mermaid_label(std::string_view name) {
  std::string text;
  for (char const c : flow_label(name)) {
    bool const plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                       c == ' ' || c == '.' || c == ',' || c == '-' || c == '_' ||
                       static_cast<unsigned char>(c) >= 0x80;
    text += plain ? std::string(1, c) : fmt::format("#{};", static_cast<int>(c));
  }
  return text;
}

inline std::string flow_count(maybe<std::uint64_t> const& count) {
  return count ? fmt::format_int(*count).str() : "?";
}

template <class Shown>
constexpr void require_published() {
  static_assert(std::is_same_v<Shown, published_flow>,
                "cxm::to_dot, cxm::to_mermaid: take what may be shown; "
                "cxm::publish_flow(flow, min_people{5}) makes it");
}

}  // namespace detail

/// The graph in DOT. Edges grow thicker with their count; withheld ones are dashed. In the order of
/// `nodes()` and `edges()`, so that equal graphs give equal text.
template <class Shown>
std::string to_dot(Shown const& flow, std::string_view title = "flow") {
  detail::require_published<Shown>();
  std::string text = fmt::format("digraph \"{}\" {{\n  rankdir=TB;\n  node [shape=box];\n",
                                 detail::dot_label(title));
  std::uint64_t most = 1;
  for (auto const& edge : flow.edges())
    if (edge.count && *edge.count > most) most = *edge.count;
  for (std::size_t i = 0; i < flow.nodes().size(); ++i) {
    auto const& node = flow.nodes()[i];
    bool const border = i <= published_flow::end;
    text += fmt::format("  n{} [label=\"{}\\n{}\"{}];\n", i, detail::dot_label(node.name),
                        detail::flow_count(node.contacts), border ? ", shape=oval" : "");
  }
  for (auto const& edge : flow.edges()) {
    std::string const style =
        edge.count ? fmt::format("penwidth={:.2f}", 1 + 5 * static_cast<double>(*edge.count) /
                                                            static_cast<double>(most))
                   : "style=dashed";
    text += fmt::format("  n{} -> n{} [label=\"{}\", {}];\n", edge.from, edge.to,
                        detail::flow_count(edge.count), style);
  }
  return text + "}\n";
}

/// The graph as a Mermaid flowchart. Withheld edges are dotted.
template <class Shown>
std::string to_mermaid(Shown const& flow) {
  detail::require_published<Shown>();
  std::string text = "flowchart TB\n";
  for (std::size_t i = 0; i < flow.nodes().size(); ++i) {
    auto const& node = flow.nodes()[i];
    bool const border = i <= published_flow::end;
    text += fmt::format("  n{}{}\"{}<br/>{}\"{}\n", i, border ? "([" : "[",
                        detail::mermaid_label(node.name), detail::flow_count(node.contacts),
                        border ? "])" : "]");
  }
  for (auto const& edge : flow.edges())
    text += fmt::format("  n{} {}|\"{}\"| n{}\n", edge.from, edge.count ? "-->" : "-.->",
                        detail::flow_count(edge.count), edge.to);
  return text;
}

}  // namespace cxm
