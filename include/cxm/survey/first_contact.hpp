// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/survey/csat.hpp>

#include <cstdint>
#include <type_traits>

/// \file
/// First contact resolution: for how many requests the first contact was enough. Gross it is a
/// share of all requests, net a share of those that the first level could have resolved at all
/// (Medallia's definitions). Both are readings of one count:
/// `on(&ticket::solved, tally(fcr_gross(), fcr_net()))`.

namespace cxm {

/// What became of a request.
enum class resolution : std::uint8_t {
  at_first_contact,  ///< resolved, and the customer did not have to come back
  later,             ///< not at the first contact, though the first level could have
  not_resolvable     ///< not within the power of the first level
};

/// A share of requests, from 0 to 1; `good` of them were resolved at the first contact.
struct fcr_score : csat_score {
  std::uint64_t not_resolvable = 0;  ///< in n where the share is gross, beside it where it is net
};

/// Reads a tally of `resolution` as the share of `at_first_contact`.
template <class Method>
struct fcr_reading {
  bool net;
  confidence level;
  min_n least;
  [[no_unique_address]] Method method{};

  constexpr fcr_score operator()(tally_counts const& counts) const {
    auto const solved = counts.between(0, 0), beyond = counts.between(2, 2);
    std::uint64_t const ends[] = {solved, counts.n() - solved - (net ? beyond : 0)};
    tally_counts const split{0, better::low, ends, counts.invalid, counts.missing};
    fcr_score found{csat_reading<Method>{{0}, level, least, method}(split)};
    found.not_resolvable = beyond;
    return found;
  }
};

namespace detail {
template <class... Policies>
constexpr auto make_fcr(bool net, Policies... policies) {
  static_assert(
      (answers_one_of<Policies, interval_method, confidence_level, minimum_answers> && ...),
      "cxm::fcr: takes an interval method, confidence and min_n");
  static_assert(no_question_twice<interval_method, confidence_level,
                                  minimum_answers>::template in<Policies...>,
                "cxm::fcr: two policies answer the same question");
  auto const interval = pick<interval_method>(wilson{}, policies...);
  using method = std::remove_const_t<decltype(interval)>;
  static_assert(
      requires(method const& any) { any.share(0, 0, confidence{}); },
      "cxm::fcr: this method gives no interval of a share; wilson and others do");
  return tally(cxm::points<0, 2, better::low>{},
               fcr_reading<method>{net, pick<confidence_level>(confidence{}, policies...),
                                   pick<minimum_answers>(min_n{1}, policies...), interval});
}
}  // namespace detail

/// First contact resolution as a share of all requests. Policies: an interval method for shares
/// (default `wilson`), `confidence`, `min_n`.
template <class... Policies>
constexpr auto fcr_gross(Policies... policies) {
  return detail::make_fcr(false, policies...);
}
/// First contact resolution as a share of the requests that could have been resolved.
template <class... Policies>
constexpr auto fcr_net(Policies... policies) {
  return detail::make_fcr(true, policies...);
}

}  // namespace cxm
