#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# One way to get cxm into another project; exit status 77 means that it can't be tried here.
# Usage: sh consume.sh SETTINGS CASE   (called by ctest, which makes the settings)
set -eu
. "$1"
case=$2
here=$(cd "$(dirname "$0")" && pwd)
work=$scratch/$case
rm -rf "$work"

build_and_run() {
  "$cmake" --build "$work"
  "$work/consumer"
}
installs_nothing() {
  "$cmake" --install "$work" --prefix "$work/prefix" >"$work/install.log"
  if [ -d "$work/prefix" ]; then
    find "$work/prefix"
    echo 'cxm added install rules to its parent'
    exit 1
  fi
}
# A folder that claims to be Eigen of some version, as strict about requests as Eigen's own.
fake_eigen() { # VERSION
  mkdir -p "$work/$1"
  echo 'add_library(Eigen3::Eigen INTERFACE IMPORTED)' >"$work/$1/Eigen3Config.cmake"
  cat >"$work/$1/Eigen3ConfigVersion.cmake" <<VERSION
set(PACKAGE_VERSION $1)
if(PACKAGE_FIND_VERSION AND NOT PACKAGE_FIND_VERSION_MAJOR EQUAL ${1%%.*})
  set(PACKAGE_VERSION_UNSUITABLE TRUE)
else()
  set(PACKAGE_VERSION_COMPATIBLE TRUE)
endif()
VERSION
}

case $case in
  install)
    rm -rf "$prefix"
    "$cmake" --install "$build" --prefix "$prefix"
    # Every header is there, and nothing that depends on the architecture.
    (cd "$source/include" && find . -name '*.hpp' | sort) >"$scratch/headers"
    (cd "$prefix/include" && find . -type f | sort) | diff "$scratch/headers" -
    [ ! -d "$prefix/lib" ]
    ;;
  find_package)
    configure "$here/project" "$work" -D CXM_FROM=package
    build_and_run
    ;;
  refusals)
    configure "$here/refusals" "$work"
    ;;
  add_subdirectory)
    configure "$here/project" "$work" -D CXM_FROM=folder
    build_and_run
    installs_nothing
    ;;
  fetch_content)
    # The parent has Boost, Eigen and fmt of its own: nothing may be looked for.
    configure "$here/project" "$work" -D CXM_FROM=fetch -D CMAKE_DISABLE_FIND_PACKAGE_Boost=ON \
      -D CMAKE_DISABLE_FIND_PACKAGE_Eigen3=ON -D CMAKE_DISABLE_FIND_PACKAGE_fmt=ON
    installs_nothing
    ;;
  eigen_versions)
    for eigen in 3.4.0 5.0.1; do
      fake_eigen $eigen
      configure "$here/project" "$work/with-$eigen" -D CXM_FROM=folder -D "Eigen3_DIR=$work/$eigen"
      # Had it been refused, another one would have been looked for.
      grep -qF "=$work/$eigen" "$work/with-$eigen/CMakeCache.txt"
    done
    fake_eigen 3.3.9
    if configure "$here/project" "$work/with-3.3.9" -D CXM_FROM=folder -D "Eigen3_DIR=$work/3.3.9" \
      >"$work/log" 2>&1; then
      echo 'Eigen 3.3.9 was accepted'
      exit 1
    fi
    cat "$work/log"
    grep -q 'Eigen >= 3.4, or 5 (apt: libeigen3-dev' "$work/log"
    ;;
  pkg_config)
    if ! pkg-config --exists 'eigen3 >= 3.4' 'fmt >= 9' 2>/dev/null; then
      echo 'skipped: pkg-config, or the files of Eigen and fmt for it, are not on this machine'
      exit 77
    fi
    PKG_CONFIG_PATH=$prefix/$data_dir/pkgconfig
    export PKG_CONFIG_PATH
    [ "$(pkg-config --modversion cxm)" = "$version" ]
    mkdir -p "$work"
    # shellcheck disable=SC2046
    "$cxx" -std=c++20 "-DCXM_EXPECTED_VERSION=\"$version\"" "$here/project/main.cpp" \
      $(pkg-config --cflags --libs cxm) -o "$work/consumer"
    "$work/consumer"
    ;;
  *)
    echo "unknown case $case"
    exit 2
    ;;
esac
