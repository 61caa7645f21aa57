// SPDX-License-Identifier: BSL-1.0
//
// Where customers of a shop turn away: a funnel with two steps in either order, how long each step
// took, and whether those who met an error got as far. It checks its own figures.
#include <cxm/journey/journey_fields.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/path/funnel.hpp>
#include <cxm/path/funnel_policies.hpp>
#include <cxm/path/reached_step.hpp>
#include <cxm/stats/all.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/quantiles.hpp>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

using namespace std::chrono_literals;

enum class place : unsigned char { home, size, colour, help, error, paid };
struct visit {
  int customer;
  std::chrono::sys_time<std::chrono::minutes> when;
  place what;
};

int main() {
  using enum place;
  std::vector<std::vector<place>> const ways = {{home, size, colour, paid},
                                                {home, help, colour, size, paid},
                                                {home, size, error, colour, paid},
                                                {home, size, size},
                                                {home, colour, error},
                                                {help}};
  std::vector<visit> log;
  for (std::size_t who = 0; who < ways.size(); ++who)
    for (std::size_t i = 0; i < ways[who].size(); ++i)
      log.push_back({static_cast<int>(who),
                     std::chrono::sys_time<std::chrono::minutes>(10min * static_cast<int>(i)),
                     ways[who][i]});
  auto const customers =
      cxm::reconstruct(log, cxm::touchpoint_fields{&visit::customer, &visit::when, &visit::what});

  auto const to_pay = cxm::funnel(home, cxm::any_order(size, colour), paid, cxm::within{24h},
                                  cxm::timed(cxm::quantiles()));
  auto const no_error = cxm::funnel(home, cxm::any_order(size, colour), paid, cxm::within{24h},
                                    cxm::except{error, 0, 3});
  auto const [all, smooth, reached] =
      cxm::measure(customers,
                   cxm::all(to_pay, no_error, cxm::by(cxm::reached_step{to_pay, 2}, cxm::count())))
          .result();
  char const* const names[] = {"home", "size or colour", "both", "paid"};
  for (std::size_t i = 0; i < all.steps.size(); ++i) {
    auto const& one = all.steps[i];
    std::printf("%-15s %llu of %llu, without an error %llu\n", names[i],
                static_cast<unsigned long long>(one.count),
                static_cast<unsigned long long>(one.conversion.n),
                static_cast<unsigned long long>(smooth.steps[i].count));
  }
  auto const median = all.steps[3].from_previous.median();
  std::printf("from both to paid: %g minutes (median)\n", median->count());
  bool const right = all.steps[0].count == 5 && all.steps[1].count == 5 &&
                     all.steps[2].count == 3 && all.steps[3].count == 3 &&
                     smooth.steps[3].count == 2 && reached.at(true) == 3 && median->count() == 10;
  return right ? EXIT_SUCCESS : EXIT_FAILURE;
}
