// SPDX-License-Identifier: BSL-1.0
#include <cxm/io/csv.hpp>
#include <cxm/io/csv_options.hpp>

#include "catch.hpp"

#include <cstdlib>
#include <cstring>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

struct outcome {
  std::vector<std::vector<std::string>> rows;  // the header first
  std::vector<unsigned long> lines;
  unsigned long ragged = 0;
  unsigned long bad_line = 0;  // 0: the file is well formed

  bool operator==(outcome const&) const = default;
};

// The oracle: one byte at a time, one state, no buffer. Written from RFC 4180 and the rules in the
// documentation, not from the reader.
outcome slowly(std::string const& text, char delimiter) {
  enum { start, plain, quoted, closed } state = start;
  outcome out;
  std::vector<std::string> row;
  std::string field;
  unsigned long line = 1, begin = 1;
  std::size_t i = text.compare(0, 3, "\xEF\xBB\xBF") == 0 ? 3 : 0;
  bool only_blank = true;  // nothing but line ends since the row began
  auto const end_row = [&] {
    row.push_back(field);
    field.clear();
    if (out.rows.empty() || row.size() == out.rows[0].size()) {
      if (!out.rows.empty()) out.lines.push_back(begin);
      out.rows.push_back(row);
    } else {
      ++out.ragged;
    }
    row.clear();
    only_blank = true;
    state = start;
  };
  auto const bad = [&] {
    out.bad_line = begin;
    return out;
  };
  for (; i < text.size(); ++i) {
    char const c = text[i];
    bool const line_end = c == '\n' || (c == '\r' && (i + 1 == text.size() || text[i + 1] == '\n'));
    if (c == '\0') return bad();
    if (only_blank && state == start && row.empty() && line_end) {
      if (c == '\n') begin = ++line;
      continue;
    }
    only_blank = false;
    if (state == quoted) {
      if (c == '\n') ++line;
      if (c != '"')
        field += c;
      else if (i + 1 < text.size() && text[i + 1] == '"')
        field += text[++i];
      else
        state = closed;
    } else if (c == delimiter) {
      row.push_back(field);
      field.clear();
      state = start;
    } else if (line_end) {
      if (c == '\r' && i + 1 < text.size()) ++i;
      end_row();
      begin = ++line;
    } else if (state == closed) {
      return bad();
    } else if (state == start && c == '"') {
      state = quoted;
    } else {
      field += c;
      state = plain;
    }
  }
  if (state == quoted) return bad();
  if (!only_blank) end_row();
  if (out.rows.empty()) out.bad_line = 1;
  return out;
}

template <class Source>
outcome read_all(Source source, cxm::csv_options options) {
  outcome out;
  try {
    cxm::csv_reader reader{std::move(source), options};
    out.rows.push_back(reader.header());
    std::size_t const width = reader.header().size();
    // by position, so that columns of one name are each read
    std::vector<std::size_t> all(width);
    for (std::size_t i = 0; i < width; ++i) all[i] = i;
    reader.select_columns(all);
    while (reader.next()) {
      std::vector<std::string> row;
      for (std::size_t i = 0; i < width; ++i) row.emplace_back(reader.field(i));
      out.rows.push_back(row);
      out.lines.push_back(reader.line());
      out.ragged = reader.ragged();
    }
    out.ragged = reader.ragged();
    CHECK(reader.rows() == out.rows.size() - 1 + out.ragged);
  } catch (cxm::bad_csv const& error) {
    out.bad_line = error.line();
    CHECK(std::string(error.what()).find("line " + std::to_string(error.line())) == 0);
  }
  return out;
}

outcome read_text(std::string const& text, char delimiter = ',', std::size_t chunk = 1 << 18) {
  cxm::csv_options options;
  options.delimiter = delimiter;
  options.chunk = chunk;
  return read_all(cxm::memory_source(text), options);
}

using rows = std::vector<std::vector<std::string>>;

// Reads a file of real data; nothing when CXM_DATA is not set.
template <class Use>
void with_data(std::string const& file, Use const& use) {
  char const* const data = std::getenv("CXM_DATA");
  if (data == nullptr) {
    WARN("skipped: CXM_DATA is not set");
    return;
  }
  cxm::csv_reader reader{cxm::file_source(std::string(data) + "/" + file)};
  use(reader);
}

}  // namespace

TEST_CASE("csv: what RFC 4180 says") {
  CHECK(read_text("a,b\r\n1,2\r\n").rows == rows{{"a", "b"}, {"1", "2"}});
  CHECK(read_text("a,b\n1,2").rows == rows{{"a", "b"}, {"1", "2"}});
  CHECK(read_text("a,b\n1,2\r").rows == rows{{"a", "b"}, {"1", "2"}});
  CHECK(read_text("a,b\n,").rows == rows{{"a", "b"}, {"", ""}});
  CHECK(read_text("\"a\",\"b\"\n\"x, \"\"y\"\"\",\"1\r\n2\"\n").rows ==
        rows{{"a", "b"}, {"x, \"y\"", "1\r\n2"}});
  CHECK(read_text("a;b\n1,5;2", ';').rows == rows{{"a", "b"}, {"1,5", "2"}});
  CHECK(read_text("a\tb\n1\t2", '\t').rows == rows{{"a", "b"}, {"1", "2"}});
}

