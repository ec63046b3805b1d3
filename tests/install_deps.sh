#!/bin/sh
# sh tests/install_deps.sh: installs doctest with the first package manager that there is. Homebrew refuses to run as
# root.
has() { command -v "$1" >/dev/null 2>&1; }
by_hand() {
  echo "handgrad: $1; by hand: doctest is one header, put it at ./doctest/doctest.h," \
    "or at doctest/doctest.h in a folder of CPATH" >&2
  exit 1
}
run() {
  echo "handgrad: installing doctest: $*"
  "$@" || by_hand "that failed"
}

as_root=
[ "$(id -u)" = 0 ] || as_root=sudo
[ -z "$as_root" ] || has sudo || has brew || by_hand 'installing doctest takes root, and there is no sudo here'

if has apt-get; then
  run $as_root apt-get update -q && run $as_root apt-get install -y -q doctest-dev
elif has dnf; then
  run $as_root dnf install -y doctest-devel
elif has pacman; then
  run $as_root pacman -S --needed --noconfirm doctest
elif has apk; then
  run $as_root apk add doctest-dev
elif has brew; then
  run brew install doctest
else
  by_hand 'no apt-get, dnf, pacman, apk or brew here'
fi
