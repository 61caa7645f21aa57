// SPDX-License-Identifier: BSL-1.0
#include <cxm/adapt/feature.hpp>
#include <cxm/adapt/merge_sets.hpp>
#include <cxm/adapt/survey_features.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/moments.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/weighted.hpp>

#include "catch.hpp"

#include <boost/accumulators/framework/accumulator_set.hpp>
#include <boost/accumulators/statistics/max.hpp>
#include <boost/accumulators/statistics/mean.hpp>
#include <boost/accumulators/statistics/stats.hpp>
#include <boost/accumulators/statistics/weighted_mean.hpp>

#include <optional>
#include <random>
#include <string>
#include <vector>

using namespace Catch::Matchers;
namespace acc = boost::accumulators;

namespace {

struct strict_nps {
  static constexpr std::string_view name = "strict";
  auto operator()() const { return cxm::nps(cxm::min_n{5}, cxm::wald{}); }
};
struct length {
  auto operator()() const { return cxm::moments(); }
};

/// The simplest archives: a queue of text, and numbers as text.
struct out_archive {
  using is_saving = std::true_type;
  using is_loading = std::false_type;
  std::vector<std::string> texts;
  out_archive& operator&(std::string& text) {
    texts.push_back(text);
    return *this;
  }
  template <class Number>
  out_archive& operator&(Number& number) {
    texts.push_back(std::to_string(number));
    return *this;
  }
};
struct in_archive {
  using is_saving = std::false_type;
  using is_loading = std::true_type;
  std::vector<std::string> texts;
  std::size_t at = 0;
  in_archive& operator&(std::string& text) {
    text = texts.at(at++);
    return *this;
  }
  template <class Number>
  in_archive& operator&(Number& number) {
    number = static_cast<Number>(std::stoll(texts.at(at++)));
    return *this;
  }
};

}  // namespace

TEST_CASE("NPS is a feature of an application's set, beside Boost's own") {
  acc::accumulator_set<int, acc::stats<cxm::tag::nps, acc::tag::mean, acc::tag::max>> set;
  // 7 promoters, 2 passives, 1 detractor: 60; the mean of 6*10 + 9 + 8 + 7 + 3 is 8.7
  for (int answer : {10, 10, 10, 9, 10, 10, 10, 8, 7, 3}) set(answer);
  cxm::nps_score const score = cxm::extract::nps(set);
  CHECK(score.n == 10);
  CHECK(score.promoters == 7);
  CHECK(score.passives == 2);
  CHECK(score.detractors == 1);
  CHECK(*score.value == 60.0);
  CHECK_THAT(acc::mean(set), WithinAbs(8.7, 1e-12));
  CHECK(acc::max(set) == 10);
  set(11);
  CHECK(cxm::extract::nps(set).invalid == 1);
}

TEST_CASE("several metrics share a set, and an empty set has no score") {
  acc::accumulator_set<
      int, acc::stats<cxm::tag::csat, cxm::tag::ces, cxm::tag::ces_1, cxm::tag::of<strict_nps>>>
      set;
  CHECK(cxm::extract::csat(set).value.why() == cxm::reason::no_data);
  CHECK(cxm::extract::ces(set).value.why() == cxm::reason::no_data);
  for (int answer : {5, 4, 3, 1}) set(answer);
  CHECK(*cxm::extract::csat(set).value == 0.5);  // 5 and 4 of four answers
  CHECK(*cxm::extract::ces(set).value == 3.25);
  CHECK(cxm::extract::ces(set).easy == 1);    // only the 5
  CHECK(cxm::extract::ces_1(set).easy == 1);  // only the 1
  CHECK(cxm::extract::of<strict_nps>(set).value.why() == cxm::reason::below_min_n);
  set(10);
  CHECK(*cxm::extract::of<strict_nps>(set).value == 100.0 * (1 - 4) / 5);
  CHECK(cxm::extract::csat(set).invalid == 1);
}

TEST_CASE("empty optional samples count as missing, with the features that take them") {
  acc::accumulator_set<std::optional<int>, acc::stats<cxm::tag::nps, cxm::tag::of<length>>> set;
  set(std::optional<int>(9));
  set(std::optional<int>());
  set(std::optional<int>(2));
  auto const score = cxm::extract::nps(set);
  CHECK(score.n == 2);
  CHECK(score.missing == 1);
  CHECK(*score.value == 0.0);
  CHECK(*cxm::extract::of<length>(set).mean == 5.5);
  CHECK(cxm::extract::of<length>(set).missing == 1);
}

TEST_CASE("an accumulator with a default is a feature as it is") {
  acc::accumulator_set<double, acc::stats<cxm::tag::of<cxm::event_count>>> set;
  set(1.5);
  set(2.5);
  CHECK(cxm::extract::of<cxm::event_count>(set) == 2);
}

TEST_CASE("sets with survey metrics merge to what one set would have counted") {
  using counted = acc::accumulator_set<int, acc::stats<cxm::tag::nps, acc::tag::mean>>;
  std::mt19937 random{3};
  counted whole;
  std::vector<counted> shards(7);
  std::size_t promoters = 0, detractors = 0;
  for (int i = 0; i < 2000; ++i) {
    int const answer = static_cast<int>(random() % 11);
    promoters += answer >= 9;
    detractors += answer <= 6;
    whole(answer);
    shards[random() % shards.size()](answer);
  }
  counted total;
  for (auto const& shard : shards) cxm::merge_into(total, shard);
  CHECK(cxm::extract::nps(total).promoters == promoters);
  CHECK(cxm::extract::nps(total).detractors == detractors);
  CHECK(*cxm::extract::nps(total).value == *cxm::extract::nps(whole).value);
  CHECK(acc::mean(total) == acc::mean(whole));
  cxm::merge_into(total, total);
  CHECK(cxm::extract::nps(total).promoters == 2 * promoters);
}

