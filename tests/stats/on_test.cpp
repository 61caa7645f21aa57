// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/save.hpp>
#include <cxm/stats/all.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/moments.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/where.hpp>

#include "catch.hpp"

#include <optional>
#include <stdexcept>
#include <vector>

namespace {
struct answer {
  int score;
  std::optional<bool> human;
  int touchpoint;
};
std::vector<answer> const answers = {
    {9, true, 1}, {4, false, 1}, {7, std::nullopt, 2}, {2, true, 2}};
}  // namespace

TEST_CASE("on: one field of each event") {
  CHECK(cxm::measure(answers, cxm::on(&answer::score, cxm::moments())).result().mean ==
        cxm::maybe(5.5));
  CHECK(cxm::measure(answers, cxm::on([](answer const& a) { return a.score * 2; }, cxm::moments()))
            .result()
            .n == 4);
  auto const nested =
      cxm::on([](answer const& a) { return a; }, cxm::on(&answer::score, cxm::moments()));
  CHECK(cxm::measure(answers, nested).result().mean == cxm::maybe(5.5));
}

TEST_CASE("on: a lambda with captures can be copied and assigned with its state") {
  auto const shifted = [](int by) {
    return cxm::on([by](answer const& a) { return a.score + by; }, cxm::moments());
  };
  auto a = shifted(0), b = shifted(100);
  a.add(answers[0]);
  a = b;
  CHECK(a.result().n == 0);
  a.add(answers[0]);
  CHECK(a.result().mean == cxm::maybe(109.0));
}

TEST_CASE("on: merging over different members or columns is refused") {
  auto first = cxm::on(&answer::score, cxm::moments());
  auto const second = cxm::on(&answer::touchpoint, cxm::moments());
  CHECK_THROWS_AS(first.merge(second), std::invalid_argument);
  using row = std::vector<int>;
  auto const at = [](std::size_t i, char const* name) {
    return cxm::bind<row>(cxm::on(cxm::column{i, name}, cxm::moments()));
  };
  auto one = at(0, "a");
  CHECK_THROWS_AS(one.merge(at(0, "b")), std::invalid_argument);
  CHECK_NOTHROW(one.merge(at(4, "a")));
}

TEST_CASE("where: counts the events for which a field holds; no answer is not yes") {
  CHECK(cxm::measure(answers, cxm::where(&answer::human, cxm::count())).result() == 2);
  auto const low = [](answer const& a) { return a.score < 5; };
  CHECK(cxm::measure(answers, cxm::where(low, cxm::on(&answer::score, cxm::moments())))
            .result()
            .mean == cxm::maybe(3.0));
  CHECK(
      cxm::measure(answers, cxm::where([](auto const&) { return false; }, cxm::count())).result() ==
      0);
}

TEST_CASE("where: merging different predicates is refused where they can be told apart") {
  auto first = cxm::where(cxm::field<"human">(&answer::human), cxm::count());
  first.merge(first);
  auto a = cxm::where(cxm::column{1}, cxm::count());
  CHECK_THROWS_AS(a.merge(cxm::where(cxm::column{2}, cxm::count())), std::invalid_argument);
}

TEST_CASE("all: every part sees every event; the result is the tuple of theirs") {
  auto const found =
      cxm::measure(answers, cxm::all(cxm::count(), cxm::on(&answer::score, cxm::moments())))
          .result();
  CHECK(std::get<0>(found) == 4);
  CHECK(std::get<1>(found).n == 4);
  CHECK(std::tuple_size_v<decltype(cxm::all().result())> == 0);
}
