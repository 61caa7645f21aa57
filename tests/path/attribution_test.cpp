// SPDX-License-Identifier: BSL-1.0
// Credit over rows of (path, conversions, nulls, value): the worked numbers of the reference and
// an exhaustive oracle, which removes every touchpoint by solving the chain anew, and adds up all
// subsets.
#include <cxm/core/save.hpp>
#include <cxm/path/chain.hpp>
#include <cxm/path/credit.hpp>
#include <cxm/path/order_test.hpp>
#include <cxm/path/outcome.hpp>
#include <cxm/path/path_chain.hpp>
#include <cxm/path/path_table.hpp>
#include <cxm/path/paths_to.hpp>
#include <cxm/path/removal_effect.hpp>
#include <cxm/path/shapley.hpp>
#include <cxm/stats/measure.hpp>

#include "catch.hpp"

#include <cmath>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

using namespace Catch::Matchers;

namespace {

struct row {
  std::string path;
  std::uint64_t conversions, nulls;
  double value;
};
using rows = std::vector<row>;

struct letters {
  std::string_view text;
  std::size_t size() const { return text.size(); }
  char operator[](std::size_t i) const { return text[i]; }
};

auto plan(cxm::at_most cap = {1000}) {
  return cxm::bind<row>(cxm::paths_to(
      cxm::aggregated{&row::conversions, &row::nulls}, &row::value,
      cxm::along{cxm::field<"path">([](row const& one) { return letters{one.path}; })}, cap));
}
using table = cxm::path_table<char>;
table counted(rows const& all) {
  auto state = plan();
  for (auto const& one : all) state.add(one);
  return state.result();
}

rows random_rows(std::uint64_t seed, std::size_t touchpoints, std::size_t many) {
  cxm::random_stream random{cxm::seed{seed}};
  rows found;
  for (std::size_t i = 0; i < many; ++i) {
    row one{"", random.below(4), random.below(5), static_cast<double>(random.below(900)) / 100};
    auto const length = 1 + random.below(6);
    for (std::size_t j = 0; j < length; ++j)
      one.path += static_cast<char>('a' + static_cast<char>(random.below(touchpoints)));
    found.push_back(one);
  }
  return found;
}

// P(conversion) of the chain without `removed` (0: with all), by dense elimination of I - Q.
double oracle_probability(rows const& all, std::size_t order, char removed) {
  std::map<std::string, std::map<std::string, double>> flow;
  for (auto const& one : all) {
    double const times = static_cast<double>(one.conversions + one.nulls);
    if (times == 0) continue;
    std::string at = "";
    for (std::size_t i = 0; i < one.path.size(); ++i) {
      auto const from = i + 1 >= order ? i + 1 - order : 0;
      auto const to = one.path.substr(from, i + 1 - from);
      flow[at][to] += times;
      at = to;
    }
    flow[at]["+"] += static_cast<double>(one.conversions);
    flow[at]["-"] += static_cast<double>(one.nulls);
  }
  std::map<std::string, std::size_t> number;
  for (auto const& [state, to] : flow)
    if (removed == 0 || state.find(removed) == state.npos) number.emplace(state, number.size());
  auto const n = number.size();
  std::vector<std::vector<double>> a(n, std::vector<double>(n + 1, 0));
  for (auto const& [state, i] : number) {
    double sum = 0;
    for (auto const& [to, count] : flow[state]) sum += count;
    a[i][i] += 1;
    for (auto const& [to, count] : flow[state]) {
      if (to == "+") a[i][n] += count / sum;
      if (auto const found = number.find(to); found != number.end())
        a[i][found->second] -= count / sum;
    }
  }
  for (std::size_t k = 0; k < n; ++k) {
    std::size_t best = k;
    for (std::size_t i = k; i < n; ++i)
      if (std::abs(a[i][k]) > std::abs(a[best][k])) best = i;
    std::swap(a[k], a[best]);
    for (std::size_t i = 0; i < n; ++i) {
      if (i == k) continue;
      double const part = a[i][k] / a[k][k];
      for (std::size_t j = k; j <= n; ++j) a[i][j] -= part * a[k][j];
    }
  }
  auto const start = number.at("");
  return a[start][n] / a[start][start];
}

// The value of Shapley by all orders of the touchpoints.
template <class Worth>
std::map<char, double> oracle_shapley(std::string players, Worth const& worth) {
  std::map<char, double> sum;
  double orders = 0;
  do {
    ++orders;
    for (std::size_t i = 0; i < players.size(); ++i)
      sum[players[i]] += worth(players.substr(0, i + 1)) - worth(players.substr(0, i));
  } while (std::next_permutation(players.begin(), players.end()));
  for (auto& [player, value] : sum) value /= orders;
  return sum;
}
bool within(std::string const& path, std::string const& set) {
  return path.find_first_not_of(set) == path.npos;
}

double credit_of(cxm::credit_summary<char> const& found, char touchpoint) {
  return found.find(touchpoint)->credit;
}

rows const toy = {{"123", 1, 0, 10}, {"1", 0, 1, 0}, {"23", 0, 1, 0}};

}  // namespace

