#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# The main job of cxm on a fresh machine: gets what is missing, builds the examples into
# build/examples/, scores bundled answers, reconstructs bundled journeys, and writes the report of the
# bundled story to build/report.html.
#   sh examples/run.sh              the quick start and cxm_report on the files in examples/data
#   sh examples/run.sh olist DIR    the real e-commerce tables (olist_*.csv) in DIR
# Needs a C++20 compiler (g++ 12 or clang 14 and newer) and CMake 3.23; see tests/deps.sh for the
# environment (CXM_JOBS, CXX) and for how the packages are found.
set -eu

usage() {
  echo 'usage: sh examples/run.sh [olist DIR]' >&2
  exit 2
}
directory=
case ${1:-} in
  '') [ $# -eq 0 ] || usage ;;
  olist)
    [ $# -eq 2 ] || usage
    [ -d "$2" ] || { echo "examples/run.sh: $2 is not a directory" >&2; exit 2; }
    directory=$(cd "$2" && pwd)
    ;;
  *) usage ;;
esac

cd "$(dirname "$0")/.."
. tests/deps.sh
check_tools
need_packages Boost Eigen3 fmt
# A warning that only a newer compiler knows is no reason to leave a new user without examples.
configure build -D CMAKE_BUILD_TYPE=Release -D CXM_BUILD_TESTS=OFF -D CXM_BUILD_EXAMPLES=ON \
  -D CXM_WARNINGS_AS_ERRORS=OFF
build build cxm_examples

show() {
  printf '\n$ %s\n' "$*"
  "$@"
}
if [ -n "$directory" ]; then
  show build/examples/olist --dir "$directory"
else
  show build/examples/quick_start
  show build/examples/cxm_report scores --in examples/data/answers.csv --score recommend \
    --scale 0:10 --metric nps --by touchpoint
  show build/examples/cxm_report journeys --in examples/data/contacts.csv --customer customer \
    --time time --touchpoint touchpoint --gap 30d
  show build/examples/cxm_report report --html build/report.html
fi
printf '\n'
say 'done; the programs are in build/examples/'
if [ -z "$directory" ]; then
  say "look at the report of the bundled story: $PWD/build/report.html"
fi
