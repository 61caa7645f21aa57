// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/adapt/detail/archived.hpp>
#include <cxm/core/accumulator.hpp>
#include <cxm/core/bind.hpp>
#include <cxm/stats/weight.hpp>

#include <boost/accumulators/framework/accumulator_base.hpp>
#include <boost/accumulators/framework/depends_on.hpp>
#include <boost/accumulators/framework/extractor.hpp>
#include <boost/accumulators/framework/parameters/sample.hpp>
#include <boost/accumulators/framework/parameters/weight.hpp>

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

/// \file
/// Any accumulator of cxm as a feature of an application's own `accumulator_set`:
/// `accumulator_set<int, stats<cxm::tag::of<my_metric>, tag::mean>>`, read by
/// `cxm::extract::of<my_metric>(set)`. In a set with weights it is the weighted twin of the metric.
/// The survey metrics have short names in survey_features.hpp.

namespace cxm {
namespace detail {

/// What `Maker` makes, or a default `Maker` itself.
template <class Maker>
constexpr auto made_by_maker() {
  if constexpr (std::invocable<Maker const&>) {
    return Maker{}();
  } else {
    static_assert(std::default_initializable<Maker>,
                  "cxm::tag::of: takes an accumulator with a default, or a type whose call without "
                  "arguments makes one");
    return Maker{};
  }
}

/// What `tag::of<Maker>` counts with: that, or its weighted twin in a set with weights, bound to
/// the sample type of the set.
template <class Maker, class Sample, class Weight>
constexpr auto feature_plan() {
  auto plan = made_by_maker<Maker>();
  if constexpr (std::is_void_v<Weight>) {
    return cxm::bind<Sample>(plan);
  } else {
    static_assert(can_be_weighted<decltype(plan)>,
                  "cxm::tag::of: this accumulator can't count with the weights of the set: it has "
                  "no with_weights()");
    return cxm::bind<Sample>(plan.with_weights());
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

/// The accumulator that Boost puts into the set; `Weight` is void in a set without weights.
template <class Maker, class Sample, class Weight>
class set_feature : public boost::accumulators::accumulator_base {
  static constexpr bool weighs = !std::is_void_v<Weight>;
  using counted = decltype(feature_plan<Maker, Sample, Weight>());
  static_assert(!feature_name<Maker, counted>().empty(),
                "cxm::tag::of: the name must not be empty");

 public:
  static constexpr std::string_view type_name = weighs ? "weighted_feature" : "feature";
  static constexpr std::string_view name = feature_name<Maker, counted>();
  static constexpr merge_law merges = merge_law_of<counted>;
  static constexpr bool needs_order = cxm::needs_order<counted>;
  using result_type = result_of<counted>;

  set_feature(boost::accumulators::dont_care) : counted_(feature_plan<Maker, Sample, Weight>()) {}

  template <class Arguments>
  void operator()(Arguments const& arguments) {
    auto const& in = arguments[boost::accumulators::sample];
    if constexpr (!weighs) {
      counted_.add(in);
    } else if (auto const with = weight_from(arguments[boost::accumulators::weight])) {
      counted_.add(in, *with);
    } else {
      ++rejected_;
    }
  }
  result_type result(boost::accumulators::dont_care) const { return counted_.result(); }
  /// Samples left out because their weight is no weight: negative, not finite or above 9.2e9.
  /// `boost::accumulators::find_accumulator<tag>(set).rejected()` reads it.
  std::uint64_t rejected() const { return rejected_; }
  void merge(set_feature const& other) {
    counted_.merge(other.counted_);
    rejected_ += other.rejected_;
  }

  /// For archives like those of Boost.Serialization: the bytes of `save`, as text. Throws
  /// `bad_state` where they are damaged.
  template <class Archive>
  void serialize(Archive& archive, unsigned) {
    pass_through<Archive>(counted_, [&](std::string& text) { archive& text; });
    if constexpr (weighs) archive& rejected_;
  }
  static void describe(auto& self, auto& visit) {
    visit.state("counted", self.counted_);
    if constexpr (weighs) visit.state("rejected", self.rejected_);
  }

 private:
  counted counted_;
  std::uint64_t rejected_ = 0;
};

}  // namespace detail

namespace tag {

/// A feature that counts the samples with an accumulator of cxm. `Maker` is a type whose call
/// without arguments makes the accumulator (`struct strict { auto operator()() const { return
/// cxm::nps(cxm::min_n{30}); } };`), or an accumulator that has a default. A `static constexpr
/// std::string_view name` of it tells features of one kind apart in saved states. Samples go to the
/// accumulator as the set was given them: with `accumulator_set<std::optional<int>, …>` an empty
/// one counts as missing (Boost's own features don't take optional samples). In a set with weights,
/// `accumulator_set<int, …, double>`, the accumulator counts with them if it can, as NPS, CSAT,
/// CES, means and `count()` do; else it does not compile.
template <class Maker>
struct of : boost::accumulators::depends_on<> {
  /// What Boost asks for the accumulator.
  struct impl {
    template <class Sample, class Weight>
    struct apply {
      using type = cxm::detail::set_feature<Maker, Sample, Weight>;
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
