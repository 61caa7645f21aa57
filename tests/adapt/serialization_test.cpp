// SPDX-License-Identifier: BSL-1.0
// Archives of the test's own speak the protocol of Boost.Serialization; where its library is there,
// its own archives are tested as well.
#include <cxm/adapt/from_boost.hpp>
#include <cxm/adapt/serialization.hpp>
#include <cxm/adapt/survey_features.hpp>
#include <cxm/core/save.hpp>
#include <cxm/stats/all.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/exact_moments.hpp>
#include <cxm/stats/log_histogram.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/quantiles.hpp>

#include "catch.hpp"

#include <boost/accumulators/framework/accumulator_set.hpp>
#include <boost/accumulators/statistics/max.hpp>
#include <boost/accumulators/statistics/stats.hpp>
#ifdef CXM_BOOST_SERIALIZATION
#include <boost/archive/binary_iarchive.hpp>
#include <boost/archive/binary_oarchive.hpp>
#include <boost/archive/text_iarchive.hpp>
#include <boost/archive/text_oarchive.hpp>
#include <boost/archive/xml_iarchive.hpp>
#include <boost/archive/xml_oarchive.hpp>
#endif

#include <optional>
#include <random>
#include <sstream>
#include <string>
#include <type_traits>
#include <vector>

namespace acc = boost::accumulators;

namespace {

struct answer {
  int channel = 0;
  std::optional<int> recommend{};
  double took = 0;
};

auto plan() {
  return cxm::bind<answer>(cxm::by(
      cxm::field<"channel">(&answer::channel),
      cxm::all(cxm::on(cxm::field<"recommend">(&answer::recommend), cxm::nps()),
               cxm::on(cxm::field<"took">(&answer::took),
                       cxm::all(cxm::exact_moments(), cxm::log_histogram(), cxm::quantiles())))));
}
auto counted(unsigned seed) {
  auto some = plan();
  std::mt19937 random{seed};
  for (int i = 0; i < 300; ++i) {
    answer one{static_cast<int>(random() % 4), {}, static_cast<double>(random() % 999) / 8};
    if (random() % 5 != 0) one.recommend = static_cast<int>(random() % 13);
    some.add(one);
  }
  return some;
}

/// Archives of text in memory.
class text_archive {
 public:
  explicit text_archive(std::vector<std::string>& texts) : texts_(texts) {}

 protected:
  std::vector<std::string>& texts_;
};
class writing : text_archive {
 public:
  using is_saving = std::true_type;
  using is_loading = std::false_type;
  using text_archive::text_archive;
  template <class Type>
  writing& operator&(Type& value) {
    if constexpr (std::is_same_v<Type, std::string>)
      texts_.push_back(value);
    else
      serialize(*this, value, 0u);
    return *this;
  }
  template <class Type>
  writing& operator&(boost::serialization::nvp<Type> const& named) {
    return *this & named.value();
  }
};
class reading : text_archive {
 public:
  using is_saving = std::false_type;
  using is_loading = std::true_type;
  using text_archive::text_archive;
  template <class Type>
  reading& operator&(Type& value) {
    if constexpr (std::is_same_v<Type, std::string>)
      value = texts_.at(at_++);
    else
      serialize(*this, value, 0u);
    return *this;
  }
  template <class Type>
  reading& operator&(boost::serialization::nvp<Type> const& named) {
    return *this & named.value();
  }

 private:
  std::size_t at_ = 0;
};

}  // namespace

TEST_CASE("any accumulator goes through an archive, to the bytes that were saved") {
  auto whole = counted(1);
  std::vector<std::string> texts;
  writing out(texts);
  out& whole;
  auto again = plan();
  reading in(texts);
  in& again;
  CHECK(cxm::save(again) == cxm::save(whole));
  again.merge(counted(2));  // and goes on counting
  whole.merge(counted(2));
  CHECK(again == whole);
  // A set of Boost inside a plan is an accumulator too.
  auto largest = cxm::boost_set<int, acc::stats<acc::tag::max>>();
  largest.add(7);
  writing{texts} & largest;
  std::vector<std::string> const last = {texts.back()};
  auto fresh = cxm::boost_set<int, acc::stats<acc::tag::max>>();
  auto copy = last;
  reading{copy} & fresh;
  CHECK(acc::max(fresh.result()) == 7);
}

TEST_CASE("an archive that is damaged, of another plan or of something else is refused") {
  auto whole = counted(3);
  std::vector<std::string> texts;
  writing{texts} & whole;
  auto const refuses = [](std::string text, auto target) {
    std::vector<std::string> given = {std::move(text)};
    auto const before = cxm::save(target);
    CHECK_THROWS_AS(reading{given} & target, cxm::bad_state);
    CHECK(cxm::save(target) == before);
  };
  refuses(texts[0], cxm::nps());
  refuses("", plan());
  refuses("a", plan());
  refuses("hello, world", plan());
  refuses("00", plan());
  std::mt19937 random{4};
  for (int round = 0; round < 200; ++round) {
    auto damaged = texts[0];
    auto& digit = damaged[random() % damaged.size()];
    digit = digit == '7' ? '8' : '7';
    refuses(damaged, plan());
    refuses(texts[0].substr(0, random() % texts[0].size()), plan());
  }
}

#ifdef CXM_BOOST_SERIALIZATION
namespace {
template <class Out, class In>
void through() {
  auto const whole = counted(5);
  acc::accumulator_set<int, acc::stats<cxm::tag::nps, acc::tag::max>> set;
  set(9);
  std::stringstream stream;
  {
    Out out(stream);
    out << boost::serialization::make_nvp("plan", whole);
  }
  auto again = plan();
  In in(stream);
  in >> boost::serialization::make_nvp("plan", again);
  CHECK(cxm::save(again) == cxm::save(whole));
}
}  // namespace

TEST_CASE("text, XML and binary archives of Boost.Serialization") {
  through<boost::archive::text_oarchive, boost::archive::text_iarchive>();
  through<boost::archive::xml_oarchive, boost::archive::xml_iarchive>();
  through<boost::archive::binary_oarchive, boost::archive::binary_iarchive>();
}

TEST_CASE("a set with features of cxm travels through Boost's archives") {
  acc::accumulator_set<int, acc::stats<cxm::tag::nps, acc::tag::max>> set;
  for (int answer : {9, 10, 3}) set(answer);
  std::stringstream stream;
  {
    boost::archive::text_oarchive out(stream);
    set.serialize(out, 0);
  }
  acc::accumulator_set<int, acc::stats<cxm::tag::nps, acc::tag::max>> again;
  boost::archive::text_iarchive in(stream);
  again.serialize(in, 0);
  CHECK(cxm::extract::nps(again).promoters == 2);
  CHECK(acc::max(again) == 10);
}
#endif
