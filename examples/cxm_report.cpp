// SPDX-License-Identifier: BSL-1.0
//
// cxm_report: the main job of the library on files. Scores, journeys and paths from CSV, as a table
// for people or as JSON. It has no analytics of its own: every number comes from a public header of
// cxm. The commands are in cxm_report/.
#include <cxm/io/csv_options.hpp>

#include "cxm_report/commands.hpp"
#include "cxm_report/options.hpp"

#include <cstdio>
#include <exception>
#include <new>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr char usage[] =
    R"(usage: cxm_report scores   --in FILE --score COL --scale LO:HI --metric nps|csat|ces|ces_1|mean
                           [--good FROM] [--bad TO] [--by COL,...] [--missing TEXT,...]
                           [--time COL --every day|week|month] [--weight COL] [--min-n N]
                           [--invited N] [--interval METHOD [--seed 1 --replicates 2000]]
       cxm_report compare  --in FILE --score COL --scale LO:HI --metric nps|csat|ces|ces_1|mean
                           --from COL=VALUE|PERIOD --to COL=VALUE|PERIOD [--time COL --every ...]
                           [--by COL,... [--adjust bh|by|holm|none]] [--margin WIDTH]
                           [--customer COL] [--weight COL] [--good FROM] [--bad TO]
                           [--missing TEXT,...] [--min-n N]
       cxm_report journeys --in FILE --customer COL|--case COL --time COL [--end-time COL]
                           --touchpoint COL,... [--id COL,...] [--gap 30m|2h|30d]
                           [--start-on T,...] [--end-on T,...] [--goal T,...]
                           [--promise COL [--promise-by timestamp|date]] [--lifecycle COL]
                           [--department COL] [--channel COL [--human VALUE,...]]
       cxm_report paths    (options of journeys) [--top 10] [--collapse-repeats]
       cxm_report funnel   (options of journeys) --steps T,... [--window 7d]
                           [--mode ordered|strict|any] [--mature]
       cxm_report attribution --in FILE --path COL [--separator " > "] --conversions COL
                           [--nulls COL] [--value COL] [--order K]
                           --model first|last|linear|position|markov|shapley|shapley_rate
       cxm_report segments --in FILE --features COL,... --k K|LOW:HIGH [--scaling none|zscore|robust]
                           [--method kmeans] [--restarts 10] [--seed 1] [--labels]
       cxm_report report   --events FILE ... [--answers FILE ...] --html FILE
                           (options of journeys and scores) [--within 30d]
                           [--every month|week|day] [--min-n 5]

for all: --in FILE is CSV with a header, - is standard input; --json FILE (- is standard output)
instead of a table; --delimiter C, --decimal C, --where COL=VALUE, --zone NAME,
--time-format s|ms|us|ns|PATTERN, --confidence 0.95
An option that takes a list may be repeated instead; then its values are not split at commas.
A row is left out as ragged, filtered, missing_key, bad_time (of --time, --end-time or --promise),
end_before_start, missing_touchpoint or bad_weight, whichever holds first.
METHOD is for nps adjusted_wald, wald, t, agresti_min, bonett_price, tango, mover_wilson or
bootstrap; for csat wilson, wald, clopper_pearson or jeffreys; for means t, bootstrap or bca. A week
is an ISO week, 2021-W09. With --weight the median and all counts stay those of answers.
)";

struct command {
  std::string_view name;
  void (*run)(std::vector<std::string> const&);
};
constexpr command commands[] = {{"scores", report::scores},
                                {"compare", report::compare},
                                {"journeys", report::journeys_command},
                                {"paths", report::paths},
                                {"funnel", report::funnel_command},
                                {"attribution", report::attribution},
                                {"segments", report::segments},
                                {"report", report::report_command}};

void run(std::vector<std::string> const& arguments) {
  std::vector<std::string> names;
  for (auto const& one : commands) {
    if (!arguments.empty() && arguments.front() == one.name)
      return one.run({arguments.begin() + 1, arguments.end()});
    names.emplace_back(one.name);
  }
  std::string const known = "the known ones are " + report::listed(names);
  if (arguments.empty()) throw report::usage_error("a command is needed; " + known);
  throw report::usage_error("unknown command '" + arguments.front() + "'; " + known);
}

int complain(char const* what, int code) {
  std::fprintf(stderr, "cxm_report: %s\n", what);
  if (code == 2) std::fputs("'cxm_report --help' shows how it is used\n", stderr);
  return code;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> const arguments(argv + (argc > 0), argv + argc);
  for (auto const& one : arguments)  // no value begins with two dashes
    if (one == "--help" || (one == "-h" && &one == &arguments.front()))
      return std::fputs(usage, stdout) < 0 ? 3 : 0;
  try {
    run(arguments);
    return 0;
  } catch (report::usage_error const& wrong) {
    return complain(wrong.what(), 2);
  } catch (std::bad_alloc const&) {
    return complain("the input needs more memory than there is", 3);
  } catch (std::exception const& failed) {  // file_error, cxm::bad_csv, cxm::unreadable_file
    return complain(failed.what(), 3);
  }
}
