// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Patterns in the manner of strptime, without its locale: English month names, ASCII, no blanks
/// skipped. A pattern is checked once, so that reading by it can only fail because of the text.

#include <cxm/core/error.hpp>
#include <cxm/io/detail/civil_time.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cxm::detail {

/// The pattern with its short forms written out; refuses what could never give a time.
inline std::string checked_pattern(std::string_view pattern) {
  std::string plain, seen;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '%') {
      plain += pattern[i];
      continue;
    }
    char const what = ++i < pattern.size() ? pattern[i] : '\0';
    plain += what == 'T'   ? "%H:%M:%S"
             : what == 'R' ? "%H:%M"
             : what == 'F' ? "%Y-%m-%d"
             : what == 'D' ? "%m/%d/%y"
                           : std::string("%") + (what == 'B' || what == 'h' ? 'b' : what);
  }
  for (std::size_t i = 0; i + 1 < plain.size(); ++i) {
    if (plain[i] != '%') continue;
    char const what = plain[++i];
    if (std::string_view("YymdHMSfzbpIj%").find(what) == std::string_view::npos)
      refuse(
          "cxm::time_format: only %Y %y %m %b %B %d %j %H %I %p %M %S %f %z %T %R %F %D %% are "
          "known");
    if (what != '%' && seen.find(what) != seen.npos)
      refuse("cxm::time_format: a field stands twice in the pattern");
    if (what != '%') seen += what;
  }
  auto const has = [&](char field) { return seen.find(field) != seen.npos; };
  bool const month = has('m') != has('b');
  if (has('Y') == has('y') || (has('m') && has('b')) || (month && has('d')) == has('j') ||
      (has('j') && (month || has('d'))))
    refuse(
        "cxm::time_format: a pattern needs one year and either month and day or day of the year");
  if (has('I') != has('p') || (has('I') && has('H')))
    refuse("cxm::time_format: %I needs %p and the other way round, and no %H beside them");
  return plain;
}

/// Reads a text by a checked pattern.
class pattern_reader {
 public:
  pattern_reader(std::string_view text, civil_time& time) : text_(text), time_(time) {}

  bool read(std::string_view pattern) {
    for (std::size_t i = 0; i < pattern.size(); ++i) {
      bool const field = pattern[i] == '%' && pattern[++i] != '%';
      if (field ? !read_field(pattern[i]) : !literal(pattern[i])) return false;
    }
    return at_ == text_.size() && finish();
  }

 private:
  bool literal(char wanted) { return at_ < text_.size() && text_[at_++] == wanted; }

  bool read_field(char what) {
    switch (what) {
      case 'Y':
        return number(4, 4, time_.year);
      case 'y':
        return number(2, 2, time_.year) && (time_.year += time_.year < 69 ? 2000 : 1900, true);
      case 'm':
        return number(1, 2, time_.month);
      case 'd':
        return number(1, 2, time_.day);
      case 'j':
        return number(1, 3, day_of_year_);
      case 'H':
        return number(1, 2, time_.hour);
      case 'I':
        return number(1, 2, hour_of_half_) && hour_of_half_ >= 1 && hour_of_half_ <= 12;
      case 'M':
        return number(1, 2, time_.minute);
      case 'S':
        return number(1, 2, time_.second);
      case 'f':
        return read_fraction(text_, at_, 6, time_.microsecond);
      case 'b':
        return month_name();
      case 'p':
        return half_of_day();
      default:
        return offset();
    }
  }

  bool number(std::size_t least, std::size_t most, int& value) {
    std::size_t const begin = at_;
    value = 0;
    while (at_ < text_.size() && at_ - begin < most && digit(text_[at_]) <= 9)
      value = 10 * value + static_cast<int>(digit(text_[at_++]));
    return at_ - begin >= least;
  }

  static char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
  bool accept_word(std::string_view word) {
    if (text_.size() - at_ < word.size()) return false;
    for (std::size_t i = 0; i < word.size(); ++i)
      if (lower(text_[at_ + i]) != word[i]) return false;
    at_ += word.size();
    return true;
  }

  bool month_name() {
    constexpr std::string_view names[] = {"january",   "february", "march",    "april",
                                          "may",       "june",     "july",     "august",
                                          "september", "october",  "november", "december"};
    for (int i = 0; i < 12; ++i) {
      if (accept_word(names[i]) || accept_word(names[i].substr(0, 3))) {
        time_.month = i + 1;
        return true;
      }
    }
    return false;
  }

  bool half_of_day() {
    afternoon_ = accept_word("pm");
    return afternoon_ || accept_word("am");
  }

  // The longest offset that is there: what follows it is the pattern's business.
  bool offset() {
    for (std::size_t const length : {6u, 5u, 3u, 1u}) {
      if (text_.size() - at_ >= length && read_offset(text_.substr(at_, length), time_)) {
        at_ += length;
        return true;
      }
    }
    return false;
  }

  bool finish() {
    if (hour_of_half_ > 0) time_.hour = hour_of_half_ % 12 + (afternoon_ ? 12 : 0);
    if (day_of_year_ < 0) return true;
    // Through the calendar: the day after the 31st of December of the year before, and so on.
    using namespace std::chrono;
    bool const leap = year(time_.year).is_leap();
    if (day_of_year_ < 1 || day_of_year_ > (leap ? 366 : 365)) return false;
    year_month_day const date = sys_days(year(time_.year) / January / 1) + days(day_of_year_ - 1);
    time_.month = static_cast<int>(static_cast<unsigned>(date.month()));
    time_.day = static_cast<int>(static_cast<unsigned>(date.day()));
    return true;
  }

  std::string_view text_;
  civil_time& time_;
  std::size_t at_ = 0;
  int day_of_year_ = -1, hour_of_half_ = -1;
  bool afternoon_ = false;
};

}  // namespace cxm::detail
