#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# A harness that passes everything would never be noticed: here it must pass one case and refuse
# four. The cases are made on the spot.
# Usage: sh selftest.sh COMPILE
set -eu
compile=$1
check=$(dirname "$0")/../check.sh
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failures=0

expect() { # pass|refuse, name; the case on standard input
  cat >"$scratch/$2.cpp"
  verdict=refuse
  sh "$check" "$compile" "$scratch/$2.cpp" >"$scratch/log" 2>&1 && verdict=pass
  echo "$2: $verdict"
  if [ "$verdict" != "$1" ]; then
    cat "$scratch/log"
    failures=$((failures + 1))
  fi
}

expect pass good <<'CASE'
// expect: cxm::sample: [a; b] is 100% wrong
#ifdef CXM_DEFECT
static_assert(sizeof(int) == 0, "cxm::sample: [a; b] is 100% wrong");
#endif
CASE
expect refuse no_defect <<'CASE'
// expect: cxm::sample: never said
int fine = 1;
CASE
expect refuse always_broken <<'CASE'
// expect: cxm::sample: always said
static_assert(sizeof(int) == 0, "cxm::sample: always said");
CASE
expect refuse another_sentence <<'CASE'
// expect: cxm::sample: one sentence
#ifdef CXM_DEFECT
static_assert(sizeof(int) == 0, "cxm::sample: some other sentence");
#endif
CASE
expect refuse no_sentence <<'CASE'
#ifdef CXM_DEFECT
static_assert(sizeof(int) == 0, "whatever");
#endif
CASE
exit $failures
