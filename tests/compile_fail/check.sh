#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# Compiles a case twice. As it stands it must compile, so that nothing but the defect is wrong with
# it; with CXM_DEFECT it must not, and every sentence that the case expects must stand within the
# first 20 lines that the compiler prints.
# Usage: sh check.sh COMPILE CASE.cpp
set -eu
compile=$1
case=$2
lines=20
LC_ALL=C
export LC_ALL

expected=$(sed -n 's|^// expect: ||p' "$case")
if [ -z "$expected" ]; then
  echo "$case: no line '// expect: sentence'"
  exit 1
fi
if ! sh "$compile" -fsyntax-only "$case" 2>&1; then
  echo "$case: does not compile without its defect"
  exit 1
fi
if output=$(sh "$compile" -fsyntax-only -DCXM_DEFECT "$case" 2>&1); then
  echo "$case: compiles with its defect"
  exit 1
fi
printf '%s\n' "$output" | head -n $lines
printf '%s\n' "$expected" | while IFS= read -r sentence; do
  printf '%s\n' "$output" | head -n $lines | grep -qF -e "$sentence" ||
    { echo "$case: not within the first $lines lines: $sentence"; exit 1; }
done
