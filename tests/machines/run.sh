#!/bin/sh
# Builds the tests as other machines would and runs those that a compiler or a processor can change: the matrix routines,
# the trainer, and every lesson's tables of parity. One line each; exit status 0 if all that could be run passed.
# `make test-machines` runs it from the project's root; with words behind it, only the machines whose names hold one.
set -u
work=build/machines
failed=0
mkdir -p $work/include

# machine NAME COMPILER FLAGS RUNNER [SETTINGS OF MAKE]
machine() {
  name=$1 compiler=$2 flags=$3 runner=$4
  shift 4
  if [ -n "$wanted" ]; then
    for word in $wanted; do case "$name" in *"$word"*) break ;; esac; word=; done
    [ -n "$word" ] || return
  fi
  for program in "$compiler" $runner; do
    command -v "$program" >/dev/null || { printf '%-28s absent: no %s here\n' "$name" "$program"; return; }
  done
  folder=$work/$(echo "$name" | tr ' ' _)
  if ! make -s -j2 "$folder/float/test-suite" CXX="$compiler" CXXFLAGS="$flags" BUILD="$folder" "$@" \
    >"$folder.log" 2>&1; then
    printf '%-28s DOES NOT BUILD, see %s\n' "$name" "$folder.log"
    failed=1
    return
  fi
  $runner "$folder/float/test-suite" -sf='*tests/matrix/*,*tests/training/*,*tests/lessons/lesson*' >"$folder.log" 2>&1 ||
    failed=1
  printf '%-28s %s\n' "$name" "$(sed -n 's/.*test cases: *//p' "$folder.log" | tail -n 1)"
  grep -q 'test cases:' "$folder.log" || failed=1
}

wanted=$*
for compiler in g++ clang++; do
  for level in -O0 -O2 -O3; do
    for processor in x86-64 x86-64-v3 native; do
      case "$processor $(uname -m)" in x86-64*aarch64 | x86-64*arm64) continue ;; esac
      machine "$compiler $level $processor" $compiler "$level -march=$processor" ""
    done
  done
done

# doctest is the same on every processor; the folder that it is in is not.
for include in /usr/include /usr/local/include /opt/homebrew/include; do
  [ -d $include/doctest ] && ln -sfn $include/doctest $work/include/doctest
done
machine "g++ -O2 aarch64" aarch64-linux-gnu-g++ "-O2 -static -I$work/include" qemu-aarch64 AR=aarch64-linux-gnu-ar
exit $failed
