// SPDX-License-Identifier: BSL-1.0
#include "metrics.hpp"

#include <algorithm>
#include <limits>

namespace report {

namespace {

cxm::any_points scale_of(options const& given, std::string const& metric) {
  auto range = given.range("--scale");
  if (!range && metric == "ces") range = {1, 7};
  if (!range && metric == "ces_1") range = {1, 5};
  if (!range) throw usage_error("--scale: is needed, as in --scale 0:10");
  auto const good = metric == "ces_1" ? cxm::better::low : cxm::better::high;
  return options::checked("--scale",
                          [&] { return cxm::any_points(range->first, range->second, good); });
}

any_metric nps_of(question const& asked, std::string const& interval, options const& given) {
  auto const good = given.integer("--good"), bad = given.integer("--bad");
  bool const usual = asked.scale.low() == 0 && asked.scale.high() == 10;
  if (!usual && !(good && bad))
    throw usage_error(std::string(good ? "--bad" : "--good") +
                      ": is needed: on a scale other than 0:10 NPS has no usual bands");
  cxm::promoters_from const promoters{good.value_or(9)};
  cxm::detractors_to const detractors{bad.value_or(6)};
  return options::checked(good ? "--good" : "--bad", [&]() -> any_metric {
    if (interval == "wald") return nps_by(cxm::wald{}, asked, promoters, detractors);
    if (interval == "t") return nps_by(cxm::student{}, asked, promoters, detractors);
    return nps_by(cxm::adjusted_wald{}, asked, promoters, detractors);
  });
}

any_metric csat_of(question const& asked, std::string const& interval, options const& given) {
  cxm::good_at const good{given.integer("--good").value_or(asked.scale.high() - 1)};
  return options::checked("--good", [&]() -> any_metric {
    if (interval == "wald") return csat_by(cxm::wald{}, asked, good);
    return csat_by(cxm::wilson{}, asked, good);
  });
}

}  // namespace

question::question(options const& given, std::uint64_t usual)
    : metric(given.one_of("--metric", {"nps", "csat", "ces", "ces_1", "mean"})),
      scale(scale_of(given, metric)),
      level(options::checked("--confidence",
                             [&] { return cxm::confidence(given.number("--confidence", 0.95)); })),
      least{0} {
  auto const n = given.integer("--min-n").value_or(static_cast<std::int64_t>(usual));
  if (n < 0) throw usage_error("--min-n: must not be negative");
  least.answers = static_cast<std::uint64_t>(n);
  if (metric != "nps" && given.has("--bad")) throw usage_error("--bad: belongs to --metric nps");
  if (metric != "nps" && metric != "csat" && given.has("--good"))
    throw usage_error("--good: belongs to --metric nps and csat");
}

std::string interval_of(std::string const& metric, options const& given) {
  if (metric == "nps") return given.one_of("--interval", {"adjusted_wald", "wald", "t"});
  if (metric == "csat") return given.one_of("--interval", {"wilson", "wald"});
  return given.one_of("--interval", {"t"});
}

any_metric metric_of(question const& asked, std::string const& interval, options const& given) {
  if (asked.metric == "nps") return nps_of(asked, interval, given);
  if (asked.metric == "csat") return csat_of(asked, interval, given);
  return mean_by(cxm::student{}, asked);
}

std::optional<double> answer_in(input const& file, std::size_t place,
                                std::vector<std::string> const& missing) {
  auto const text = file.field(place);
  if (text.empty() || std::find(missing.begin(), missing.end(), text) != missing.end()) return {};
  return file.number(place).value_or(std::numeric_limits<double>::infinity());
}

}  // namespace report