TEST_CASE("Worked example E7 and anchor 7.14: removal effects of .5, 1 and 1") {
  auto const found = cxm::credit(counted(toy), cxm::markov{});
  CHECK_THAT(*found.conversion_probability, WithinAbs(1.0 / 3, 1e-15));
  CHECK_THAT(*found.find('1')->removal_effect, WithinAbs(.5, 1e-15));
  CHECK_THAT(*found.find('2')->removal_effect, WithinAbs(1, 1e-15));
  CHECK_THAT(*found.find('3')->removal_effect, WithinAbs(1, 1e-15));
  CHECK_THAT(credit_of(found, '1'), WithinAbs(.2, 1e-15));
  CHECK_THAT(credit_of(found, '2'), WithinAbs(.4, 1e-15));
  CHECK_THAT(*found.find('3')->value, WithinAbs(4, 1e-14));
}

TEST_CASE("Golden markov_removal_small: exact rationals") {
  auto const found = cxm::credit(counted({{"AB", 3, 0, 0},
                                          {"A", 0, 5, 0},
                                          {"BC", 2, 0, 0},
                                          {"C", 0, 4, 0},
                                          {"ABC", 1, 0, 0},
                                          {"B", 0, 3, 0}}),
                                 cxm::markov{});
  CHECK(*found.conversion_probability == 1.0 / 3);
  CHECK_THAT(*found.find('A')->removal_effect, WithinRel(20.0 / 63, 1e-15));
  CHECK_THAT(*found.find('B')->removal_effect, WithinRel(5.0 / 7, 1e-15));
  CHECK_THAT(*found.find('C')->removal_effect, WithinRel(1.0 / 2, 1e-15));
  CHECK_THAT(credit_of(found, 'A') / 6, WithinRel(0.20725388601036268, 1e-15));
  CHECK_THAT(credit_of(found, 'B') / 6, WithinRel(0.46632124352331605, 1e-15));
}

TEST_CASE("Anchor 7.14: the value of Shapley of seven worths") {
  // Bits: O, F, D.
  auto const found = cxm::shapley_values(std::vector<double>{0, 7, 6, 15, 4, 7, 9, 19});
  CHECK_THAT(found[0], WithinAbs(7.666667, 5e-7));
  CHECK_THAT(found[1], WithinAbs(8.166667, 5e-7));
  CHECK_THAT(found[2], WithinAbs(3.166667, 5e-7));
}

TEST_CASE("Golden shapley_3 and worked example E8") {
  auto const found = cxm::shapley_values(std::vector<double>{0, 12, 6, 24, 0, 18, 6, 30});
  CHECK_THAT(found[0], WithinAbs(18, 1e-13));
  CHECK_THAT(found[1], WithinAbs(9, 1e-13));
  CHECK_THAT(found[2], WithinAbs(3, 1e-13));
  auto const two = cxm::shapley_values(std::vector<double>{0, .02, .03, .08});
  CHECK_THAT(two[0], WithinAbs(.035, 1e-15));
  CHECK_THAT(two[1], WithinAbs(.045, 1e-15));
  CHECK_THROWS_AS(cxm::shapley_values(std::vector<double>(3)), std::invalid_argument);
}

