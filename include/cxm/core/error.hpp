// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// One place where wrong configuration is refused, so that every message has one form.
#include <stdexcept>
#include <string>
#include <string_view>

namespace cxm::detail {
/// Throws `std::invalid_argument`; `message` reads "cxm::function: what is wrong".
[[noreturn]] inline void refuse(std::string_view message) {
  throw std::invalid_argument(std::string(message));
}
}  // namespace cxm::detail
