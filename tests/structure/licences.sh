#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# Every file that may hold a comment names its licence in one of its first three lines, and the top
# level of the repository holds nothing but what it should.
# Usage: sh tests/structure/licences.sh   (from the root of the sources)
set -eu
status=0

files=$(find CMakeLists.txt include examples benchmarks tests .ci .clang-format .clang-tidy .github \
  -type f \( -name '*.hpp' -o -name '*.cpp' -o -name '*.sh' -o -name '*.cmake' -o -name '*.awk' \
  -o -name '*.py' -o -name '*.yml' -o -name CMakeLists.txt -o -path .ci/run -o -name .clang-tidy \) \
  2>/dev/null | sort)
count=0
for file in $files; do
  count=$((count + 1))
  head -n 3 "$file" | grep -q 'SPDX-License-Identifier: BSL-1\.0' ||
    { echo "$file: no line 'SPDX-License-Identifier: BSL-1.0' at its beginning"; status=1; }
done
echo "$count files looked at for their licence"

for entry in *; do
  case $entry in
    CMakeLists.txt | include | examples | benchmarks | tests | LICENSE | README.md) ;;
    build | build-*) ;; # what the two commands make; not part of the sources
    *) echo "$entry: not an entry of the top level"; status=1 ;;
  esac
done
exit $status
