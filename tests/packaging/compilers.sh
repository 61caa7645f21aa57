#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# Runs the unit tests with every compiler that is there, unoptimised and optimised for this very
# processor: saved bytes must be the same in all of them, and golden bytes are in the tests.
#   sh tests/packaging/compilers.sh [COMPILER...]     default: g++ clang++
# For the environment see tests/deps.sh.
set -eu
[ $# -gt 0 ] || set -- g++ clang++
cd "$(dirname "$0")/../.."
. tests/deps.sh

wanted=$*
summary=
failed=0
for CXX in $wanted; do
  if ! command -v "$CXX" >/dev/null 2>&1; then
    summary="$summary
skipped  $CXX (not on this machine)"
    continue
  fi
  check_tools
  need_packages Boost Eigen3 fmt Catch2
  for level in O0 O3; do
    flags=-$level
    [ $level = O0 ] || flags="-$level -march=native"
    in_dir=build/compilers/$(basename "$CXX")-$level
    mkdir -p build/compilers
    # Optimising, g++ 12 warns of overlaps inside std::string that are not there (its bug 105651).
    strict=ON
    [ $level = O0 ] || strict=OFF
    if configure "$in_dir" -D CMAKE_BUILD_TYPE=None -D CXM_WARNINGS_AS_ERRORS=$strict \
      -D "CMAKE_CXX_FLAGS=$flags" -D CXM_BUILD_TESTS=ON -D CXM_BUILD_EXAMPLES=OFF &&
      build "$in_dir" cxm_unit_tests &&
      (cd "$in_dir" && ctest --output-on-failure --parallel "$CXM_JOBS" -R '^unit/'); then
      summary="$summary
passed   $CXX $flags"
    else
      failed=1
      summary="$summary
FAILED   $CXX $flags"
    fi
  done
done
echo "$summary"
exit $failed
