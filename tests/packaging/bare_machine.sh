#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# Shows that the two commands work where none of the packages is installed: in a mount namespace of its
# own this script lays empty directories over Boost, Eigen, fmt, Catch2 and the package lists of apt,
# copies the sources, and runs the commands there as a user without rights. Nothing outside the
# namespace changes. Linux with util-linux (unshare, setpriv); the network, for apt.
#   sh tests/packaging/bare_machine.sh [COMMAND...]
# Default: sh examples/run.sh, then sh tests/run.sh fast. As root the commands run as nobody; else in
# a user namespace, where that is allowed.
set -eu

if [ "${CXM_BARE_STAGE:-}" = '' ]; then
  cd "$(dirname "$0")/../.."
  CXM_BARE_STAGE=hide
  CXM_BARE_SOURCE=$PWD
  CXM_BARE_WORK=$(mktemp -d)
  export CXM_BARE_STAGE CXM_BARE_SOURCE CXM_BARE_WORK
  trap 'rm -rf "$CXM_BARE_WORK"' EXIT
  if [ "$(id -u)" -eq 0 ]; then user_namespace=; else user_namespace=--map-root-user; fi
  unshare --mount $user_namespace sh "tests/packaging/$(basename "$0")" "$@"
  exit
fi

case $CXM_BARE_STAGE in
  hide)
    mkdir "$CXM_BARE_WORK/nothing" "$CXM_BARE_WORK/home"
    hidden=0
    for place in /usr/include/boost /usr/include/eigen3 /usr/include/fmt /usr/include/catch2 \
      /usr/share/eigen3 /usr/local/include/boost /usr/local/include/eigen3 /usr/local/include/fmt \
      /usr/local/include/catch2 /usr/lib/cmake/Catch2 /usr/share/cmake/Catch2 \
      /usr/lib/*/cmake/[Bb]oost* /usr/lib/*/cmake/fmt /usr/lib/*/cmake/Catch2 \
      /usr/lib/cmake/[Bb]oost* /usr/local/lib/cmake /var/lib/apt/lists; do
      if [ -d "$place" ]; then
        mount --bind "$CXM_BARE_WORK/nothing" "$place"
        hidden=$((hidden + 1))
      fi
    done
    for file in /usr/share/pkgconfig/eigen3.pc /usr/lib/*/pkgconfig/fmt.pc; do
      if [ -f "$file" ]; then mount --bind /dev/null "$file"; fi
    done
    echo "hidden: $hidden directories"
    # What git would give, with what is not yet committed.
    mkdir "$CXM_BARE_WORK/cxm"
    (cd "$CXM_BARE_SOURCE" && tar -cf - --exclude=./build --exclude='./build-*' --exclude=./.git .) |
      (cd "$CXM_BARE_WORK/cxm" && tar --no-same-owner -xf -)
    chmod 755 "$CXM_BARE_WORK" "$CXM_BARE_WORK/nothing"
    CXM_BARE_STAGE=run
    as=
    if grep -q "^ *0 *0 " /proc/self/uid_map; then
      chown -R nobody "$CXM_BARE_WORK/cxm" "$CXM_BARE_WORK/home"
      as="setpriv --reuid=nobody --regid=nogroup --clear-groups --no-new-privs"
    fi
    cd "$CXM_BARE_WORK/cxm"
    # A clean environment too: nothing of the caller's may help.
    $as env -i PATH=/usr/local/bin:/usr/bin:/bin HOME="$CXM_BARE_WORK/home" LC_ALL=C \
      ${CXX:+CXX="$CXX"} ${CXM_JOBS:+CXM_JOBS="$CXM_JOBS"} \
      ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} \
      CXM_BARE_STAGE=run sh tests/packaging/bare_machine.sh "$@"
    ;;
  run)
    echo "as $(id -un 2>/dev/null || id -u), in $PWD"
    if [ $# -gt 0 ]; then
      "$@"
      exit
    fi
    for command in 'examples/run.sh' 'tests/run.sh fast'; do
      printf '\n$ sh %s\n' "$command"
      began=$(date +%s)
      # shellcheck disable=SC2086
      sh $command
      echo "-- sh $command: passed on a bare machine in $(($(date +%s) - began)) s"
    done
    du -sh build/deps
    ;;
esac