TEST_CASE("Worked rules of E6: 40/20/40, halves, thirds") {
  auto const one = counted({{"abc", 10, 0, 100}});
  auto const u = cxm::credit(one, cxm::u_shaped{});
  CHECK_THAT(credit_of(u, 'a'), WithinAbs(4, 1e-14));
  CHECK_THAT(credit_of(u, 'b'), WithinAbs(2, 1e-14));
  CHECK_THAT(*u.find('c')->value, WithinAbs(40, 1e-13));
  CHECK_THAT(credit_of(cxm::credit(counted({{"ab", 1, 0, 0}}), cxm::u_shaped{}), 'a'),
             WithinAbs(.5, 1e-15));
  CHECK(credit_of(cxm::credit(counted({{"a", 3, 0, 0}}), cxm::u_shaped{}), 'a') == 3);
  CHECK(credit_of(cxm::credit(one, cxm::first_touch{}), 'a') == 10);
  CHECK(credit_of(cxm::credit(one, cxm::last_touch{}), 'c') == 10);
  CHECK(credit_of(cxm::credit(one, cxm::last_touch_but{'c'}), 'b') == 10);
  CHECK(credit_of(cxm::credit(counted({{"cc", 1, 0, 0}}), cxm::last_touch_but{'c'}), 'c') == 1);
  CHECK_THAT(credit_of(cxm::credit(counted({{"aab", 3, 0, 0}}), cxm::linear_touch{}), 'a'),
             WithinAbs(2, 1e-15));
  auto const w = cxm::credit(counted({{"axmyb", 1, 0, 0}}), cxm::w_shaped{'m'});
  CHECK_THAT(credit_of(w, 'm'), WithinAbs(.3, 1e-15));
  CHECK_THAT(credit_of(w, 'x'), WithinAbs(.05, 1e-15));
  CHECK_THAT(credit_of(cxm::credit(one, cxm::w_shaped{'b'}), 'b'), WithinAbs(10.0 / 3, 1e-14));
}

TEST_CASE("Removal effects agree with a chain that is solved anew without each touchpoint") {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    auto const all = random_rows(seed, 2 + seed % 5, 3 + seed % 40);
    auto const paths = counted(all);
    for (std::size_t order = 1; order <= 3; ++order) {
      auto const found = cxm::credit(paths, cxm::markov{order});
      if (found.conversions == 0) continue;
      double const whole = oracle_probability(all, order, 0);
      REQUIRE_THAT(*found.conversion_probability, WithinAbs(whole, 1e-12));
      double sum = 0, effects = 0;
      for (auto const& one : found.touchpoints) {
        REQUIRE_THAT(*one.removal_effect,
                     WithinAbs(1 - oracle_probability(all, order, one.touchpoint) / whole, 1e-12));
        sum += one.credit, effects += *one.removal_effect;
      }
      REQUIRE_THAT(sum, WithinRel(static_cast<double>(found.conversions), 1e-13));
      for (auto const& one : found.touchpoints)
        REQUIRE_THAT(one.credit, WithinAbs(*one.removal_effect / effects *
                                               static_cast<double>(found.conversions),
                                           1e-11));
    }
  }
}

TEST_CASE("Many states are swept to what elimination finds") {
  auto const all = random_rows(7, 9, 800);  // order 3: more than 256 states
  auto const found = cxm::credit(counted(all), cxm::markov{3});
  double const whole = oracle_probability(all, 3, 0);
  for (char const c : {'a', 'd'})
    CHECK_THAT(*found.find(c)->removal_effect,
               WithinAbs(1 - oracle_probability(all, 3, c) / whole, 1e-12));
}

