// SPDX-License-Identifier: BSL-1.0
//
// The command `compare`: two groups or periods of one file. Rows are streamed into one plan a side;
// only with --customer are answers kept, two of each customer.
#include <cxm/core/calendar.hpp>
#include <cxm/stats/all.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/multiplicity.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/weighted.hpp>
#include <cxm/survey.hpp>
#include <cxm/survey/compare.hpp>
#include <cxm/survey/paired.hpp>
#include <cxm/survey/target.hpp>

#include "commands.hpp"
#include "compared.hpp"
#include "output.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <type_traits>
#include <utility>

namespace report {

namespace {

/// A row as the plans see it.
struct compared_row {
  input const* fields;
  std::optional<double> answer;
  double weight = 1;
  std::string_view operator[](std::size_t place) const { return fields->field(place); }
};

/// One customer's last answers.
struct person {
  std::optional<double> from, to;
};

/// Which rows are on a side: all conditions hold, and the period is this one.
class side {
 public:
  side(options const& given, std::string const& option, input& file) {
    bool const timed = given.has("--time");
    for (auto const& text : given.repeated(option)) {
      std::size_t const equals = text.find('=');
      if (equals != text.npos)
        conditions_.push_back(
            {file.column(option, text.substr(0, equals)), text.substr(equals + 1)});
      else if (!timed)
        throw usage_error(option + ": '" + text +
                          "' is not COLUMN=VALUE; periods need --time and --every");
      else if (period_)
        throw usage_error(option + ": a side has one period");
      else
        period_ = text;
    }
    if (conditions_.empty() && !period_) throw usage_error(option + ": is needed");
  }

  bool needs_time() const { return period_.has_value(); }
  bool may_hold(input const& file) const {
    return std::all_of(conditions_.begin(), conditions_.end(),
                       [&](auto const& one) { return file.field(one.first) == one.second; });
  }
  bool in_period(std::string const& period) const { return !period_ || *period_ == period; }

 private:
  std::vector<std::pair<std::size_t, std::string>> conditions_;
  std::optional<std::string> period_;
};

/// What the options ask for.
struct request : comparison_asked {
  std::string score;
  std::vector<std::string> missing;
  std::optional<std::string> time, customer;
  cxm::calendar length = cxm::calendar::day;

  explicit request(options const& given)
      : comparison_asked{question(given),
                         given.repeated("--from"),
                         given.repeated("--to"),
                         given.list("--by"),
                         given.one_of("--adjust", {"bh", "by", "holm", "none"}),
                         std::nullopt,
                         given.text("--weight")},
        score(given.required("--score")),
        missing(given.list("--missing")),
        time(given.text("--time")),
        customer(given.text("--customer")) {
    if (time.has_value() != given.has("--every"))
      throw usage_error(time ? "--every: is needed with --time" : "--time: is needed with --every");
    auto const each = given.one_of("--every", {"day", "week", "month"});
    length = each == "day"    ? cxm::calendar::day
             : each == "week" ? cxm::calendar::week
                              : cxm::calendar::month;
    if (given.has("--adjust") && by.empty()) throw usage_error("--adjust: belongs to --by");
    if (given.has("--margin")) {
      margin = given.number("--margin", 0);
      if (!(*margin >= 0)) throw usage_error("--margin: must not be negative");
    }
    if (customer && asked.metric != "nps" && asked.metric != "csat")
      throw usage_error("--customer: belongs to --metric nps and csat");
    if (customer && weight) throw usage_error("--weight: customers are compared unweighted");
  }
};

/// Reads the rows of both sides.
class sides {
 public:
  sides(options const& given, request const& what, input& file)
      : what_(what),
        file_(file),
        from_(given, "--from", file),
        to_(given, "--to", file),
        score_(file.column("--score", what.score)),
        time_(what.time ? file.column("--time", *what.time) : 0),
        weight_(what.weight ? file.column("--weight", *what.weight) : 0),
        customer_(what.customer ? file.column("--customer", *what.customer) : 0) {
    if (what.time && !from_.needs_time() && !to_.needs_time())
      throw usage_error("--time: no side is a period; give one as in --from 2025-01");
  }

