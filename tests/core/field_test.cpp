// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/detail/box.hpp>
#include <cxm/core/field.hpp>
#include <cxm/core/fixed_string.hpp>

#include "catch.hpp"

#include <concepts>
#include <string>
#include <string_view>
#include <vector>

namespace {
struct answer {
  int score;
  std::optional<int> effort;
  int doubled() const { return 2 * score; }
};
struct shop_event {
  std::string name;
  /// Knows better where its fields are: it is asked first.
  int read(int answer::*) const { return 42; }
};
int tripled(answer const& one) {
  return 3 * one.score;
}
}  // namespace

TEST_CASE("field: members, getters, functions and lambdas are read alike") {
  answer const one{7, {}};
  CHECK(cxm::read(&answer::score, one) == 7);
  CHECK(cxm::read(&answer::doubled, one) == 14);
  CHECK(cxm::read(&tripled, one) == 21);
  CHECK(cxm::read([add = 1](answer const& a) { return a.score + add; }, one) == 8);
  static_assert(std::same_as<cxm::field_value<int answer::*, answer>, int>);
  static_assert(
      std::same_as<decltype(cxm::read(&answer::score, one)), int const&>);  // nothing is copied
}

TEST_CASE("field: an event that offers read is asked first") {
  CHECK(cxm::read(&answer::score, shop_event{"x"}) == 42);
  CHECK(cxm::read(cxm::field<"s">(&answer::score), shop_event{"x"}) == 42);
}

TEST_CASE("field: a name at compile time or at run time, or none") {
  CHECK(cxm::name_of(cxm::field<"recommend">(&answer::score)) == "recommend");
  CHECK(cxm::name_of(cxm::column{3, "score"}) == "score");
  CHECK(cxm::name_of(&answer::score).empty());
  CHECK(cxm::name_of(cxm::column{3}).empty());
  CHECK(cxm::fixed_string("abc").view() == "abc");
  CHECK(cxm::fixed_string("abc") == cxm::fixed_string("abc"));
}

TEST_CASE("column: reads a position of a row") {
  std::vector<int> const row = {5, 6, 7};
  CHECK(cxm::read(cxm::column{2}, row) == 7);
}

TEST_CASE(
    "field: two fields of one type are told apart by name, and by value where they can be "
    "compared") {
  using cxm::detail::same_field;
  CHECK(same_field(cxm::column{1, "a"}, cxm::column{2, "a"}));  // another file, the same column
  CHECK_FALSE(same_field(cxm::column{1, "a"}, cxm::column{1, "b"}));
  CHECK_FALSE(same_field(cxm::column{1, "a"}, cxm::column{1}));
  CHECK_FALSE(same_field(cxm::column{1}, cxm::column{2}));
  struct two {
    int x, y;
  };
  CHECK(same_field(&two::x, &two::x));
  CHECK_FALSE(same_field(&two::x, &two::y));
  // The user's own name says what is the same; a name that a field gives itself does not.
  CHECK(same_field(cxm::field<"x">(&two::x), cxm::field<"x">(&two::y)));
  struct above {
    int limit;
    static constexpr std::string_view name() { return "above"; }
    bool operator()(two const& it) const { return it.x > limit; }
    bool operator==(above const&) const = default;
  };
  CHECK(same_field(above{1}, above{1}));
  CHECK_FALSE(same_field(above{1}, above{2}));
}

TEST_CASE("box: makes a lambda with captures assignable") {
  auto const adder = [](std::string text) {
    return cxm::detail::box([text](int) { return text; });
  };
  auto first = adder("a text that is too long for the small buffer");
  auto const second = adder("another text that is too long for the small buffer");
  static_assert(std::copyable<std::remove_const_t<decltype(second)>>);
  first = second;
  CHECK((*first)(0) == "another text that is too long for the small buffer");
  auto const& same = first;
  first = same;
  CHECK((*first)(0) == (*second)(0));
}