TEST_CASE("Credit of Shapley agrees with all orders of the touchpoints") {
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    auto const all = random_rows(seed, 2 + seed % 4, 3 + seed % 20);
    auto const paths = counted(all);
    std::string players;
    for (char const c : paths.touchpoints()) players += c;
    auto const worth = [&](auto const& of_row) {
      return [&](std::string const& set) {
        double sum = 0;
        for (auto const& one : all) sum += within(one.path, set) ? of_row(one) : 0;
        return sum;
      };
    };
    auto const conversions = worth([](row const& r) { return static_cast<double>(r.conversions); });
    auto const tried =
        worth([](row const& r) { return static_cast<double>(r.conversions + r.nulls); });
    auto const by_count = oracle_shapley(players, conversions);
    auto const by_value = oracle_shapley(players, worth([](row const& r) { return r.value; }));
    auto const by_rate = oracle_shapley(players, [&](std::string const& set) {
      return tried(set) > 0 ? conversions(set) / tried(set) : 0.0;
    });
    auto const count = cxm::credit(paths, cxm::shapley{});
    auto const rate = cxm::credit(paths, cxm::shapley_rate{});
    auto const ordered = cxm::credit(paths, cxm::ordered_shapley{});
    for (std::size_t i = 0; i < players.size(); ++i) {
      char const c = players[i];
      REQUIRE_THAT(credit_of(count, c), WithinAbs(by_count.at(c), 1e-11));
      REQUIRE_THAT(*count.find(c)->value, WithinAbs(by_value.at(c), 1e-11));
      REQUIRE_THAT(credit_of(rate, c), WithinAbs(by_rate.at(c), 1e-12));
      REQUIRE_THAT(ordered[i].credit, WithinAbs(by_count.at(c), 1e-11));
    }
  }
}

TEST_CASE("Sampled values of Shapley are within their bound of the exact ones") {
  std::vector<double> const worth = {0, 7, 6, 15, 4, 7, 9, 19};
  auto const of = [&](std::vector<bool> const& in) {
    return worth[std::size_t{in[0]} + 2 * std::size_t{in[1]} + 4 * std::size_t{in[2]}];
  };
  auto const exact = cxm::shapley_values(worth);
  auto const found = cxm::sampled_shapley_values(3, of, 0, 19, 4000, cxm::seed{5});
  auto const again = cxm::sampled_shapley_values(3, of, 0, 19, 4000, cxm::seed{5});
  double sum = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(std::abs(found[i].value - exact[i]) < found[i].bound);
    CHECK(std::abs(found[i].value - exact[i]) < 4 * found[i].standard_error);
    CHECK(found[i].value == again[i].value);
    sum += found[i].value;
  }
  CHECK_THAT(sum, WithinRel(19.0, 1e-12));
}

TEST_CASE("Shards merge to the bytes of one pass, also beyond the cap") {
  auto const all = random_rows(3, 4, 200);
  for (std::uint64_t const cap : {1000U, 20U}) {
    auto whole = plan({cap}), left = plan({cap}), right = plan({cap});
    for (std::size_t i = 0; i < all.size(); ++i) {
      whole.add(all[all.size() - 1 - i]);
      (i % 3 == 0 ? left : right).add(all[i]);
    }
    right.merge(cxm::load(plan({cap}), cxm::save(left)));
    CHECK(cxm::save(right) == cxm::save(whole));
    auto const a = cxm::credit(whole.result(), cxm::markov{2});
    auto const b = cxm::credit(right.result(), cxm::markov{2});
    auto const linear = cxm::credit(whole.result(), cxm::linear_touch{});
    double sum = static_cast<double>(linear.unattributed);
    for (std::size_t i = 0; i < a.touchpoints.size(); ++i) {
      CHECK(a.touchpoints[i].credit == b.touchpoints[i].credit);
      sum += linear.touchpoints[i].credit;
    }
    CHECK_THAT(sum, WithinRel(static_cast<double>(linear.conversions), 1e-13));
    CHECK((linear.unattributed > 0) == (cap == 20));
  }
}

TEST_CASE("Where nothing converts there is no removal effect, and no credit") {
  auto const found = cxm::credit(counted({{"ab", 0, 3, 0}}), cxm::markov{});
  CHECK(*found.conversion_probability == 0);
  CHECK(found.find('a')->removal_effect.why() == cxm::reason::degenerate);
  CHECK(credit_of(found, 'a') == 0);
  CHECK(cxm::credit(counted({}), cxm::markov{}).conversion_probability.why() ==
        cxm::reason::no_data);
  CHECK_THROWS_AS(cxm::credit(counted(toy), cxm::markov{0}), std::invalid_argument);
  auto const empty = cxm::credit(counted({{"", 2, 1, 0}, {"a", 1, 1, 0}}), cxm::markov{});
  CHECK(empty.unattributed == 2);
  CHECK(credit_of(empty, 'a') == 1);
}