TEST_CASE("csv: a byte-order mark and empty lines are not data") {
  CHECK(read_text("\xEF\xBB\xBF\"a\",b\n1,2\n").rows == rows{{"a", "b"}, {"1", "2"}});
  outcome const out = read_text("\n\r\na\n\n1\n\r\n\"\"\n2\n\n\r");
  CHECK(out.rows == rows{{"a"}, {"1"}, {""}, {"2"}});
  CHECK(out.lines == std::vector<unsigned long>{5, 7, 8});
  CHECK(read_text("a\n").rows == rows{{"a"}});
}

TEST_CASE("csv: a quote within a field and a lone CR are text") {
  CHECK(read_text("a,b\n5\" disk,x\"\"y\n").rows == rows{{"a", "b"}, {"5\" disk", "x\"\"y"}});
  CHECK(read_text("a,b\n1\r2,\r3\n").rows == rows{{"a", "b"}, {"1\r2", "\r3"}});
  CHECK(read_text("a,b\n1,2\r\r\n").rows == rows{{"a", "b"}, {"1", "2\r"}});
}

TEST_CASE("csv: rows of another width are counted") {
  outcome const out = read_text("a,b\n1\n1,2\n1,2,3\n\"x\ny\"\n3,4\n");
  CHECK(out.rows == rows{{"a", "b"}, {"1", "2"}, {"3", "4"}});
  CHECK(out.ragged == 3);
  CHECK(out.lines == std::vector<unsigned long>{3, 7});
}

TEST_CASE("csv: malformed files name the line where the row begins") {
  CHECK(read_text("a,b\n1,\"2\n3,4\n").bad_line == 2);
  CHECK(read_text("a,b\n\"x\n\ny\",1\n1,\"2\" \n").bad_line == 5);
  CHECK(read_text("a,b\n1,\"2\"x\n").bad_line == 2);
  CHECK(read_text("a,b\n1,\"2\"\rx\n").bad_line == 2);
  CHECK(read_text(std::string("a,b\n1,\0\n", 8)).bad_line == 2);
  CHECK(read_text(std::string("a,b\n1,\"\0\"\n", 10)).bad_line == 2);
  CHECK(read_text(std::string("a,b\n1,2\n\0", 9)).bad_line == 3);
  CHECK(read_text(std::string("a\n\"1\"\0", 6)).bad_line == 2);
  CHECK(read_text("\"a").bad_line == 1);
  for (char const* nothing : {"", "\n", "\r\n\n", "\xEF\xBB\xBF", "\xEF\xBB\xBF\n"})
    CHECK(read_text(nothing).bad_line == 1);
}

TEST_CASE("csv: UTF-8 is asked of the header and of selected columns only") {
  CHECK(read_text("a\xFF,b\n1,2\n").bad_line == 1);
  std::string const text = "a,b\n1,\xC3(\n\xF0\x9F\x98\x80,3\n\xFF\n";
  CHECK(read_text(text).bad_line == 2);
  cxm::csv_reader reader{cxm::memory_source(text)};
  CHECK(reader.select({"a"}).empty());
  REQUIRE(reader.next());
  CHECK(reader.field(0) == "1");
  REQUIRE(reader.next());
  CHECK(reader.field(0) == "\xF0\x9F\x98\x80");
  CHECK_FALSE(reader.next());  // the last row is ragged, and so not read
  CHECK(reader.ragged() == 1);
}

TEST_CASE("csv: columns are selected by name, in the order asked, twice if need be") {
  cxm::csv_reader reader{cxm::memory_source("a,b,a\n\"x\"\"\",2,3\n")};
  CHECK(reader.header() == std::vector<std::string>{"a", "b", "a"});
  CHECK(reader.select({"b", "c", "a", "a"}) == std::vector<std::string>{"c"});
  REQUIRE(reader.next());
  CHECK(reader.field(0) == "2");
  CHECK(reader.field(1).empty());
  CHECK(reader.field(2) == "x\"");
  CHECK(reader.field(3) == "x\"");
}

TEST_CASE("csv: limits hold whatever the chunk") {
  std::string const wide(100, 'x');
  for (std::size_t const chunk : {1u, 7u, 64u, 4096u}) {
    cxm::csv_options options;
    options.chunk = chunk;
    options.max_field = 99;
    CHECK(read_all(cxm::memory_source("a\n\n" + wide + "\n"), options).bad_line == 3);
    options.max_field = 100;
    CHECK(read_all(cxm::memory_source("a\n\n" + wide + "\n"), options).bad_line == 0);
    options.max_row = 99;
    CHECK(read_all(cxm::memory_source("a\n1\n" + wide + "\n"), options).bad_line == 3);
    options.max_row = 100;
    CHECK(read_all(cxm::memory_source("a\n1\n" + wide + "\n"), options).bad_line == 0);
    options.max_columns = 3;
    CHECK(read_all(cxm::memory_source("a,b,c\n1,2,3\n1,2,3,4,5\n"), options).ragged == 1);
    CHECK(read_all(cxm::memory_source("a,b,c,d\n"), options).bad_line == 1);
  }
}

