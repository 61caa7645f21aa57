// SPDX-License-Identifier: BSL-1.0
#include <cxm/event/is.hpp>
#include <cxm/event/terms.hpp>

#include "catch.hpp"

#include <optional>
#include <string>

namespace {
struct contact {
  cxm::actor by;
  std::optional<std::string> channel;
};
}  // namespace

TEST_CASE("is says whether a field has one of some values, and nothing where it has none") {
  contact const told{cxm::actor::third_party, "shop"}, silent{cxm::actor::brand, {}};
  cxm::is const third{&contact::by, cxm::actor::third_party};
  CHECK(third(told));
  CHECK_FALSE(third(silent));
  cxm::is const personal{cxm::field<"channel">(&contact::channel), "shop", "phone"};
  CHECK(personal(told) == std::optional(true));
  CHECK(personal(silent) == std::nullopt);
  CHECK(personal(contact{cxm::actor::brand, "web"}) == std::optional(false));
  CHECK(personal.name() == "channel");
}
