# SPDX-License-Identifier: BSL-1.0
# shellcheck shell=sh
#
# Read (`. tests/deps.sh`) by the scripts that build cxm from a fresh checkout, at the root of the
# sources. It finds the tools, finds the packages or gets them without installing anything, and
# configures build directories so that a second run reuses them.
#
# Environment: CXM_JOBS parallel jobs (default: the cores, at most 2, since a translation unit may want
# half a gigabyte); CXX the compiler; CXXFLAGS; CMAKE_PREFIX_PATH further places to look into.

say() { printf '== %s\n' "$*"; }

# Where someone has to step in: 69 is EX_UNAVAILABLE of sysexits.h.
give_up() {
  printf 'cxm: %s\n' "$*" >&2
  exit 69
}

install_lines() {
  cat >&2 <<'LINES'
Install what is missing by one of these and run the command again:
  Debian, Ubuntu  sudo apt-get install g++ cmake ninja-build libboost-dev libeigen3-dev libfmt-dev catch2
  Fedora          sudo dnf install gcc-c++ cmake ninja-build boost-devel eigen3-devel fmt-devel catch-devel
  macOS           brew install cmake ninja boost eigen fmt catch2
  vcpkg           vcpkg install boost-accumulators boost-math eigen3 fmt catch2
                  (then CMAKE_PREFIX_PATH=<vcpkg>/installed/<triplet>)
LINES
}

check_tools() {
  if ! command -v cmake >/dev/null 2>&1; then
    install_lines
    give_up 'cmake is missing (3.23 or newer)'
  fi
  cmake_version=$(cmake --version | sed -n '1s/^cmake version \([0-9]*\.[0-9]*\).*/\1/p')
  if [ "${cmake_version%%.*}" -lt 3 ] ||
    { [ "${cmake_version%%.*}" -eq 3 ] && [ "${cmake_version#*.}" -lt 23 ]; }; then
    give_up "cmake is $cmake_version, but 3.23 is needed (newer ones: https://cmake.org/download, or pip install cmake)"
  fi
  if [ -z "${CXX:-}" ]; then
    for candidate in c++ g++ clang++; do
      if command -v "$candidate" >/dev/null 2>&1; then
        CXX=$candidate
        break
      fi
    done
  fi
  if [ -z "${CXX:-}" ] || ! command -v "${CXX%% *}" >/dev/null 2>&1; then
    install_lines
    give_up "no C++ compiler (${CXX:-c++, g++, clang++})"
  fi
  export CXX
  # CMake alone builds nothing, and its package only recommends make.
  if [ -x build/deps/usr/bin/ninja ]; then PATH=$PATH:$PWD/build/deps/usr/bin; fi
  if ! command -v ninja >/dev/null 2>&1 && ! command -v make >/dev/null 2>&1; then
    get_packages ninja
    PATH=$PATH:$PWD/build/deps/usr/bin
  fi
  if [ -z "${CXM_JOBS:-}" ]; then
    CXM_JOBS=$( (nproc || sysctl -n hw.ncpu || echo 1) 2>/dev/null | head -n 1)
    [ "$CXM_JOBS" -le 2 ] || CXM_JOBS=2
  fi
  case $CXM_JOBS in
    '' | *[!0-9]* | 0) give_up "CXM_JOBS is '$CXM_JOBS', not a number of jobs" ;;
  esac
}

# --- Packages -----------------------------------------------------------------------------------

# probe PACKAGE...: prints those that CMake does not find in a version that serves.
probe() {
  mkdir -p build/probe/source
  cat >build/probe/source/CMakeLists.txt.new <<'PROBE'
cmake_minimum_required(VERSION 3.23...3.31)
project(probe LANGUAGES CXX)
find_package(Boost 1.74 CONFIG QUIET)
find_package(Eigen3 CONFIG QUIET)
find_package(fmt 9 CONFIG QUIET)
find_package(Catch2 CONFIG QUIET)
if(Eigen3_VERSION VERSION_LESS 3.4)
  set(Eigen3_FOUND FALSE)
endif()
if(Catch2_VERSION VERSION_LESS 2.13)
  set(Catch2_FOUND FALSE)
endif()
foreach(name IN LISTS WANTED)
  if(NOT ${name}_FOUND)
    message(STATUS "missing=${name}")
  endif()
endforeach()
PROBE
  cmp -s build/probe/source/CMakeLists.txt.new build/probe/source/CMakeLists.txt ||
    cp build/probe/source/CMakeLists.txt.new build/probe/source/CMakeLists.txt
  forget_other_build build/probe/build build/probe/source
  if ! cmake -S build/probe/source -B build/probe/build $(generator build/probe/build) \
    -D "WANTED=$(echo "$*" | tr ' ' ';')" >build/probe/log 2>&1; then
    cat build/probe/log >&2
    give_up "cmake can't use the compiler '$CXX'"
  fi
  sed -n 's/^-- missing=//p' build/probe/log
}

# apt with lists of its own below build/, which needs no root and changes nothing on the machine.
own_apt() {
  tool=$1
  shift
  # The user as whom apt would download may not write below a home directory, hence Sandbox.
  "$tool" -o "Dir::State=$apt_dir/state" -o Dir::State::status=/var/lib/dpkg/status \
    -o "Dir::Cache=$apt_dir/cache" -o "APT::Sandbox::User=$(id -un)" "$@"
}

