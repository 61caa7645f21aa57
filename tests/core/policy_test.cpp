// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/policy.hpp>

#include "catch.hpp"

namespace {
struct size_question;
struct colour_question;
struct large {
  using policy_kind = size_question;
  int metres;
};
struct red {
  using policy_kind = colour_question;
};
}  // namespace

using namespace cxm::detail;

static_assert(cxm::policy<large>);
static_assert(!cxm::policy<int>);
static_assert(cxm::answers<red, colour_question>);
static_assert(!cxm::answers<red, size_question>);
static_assert(answers_to<size_question, large, red, large> == 2);
static_assert(answers_one_of<red, size_question, colour_question>);
static_assert(!answers_one_of<int, size_question, colour_question>);
static_assert(no_question_twice<size_question, colour_question>::in<red, large>);
static_assert(!no_question_twice<size_question, colour_question>::in<large, red, large>);

TEST_CASE("policy: in any order, with a default where no one answers") {
  CHECK(pick<size_question>(large{1}, red{}, large{7}).metres == 7);
  CHECK(pick<size_question>(large{1}, large{7}, red{}).metres == 7);
  CHECK(pick<size_question>(large{1}, red{}).metres == 1);
  CHECK(pick<size_question>(large{1}).metres == 1);
}
