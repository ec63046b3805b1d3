#!/bin/sh
# sh tests/install_deps.sh: installs doctest with the first package manager that there is. Homebrew refuses to run as
# root.
as_root=
[ "$(id -u)" = 0 ] || as_root=sudo

has() { command -v "$1" >/dev/null 2>&1; }
run() {
  echo "handgrad: installing doctest: $*"
  "$@"
}

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
  echo 'handgrad: no apt-get, dnf, pacman, apk or brew here: install doctest by hand' >&2
  exit 1
fi
