// SPDX-License-Identifier: BSL-1.0
#include <cxm/event/symbols.hpp>

#include "catch.hpp"

#include <map>
#include <string>
#include <vector>

TEST_CASE("symbols: texts are numbered in order of appearance, once each") {
  cxm::symbols texts;
  CHECK(texts.empty());
  CHECK(texts.id_of("b") == 0);
  CHECK(texts.id_of("") == 1);
  CHECK(texts.id_of("a") == 2);
  CHECK(texts.id_of("b") == 0);
  CHECK(texts.size() == 3);
  CHECK(texts[0] == "b");
  CHECK(texts[1].empty());
  CHECK(texts.find("a") == 2u);
  CHECK_FALSE(texts.find("c"));
}

TEST_CASE("symbols: as a map of many texts, with NUL bytes and common beginnings") {
  cxm::symbols texts;
  std::map<std::string, std::uint32_t> expected;
  for (int i = 0; i < 20'000; ++i) {
    std::string text = "customer " + std::to_string(i * 7919 % 5000);
    if (i % 3 == 0) text += std::string(1, '\0');
    auto const [one, fresh] =
        expected.try_emplace(text, static_cast<std::uint32_t>(expected.size()));
    REQUIRE(texts.id_of(text) == one->second);
  }
  REQUIRE(texts.size() == expected.size());
  auto const copy = texts;
  texts.id_of("another");
  CHECK_FALSE(copy.find("another"));
  for (auto const& [text, id] : expected) REQUIRE(copy[id] == text);
}

TEST_CASE("symbols: sorted by bytes, with the new number of every old one") {
  cxm::symbols texts;
  std::vector<std::string> const names = {"b", "\xC3\xA9", "B", "", "a", "ab"};
  for (auto const& name : names) texts.id_of(name);
  auto const [sorted, new_id] = texts.sorted();
  std::vector<std::string> found;
  for (std::uint32_t id = 0; id < sorted.size(); ++id) found.emplace_back(sorted[id]);
  CHECK(found == std::vector<std::string>{"", "B", "a", "ab", "b", "\xC3\xA9"});
  for (std::uint32_t id = 0; id < names.size(); ++id) CHECK(sorted[new_id[id]] == names[id]);
}
