// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/bind.hpp>
#include <cxm/core/save.hpp>

#include <boost/accumulators/framework/accumulator_base.hpp>
#include <boost/accumulators/framework/depends_on.hpp>
#include <boost/accumulators/framework/extractor.hpp>
#include <boost/accumulators/framework/parameters/sample.hpp>

#include <concepts>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

/// \file
/// Any accumulator of cxm as a feature of an application's own `accumulator_set`:
/// `accumulator_set<int, stats<cxm::tag::of<my_metric>, tag::mean>>`, read by
/// `cxm::extract::of<my_metric>(set)`. The survey metrics have short names in survey_features.hpp.

namespace cxm {
namespace detail {

/// What `tag::of<Maker>` counts with: what `Maker` makes, or a default `Maker` itself, bound to the
/// sample type of the set.
template <class Maker, class Sample>
constexpr auto feature_plan() {
  if constexpr (std::invocable<Maker const&>) {
    return cxm::bind<Sample>(Maker{}());
  } else {
    static_assert(std::default_initializable<Maker>,
                  "cxm::tag::of: takes an accumulator with a default, or a type whose call without "
                  "arguments makes one");
    return cxm::bind<Sample>(Maker{});
  }
}

/// The name of a feature in saved states: what `Maker` states, else the type of its accumulator.
template <class Maker, class Counted>
consteval std::string_view feature_name() {
  if constexpr (requires { Maker::name; })
    return Maker::name;
  else
    return Counted::type_name;
}

/// The accumulator that Boost puts into the set.
template <class Maker, class Sample>
class set_feature : public boost::accumulators::accumulator_base {
  using counted = decltype(feature_plan<Maker, Sample>());
  static_assert(!feature_name<Maker, counted>().empty(),
                "cxm::tag::of: the name must not be empty");

 public:
  static constexpr std::string_view type_name = "feature";
  static constexpr std::string_view name = feature_name<Maker, counted>();
  static constexpr merge_law merges = merge_law_of<counted>;
  static constexpr bool needs_order = cxm::needs_order<counted>;
  using result_type = result_of<counted>;

  set_feature(boost::accumulators::dont_care) : counted_(feature_plan<Maker, Sample>()) {}

  template <class Arguments>
  void operator()(Arguments const& arguments) {
    counted_.add(arguments[boost::accumulators::sample]);
  }
  result_type result(boost::accumulators::dont_care) const { return counted_.result(); }
  void merge(set_feature const& other) { counted_.merge(other.counted_); }

  /// For archives like those of Boost.Serialization: the bytes of `save`, as text. Throws
  /// `bad_state` where they are damaged.
  template <class Archive>
  void serialize(Archive& archive, unsigned) {
    std::string text;
    if constexpr (Archive::is_saving::value) {
      auto const saved = cxm::save(counted_);
      text.assign(reinterpret_cast<char const*>(saved.data()), saved.size());
    }
    archive& text;
    if constexpr (Archive::is_loading::value) {
      counted_ = cxm::load(counted_, std::as_bytes(std::span(text.data(), text.size())));
    }
  }
  static void describe(auto& self, auto& visit) { visit.state("counted", self.counted_); }

 private:
  counted counted_;
};

}  // namespace detail

namespace tag {

/// A feature that counts the samples with an accumulator of cxm. `Maker` is a type whose call
/// without arguments makes the accumulator (`struct strict { auto operator()() const { return
/// cxm::nps(cxm::min_n{30}); } };`), or an accumulator that has a default. A `static constexpr
/// std::string_view name` of it tells features of one kind apart in saved states. Samples go to the
/// accumulator as the set was given them: with `accumulator_set<std::optional<int>, …>` an empty
/// one counts as missing (Boost's own features don't take optional samples).
template <class Maker>
struct of : boost::accumulators::depends_on<> {
  /// What Boost asks for the accumulator.
  struct impl {
    template <class Sample, class Weight>
    struct apply {
      static_assert(std::is_void_v<Weight>,
                    "cxm::tag::of: a set with weights would ignore them; measure with "
                    "cxm::weighted instead");
      using type = cxm::detail::set_feature<Maker, Sample>;
    };
  };
};

}  // namespace tag

namespace extract {

/// Reads `tag::of<Maker>` off a set: `cxm::extract::of<Maker>(set)`.
template <class Maker>
inline constexpr boost::accumulators::extractor<tag::of<Maker>> of{};

}  // namespace extract
}  // namespace cxm
