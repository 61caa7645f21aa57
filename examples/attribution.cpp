// SPDX-License-Identifier: BSL-1.0
//
// Which contacts deserve the credit: for a sale, and for a customer who would recommend us. One
// state a question, every model a reading of it.
#include <cxm/core/field.hpp>
#include <cxm/path/credit.hpp>
#include <cxm/path/paths_to.hpp>
#include <cxm/path/removal_effect.hpp>
#include <cxm/path/shapley.hpp>

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

namespace {

struct story {
  std::vector<std::string> contacts;
  bool bought;
  int recommend;  // 0 to 10
};

std::vector<story> const stories = {
    {{"advert", "shop", "call"}, true, 10}, {{"advert"}, false, 3}, {{"shop", "call"}, false, 9}};

template <class Outcome>
auto paths_of(Outcome const& outcome) {
  auto state = cxm::bind<story>(cxm::paths_to(outcome, cxm::along{&story::contacts}));
  for (auto const& one : stories) state.add(one);
  return state.result();
}

int wrong = 0;
void show(char const* what, cxm::credit_summary<std::string> const& found) {
  double sum = 0;
  std::printf("%s\n", what);
  for (auto const& one : found.touchpoints) {
    std::printf("  %-8s %.3f\n", one.touchpoint.c_str(), one.credit);
    sum += one.credit;
  }
  wrong += std::abs(sum - static_cast<double>(found.conversions)) < 1e-12 ? 0 : 1;
}

}  // namespace

int main() {
  auto const sales = paths_of(&story::bought);
  auto const promoters = paths_of([](story const& one) { return one.recommend >= 9; });
  auto const by_chain = cxm::credit(sales, cxm::markov{});
  show("credit for a sale, by removal effect", by_chain);
  show("credit for a sale, by Shapley", cxm::credit(sales, cxm::shapley{}));
  show("credit for a promoter, by linear parts", cxm::credit(promoters, cxm::linear_touch{}));
  wrong += std::abs(by_chain.find("advert")->credit - 0.2) < 1e-12 ? 0 : 1;
  return wrong;
}