# What to unpack for a package: libboost-dev only names the one with the headers, and the library
# that libfmt-dev links to is in another.
real_packages() { # APT-PREFIX PACKAGE
  case $2 in
    libboost-dev) $1 apt-cache depends "$2" | sed -n 's/^ *Depends: \(libboost[0-9.]*-dev\)$/\1/p' ;;
    libfmt-dev)
      echo "$2"
      $1 apt-cache depends "$2" | sed -n 's/^ *Depends: \(libfmt[0-9].*\)$/\1/p'
      ;;
    *) echo "$2" ;;
  esac
}

fetch_debs() { # APT-PREFIX PACKAGE...
  apt_prefix=$1
  shift
  for package in "$@"; do
    names=$(real_packages "$apt_prefix" "$package")
    [ -n "$names" ] || return 1
    for name in $names; do
      say "downloading $name"
      (cd build/deps/debs && $apt_prefix apt-get -q download "$name") || return 1
    done
  done
}

# get_packages PACKAGE...: on Debian and Ubuntu unpacks them below build/deps; nothing is installed.
get_packages() {
  if ! command -v apt-get >/dev/null 2>&1 || ! command -v dpkg >/dev/null 2>&1; then
    install_lines
    give_up "missing: $*"
  fi
  wanted=
  for package in "$@"; do
    case $package in
      Boost) wanted="$wanted libboost-dev" ;;
      Eigen3) wanted="$wanted libeigen3-dev" ;;
      fmt) wanted="$wanted libfmt-dev" ;;
      Catch2) wanted="$wanted catch2" ;;
      ninja) wanted="$wanted ninja-build" ;;
    esac
  done
  say "missing: $* - getting them into build/deps (nothing is installed on this machine)"
  apt_dir=$PWD/build/deps/apt # also used from other directories
  mkdir -p build/deps/debs "$apt_dir/state/lists/partial" "$apt_dir/cache/archives/partial"
  # The lists of the machine may be missing (a fresh image) or too old (then downloads fail).
  if ! fetch_debs '' $wanted 2>build/deps/log; then
    rm -f build/deps/debs/*.deb
    say 'the package lists of this machine do not serve: fetching fresh ones into build/deps'
    if ! own_apt apt-get -q update >build/deps/log 2>&1 || ! fetch_debs own_apt $wanted; then
      cat build/deps/log >&2
      install_lines
      give_up "apt could not get: $wanted"
    fi
  fi
  for deb in build/deps/debs/*.deb; do
    say "unpacking ${deb##*/}"
    dpkg -x "$deb" build/deps || give_up "dpkg can't unpack $deb"
  done
  rm -rf build/deps/debs build/deps/apt
}

# need_packages PACKAGE...: afterwards CMake finds them all, or the script has ended.
need_packages() {
  say "looking for $*"
  if [ -d build/deps/usr ]; then
    CMAKE_PREFIX_PATH=$PWD/build/deps/usr${CMAKE_PREFIX_PATH:+:$CMAKE_PREFIX_PATH}
    export CMAKE_PREFIX_PATH
  fi
  missing=$(probe "$@") || exit
  [ -n "$missing" ] || return 0
  get_packages $missing
  CMAKE_PREFIX_PATH=$PWD/build/deps/usr${CMAKE_PREFIX_PATH:+:$CMAKE_PREFIX_PATH}
  export CMAKE_PREFIX_PATH
  missing=$(probe "$@") || exit
  if [ -n "$missing" ]; then
    install_lines
    give_up "still missing, or too old in this distribution: $missing"
  fi
}

# --- Building -----------------------------------------------------------------------------------

# The generator is chosen once a build directory.
generator() {
  if [ ! -f "$1/CMakeCache.txt" ] && command -v ninja >/dev/null 2>&1; then echo '-G Ninja'; fi
}

# A build directory of another compiler, or of a tree that was moved, is begun anew.
forget_other_build() { # DIRECTORY SOURCE
  [ -f "$1/CMakeCache.txt" ] || return 0
  its_home=$(sed -n 's/^CMAKE_HOME_DIRECTORY:INTERNAL=//p' "$1/CMakeCache.txt")
  its_compiler=$(sed -n 's/^CMAKE_CXX_COMPILER:[A-Z]*=//p' "$1/CMakeCache.txt")
  if [ "$its_home" != "$(cd "$2" && pwd -P)" ] ||
    [ "$(readlink -f "$its_compiler")" != "$(readlink -f "$(command -v "${CXX%% *}")")" ]; then
    rm -rf "$1/CMakeCache.txt" "$1/CMakeFiles"
  fi
}

configure() { # DIRECTORY OPTION...
  build_dir=$1
  shift
  forget_other_build "$build_dir" .
  launcher=
  if command -v ccache >/dev/null 2>&1; then
    launcher=-DCMAKE_CXX_COMPILER_LAUNCHER=ccache
  fi
  say "configuring $build_dir ($CXX)"
  # The words of cmake are only of interest when it fails.
  if ! cmake -S . -B "$build_dir" $(generator "$build_dir") $launcher "$@" >"$build_dir.log" 2>&1; then
    cat "$build_dir.log" >&2
    return 1
  fi
  rm -f "$build_dir.log"
}

build() { # DIRECTORY TARGET...
  build_dir=$1
  shift
  say "building $* in $build_dir, $CXM_JOBS at a time"
  cmake --build "$build_dir" --parallel "$CXM_JOBS" --target "$@"
}
