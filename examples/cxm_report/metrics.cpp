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

/// A method that resamples, with `--seed` and `--replicates`.
template <class Method>
Method resampling(options const& given) {
  auto const seed = given.integer("--seed").value_or(1);
  auto const rounds = given.integer("--replicates").value_or(2000);
  if (seed < 0) throw usage_error("--seed: must not be negative");
  if (rounds < 1 || rounds > 10'000'000)
    throw usage_error("--replicates: must be from 1 to 10000000");
  return Method(cxm::seed{static_cast<std::uint64_t>(seed)},
                cxm::replicates{static_cast<std::uint64_t>(rounds)});
}

net_method net_method_of(std::string const& name, options const& given) {
  if (name == "wald") return {cxm::wald{}};
  if (name == "t") return {cxm::student{}};
  if (name == "agresti_min") return {cxm::agresti_min{}};
  if (name == "bonett_price") return {cxm::bonett_price{}};
  if (name == "tango") return {cxm::tango{}};
  if (name == "mover_wilson") return {cxm::mover_wilson{}};
  if (name == "bootstrap") return {resampling<cxm::bootstrap>(given)};
  return {cxm::adjusted_wald{}};
}

share_method share_method_of(std::string const& name) {
  if (name == "wald") return {cxm::wald{}};
  if (name == "clopper_pearson") return {cxm::clopper_pearson{}};
  if (name == "jeffreys") return {cxm::jeffreys{}};
  return {cxm::wilson{}};
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
    return nps_by(net_method_of(interval, given), asked, promoters, detractors);
  });
}

any_metric csat_of(question const& asked, std::string const& interval, options const& given) {
  cxm::good_at const good{given.integer("--good").value_or(asked.scale.high() - 1)};
  return options::checked(
      "--good", [&]() -> any_metric { return csat_by(share_method_of(interval), asked, good); });
}

any_metric mean_of(question const& asked, std::string const& interval, options const& given) {
  if (interval == "bootstrap")
    return mean_by(resampled_mean{resampling<cxm::bootstrap>(given)}, asked);
  if (interval == "bca") return mean_by(resampled_mean{resampling<cxm::bca>(given)}, asked);
  return mean_by(cxm::student{}, asked);
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
  std::vector<std::string> known{"t", "bootstrap", "bca"};
  if (metric == "nps")
    known = {"adjusted_wald", "wald",         "t",        "agresti_min", "bonett_price",
             "tango",         "mover_wilson", "bootstrap"};
  if (metric == "csat") known = {"wilson", "wald", "clopper_pearson", "jeffreys"};
  auto const chosen = given.one_of("--interval", known);
  for (char const* const name : {"--seed", "--replicates"})
    if (given.has(name) && chosen != "bootstrap" && chosen != "bca")
      throw usage_error(std::string(name) + ": belongs to --interval bootstrap and bca");
  return chosen;
}

any_metric metric_of(question const& asked, std::string const& interval, options const& given) {
  if (asked.metric == "nps") return nps_of(asked, interval, given);
  if (asked.metric == "csat") return csat_of(asked, interval, given);
  return mean_of(asked, interval, given);
}

std::optional<double> answer_in(input const& file, std::size_t place,
                                std::vector<std::string> const& missing) {
  auto const text = file.field(place);
  if (text.empty() || std::find(missing.begin(), missing.end(), text) != missing.end()) return {};
  return file.number(place).value_or(std::numeric_limits<double>::infinity());
}

}  // namespace report
