#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# Runs a program and compares what it prints with a file, to the byte.
# Usage: sh compare.sh EXPECTED PROGRAM [ARGUMENT...]
set -eu
expected=$1
shift
actual=$(mktemp)
trap 'rm -f "$actual"' EXIT
"$@" >"$actual" || { status=$?; cat "$actual"; echo "$1: exit status $status"; exit 1; }
if ! diff -u "$expected" "$actual"; then
  echo "$1 prints (+) something else than $expected (-)"
  exit 1
fi