  /// `use(row, to)` of every row that is on one side.
  template <class Use>
  void each(Use use) {
    while (file_.next()) {
      bool from = from_.may_hold(file_);
      bool to = to_.may_hold(file_);
      if (!from && !to) {
        reject(rejection::filtered);
        continue;
      }
      if (what_.customer && file_.field(customer_).empty()) {
        reject(rejection::missing_key);
        continue;
      }
      if (what_.time) {
        auto const at = file_.time(time_);
        if (!at) {
          reject(rejection::bad_time);
          continue;
        }
        auto const& name = period_name(std::chrono::floor<std::chrono::days>(file_.zone()(at->at)));
        from = from && from_.in_period(name);
        to = to && to_.in_period(name);
      }
      if (from == to) {
        in_both_ += from ? 1 : 0;
        reject(rejection::filtered);
        continue;
      }
      compared_row row{&file_, answer_in(file_, score_, what_.missing)};
      if (what_.weight && !take_weight(row)) continue;
      file_.counts().use();
      use(row, to);
    }
  }
  std::string customer() const { return std::string(file_.field(customer_)); }
  std::uint64_t in_both() const { return in_both_; }

 private:
  void reject(rejection why) { file_.counts().reject(why); }
  bool take_weight(compared_row& row) {
    auto const number = file_.number(weight_);
    bool const good = number && cxm::weight_from(*number);
    if (good)
      row.weight = *number;
    else
      reject(rejection::bad_weight);
    return good;
  }
  template <class Day>
  std::string const& period_name(Day day) {
    auto const found = names_.find(day.time_since_epoch().count());
    if (found != names_.end()) return found->second;
    return names_
        .emplace(day.time_since_epoch().count(), cxm::calendar_period(what_.length, day).label())
        .first->second;
  }

