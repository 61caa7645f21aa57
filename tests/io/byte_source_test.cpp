// SPDX-License-Identifier: BSL-1.0
#include <cxm/io/byte_source.hpp>

#include "catch.hpp"

#include <cstdio>
#include <filesystem>
#include <string>

TEST_CASE("byte_source: memory is served in pieces, then nothing") {
  cxm::memory_source source("abcde");
  char buffer[4];
  CHECK(source(buffer, 4) == 4);
  CHECK(std::string(buffer, 4) == "abcd");
  CHECK(source(buffer, 4) == 1);
  CHECK(buffer[0] == 'e');
  CHECK(source(buffer, 4) == 0);
  CHECK(cxm::memory_source({})(buffer, 4) == 0);
}

TEST_CASE("byte_source: a file is served whole, NUL and all") {
  auto const path = (std::filesystem::temp_directory_path() / "cxm_byte_source_test.bin").string();
  std::string const content("a\0\r\n\x1A\xFF", 6);
  std::FILE* const file = std::fopen(path.c_str(), "wb");
  REQUIRE(file != nullptr);
  std::fwrite(content.data(), 1, content.size(), file);
  std::fclose(file);
  {
    cxm::file_source source(path);
    char buffer[16];
    CHECK(source(buffer, 16) == content.size());
    CHECK(std::string(buffer, content.size()) == content);
    CHECK(source(buffer, 16) == 0);
  }
  std::remove(path.c_str());
}

TEST_CASE("byte_source: what can't be read says which file and why") {
  try {
    cxm::file_source source("no/such/file.csv");
    FAIL("opened");
  } catch (cxm::unreadable_file const& error) {
    CHECK(std::string(error.what()) == "can't read no/such/file.csv: No such file or directory");
  }
}
