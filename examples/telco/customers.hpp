// SPDX-License-Identifier: BSL-1.0
// The customers of the telecom, and what is looked at to segment them.
#pragma once

#include <cxm/core/rng.hpp>
#include <cxm/io/csv.hpp>
#include <cxm/segment/features.hpp>
#include <cxm/segment/scaling.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace telco {

// The application's own type.
struct customer {
  double tenure = 0;  // months
  double monthly_charge = 0;
  int contract = 0;  // 0 month to month, 1 one year, 2 two years
  bool fiber = false;
  int add_ons = 0;  // security, backup, protection, support
  int referrals = 0;
  bool dependents = false;
  bool left = false;  // looked at only after the segments are made
};

inline double number(std::string_view text) {
  return std::stod(std::string(text));
}

inline std::vector<customer> read(std::string const& path) {
  cxm::csv_reader file{cxm::file_source{path}};
  auto const missing =
      file.select({"Tenure in Months", "Monthly Charge", "Contract", "Internet Type",
                   "Online Security", "Online Backup", "Device Protection Plan",
                   "Premium Tech Support", "Number of Referrals", "Dependents", "Churn Label"});
  if (!missing.empty()) throw std::runtime_error("there is no column " + missing.front());
  std::vector<customer> all;
  while (file.next()) {
    customer one;
    one.tenure = number(file.field(0));
    one.monthly_charge = number(file.field(1));
    one.contract = file.field(2) == "Two Year" ? 2 : file.field(2) == "One Year" ? 1 : 0;
    one.fiber = file.field(3) == "Fiber Optic";
    for (std::size_t i = 4; i < 8; ++i) one.add_ons += file.field(i) == "Yes";
    one.referrals = static_cast<int>(number(file.field(8)));
    one.dependents = file.field(9) == "Yes";
    one.left = file.field(10) == "Yes";
    all.push_back(one);
  }
  return all;
}

/// What a department can keep apart. A choice: four of the five are stable in resamples, the last
/// is a pattern (0.72).
inline constexpr std::size_t segments = 5;

/// Neither whether customers left nor why, nor any score, is among the features.
inline auto needs(std::vector<customer> const& all) {
  return cxm::features(
      all, cxm::zscore{}, cxm::field<"tenure">(&customer::tenure),
      cxm::field<"monthly charge">(&customer::monthly_charge),
      cxm::field<"contract">(&customer::contract), cxm::field<"fiber">(&customer::fiber),
      cxm::field<"add-ons">(&customer::add_ons), cxm::field<"referrals">(&customer::referrals),
      cxm::field<"dependents">(&customer::dependents));
}

/// The share who left in a segment, in times of that of all customers.
struct times_as_many {
  double share = 0, times = 0, low = 0, high = 0;
};

/// With the middle 95 % of 2000 resamples of all customers.
inline times_as_many left_in(std::vector<customer> const& all,
                             std::vector<std::uint32_t> const& labels, std::uint32_t segment) {
  auto const ratio = [&](auto const& pick, double& share) {
    double n = 0, left = 0, left_of_all = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
      std::size_t const at = pick(i);
      left_of_all += all[at].left;
      n += labels[at] == segment;
      left += labels[at] == segment && all[at].left;
    }
    share = left / n;
    return share / (left_of_all / static_cast<double>(all.size()));
  };
  times_as_many found;
  found.times = ratio([](std::size_t i) { return i; }, found.share);
  std::vector<double> ratios;
  for (std::uint64_t draw = 0; draw < 2000; ++draw) {
    cxm::random_stream random(cxm::seed{11}, draw);
    double share = 0;
    ratios.push_back(ratio(
        [&](std::size_t) { return static_cast<std::size_t>(random.below(all.size())); }, share));
  }
  std::sort(ratios.begin(), ratios.end());
  found.low = ratios[50];
  found.high = ratios[1949];
  return found;
}

}  // namespace telco
