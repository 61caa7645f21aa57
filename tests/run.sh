#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# All tests of cxm on a fresh machine: gets what is missing, builds and runs everything with warnings
# as errors, the unit tests under the address and undefined-behaviour sanitizers. These take longest
# to compile, so they are built once: plain where the sanitizers do not work, and by `fast`.
#   sh tests/run.sh           everything
#   sh tests/run.sh fast      only the unit tests and the checks of the sources, without sanitizers
#   sh tests/run.sh sanitize  only the sanitized part
# Needs a C++20 compiler (g++ 12 or clang 14 and newer) and CMake 3.23; see tests/deps.sh for the
# environment (CXM_JOBS, CXX, CXXFLAGS) and for how the packages are found. CXM_DATA names the folder of
# public data sets; tests that need them say "skipped" without it.
set -eu

part=${1:-all}
case $part in
  all | fast | sanitize) [ $# -le 1 ] ;;
  *) false ;;
esac || { echo 'usage: sh tests/run.sh [fast|sanitize]' >&2; exit 2; }

cd "$(dirname "$0")/.."
. tests/deps.sh
check_tools
need_packages Boost Eigen3 fmt Catch2
began=$(date +%s)
compiler=$(basename "${CXX%% *}")

# Not optimised: compiling takes far longer than running.
test_build() { # DIRECTORY FLAGS TARGET [OPTION OF CMAKE...]
  tests_in=$1
  flags=$2
  target=$3
  shift 3
  configure "$tests_in" -D CMAKE_BUILD_TYPE=None -D "CXM_WARNINGS_AS_ERRORS=${strict:-ON}" -D "CMAKE_CXX_FLAGS=$flags${CXXFLAGS:+ $CXXFLAGS}" \
    -D CXM_BUILD_TESTS=ON -D CXM_BUILD_EXAMPLES=ON "$@"
  build "$tests_in" "$target"
}
run_ctest() { # DIRECTORY OPTION...
  tests_in=$1
  shift
  say "running the tests in $tests_in"
  # In the directory, rather than --test-dir: the paths that it prints are then short.
  (cd "$tests_in" && ctest --output-on-failure --parallel "$CXM_JOBS" "$@")
}
sanitizers_work() {
  printf 'int main() {}\n' >build/probe/sanitizer.cpp
  $CXX -fsanitize=address,undefined build/probe/sanitizer.cpp -o build/probe/sanitizer 2>build/probe/log &&
    build/probe/sanitizer 2>>build/probe/log
}

unit_tests=ON
if [ "$part" != fast ] && sanitizers_work; then
  unit_tests=OFF
elif [ "$part" != fast ]; then
  say "$CXX has no address and undefined-behaviour sanitizers here"
fi
case $part in
  all)
    test_build "build/tests-$compiler" -O0 all -D CXM_BUILD_UNIT_TESTS=$unit_tests
    run_ctest "build/tests-$compiler"
    ;;
  fast)
    test_build "build/tests-$compiler" -O0 cxm_unit_tests -D CXM_BUILD_UNIT_TESTS=ON
    run_ctest "build/tests-$compiler" -L fast
    ;;
esac
if [ $unit_tests = OFF ]; then
  say 'the unit tests under the address and undefined-behaviour sanitizers'
  strict=OFF # instrumented code makes g++ 12 see uninitialised values that are not there
  # Without the checks of each pointer (null, alignment): they cost a third of the compile time. The
  # address sanitizer sees a null pointer used, and bytes are read by memcpy only.
  test_build "build/tests-$compiler-sanitize" \
    '-O0 -g1 -fsanitize=address,undefined -fno-sanitize=null,alignment -fno-sanitize-recover=all -fno-omit-frame-pointer' \
    cxm_unit_tests
  run_ctest "build/tests-$compiler-sanitize" -L fast -R "^unit/"
fi
say "passed ($part, $compiler) in $(($(date +%s) - began)) s"