TEST_CASE("csv: an endless quote does not take the memory") {
  std::size_t served = 0;
  auto endless = [&](char* buffer, std::size_t capacity) {
    if (served == 0) std::memcpy(buffer, "a\n\"", 3);
    std::memset(buffer + (served == 0 ? 3 : 0), 'x', capacity - (served == 0 ? 3 : 0));
    served += capacity;
    return capacity;
  };
  cxm::csv_reader reader{endless};
  CHECK_THROWS_AS(reader.next(), cxm::bad_csv);
  CHECK(served < (std::size_t{1} << 26));
}

TEST_CASE("csv: wrong use is refused") {
  for (char const delimiter : {'"', '\n', '\r', '\0'}) {
    cxm::csv_options options;
    options.delimiter = delimiter;
    CHECK_THROWS_AS(cxm::csv_reader(cxm::memory_source("a"), options), std::invalid_argument);
  }
  CHECK_THROWS_AS(cxm::file_source("no/such/file.csv"), cxm::unreadable_file);
  CHECK_THROWS_AS(cxm::csv_reader(cxm::file_source("/")), cxm::unreadable_file);
}

TEST_CASE("csv: agrees with a byte-by-byte reader on random files and every chunk size") {
  std::mt19937 random(20);
  constexpr char few[] = {',', '"', '\n', '\r', 'a', 'b', ' ', ';', '\0'};
  unsigned well_formed = 0;
  for (int round = 0; round < 60'000; ++round) {
    // from wild (mostly malformed) to tame (fields well quoted)
    std::string text = random() % 8 == 0 ? "\xEF\xBB\xBF" : "";
    std::size_t const pieces = random() % 24;
    for (std::size_t i = 0; i < pieces; ++i) {
      if (round % 2 == 0) {
        text += few[random() % (round % 16 == 0 ? 9 : 8)];
      } else {
        constexpr char const* tame[] = {"1",        ",",    "\"x\"",    "\"a,b\"",
                                        "\n",       "\r\n", "\"\"\"\"", ",",
                                        "\"l\nm\"", "",     ",,",       "longer text"};
        text += tame[random() % 12];
      }
    }
    outcome expected = slowly(text, ',');
    well_formed += expected.bad_line == 0 ? 1 : 0;
    std::size_t const chunk = 1 + static_cast<std::size_t>(round) % 64;
    outcome const got = read_text(text, ',', chunk);
    INFO("chunk " << chunk << ", text: " << text);
    REQUIRE(got.bad_line == expected.bad_line);
    if (got.bad_line != 0) expected.ragged = got.ragged;  // unknown after an exception
    if (!expected.rows.empty() && !got.rows.empty()) REQUIRE(got == expected);
  }
  CHECK(well_formed > 5'000);
}

TEST_CASE("csv: every chunk size 1 to 64 cuts one tricky file alike, and slow sources do") {
  std::string const text =
      "\xEF\xBB\xBF\"na\"\"me\",b,c\r\n1,\"two\r\nlines, "
      "\"\"quoted\"\"\",3\r\n\r\n,,\n\"\",\"\",\"\"\n"
      "a long enough field to span several words of the scan,x,y\n1,2\n\"end\",of,file";
  outcome const expected = slowly(text, ',');
  REQUIRE(expected.rows.size() == 6);
  REQUIRE(expected.ragged == 1);
  for (std::size_t chunk = 1; chunk <= 64; ++chunk) {
    CHECK(read_text(text, ',', chunk) == expected);
    std::size_t at = 0;
    auto drip = [&](char* buffer, std::size_t) -> std::size_t {
      if (at == text.size()) return 0;
      *buffer = text[at++];
      return 1;
    };
    cxm::csv_options options;
    options.chunk = chunk;
    CHECK(read_all(drip, options) == expected);
  }
}

TEST_CASE("csv: real files give the rows their descriptions state") {
  struct known {
    char const* file;
    unsigned long rows;
    std::size_t columns;
  };
  // counted with Python's csv module
  for (known const& each : {known{"olist_sample_a/olist_order_reviews_dataset.csv", 8225, 7},
                            known{"olist_sample_a/olist_orders_dataset.csv", 8135, 8},
                            known{"nps_bank2021/nps_bank2021.csv", 5000, 4},
                            known{"telco_churn/telco.csv", 7043, 50}}) {
    with_data(each.file, [&](auto& reader) {
      INFO(each.file);
      CHECK(reader.header().size() == each.columns);
      reader.select(reader.header());
      while (reader.next()) {
      }
      CHECK(reader.rows() == each.rows);
      CHECK(reader.ragged() == 0);
    });
  }
}
