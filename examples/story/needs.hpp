// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Groups of customers with like needs, found in what they do: what they pay, how often they need
/// something, and whether they do it on a screen or with a person. The order of calls is the usual
/// one: features of each customer's whole life, the number of groups by silhouette, and a look at
/// customers whom the model has not seen before it is believed.

#include <cxm/journey.hpp>
#include <cxm/segment.hpp>
#include <cxm/stats.hpp>
#include <cxm/survey.hpp>

#include "findings.hpp"
#include "provider.hpp"

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace story {

/// All contacts of a customer are one journey.
inline auto lives_of(std::vector<contact> const& contacts) {
  return cxm::reconstruct(
      contacts, cxm::touchpoint_fields{&contact::customer, &contact::time, &contact::touchpoint,
                                       cxm::keep{&contact::amount}, cxm::keep{&contact::channel}});
}

/// What can be said of customers who have had at least six bills; of others nothing yet.
struct habits {
  int bills = 0;
  std::int64_t paid = 0;
  int helped = 0;
  int asked = 0;  ///< for something, help or an order
  int on_screen = 0;

  template <class Journey>
  explicit habits(Journey const& life) {
    for (auto const& one : life) {
      auto const at = one.touchpoint();
      if (auto const amount = one.read(&contact::amount)) paid += *amount, ++bills;
      bool const help = at == touchpoint::support_call || at == touchpoint::self_service;
      if (!help && at != touchpoint::order) continue;
      auto const through = one.read(&contact::channel);
      helped += help ? 1 : 0;
      on_screen += through == channel::web || through == channel::app ? 1 : 0;
      ++asked;
    }
  }
  std::optional<double> a_bill(double sum) const {
    return bills < 6 ? std::nullopt : std::optional(sum / bills);
  }
};
inline constexpr auto monthly_bill = cxm::field<"monthly_bill">([](auto const& life) {
  habits const seen(life);
  return seen.a_bill(static_cast<double>(seen.paid) / 100);
});
inline constexpr auto help_a_month = cxm::field<"help_a_month">([](auto const& life) {
  habits const seen(life);
  return seen.a_bill(seen.helped);
});
inline constexpr auto share_on_screen = cxm::field<"share_on_screen">([](auto const& life) {
  habits const seen(life);
  return seen.asked == 0 ? std::nullopt : std::optional(double(seen.on_screen) / seen.asked);
});

/// The table of features of some lives, each feature in its own standard deviations.
template <class Lives>
auto features_of(Lives const& lives) {
  return cxm::features(lives, monthly_bill, help_a_month, share_on_screen, cxm::zscore{});
}

/// The model that describes the customers best, with two to five groups.
template <class Lives>
auto needs_of(Lives const& lives) {
  return cxm::choose_k(features_of(lives), 2, 5, cxm::seed{1}, cxm::restarts{4},
                       cxm::sample_above{1000})
      .model;
}

/// Groups, where they are more than a cut through one cloud. The model is fitted to one half of the
/// customers; the other half, in ten parts, says how much nearer its members are to their own group
/// than to the next. The whole interval of that silhouette must lie above `least`: 0.5, the usual
/// bound for groups that are there (Kaufman and Rousseeuw, 1990).
template <class Lives>
std::vector<finding> groups_of_need(Lives const& lives, double least = 0.5) {
  constexpr std::size_t parts = 10;
  std::vector<typename Lives::value_type> known;
  std::vector<std::vector<typename Lives::value_type>> unseen(parts);
  for (auto const& life : lives) {
    auto const customer = life.customer();
    if (customer % 2 == 0)
      known.push_back(life);
    else
      unseen[customer / 2 % parts].push_back(life);
  }
  auto const model = needs_of(known);
  auto silhouettes = cxm::exact_moments();
  for (auto const& part : unseen) {
    auto const table = features_of(part);
    std::vector<std::uint32_t> labels;
    for (std::size_t row = 0; row < table.rows(); ++row)
      labels.push_back(*model(part[table.member(row)]));
    if (auto const found = cxm::silhouette(table, labels); found.mean) silhouettes.add(*found.mean);
  }
  auto const seen = silhouettes.result();
  if (seen.n < 2) return {};
  auto const ends = cxm::student::mean(*seen.mean, *seen.deviation, seen.n, sure);
  if (ends->low <= least) return {};
  return {{std::to_string(model.size()) + " groups",
           {*seen.mean, ends->low, ends->high, features_of(lives).rows()},
           {least, least, least, 0}}};
}

/// The willingness to recommend in each group of a model: an answer belongs to the life of its
/// customer, and the model is a field of lives.
template <class Lives, class Model>
auto scores_by_need(Lives const& lives, std::vector<answer> const& answers, Model const& model) {
  auto const joined =
      cxm::join_answers(lives, answers, cxm::answer_fields{&answer::customer, &answer::time},
                        cxm::same_case{&answer::customer, &contact::customer});
  return cxm::measure(joined,
                      cxm::by(cxm::of_journey(model), cxm::on(&answer::recommend, cxm::nps())))
      .result();
}

}  // namespace story
