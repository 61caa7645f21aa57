// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/byte_stream.hpp>
#include <cxm/core/codec.hpp>

#include "catch.hpp"

#include <cmath>
#include <limits>
#include <map>

using namespace cxm::detail;

namespace {
enum class step : std::uint16_t { bought = 0x0102 };
struct point {
  static constexpr std::string_view type_name = "point";
  std::int32_t x = 0;
  std::vector<std::string> names;
  static constexpr void describe(auto& self, auto& visit) {
    visit.policy("unit", std::uint64_t{7});  // in the fingerprint, not in the bytes
    visit.state("x", self.x);
    visit.state("names", self.names);
  }
  bool valid() const { return x >= 0; }
  friend bool operator==(point const&, point const&) = default;
};

template <class Type>
std::vector<std::byte> bytes_of(Type const& value) {
  byte_writer out;
  encode(out, value);
  return out.bytes;
}
template <class Type>
bool comes_back(Type const& value) {
  auto const bytes = bytes_of(value);
  byte_reader in(bytes.data(), bytes.size());
  Type read{};
  return decode(in, read) && in.left() == 0 && read == value;
}
/// No prefix of the bytes is read as a whole value, and reading it never leaves the memory.
template <class Type>
bool refused_when_cut(Type const& value) {
  auto const bytes = bytes_of(value);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    std::vector<std::byte> const cut(bytes.begin(),
                                     bytes.begin() + static_cast<std::ptrdiff_t>(size));
    byte_reader in(cut.data(), cut.size());
    Type read{};
    if (decode(in, read)) return false;
  }
  return true;
}
std::vector<std::byte> hex(std::initializer_list<int> values) {
  std::vector<std::byte> bytes;
  for (int value : values) bytes.push_back(static_cast<std::byte>(value));
  return bytes;
}
}  // namespace

TEST_CASE("codec: what every kind of value looks like") {
  CHECK(bytes_of(std::uint32_t{0x01020304}) == hex({4, 3, 2, 1}));
  CHECK(bytes_of(std::int16_t{-2}) == hex({0xfe, 0xff}));
  CHECK(bytes_of(true) == hex({1}));
  CHECK(bytes_of(step::bought) == hex({2, 1}));
  CHECK(bytes_of(1.0) == hex({0, 0, 0, 0, 0, 0, 0xf0, 0x3f}));
  CHECK(bytes_of(std::string("ab")) == hex({2, 0, 0, 0, 0, 0, 0, 0, 'a', 'b'}));
  CHECK(bytes_of(std::optional<std::uint8_t>(9)) == hex({1, 9}));
  CHECK(bytes_of(std::optional<std::uint8_t>()) == hex({0}));
  CHECK(bytes_of(std::array<std::uint8_t, 2>{1, 2}) == hex({1, 2}));
  CHECK(bytes_of(std::vector<std::uint8_t>{1, 2}) == hex({2, 0, 0, 0, 0, 0, 0, 0, 1, 2}));
  CHECK(bytes_of(std::tuple(std::uint8_t{1}, std::uint8_t{2})) == hex({1, 2}));
  CHECK(bytes_of(cxm::int128{-1}) == std::vector<std::byte>(16, std::byte{0xff}));
}

TEST_CASE("codec: what is written comes back, and not when it is cut short") {
  auto const check = [](auto const& value) {
    CHECK(comes_back(value));
    CHECK(refused_when_cut(value));
  };
  check(std::int64_t{std::numeric_limits<std::int64_t>::min()});
  check(char{'x'});
  check(false);
  check(step::bought);
  check(3.25F);
  check(-0.1);
  check(cxm::int128_min<>);
  check(std::string("a\0b", 3));
  check(std::chrono::milliseconds(-5));
  check(std::chrono::sys_seconds(std::chrono::seconds(1'700'000'000)));
  check(std::optional<std::string>("text"));
  check(std::pair(1, std::string("x")));
  check(std::tuple(1, 2.5, std::vector{1, 2, 3}));
  check(std::array<std::optional<int>, 3>{1, std::nullopt, 3});
  check(std::vector<std::vector<std::string>>{{"a", "b"}, {}, {"c"}});
  check(std::vector<bool>{true, false, true});
  check(point{5, {"a", ""}});
}

TEST_CASE("codec: lengths are claims") {
  // 2^60 elements claimed, and 2^64 - 1 bytes of text: refused before anything is allocated.
  for (int top : {0x10, 0xff}) {
    auto const claim = hex({0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, top, 1, 2, 3});
    byte_reader numbers(claim.data(), claim.size());
    std::vector<std::uint64_t> values;
    CHECK_FALSE(decode(numbers, values));
    CHECK(values.capacity() < 16);
    byte_reader text(claim.data(), claim.size());
    std::string read;
    CHECK_FALSE(decode(text, read));
  }
}

TEST_CASE("codec: only one spelling of a flag, and a broken invariant is refused") {
  auto const refused = [](auto value, std::vector<std::byte> const& bytes) {
    byte_reader in(bytes.data(), bytes.size());
    return !decode(in, value);
  };
  CHECK(refused(bool{}, hex({2})));
  CHECK(refused(std::optional<std::uint8_t>(), hex({2, 1})));
  CHECK(refused(point{}, bytes_of(point{-1, {}})));
}

TEST_CASE("codec: a reader that failed once fails for ever") {
  auto const bytes = hex({1, 2, 3});
  byte_reader in(bytes.data(), bytes.size());
  std::uint32_t word = 0;
  std::uint8_t byte = 0;
  CHECK_FALSE(in.word(word));
  CHECK_FALSE(in.word(byte));
}
