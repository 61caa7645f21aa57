// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// What a result says of itself, as the pieces of a sentence, and the four lengths in which they
/// are put together: the number, the number with its interval, a line, a paragraph. Every result
/// only names its pieces, in an overload of `tell(result, telling)`.

#include <cxm/core/confidence.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/core/unit.hpp>
#include <cxm/report/detail/number_text.hpp>
#include <cxm/report/estimate.hpp>
#include <cxm/stats/bounded_interval.hpp>

#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>

namespace cxm::detail {

enum class length : unsigned char { number, brief, line, paragraph };

/// What a format specification asks for; fewer than 0 decimals leave them to the result.
struct telling {
  int decimals = -1;
  length how = length::number;

  int decimals_or(int usual) const { return decimals < 0 ? usual : decimals; }
};

struct told {
  std::string name;     ///< as "NPS"; a line begins with it
  std::string subject;  ///< what a paragraph calls it; "the " and the name where empty
  std::string value;    ///< with its unit; the reason where there is none
  bool known = true;    ///< whether there is one
  std::string low;      ///< the ends of the interval; empty without one
  std::string high;
  std::string no_interval;  ///< why a value has none; empty where it never has one
  std::string made_by;      ///< its level and method, as "95 % adjusted Wald"
  std::string counts;       ///< as "n = 100, 2 missing"; the brief form takes what is before a ','
  std::string base;         ///< the same as a sentence
  std::string definition;   ///< a phrase, without a stop
  std::string details;      ///< what else was counted, without a stop
  std::string prose;  ///< definition and details for a paragraph; these themselves where empty
};

inline std::string with_unit(unit in, double value, int decimals, bool sign) {
  if (sign && in != unit::points && in != unit::seconds && value > 0)
    return '+' + number_in(in, value, decimals);
  return number_in(in, value, decimals);
}
inline int usual_decimals(unit in) {
  return in == unit::number ? 2 : 0;
}

inline std::string level_text(confidence level) {
  std::string text = fixed(100 * level.level(), 4);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text + " %";
}
inline std::string made_by_text(std::string_view method, confidence level) {
  return method.empty() ? std::string() : level_text(level) + ' ' + std::string(method);
}
/// An interval that the result does not have at all has the reason `no_data`, and is not missed.
inline void tell_no_interval(told& out, reason why) {
  if (why != reason::no_data) out.no_interval = words(why);
}
inline void tell_interval(told& out, maybe<bounded_interval> const& ends, unit in, int decimals,
                          bool sign = false) {
  if (!ends) return tell_no_interval(out, ends.why());
  unit const plain = in == unit::points && !sign ? unit::number : in;
  auto const end = [&](double value) {
    std::string const text = number_in(plain, value, decimals, false);
    return sign && value > 0 && text.front() != '+' ? '+' + text : text;
  };
  out.low = end(ends->low);
  out.high = end(ends->high);
  out.made_by = made_by_text(ends->method, ends->level);
}

/// "1 answer", "2 answers".
inline std::string counted(std::uint64_t n, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", n, n == 1 ? one : many);
}
inline void tell_counts(told& out, std::uint64_t n, std::uint64_t missing, std::uint64_t invalid,
                        std::string_view one = "answer", std::string_view many = "answers") {
  out.counts = fmt::format("n = {}, {} missing, {} invalid", n, missing, invalid);
  out.base = n == 0 ? "no " + std::string(many) + " count"
                    : counted(n, one, many) + (n == 1 ? " counts" : " count");
  if (missing > 0 || invalid > 0)
    out.base += fmt::format("; {} missing and {} invalid do not", missing, invalid);
}

/// p as people write it: "p = 0.128", "p < 0.0001".
inline std::string p_text(maybe<double> const& p) {
  if (!p) return "no p, " + words(p.why());
  return *p < 0.0001 ? "p < 0.0001" : "p = " + fixed(*p, *p < 0.01 ? 4 : 3);
}

inline std::string brief(told const& said) {
  std::string text = said.value;
  if (!said.low.empty()) text += " (" + said.low + ".." + said.high + ')';
  auto const n = said.counts.substr(0, said.counts.find(','));
  return n.empty() ? text : text + ", " + n;
}
inline std::string line(told const& said) {
  std::string text = said.name.empty() ? said.value : said.name + ' ' + said.value;
  if (!said.low.empty()) {
    text += " (" + said.low + ".." + said.high;
    if (!said.made_by.empty()) text += ", " + said.made_by;
    text += ')';
  } else if (!said.no_interval.empty()) {
    text += " (no interval: " + said.no_interval + ')';
  }
  if (!said.counts.empty()) text += ", " + said.counts;
  for (auto const* part : {&said.definition, &said.details})
    if (!part->empty()) text += "; " + *part;
  return text;
}
/// A sentence of a phrase: an upper-case letter, a stop.
inline std::string as_sentence(std::string phrase) {
  if (phrase.empty()) return phrase;
  if (phrase.front() >= 'a' && phrase.front() <= 'z')
    phrase.front() = static_cast<char>(phrase.front() - 'a' + 'A');
  return ' ' + phrase + '.';
}
inline std::string paragraph(told const& said) {
  std::string text = said.subject;
  if (text.empty()) text = "the " + (said.name.empty() ? "value" : said.name);
  text += (said.known ? " is " : " has no value: ") + said.value;
  if (!said.low.empty()) {
    text += ", with an interval from " + said.low + " to " + said.high;
    if (!said.made_by.empty()) text += " (" + said.made_by + ')';
  } else if (!said.no_interval.empty()) {
    text += ", without an interval: " + said.no_interval;
  }
  text = as_sentence(text).substr(1) + as_sentence(said.base);
  if (!said.prose.empty()) return text + as_sentence(said.prose);
  return text + as_sentence(said.definition) + as_sentence(said.details);
}

/// The pieces in the length that was asked for.
inline std::string in_length(told const& said, length how) {
  switch (how) {
    case length::brief:
      return brief(said);
    case length::line:
      return line(said);
    case length::paragraph:
      return paragraph(said);
    case length::number:
      break;
  }
  return said.value;
}

}  // namespace cxm::detail
