// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/fingerprint.hpp>
#include <cxm/core/save.hpp>
#include <cxm/stats/all.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/log_histogram.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/moments.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/quantiles.hpp>
#include <cxm/survey/csat.hpp>
#include <cxm/survey/nps.hpp>

#include "catch.hpp"

#include <string>
#include <vector>

namespace {
struct answer {
  int touchpoint;
  int first;
  int second;
};
std::vector<answer> const answers = {{1, 10, 3}, {2, 4, 9}, {1, 8, 8}};

std::string problem(auto plan, cxm::saved_bytes const& bytes) {
  try {
    (void)cxm::load(plan, bytes);
  } catch (cxm::bad_state const& error) {
    return error.what();
  }
  return {};
}
bool has(std::string const& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}
}  // namespace

TEST_CASE("save: what load gives back counts on") {
  auto const plan = cxm::by(&answer::touchpoint, cxm::on(&answer::first, cxm::nps()));
  auto const counted = cxm::measure(answers, plan);
  auto loaded = cxm::load(plan, cxm::save(counted));
  CHECK(loaded == counted);
  CHECK_FALSE(loaded == plan);
  loaded.add(answer{1, 10, 10});
  CHECK(loaded.result().at(1).n == 3);
  CHECK(cxm::try_load(plan, cxm::save(counted)).has_value());
}

TEST_CASE(
    "save: swapped named questions refuse to load; two unnamed of one type can't be told apart") {
  using cxm::field;
  auto const named = cxm::all(cxm::on(field<"first">(&answer::first), cxm::nps()),
                              cxm::on(field<"second">(&answer::second), cxm::nps()));
  auto const swapped = cxm::all(cxm::on(field<"second">(&answer::second), cxm::nps()),
                                cxm::on(field<"first">(&answer::first), cxm::nps()));
  auto const bytes = cxm::save(cxm::measure(answers, named));
  CHECK(cxm::try_load(named, bytes).has_value());
  CHECK(cxm::try_load(swapped, bytes) ==
        cxm::maybe<std::remove_const_t<decltype(swapped)>>(cxm::reason::bad_state));
  CHECK(has(problem(swapped, bytes), "field names"));

  auto const unnamed =
      cxm::all(cxm::on(&answer::first, cxm::nps()), cxm::on(&answer::second, cxm::nps()));
  auto const turned =
      cxm::all(cxm::on(&answer::second, cxm::nps()), cxm::on(&answer::first, cxm::nps()));
  CHECK(cxm::try_load(turned, cxm::save(cxm::measure(answers, unnamed)))
            .has_value());  // as save documents

  // The same with names that are known at run time only.
  using row = std::vector<int>;
  auto const column = [](std::size_t index, char const* name) {
    return cxm::bind<row>(cxm::on(cxm::column{index, name}, cxm::nps()));
  };
  auto const run_time = cxm::save(cxm::all(column(1, "first"), column(2, "second")));
  CHECK(cxm::try_load(cxm::all(column(5, "first"), column(6, "second")), run_time).has_value());
  CHECK_FALSE(cxm::try_load(cxm::all(column(1, "second"), column(2, "first")), run_time));
}

TEST_CASE("save: another plan refuses the bytes and says why") {
  auto const bytes = cxm::save(cxm::nps());
  CHECK(has(problem(cxm::count(), bytes), "a state of 'tally', the plan is of 'count'"));
  CHECK(has(problem(cxm::csat(), bytes), "other policies"));
  CHECK(problem(cxm::nps(cxm::confidence{0.9}, cxm::min_n{5}), bytes)
            .empty());  // readings never block
  CHECK(has(
      problem(cxm::nps(cxm::points<0, 9>{}, cxm::promoters_from{9}, cxm::detractors_to{6}), bytes),
      "other"));
  CHECK(has(problem(cxm::nps(), {}), "cut short"));
  CHECK(has(problem(cxm::nps(), cxm::saved_bytes(40)), "not bytes that cxm saved"));
  auto damaged = bytes;
  damaged.back() ^= std::byte{1};
  CHECK(has(problem(cxm::nps(), damaged), "checksum"));
}

TEST_CASE("save: policies of every part are in the fingerprint") {
  auto const print = [](auto const& plan) { return cxm::detail::fingerprint(plan); };
  using cxm::on;
  CHECK(print(cxm::log_histogram({0.01})) != print(cxm::log_histogram({0.1})));
  CHECK(print(cxm::by(&answer::first, cxm::count())) !=
        print(cxm::by(&answer::first, cxm::count(), cxm::at_most{5})));
  CHECK(print(cxm::all(cxm::count())) != print(cxm::all(cxm::count(), cxm::count())));
  CHECK(print(cxm::bind<std::chrono::seconds>(cxm::moments())) !=
        print(cxm::bind<std::chrono::milliseconds>(cxm::moments())));
  CHECK(print(cxm::bind<int>(cxm::quantiles())) != print(cxm::bind<double>(cxm::quantiles())));
  CHECK(print(cxm::by(&answer::first, cxm::nps())) != print(cxm::by(&answer::first, cxm::csat())));
  auto plan = cxm::on(&answer::first, cxm::nps());
  auto const before = print(plan);
  plan.add(answers[0]);
  CHECK(print(plan) == before);  // and nothing that was counted
}

TEST_CASE("save: the frame of the bytes") {
  auto plan = cxm::count();
  plan.add(1);
  auto const bytes = cxm::save(plan);
  std::string const text(reinterpret_cast<char const*>(bytes.data()), bytes.size());
  CHECK(text.substr(0, 4) == "cxm1");
  CHECK(text.substr(12, 5) == "count");
  CHECK(bytes.size() ==
        4 + 8 + 5 + 2 + 8 + 8 + 8);  // magic, type, schema, fingerprint, the count, checksum
}
