// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/bootstrap.hpp>
#include <cxm/stats/bounded_interval.hpp>
#include <cxm/stats/effective_differences.hpp>
#include <cxm/stats/interval.hpp>
#include <cxm/stats/net_intervals.hpp>
#include <cxm/stats/ranks.hpp>
#include <cxm/stats/share_intervals.hpp>
#include <cxm/stats/simultaneous.hpp>
#include <cxm/stats/two_means.hpp>
#include <cxm/stats/two_nets.hpp>
#include <cxm/stats/two_shares.hpp>

#include "catch.hpp"

#include <string>
#include <type_traits>
#include <vector>

namespace {
/// A method of a user's who gives it no name.
struct whole_range {
  using policy_kind = cxm::interval_method;
  static cxm::maybe<cxm::bounded_interval> net(std::uint64_t, std::uint64_t, std::uint64_t,
                                               cxm::confidence = {}) {
    return cxm::bounded_interval{{-1, 1}, {-1, 1}};
  }
};
template <class Found>
void made_by(Found const& found, std::string const& method, double level = 0.9) {
  INFO(method);
  REQUIRE(found);
  CHECK(found->method == method);
  CHECK(found->level.level() == level);
}
}  // namespace

TEST_CASE("an interval knows by which method and for which confidence it was made") {
  cxm::confidence const level{0.9};
  made_by(cxm::wald::share(1, 4, level), "Wald");
  made_by(cxm::wilson::share(1, 4, level), "Wilson");
  made_by(cxm::wilson::share(3, 4, level), "Wilson");
  made_by(cxm::clopper_pearson::share(1, 4, level), "Clopper-Pearson");
  made_by(cxm::jeffreys::share(1, 4, level), "Jeffreys");
  made_by(cxm::agresti_coull::share(1, 4, level), "Agresti-Coull");
  made_by(cxm::bootstrap{}.share(1, 4, level), "percentile bootstrap");
  made_by(cxm::bca{}.net(1, 1, 4, level), "BCa bootstrap");
  made_by(cxm::wald::net(1, 2, 4, level), "Wald");
  made_by(cxm::student::net(1, 2, 4, level), "Student's t");
  made_by(cxm::student::mean(1, 2, 4, level), "Student's t");
  made_by(cxm::adjusted_wald::net(1, 2, 4, level), "adjusted Wald");
  made_by(cxm::agresti_min::net(1, 2, 4, level), "Agresti-Min");
  made_by(cxm::bonett_price::net(1, 2, 4, level), "Bonett-Price");
  made_by(cxm::tango::net(1, 2, 4, level), "Tango score");
  made_by(cxm::mover_wilson::net(1, 2, 4, level), "MOVER-Wilson");
  made_by(cxm::goodman::net(1, 2, 4, level), "Goodman");
  std::vector<std::uint64_t> const counts = {3, 5, 8};
  CHECK(cxm::goodman::shares(counts, level)->back().method == "Goodman");
  CHECK(cxm::goodman::shares(counts, level)->back().level.level() == 0.9);
  CHECK(cxm::sison_glaz::shares(counts, level)->back().method == "Sison-Glaz");
}

TEST_CASE("an interval of real-valued counts knows it too") {
  cxm::confidence const level{0.9};
  made_by(cxm::wald::share(cxm::effective_share{1.5, 2}, level), "Wald");
  made_by(cxm::wilson::share(cxm::effective_share{1.5, 2}, level), "Wilson");
  made_by(cxm::adjusted_wald::net(cxm::effective_net{1.5, 1, 4}, level), "adjusted Wald");
  made_by(cxm::student::net(cxm::effective_net{1.5, 1, 4}, level), "Student's t");
  made_by(cxm::tango::net(cxm::effective_net{1.5, 1, 4}, level), "Tango score");
}

TEST_CASE("and so does that of a difference") {
  cxm::confidence const level{0.9};
  made_by(cxm::share_difference({1, 4}, {3, 4}, level).interval, "square-and-add of Wilson");
  made_by(cxm::share_difference({1, 4}, {3, 4}, level, cxm::wald{}).interval, "Wald");
  made_by(cxm::share_difference({1, 4}, {3, 4}, level, cxm::miettinen_nurminen{}).interval,
          "Miettinen-Nurminen");
  made_by(cxm::net_difference({1, 2, 4}, {3, 1, 4}, level).interval, "adjusted Wald");
  made_by(cxm::net_difference({1, 2, 4}, {3, 1, 4}, level, cxm::tango{}).interval,
          "square-and-add of Tango score");
  made_by(cxm::net_difference({1, 2, 4}, {3, 1, 4}, level, whole_range{}).interval,
          "square-and-add");
  made_by(cxm::mean_difference({1, 2, 4}, {3, 1, 4}, level).interval, "Welch's t");
  std::vector<std::uint64_t> const a = {3, 5, 8}, b = {3, 9, 1};
  made_by(cxm::mann_whitney(a, b, level).interval, "Feng-Cliff");
  CHECK(whole_range::net(1, 1, 1)->method.empty());
}

TEST_CASE("it costs no allocation: an interval is copied as bytes are") {
  STATIC_REQUIRE(std::is_trivially_copyable_v<cxm::bounded_interval>);
  STATIC_REQUIRE(sizeof(cxm::bounded_interval) <= 56);
}
