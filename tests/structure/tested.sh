#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# Every public header is included, by its own name, in some test. Headers of a detail/ folder are tested
# through those that use them; the umbrellas are lists of includes, which the link test covers.
# Usage: sh tests/structure/tested.sh   (from the root of the sources)
set -eu
included=$(find tests -name '*.cpp' -exec cat {} + | sed -n 's/^#include <\(cxm\/[^>]*\)>.*/\1/p' | sort -u)
status=0
count=0
for header in $(cd include && find cxm/*/ -name '*.hpp' ! -path '*/detail/*' | sort); do
  count=$((count + 1))
  printf '%s\n' "$included" | grep -qxF "$header" ||
    { echo "include/$header: no test includes <$header>"; status=1; }
done
echo "$count public headers"
exit $status