TEST_CASE("the features travel through the set's own serialize") {
  using counted = acc::accumulator_set<int, acc::stats<cxm::tag::nps, acc::tag::count>>;
  counted set;
  for (int answer : {10, 9, 5}) set(answer);
  out_archive out;
  set.serialize(out, 0);
  in_archive in{.texts = out.texts};
  counted again;
  again.serialize(in, 0);
  CHECK(acc::count(again) == 3);
  CHECK(cxm::extract::nps(again).promoters == 2);
  CHECK(cxm::extract::nps(again).detractors == 1);
  for (auto& text : out.texts)
    if (text.size() > 20) text[30] = text[30] == '0' ? '1' : '0';
  in_archive damaged{.texts = out.texts};
  CHECK_THROWS_AS(again.serialize(damaged, 0), cxm::bad_state);
}

TEST_CASE("every score is a feature: other scales and bands, means, medians, points") {
  using five = cxm::points<1, 5>;
  acc::accumulator_set<int,
                       acc::stats<cxm::tag::nps_on<five, 5, 3>, cxm::tag::top_box<five, 1>,
                                  cxm::tag::top_box<five, 3>, cxm::tag::mean_on<five>,
                                  cxm::tag::median_on<five>, cxm::tag::point_counts_on<five>,
                                  cxm::tag::of<decltype([] { return cxm::csat(cxm::min_n{9}); })>>>
      set;
  for (int answer : {5, 5, 4, 3, 1}) set(answer);
  CHECK(*cxm::extract::nps_on<five, 5, 3>(set).value == 0.0);
  CHECK(*cxm::extract::top_box<five, 1>(set).value == 0.4);
  CHECK(*cxm::extract::top_box<five, 3>(set).value == 0.8);
  CHECK(*cxm::extract::mean_on<five>(set).value == 3.6);
  CHECK(*cxm::extract::median_on<five>(set) == 4.0);
  CHECK(*cxm::extract::point_counts_on<five>(set) == std::vector<std::uint64_t>{1, 0, 1, 1, 2});
  acc::accumulator_set<int, acc::stats<cxm::tag::top_box<cxm::points<1, 5, cxm::better::low>, 2>>>
      low;
  for (int answer : {5, 5, 4, 2, 1}) low(answer);
  CHECK(*cxm::extract::top_box<cxm::points<1, 5, cxm::better::low>, 2>(low).value == 0.4);
}

TEST_CASE("in a set with weights a feature is the weighted twin of the metric") {
  using set_type = acc::accumulator_set<int,
                                        acc::stats<cxm::tag::nps, cxm::tag::csat, cxm::tag::ces,
                                                   cxm::tag::mean_on<cxm::points<0, 10>>,
                                                   cxm::tag::of<cxm::event_count>, acc::tag::mean>,
                                        double>;
  struct answer {
    int value;
    double weight;
  };
  std::mt19937 random{11};
  set_type whole;
  std::vector<set_type> shards(5);
  std::vector<answer> answers;
  for (int i = 0; i < 500; ++i) {
    answer const one{static_cast<int>(random() % 12), static_cast<double>(random() % 64) / 16};
    answers.push_back(one);
    whole(one.value, acc::weight = one.weight);
    shards[random() % shards.size()](one.value, acc::weight = one.weight);
  }
  auto const expected = [&](auto metric) {
    return cxm::measure(answers, cxm::weighted(&answer::weight, cxm::on(&answer::value, metric)))
        .result();
  };
  cxm::weighted_score<cxm::nps_score> const nps = cxm::extract::nps(whole);
  CHECK(nps.value == expected(cxm::nps()).value);
  CHECK(nps.interval == expected(cxm::nps()).interval);
  CHECK(nps.unweighed == expected(cxm::nps()).unweighed);
  CHECK(cxm::extract::csat(whole).interval == expected(cxm::csat()).interval);
  CHECK(cxm::extract::ces(whole).interval == expected(cxm::ces()).interval);
  auto const mean = cxm::extract::mean_on<cxm::points<0, 10>>(whole);
  CHECK(mean.value == expected(cxm::mean(cxm::points<0, 10>{})).value);
  CHECK(cxm::extract::of<cxm::event_count>(whole).weight == expected(cxm::count()).weight);
  set_type total;
  for (auto const& shard : shards) cxm::merge_into(total, shard);
  CHECK(cxm::extract::nps(total).value == nps.value);
  CHECK(cxm::extract::nps(total).interval == nps.interval);
  CHECK_THAT(acc::weighted_mean(total), WithinRel(acc::weighted_mean(whole), 1e-13));
}

TEST_CASE("a weight that is none is counted apart, and travels") {
  using counted = acc::accumulator_set<int, acc::stats<cxm::tag::nps>, double>;
  counted set;
  set(9, acc::weight = 2.0);
  set(3, acc::weight = -1.0);
  set(3, acc::weight = 1e300);
  CHECK(*cxm::extract::nps(set).value == 100.0);
  CHECK(acc::find_accumulator<cxm::tag::nps>(set).rejected() == 2);
  cxm::merge_into(set, set);
  CHECK(acc::find_accumulator<cxm::tag::nps>(set).rejected() == 4);
  out_archive out;
  set.serialize(out, 0);
  in_archive in{.texts = out.texts};
  counted again;
  again.serialize(in, 0);
  CHECK(acc::find_accumulator<cxm::tag::nps>(again).rejected() == 4);
  CHECK(cxm::extract::nps(again).promoters == 2);
}
