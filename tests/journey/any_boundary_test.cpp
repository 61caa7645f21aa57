// SPDX-License-Identifier: BSL-1.0
#include <cxm/journey/any_boundary.hpp>
#include <cxm/journey/boundary.hpp>
#include <cxm/journey/reconstruct.hpp>

#include "catch.hpp"
#include "oracle.hpp"

using namespace std::chrono_literals;

namespace {

using silence = cxm::after_silence<std::chrono::minutes::rep, std::chrono::minutes::period>;
using any = cxm::any_boundary<silence, cxm::until<char>, cxm::starting_with<char>>;

template <class Boundary>
std::vector<std::string> cut(std::vector<logs::contact> const& log, Boundary const& boundary) {
  return oracle::texts_of(cxm::reconstruct(log, logs::fields_with_end(), boundary));
}

}  // namespace

TEST_CASE("any_boundary: none never cuts, several cut as either does") {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    auto const log = logs::random(seed, 300, 12, 2000);
    REQUIRE(cut(log, any()) == cut(log, cxm::never{}));
    any boundary;
    boundary.add(cxm::after_silence{40min});
    REQUIRE(cut(log, boundary) == cut(log, cxm::after_silence{40min}));
    boundary.add(cxm::until{'c'});
    boundary.add(cxm::starting_with{'a', 'b'});
    REQUIRE(boundary.boundaries().size() == 3);
    REQUIRE(cut(log, boundary) == cut(log, cxm::either{cxm::after_silence{40min}, cxm::until{'c'},
                                                       cxm::starting_with{'a', 'b'}}));
  }
}
