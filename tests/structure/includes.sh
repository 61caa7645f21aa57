#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# Who may include whom. A folder may include itself, the folders on its line and, in turn, whatever
# these may include. `A.hpp`, the umbrella of a folder, belongs to the folder. A detail/ folder is private
# to its folder; those of core and stats, on which the others are built, are open to the library, and
# none is open to users, whom the examples show what to include.
# Usage: sh tests/structure/includes.sh [include-directory]
set -eu
if grep -rn '#include <cxm/[a-z_]*/detail/' examples tests/consumer README.md 2>/dev/null; then
  echo 'detail/ is not for users'
  exit 1
fi
cd "${1:-include}"

find cxm -name '*.hpp' | sort | xargs awk '
BEGIN {
  allow("core", "");
  allow("stats", "core");
  allow("event", "core");
  allow("survey", "stats");
  allow("journey", "event stats");
  allow("path", "journey");
  allow("segment", "event stats");
  allow("diagnose", "survey journey path segment");
  allow("pulse", "survey journey path segment");
  allow("value", "survey journey path segment");
  allow("program", "diagnose pulse value");
  allow("io", "event");
  allow("adapt", "survey");
  allow("testing", "stats");
  allow("report", "program io adapt");
  # The three headers that belong to no folder. fwd.hpp may lean on core, and everybody on fwd.hpp.
  allow("version", "");
  allow("fwd", "core");
  allow("cxm", "report");
  for (again = 0; again < 20; ++again)
    for (pair in may) {
      split(pair, ab, SUBSEP);
      for (folder in known) if ((ab[2], folder) in may) add[ab[1], folder] = 1;
      for (pair2 in add) may[pair2] = 1;
    }
}
function allow(folder, list,   names, n, i) {
  known[folder] = 1;
  may[folder, folder] = 1;
  may[folder, "version"] = 1;
  if (folder != "version") may[folder, "fwd"] = 1;
  n = split(list, names, " ");
  for (i = 1; i <= n; ++i) may[folder, names[i]] = 1;
}
function folder_of(path,   parts, n) {
  n = split(path, parts, "/");
  sub(/\.hpp$/, "", parts[2]);
  return parts[2];
}
function wrong(text) {
  print "include/" FILENAME ":" FNR ": " text;
  ++failures;
}
FNR == 1 {
  ++files;
  here = folder_of(FILENAME);
  if (!(here in known)) wrong("folder \"" here "\" is not on the map (tests/structure/includes.sh)");
}
/^[ \t]*#[ \t]*include[ \t]*"/ { wrong("includes are written <cxm/folder/header.hpp>"); }
/^[ \t]*#[ \t]*include[ \t]*<cxm\// {
  target = $0;
  sub(/^[^<]*</, "", target);
  sub(/>.*$/, "", target);
  there = folder_of(target);
  includes[FILENAME] = includes[FILENAME] " " target;
  if (here in known && !((here, there) in may))
    wrong(here " may not include " there " (" target ")");
  if (target ~ /\/detail\// && here != there && there != "core" && there != "stats")
    wrong("<" target "> is private to " there);
  if (target !~ /\/.*\// && here == there && FILENAME ~ /\/.*\//)
    wrong("a header of " here " may not include the umbrella it is under");
}
/^[ \t]*#[ \t]*include[ \t]*</ {
  outside = $0;
  sub(/^[^<]*</, "", outside);
  sub(/>.*$/, "", outside);
  if (outside !~ /^cxm\//) foreign[FILENAME] = foreign[FILENAME] " " outside;
}
# Where a header brings in a file that matches, directly or through others.
function reaches(file, pattern,   n, i, list) {
  if (file in visited) return "";
  visited[file] = 1;
  n = split(foreign[file], list, " ");
  for (i = 1; i <= n; ++i) if (list[i] ~ pattern) return file " -> " list[i];
  n = split(includes[file], list, " ");
  for (i = 1; i <= n; ++i) if (list[i] ~ pattern) return file " -> " list[i];
  return reaches_any(includes[file], pattern);
}
function reaches_any(names, pattern,   n, i, list, found) {
  n = split(names, list, " ");
  for (i = 1; i <= n; ++i) { found = reaches(list[i], pattern); if (found != "") return found; }
  return "";
}
function forbid(file, pattern, why,   found) {
  if (!(file in has)) return;
  split("", visited);
  found = reaches(file, pattern);
  if (found != "") { print "include/" file ": " why " (" found ")"; ++failures; }
}
END {
  for (i = 1; i < ARGC; ++i) has[ARGV[i]] = 1;
  # The budgets of compile time: what costs seconds is asked for by name.
  forbid("cxm/survey.hpp", "^boost/math/", "reaches Boost.Math, which costs seconds to compile");
  forbid("cxm/cxm.hpp", "^boost/math/", "reaches Boost.Math, which costs seconds to compile");
  forbid("cxm/cxm.hpp", "^cxm/(adapt|testing)[./]", "reaches what is only included by name");
  split("core stats survey event journey io", light, " ");
  for (k = 1; k in light; ++k) {
    forbid("cxm/" light[k] ".hpp", "^Eigen/", "reaches Eigen");
    forbid("cxm/" light[k] ".hpp", "^fmt/", "reaches fmt");
    forbid("cxm/" light[k] ".hpp", "^boost/accumulators/", "reaches Boost.Accumulators");
  }
  print files " headers, " (failures + 0) " wrong includes";
  exit failures > 0;
}'
