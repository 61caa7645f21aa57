// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/effective_counts.hpp>
#include <cxm/stats/interval.hpp>
#include <cxm/stats/net_intervals.hpp>
#include <cxm/stats/share_intervals.hpp>

#include "catch.hpp"

#include <cstdint>

using namespace Catch::Matchers;

TEST_CASE("real-valued counts: whole ones give what the whole counts give") {
  for (std::uint64_t n : {1U, 2U, 10U, 37U})
    for (std::uint64_t x = 0; x <= n; ++x) {
      auto const of = [&](double p) { return cxm::effective_share{p, static_cast<double>(n) - p}; };
      double const p = static_cast<double>(x);
      CHECK(cxm::wald::share(of(p)) == cxm::wald::share(x, n));
      CHECK(cxm::wilson::share(of(p)) == cxm::wilson::share(x, n));
      CHECK(cxm::jeffreys::share(of(p)) == cxm::jeffreys::share(x, n));
      cxm::effective_net const net{p, 0, static_cast<double>(n)};
      CHECK(cxm::adjusted_wald::net(net) == cxm::adjusted_wald::net(x, 0, n));
      CHECK(cxm::tango::net(net) == cxm::tango::net(x, 0, n));
      CHECK(cxm::mover_wilson::net(net) == cxm::mover_wilson::net(x, 0, n));
      auto const t = cxm::student::net(net), whole = cxm::student::net(x, 0, n);
      REQUIRE(t.has_value() == whole.has_value());
      if (t) CHECK_THAT(t->raw.low, WithinAbs(whole->raw.low, 1e-13));
      CHECK_THAT(cxm::wald::net(net)->raw.high,
                 WithinAbs(cxm::wald::net(x, 0, n)->raw.high, 1e-15));
    }
}

TEST_CASE("real-valued counts: of nobody, and between two whole counts") {
  CHECK(cxm::wilson::share(cxm::effective_share{0, 0}).why() == cxm::reason::no_data);
  CHECK(cxm::tango::net(cxm::effective_net{0, 0, 0}).why() == cxm::reason::no_data);
  CHECK(cxm::student::mean(3, 1, cxm::effective_size{1}).why() == cxm::reason::degenerate);
  auto const between = [](auto method) {
    auto const middle = *method.share(cxm::effective_share{3.5, 6.5});
    CHECK(method.share(3, 10)->low < middle.low);
    CHECK(middle.low < method.share(4, 10)->low);
    CHECK(method.share(3, 10)->high < middle.high);
    CHECK(middle.high < method.share(4, 10)->high);
  };
  between(cxm::wilson{});
  between(cxm::clopper_pearson{});
  between(cxm::jeffreys{});
  between(cxm::agresti_coull{});
}
