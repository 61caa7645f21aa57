// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Numbers for people, through fmt and therefore without a locale: signs on points, percent for
/// shares, lengths of time in the unit that a person would choose, and never a negative zero.

#include <cxm/core/maybe.hpp>
#include <cxm/report/detail/labels.hpp>
#include <cxm/report/estimate.hpp>

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <string>
#include <string_view>

namespace cxm::detail {

/// A reason as words.
inline std::string words(reason why) {
  std::string text(name(why));
  for (char& c : text)
    if (c == '_') c = ' ';
  return text;
}

inline std::string fixed(double value, int decimals, bool sign = false) {
  std::string text =
      sign ? fmt::format("{:+.{}f}", value, decimals) : fmt::format("{:.{}f}", value, decimals);
  bool const zero = text.find_first_of("123456789") == text.npos && std::isfinite(value);
  if (zero && (text.front() == '-' || text.front() == '+')) text.erase(0, 1);
  return text;
}

/// 12.5 d, 3.1 h, 4.0 min, 7.0 s.
inline std::string length_of_time(double seconds) {
  double const size = std::abs(seconds);
  if (size >= 2 * 86400.0) return fixed(seconds / 86400, 1) + " d";
  if (size >= 2 * 3600.0) return fixed(seconds / 3600, 1) + " h";
  if (size >= 2 * 60.0) return fixed(seconds / 60, 1) + " min";
  return fixed(seconds, 1) + " s";
}

inline std::string number_in(unit in, double value, int decimals, bool with_unit = true) {
  switch (in) {
    case unit::points:
      return fixed(value, decimals, true);
    case unit::share:
      return fixed(100 * value, decimals) + (with_unit ? " %" : "");
    case unit::seconds:
      return length_of_time(value);
    case unit::count:
      return fixed(value, 0);
    case unit::number:
      break;
  }
  return fixed(value, decimals);
}

inline std::string text(figure const& shown) {
  if (!shown.value) return words(shown.value.why());
  return number_in(shown.in, *shown.value, shown.decimals);
}

/// "+30 (14..44), n = 100", or the reason why not.
inline std::string text(estimate const& score, int decimals) {
  if (!score.value) return words(score.value.why()) + ", n = " + fmt::format_int(score.n).str();
  std::string shown = number_in(score.in, *score.value, decimals);
  if (score.low && score.high) {
    unit const plain = score.in == unit::points ? unit::number : score.in;
    shown += " (" + number_in(plain, *score.low, decimals, false) + ".." +
             number_in(plain, *score.high, decimals, false) + ")";
  }
  return shown + ", n = " + fmt::format_int(score.n).str();
}

/// A value that may be a number, or a length or point of time.
template <class Value>
std::string value_text(Value const& value, int decimals) {
  if constexpr (is_duration<Value>) {
    return length_of_time(std::chrono::duration<double>(value).count());
  } else if constexpr (std::is_floating_point_v<Value>) {
    return fixed(static_cast<double>(value), decimals);
  } else {
    return label(value);
  }
}

}  // namespace cxm::detail
