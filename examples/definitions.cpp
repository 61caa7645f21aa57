// SPDX-License-Identifier: BSL-1.0
// What a score means, said in its definition: a score of one's own whose bands the compiler proves,
// published conventions by name, who counts in the denominator, and whether the column is on the
// scale that it is read on. Definitions are constant expressions: they are tested where they stand.
#include <cxm/core.hpp>
#include <cxm/stats.hpp>
#include <cxm/survey.hpp>
#include <cxm/survey/measures.hpp>

#include <fmt/core.h>

#include <optional>
#include <string>
#include <vector>

using cxm::band;

// Trust, 1 to 10. A point in no band, or in two, does not compile.
constexpr auto trust = cxm::bands(cxm::points<1, 10>{}, band<"distrust", 1, 4, -1>{},
                                  band<"undecided", 5, 7>{}, band<"trust", 8, 10, +1>{});

constexpr auto tried = [] {
  auto plan = trust;
  for (int answer : {10, 9, 8, 6, 2}) plan.add(answer);
  return plan.result();
}();
static_assert(*tried.value == 40 && *tried.at("trust").share == 0.6 && *tried.mean == 7);

struct row {
  int month;
  std::optional<int> trust;
  std::optional<int> satisfied;  // 1 to 5
  bool closed;                   // the customer closed the question
  int ease;                      // 1 to 7
  cxm::resolution solved;
};

int main() {
  using cxm::resolution;
  std::vector<row> const rows = {{1, 9, 5, false, 7, resolution::at_first_contact},
                                 {1, 3, 4, false, 6, resolution::later},
                                 {1, 8, {}, true, 5, resolution::at_first_contact},
                                 {2, 10, 2, false, 2, resolution::not_resolvable},
                                 {2, {}, {}, false, 4, resolution::at_first_contact},
                                 {2, 11, 5, false, 7, resolution::at_first_contact}};

  auto const own = cxm::measure(rows, cxm::on(&row::trust, trust)).result();
  fmt::print("trust {:+.0f} of {} answers, {} missing, {} invalid\n", *own.value, own.n,
             own.missing, own.invalid);
  for (auto const& one : own.bands)
    fmt::print("  {:<9} {:2} to {:2}: {} ({:.0f} %)\n", one.name, one.low, one.high, one.count,
               100 * *one.share);

  // One question, three denominators: they decide who may merge, so each is a plan of its own.
  auto const satisfied = cxm::reply_of(&row::satisfied, &row::closed);
  auto const share = [&](auto denominator) {
    auto const plan = cxm::on(satisfied, cxm::csat_top_2(cxm::transactional{}, denominator));
    auto const found = cxm::measure(rows, plan).result();
    return fmt::format("{} of {}", found.good, found.n);
  };
  fmt::print("satisfied: {} answered, {} with the dismissed, {} shown\n", share(cxm::of_answered{}),
             share(cxm::including_dismissed{}), share(cxm::of_shown{}));

  // One tally, three conventions of customer effort; two of first contact resolution.
  auto const [mean, agree, net] =
      cxm::measure(rows,
                   cxm::on(&row::ease, cxm::tally(cxm::ces(), cxm::ces_agree(), cxm::ces_net())))
          .result();
  fmt::print("effort: mean {:.2f}, agree {:.0f} %, net {:+.0f}\n", *mean.value, 100 * *agree.value,
             *net.value);
  auto const [gross, solvable] =
      cxm::measure(rows, cxm::on(&row::solved, cxm::tally(cxm::fcr_gross(), cxm::fcr_net())))
          .result();
  fmt::print("first contact: gross {:.0f} %, net {:.0f} %\n", 100 * *gross.value,
             100 * *solvable.value);

  // A column of 1 to 10 that is read as 0 to 10 has no invalid answer. Nobody's 0 gives it away.
  auto column = cxm::tally(cxm::nps(), cxm::scale_check());
  for (int i = 0; i < 400; ++i) column.add(1 + i % 10);
  auto const [nps, looks] = column.result();
  fmt::print("NPS {:+.0f}, but the scale: {}, {} point below {} unused\n", *nps.value,
             cxm::name(*looks.verdict), looks.unused_low, *looks.lowest);

  // And one that was 1 to 5 until month 3.
  auto const plan = cxm::by(
      &row::month, cxm::on(&row::ease, cxm::tally(cxm::any_points{0, 100}, cxm::seen_answers())));
  auto seen = plan;
  for (int i = 0; i < 600; ++i) {
    row answer{};
    answer.month = 1 + i / 100;
    answer.ease = answer.month < 4 ? 1 + i % 5 : i % 11;
    seen.add(answer);
  }
  for (auto const& change : cxm::scale_changes(seen.result()))
    fmt::print("from month {} on: {} to {} instead of {} to {}, by chance {:.0e}\n", change.key,
               change.after.low, change.after.high, change.before.low, change.before.high,
               change.chance);
}
