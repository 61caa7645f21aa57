// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// `average(&contact::rating)`: the mean rating of a journey's contacts, a field of the journey;
/// `average(&contact::rating, exposure{time_spent})` gives each contact the weight that it had in
/// the journey, by its duration or any other field.

#include <cxm/core/policy.hpp>
#include <cxm/core/wide.hpp>
#include <cxm/journey/detail/derived_name.hpp>
#include <cxm/journey/rated_contacts.hpp>

#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace cxm {

struct contact_exposure;  ///< The question how much each contact of a journey counts.

/// Every rated contact counts the same. The default.
struct equal_exposure {
  using policy_kind = contact_exposure;
  friend constexpr bool operator==(equal_exposure, equal_exposure) { return true; }
};
/// A contact counts as much as `field` says: a number or a duration, not negative. Contacts for
/// which it is empty don't count.
template <class Field>
struct exposure {
  using policy_kind = contact_exposure;
  Field field;
  constexpr explicit exposure(Field of) : field(std::move(of)) {}
  friend bool operator==(exposure const&, exposure const&) = default;
};

/// The mean rating of a journey. Made by `average`.
template <class Field, class Exposure>
class average_rating {
 public:
  constexpr average_rating(Field field, Exposure exposure)
      : field_(std::move(field)), exposure_(std::move(exposure)) {}
  constexpr std::string_view name() const {
    if constexpr (std::is_same_v<Exposure, equal_exposure>)
      return detail::derived_name<"average ", Field>(field_);
    else
      return detail::derived_name<"average by exposure of ", Field>(field_);
  }

  /// Whole numbers are added exactly. Others are added in the order of the contacts, which is a
  /// declared one, without a product that a compiler might contract.
  template <class Journey>
  constexpr std::optional<double> operator()(Journey const& journey) const {
    using rating = detail::rating_t<Journey, Field>;
    static_assert(std::is_arithmetic_v<rating> || std::is_enum_v<rating>,
                  "cxm::average: a rating is a number, an enum, or std::optional of one");
    if constexpr (std::is_same_v<Exposure, equal_exposure>) {
      if constexpr (std::is_floating_point_v<rating>)
        return plain(journey);
      else
        return plain_exactly(journey);
    } else {
      using size_type = detail::rating_t<Journey, decltype(exposure_.field)>;
      if constexpr (detail::whole_number<rating>() && detail::whole_number<size_type>())
        return weighed_exactly(journey);
      else
        return weighed(journey);
    }
  }
  friend bool operator==(average_rating const&, average_rating const&) = default;

 private:
  static constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

  template <class Journey>
  constexpr std::optional<double> plain(Journey const& journey) const {
    double sum = 0;
    std::uint64_t n = 0;
    detail::each_rating(journey, field_, [&](std::size_t, auto rating) {
      sum += static_cast<double>(rating);
      ++n;
    });
    return n > 0 ? std::optional(sum / static_cast<double>(n)) : std::nullopt;
  }
  template <class Journey>
  constexpr std::optional<double> plain_exactly(Journey const& journey) const {
    int128 sum = 0;
    std::uint64_t n = 0;
    bool fits = true;
    detail::each_rating(journey, field_, [&](std::size_t, auto rating) {
      bool one_fits = true;
      sum += detail::ticks_of(rating, one_fits);
      fits = fits && one_fits;
      ++n;
    });
    if (n == 0) return std::nullopt;
    return fits ? detail::divide_to_double(sum, n) : not_a_number;
  }

  /// Calls `see(rating, exposure)` for every contact that has both.
  template <class Journey, class See>
  constexpr void each_weighed(Journey const& journey, See&& see) const {
    detail::each_rating(journey, field_, [&](std::size_t i, auto rating) {
      detail::if_answered(
          cxm::read(exposure_.field, journey[i]), [&](auto weight) { see(rating, weight); }, [] {});
    });
  }
  template <class Journey>
  constexpr std::optional<double> weighed(Journey const& journey) const {
    double sum = 0;
    double total = 0;
    bool good = true;
    each_weighed(journey, [&](auto rating, auto weight) {
      double const size = detail::as_double(weight);
      good = good && size >= 0 && detail::is_finite_value(rating) && std::isfinite(size);
      sum = std::fma(size, static_cast<double>(rating), sum);
      total += size;
    });
    if (!good) return not_a_number;
    return total > 0 ? std::optional(sum / total) : std::nullopt;
  }
  template <class Journey>
  constexpr std::optional<double> weighed_exactly(Journey const& journey) const {
    int128 sum = 0;
    int128 total = 0;
    bool good = true;
    each_weighed(journey, [&](auto rating, auto weight) {
      bool rating_fits = true, weight_fits = true;
      auto const value = detail::ticks_of(rating, rating_fits);
      auto const size = detail::ticks_of(weight, weight_fits);
      good = good && rating_fits && weight_fits && size >= 0;
      if (add_overflows(sum, detail::multiply(size, value), sum)) good = false;
      total += size;
    });
    if (!good) return not_a_number;
    if (total == 0) return std::nullopt;
    using wide = detail::wide_unsigned<2>;
    double const size = detail::ratio_to_double(wide(magnitude_of(sum)), wide(magnitude_of(total)));
    return sum < 0 ? -size : size;
  }

  Field field_;
  [[no_unique_address]] Exposure exposure_;
};

/// The mean rating of a journey's contacts, on the scale of `field`. Empty where no contact is
/// rated, or none of the rated was of any exposure; not finite, and thus invalid, where a rating is
/// not finite or an exposure negative. Policy: `exposure{field}`.
template <class Field, class... Policies>
constexpr auto average(Field field, Policies... policies) {
  static_assert(
      (detail::answers_one_of<Policies, contact_exposure> && ...) && sizeof...(Policies) <= 1,
      "cxm::average: the only policy is exposure, as in exposure{time_spent}");
  auto exposure = detail::pick<contact_exposure>(equal_exposure{}, policies...);
  return average_rating<Field, decltype(exposure)>(std::move(field), std::move(exposure));
}

}  // namespace cxm
