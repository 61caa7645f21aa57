#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# What must not be in a header, because standard libraries differ in it (results would), or because
# every user would pay for it in compile time. A line with `habit-ok: reason` is let through.
# Usage: sh tests/structure/habits.sh [include-directory]
set -eu
cd "${1:-include}"

find cxm -name '*.hpp' | sort | xargs awk '
function wrong(text) { print "include/" FILENAME ":" FNR ": " text; ++failures; }
FNR == 1 { once = 0; }
/^#pragma once/ { once = 1; }
/habit-ok:/ { next; }
{
  code = $0;
  sub(/\/\/.*$/, "", code);
}
code ~ /#[ \t]*include[ \t]*<(iostream|regex|format|locale|random)>/ { wrong("includes " code); }
code ~ /#[ \t]*include[ \t]*<functional>/ && FILENAME !~ /^cxm\/report/ { wrong("<functional> below report/"); }
code ~ /#[ \t]*include[ \t]*<fmt\// && FILENAME !~ /^cxm\/report|format/ { wrong("fmt outside report/"); }
code ~ /std::hash[ \t]*</ { wrong("std::hash differs between standard libraries"); }
code ~ /std::[a-z_]+_distribution/ { wrong("std distributions differ between standard libraries"); }
code ~ /std::shuffle/ { wrong("std::shuffle differs between standard libraries"); }
code ~ /std::(ranges::)?views::/ { wrong("views cost compile time"); }
code ~ /std::(stod|stof|strtod|setlocale|locale)[ \t]*[({]/ { wrong("depends on the locale: use from_chars"); }
code ~ /__int128/ && FILENAME !~ /core\/(detail\/)?int128\.hpp$/ { wrong("__int128 outside core/int128.hpp"); }
code ~ /^using namespace/ { wrong("using namespace in a header"); }
code ~ /__AVX|__SSE/ { wrong("kernels are chosen at run time, not by the flags of the user"); }
code ~ /^[ \t]*#[ \t]*define[ \t]/ && code !~ /CXM_/ { wrong("a macro without CXM_ in its name"); }
END {
  print ARGC - 1 " headers, " (failures + 0) " habits broken";
  exit failures > 0;
}'

# A header without its guard: awk has no "end of file" for each of several.
status=0
for header in $(find cxm -name '*.hpp' | sort); do
  grep -q '^#pragma once' "$header" || { echo "include/$header: no #pragma once"; status=1; }
done
exit $status