  request const& what_;
  input& file_;
  side from_, to_;
  std::size_t score_, time_, weight_, customer_;
  std::map<std::int64_t, std::string> names_;  // by day
  std::uint64_t in_both_ = 0;
};

template <class Score>
compared_side side_of(Score const& score) {
  compared_side made{score};
  if constexpr (requires { score.design_n; }) {
    made.effective_n = score.effective_n;
    made.design_n = score.design_n;
  }
  return made;
}

std::vector<cxm::maybe<double>> adjusted(std::string const& how,
                                         std::vector<cxm::maybe<double>> const& p) {
  if (how == "by") return cxm::benjamini_yekutieli(p);
  if (how == "holm") return cxm::holm(p);
  return how == "bh" ? cxm::benjamini_hochberg(p) : p;
}

/// The difference taken apart by segment. `to` and `from` are groups without a minimum n, so that
/// the parts add up; what a segment itself answers is withheld below it.
template <class Groups>
compared_movement movement_of(Groups const& to, Groups const& from, request const& what) {
  auto const why = cxm::why_it_moved(to, from);
  auto const change = cxm::compare(to, from, what.asked.level, what.asked.least);
  auto const p = adjusted(what.adjust, cxm::p_values(change));
  compared_movement made{
      why.value, why.mix, why.rate, cxm::at_same_mix(to, from, what.asked.level), {}};
  auto const withhold = [&](cxm::maybe<double>& value, std::uint64_t n) {
    if (n > 0 && n < what.asked.least.answers) value = cxm::reason::below_min_n;
  };
  for (auto const& [key, part] : why.segments) {
    auto const at = made.segments.size();
    made.segments.push_back({key, part, change.at(key), p[at]});
    withhold(made.segments[at].part.first, part.first_n);
    withhold(made.segments[at].part.second, part.second_n);
  }
  return made;
}

/// The paired change and what became of the customers.
template <class Metric>
void compare_customers(comparison_found& found, std::map<std::string, person> const& people,
                       std::uint64_t repeats, Metric const& metric, request const& what) {
  auto plan = cxm::bind<person>(cxm::paired(&person::from, &person::to, metric));
  for (auto const& [name, one] : people) plan.add(one);
  auto const result = plan.result();
  compared_customers made{result.n,
                          result.only_before,
                          result.only_after,
                          repeats,
                          result.before,
                          result.after,
                          {},
                          result.improved,
                          result.worsened,
                          result.classes_kept};
  for (auto const& row : result.moved) made.moved.emplace_back(row.begin(), row.end());
  found.customers = std::move(made);
  found.difference = result.change;
  if (result.n > 0 && result.n < what.asked.least.answers) {
    cxm::comparison withheld{result.n, result.n};
    withheld.value = withheld.standard_error = withheld.statistic = withheld.p =
        cxm::reason::below_min_n;
    withheld.interval = cxm::reason::below_min_n;
    found.difference = withheld;
  }
  if (what.margin)
    found.equivalence = cxm::against(found.difference, cxm::margin{*what.margin}, what.asked.level);
}

/// Counts the file with one plan a side.
template <class Plan, class Metric>
comparison_found count_sides(options const& given, request const& what, input& file,
                             Plan const& plan, Metric const& metric) {
  auto from = plan;
  auto to = plan;
  std::map<std::string, person> people;
  std::uint64_t repeats = 0;
  sides rows(given, what, file);
  rows.each([&](compared_row const& row, bool second) {
    (second ? to : from).add(row);
    if (!what.customer || !row.answer) return;
    auto& one = people[rows.customer()];
    auto& answer = second ? one.to : one.from;
    repeats += answer ? 1 : 0;
    answer = row.answer;
  });
  comparison_found found;
  found.in_both = rows.in_both();
  auto const before = from.result();
  auto const after = to.result();
  found.from = side_of(std::get<0>(before));
  found.to = side_of(std::get<0>(after));
  if (what.customer) {
    using score = decltype(metric.result());
    if constexpr (!std::is_base_of_v<cxm::mean_score, score>)  // as the options were checked
      compare_customers(found, people, repeats, metric, what);
  } else {
    auto const& one = std::get<0>(after);
    auto const& other = std::get<0>(before);
    found.difference = cxm::compare(one, other, what.asked.level, what.asked.least);
    if (what.margin) {
      cxm::margin const around{*what.margin};
      found.equivalence = found.difference.value
                              ? cxm::against(one, other, around, what.asked.level)
                              : cxm::against(found.difference, around);  // says why not
    }
  }
  if (!what.by.empty()) found.movement = movement_of(std::get<1>(after), std::get<1>(before), what);
  return found;
}

/// The metric twice: as asked, and without its minimum n.
template <class Make>
void run(options const& given, request const& what, Make const& make) {
  input file(given);
  auto const answer = [](compared_row const& row) { return row.answer; };
  auto const weight = [](compared_row const& row) { return row.weight; };
  cxm::at_most const all{UINT64_MAX};
  auto const metric = make(what.asked.least);
  auto const plan =
      cxm::all(cxm::on(answer, metric), cxm::by(cxm::columns(file.columns("--by", what.by)),
                                                cxm::on(answer, make(cxm::min_n{0})), all));
  auto const found = what.weight
                         ? count_sides(given, what, file,
                                       cxm::bind<compared_row>(cxm::weighted(weight, plan)), metric)
                         : count_sides(given, what, file, cxm::bind<compared_row>(plan), metric);
  deliver(
      given, [&] { return json_of(file.counts(), what, found); },
      [&] { return table_of(file.counts(), what, found); });
}

void run_nps(options const& given, request const& what) {
  auto const good = given.integer("--good"), bad = given.integer("--bad");
  bool const usual = what.asked.scale.low() == 0 && what.asked.scale.high() == 10;
  if (!usual && !(good && bad))
    throw usage_error(std::string(good ? "--bad" : "--good") +
                      ": is needed: on a scale other than 0:10 NPS has no usual bands");
  auto const make = [&](cxm::min_n least) {
    return options::checked(good ? "--good" : "--bad", [&] {
      return cxm::nps(what.asked.scale, cxm::promoters_from{good.value_or(9)},
                      cxm::detractors_to{bad.value_or(6)}, what.asked.level, least);
    });
  };
  run(given, what, make);
}
void run_csat(options const& given, request const& what) {
  cxm::good_at const good{given.integer("--good").value_or(what.asked.scale.high() - 1)};
  run(given, what, [&](cxm::min_n least) {
    return options::checked(
        "--good", [&] { return cxm::csat(what.asked.scale, good, what.asked.level, least); });
  });
}

}  // namespace

void compare(std::vector<std::string> const& arguments) {
  auto known = input::known_options();
  for (char const* const name :
       {"--score", "--scale", "--metric", "--good", "--bad", "--missing", "--from", "--to",
        "--time", "--every", "--by", "--adjust", "--margin", "--customer", "--weight", "--min-n"})
    known.emplace_back(name);
  options const given("compare", arguments, known, {});
  if (!given.has("--metric"))
    throw usage_error("--metric: is needed: nps, csat, ces, ces_1 or mean");
  request const what(given);
  if (what.asked.metric == "nps") return run_nps(given, what);
  if (what.asked.metric == "csat") return run_csat(given, what);
  run(given, what,
      [&](cxm::min_n least) { return cxm::mean(what.asked.scale, what.asked.level, least); });
}

}  // namespace report