TEST_CASE("Worked example E3: where a chain ends, and after how many steps") {
  cxm::chain<std::string> const found({{"aware", "aware", 2},
                                       {"aware", "consider", 6},
                                       {"aware", "churn", 2},
                                       {"consider", "aware", 1},
                                       {"consider", "consider", 3},
                                       {"consider", "buy", 4},
                                       {"consider", "churn", 2},
                                       {"buy", "consider", 1},
                                       {"buy", "buy", 5},
                                       {"buy", "loyal", 3},
                                       {"buy", "churn", 1}});
  auto const ends = *found.absorption();
  CHECK(ends.states == std::vector<std::string>{"aware", "buy", "consider"});
  CHECK(ends.ends == std::vector<std::string>{"churn", "loyal"});
  CHECK_THAT(ends.probability(0, 1), WithinAbs(.330, 5e-4));
  CHECK_THAT(ends.probability(2, 1), WithinAbs(.440, 5e-4));
  CHECK_THAT(ends.probability(1, 1), WithinAbs(.688, 5e-4));
  CHECK_THAT(ends.steps(0), WithinAbs(3.90, 5e-3));
  CHECK_THAT(ends.steps(2), WithinAbs(3.53, 5e-3));
  CHECK_THAT(ends.steps(1), WithinAbs(2.71, 5e-3));
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK_THAT(ends.visits(i, 0) + ends.visits(i, 1) + ends.visits(i, 2),
               WithinRel(ends.steps(i), 1e-14));
    CHECK_THAT(ends.probability(i, 0) + ends.probability(i, 1), WithinRel(1.0, 1e-14));
  }
  auto const step = found.probability("consider", "buy");
  CHECK(*step.value == .4);
  CHECK(step.interval->low < .4);
  CHECK(found.probability("loyal", "buy").value.why() == cxm::reason::no_data);
}

TEST_CASE("States that reach no end are named") {
  cxm::chain<char> const found({{'a', 'b', 1}, {'b', 'c', 1}, {'c', 'b', 1}, {'a', 'x', 1}});
  CHECK(found.never_ending() == std::vector<char>{'b', 'c'});
  CHECK(found.absorption().why() == cxm::reason::not_identified);
  cxm::chain<char> const cut({{'a', 'b', 1}, {'b', 'c', 1}, {'c', 'b', 1}}, {'c'});
  CHECK(cut.never_ending().empty());
  CHECK(cut.absorption()->steps(0) == 2);
}

TEST_CASE("The chain of paths converts as often as they do") {
  auto const paths = counted(random_rows(11, 4, 60));
  for (std::size_t order = 1; order <= 2; ++order) {
    auto const ends = *cxm::chain_of(paths, order).absorption();
    CHECK(ends.states.front().last.empty());
    CHECK(ends.ends.front().stage == cxm::path_stage::converted);
    auto const total = paths.total();
    CHECK_THAT(ends.probability(0, 0),
               WithinRel(static_cast<double>(total.conversions) /
                             static_cast<double>(total.conversions + total.nulls),
                         1e-13));
  }
}

TEST_CASE("The test of order 1 sees a chain of order 2") {
  // After "ab" comes always c, after "cb" always a.
  auto const memory = *cxm::order_test(counted({{"abcbabcbabcb", 50, 0, 0}}));
  CHECK(memory.df == 3 * 2 * 2);
  CHECK(memory.p < 1e-9);
  // 4 windows each of xx, xy, yx, yy after either: nothing to see.
  auto const none = *cxm::order_test(
      counted({{"xxx", 1, 0, 0}, {"xxy", 1, 0, 0}, {"yxx", 1, 0, 0}, {"yxy", 1, 0, 0}}));
  CHECK(none.transitions == 4);
  CHECK_THAT(none.statistic, WithinAbs(0, 1e-13));
  CHECK(cxm::order_test(counted({{"ab", 1, 0, 0}})).why() == cxm::reason::no_data);
  CHECK(cxm::order_test(counted({{"aaa", 1, 0, 0}})).why() == cxm::reason::degenerate);
}
