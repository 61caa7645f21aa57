// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// `fmt::formatter` for what segments say of themselves: the fit, silhouettes, profiles. Apart from
/// report/format.hpp, because segments need Eigen.

#include <cxm/report/format_scores.hpp>
#include <cxm/segment/profile.hpp>
#include <cxm/segment/segment_model.hpp>
#include <cxm/segment/silhouette.hpp>

#include <string>

namespace cxm::detail {

inline told tell(fit_summary const& found, telling const& how) {
  told out;
  out.name = "k-means:";
  out.subject = "the fit by k-means";
  out.value = counted(found.sizes.size(), "segment", "segments");
  std::string sizes;
  for (auto const size : found.sizes) sizes += fmt::format("{}{}", sizes.empty() ? "" : ", ", size);
  out.counts = found.converged ? "converged" : "not converged";
  out.base = fmt::format("{} in {} rounds, the best of {}",
                         found.converged ? "it converged" : "it did not converge", found.rounds,
                         counted(found.starts, "start", "starts"));
  out.definition = "members " + sizes;
  out.details = "inertia " + fixed(found.inertia, how.decimals_or(2));
  if (found.sizes.size() != found.asked)
    out.details += fmt::format(", {} segments were asked for", found.asked);
  return out;
}

inline told tell(silhouette_result const& found, telling const& how) {
  told out;
  int const decimals = how.decimals_or(2);
  out.name = "mean silhouette";
  out.known = found.mean.has_value();
  out.value = found.mean ? fixed(*found.mean, decimals) : words(found.mean.why());
  out.counts = fmt::format("n = {}{}", found.n, found.sampled ? ", a sample" : "");
  out.base = counted(found.n, "member", "members") + (found.sampled ? ", a sample" : "");
  out.definition = "from -1 to 1; below 0.25 there is no clear structure";
  for (auto const& one : found.segments)
    out.details += (out.details.empty() ? "by segment " : ", ") +
                   (one ? fixed(*one, decimals) : words(one.why()));
  return out;
}

inline told tell(segment_profile const& found, telling const& how) {
  told out;
  out.name = fmt::format("segment {}:", found.segment);
  out.known = found.share.has_value();
  out.value = found.share ? number_in(unit::share, *found.share, how.decimals_or(0))
                          : words(found.share.why());
  out.counts = fmt::format("n = {}, {} in the others", found.n, found.n_rest);
  out.base =
      counted(found.n, "member", "members") + fmt::format(", {} in the others", found.n_rest);
  out.definition = "share of all members that have a segment";
  if (found.few) out.details = "few members: differences are uncertain";
  return out;
}

}  // namespace cxm::detail
