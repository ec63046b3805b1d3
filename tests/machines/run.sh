#!/bin/sh
# Builds the tests as other machines would and runs those that a compiler or a processor can change: the matrix
# routines, the trainer, and every lesson's tables of parity. One line each. Then it runs the lessons and prints, for
# every machine and run, how far their files differ from those of the first machine (compare.awk says what the columns
# are). Exit status 0 if all that could be run passed. `make test-machines` runs it from the project's root; with words
# behind it, only the machines whose names hold one.
set -u
work=build/machines
failed=0
first=
mkdir -p $work/include
: >$work/differences
lessons='lesson1 lesson2 lesson3 lesson4 lesson5'  # lesson 6 writes no file of a single run to compare

# machine NAME COMPILER FLAGS RUNNER [SETTINGS OF MAKE]
machine() {
  name=$1 compiler=$2 flags=$3 runner=$4
  shift 4
  if [ -z "$named" ]; then
    names="$names, $name"
    return
  fi
  if [ -n "$wanted" ]; then
    for word in $wanted; do case "$name" in *"$word"*) break ;; esac; word=; done
    [ -n "$word" ] || return
  fi
  for program in "$compiler" $runner; do
    command -v "$program" >/dev/null || { printf '%-24s absent: no %s here\n' "$name" "$program"; return; }
  done
  folder=$work/$(echo "$name" | tr ' ' _)
  programs=
  for lesson in $lessons; do programs="$programs $folder/float/$lesson"; done
  if ! make -s "$folder/float/test-suite" $programs CXX="$compiler" CXXFLAGS="$flags" BUILD="$folder" "$@" \
    >"$folder.log" 2>&1; then
    printf '%-24s DOES NOT BUILD, see %s\n' "$name" "$folder.log"
    failed=1
    return
  fi
  $runner "$folder/float/test-suite" -sf='*tests/matrix/*,*tests/training/*,*tests/lessons/lesson?_test*' >"$folder.log" 2>&1 ||
    failed=1
  printf '%-24s %s\n' "$name" "$(sed -n 's/.*test cases: *//p' "$folder.log" | tail -n 1)"
  grep -q 'test cases:' "$folder.log" || failed=1

  rm -rf "$folder/out"
  for program in $programs; do
    $runner "$program" --quiet --out "$folder/out" || failed=1
  done
  [ -n "$first" ] || first=$folder
  [ "$first" != "$folder" ] || return
  for history in "$folder"/out/*.history.csv; do
    run=$(basename "$history" .history.csv)
    a=$first/out/$run b=$folder/out/$run
    printf '%-24s %-12s %s\n' "$name" "$run" "$(awk -f tests/machines/compare.awk $a.history.csv $b.history.csv \
      $a.predictions.csv $b.predictions.csv $a.params.txt $b.params.txt)" >>$work/differences
  done
}

machines() {
  for compiler in g++ clang++; do
    for level in -O0 -O2 -O3; do
      for processor in x86-64 x86-64-v3 native; do
        case "$processor $(uname -m)" in x86-64*aarch64 | x86-64*arm64) continue ;; esac
        machine "$compiler $level $processor" $compiler "$level -march=$processor" ""
      done
    done
  done
  machine "g++ -O2 aarch64" aarch64-linux-gnu-g++ "-O2 -static -I$work/include" qemu-aarch64
}

wanted=$*
names= named=
machines
for word in $wanted; do
  case "$names" in *"$word"*) ;; *)
    echo "MACHINES: no name holds '$word', there are: ${names#, }" >&2
    exit 2 ;;
  esac
done
named=yes

# doctest is the same on every processor; the folder that it is in is not.
for include in /usr/include /usr/local/include /opt/homebrew/include; do
  [ -d $include/doctest ] && ln -sfn $include/doctest $work/include/doctest
done

machines
if [ -s $work/differences ]; then
  printf '\nlargest differences from %s\n' "$(basename "$first" | tr _ ' ')"
  printf '%-24s %-12s %9s %9s %9s %9s %s\n' machine run loss gradient probab. parameter flowers
  cat $work/differences
fi
exit $failed
