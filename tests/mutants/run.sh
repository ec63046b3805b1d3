#!/bin/sh
# Makes every change of a list in a copy of the sources, builds, and counts which changes are caught: those of
# backward.txt by check-grad, which must name them rightly, those of forward.txt by the tests that it names. Two workers,
# for a machine with two cores, each with a copy of its own. `make test-mutants` runs both lists from the project's root;
# `sh tests/mutants/run.sh forward src/data` makes the changes whose first line holds src/data. Exit status 0 if every
# change was caught, and every equivalent one passed.
set -u
list=$1
wanted=${2-}
work=build/mutants/$list
original=$work/original  # so that the project may be edited meanwhile

# apply FILE FROM TO: replaces the one line's text that stands in FILE; fails unless it stands there exactly once.
apply() {
  FROM=$2 TO=$3 awk '{ at = index($0, ENVIRON["FROM"]) }
    at { ++found; $0 = substr($0, 1, at - 1) ENVIRON["TO"] substr($0, at + length(ENVIRON["FROM"])) }
    { print } END { exit found != 1 }' "$1"
}

# build TREE PROGRAM
build() {
  make -s -j2 -C "$1" "build/mutant/$2" BUILD=build/mutant CXXFLAGS=-O1 >"$1/build.log" 2>&1
}

# run_tests TREE KIND FILTER: doctest's filter of the files; it ends at the first failure.
run_tests() {
  (cd "$1" && "build/mutant/$2/test-suite" -aa=1 "$3" >report.txt 2>&1)
}

# build_and_run_all TREE: all tests but those that run the lessons' programs, which are not built.
build_and_run_all() {
  with_programs=$(grep -lE 'program\.h"|HANDGRAD_PROGRAMS' tests/*/*_test.cpp | tr '\n' ',')
  for kind in float checking; do
    build "$1" $kind/test-suite &&
      run_tests "$1" $kind "-sfe=$with_programs" || return
  done
}

# judge_backward TREE FUNCTION EQUATION: prints the verdict on the change that was made in the tree.
judge_backward() {
  build "$1" checking/check-grad || { echo "NO BUILD  "; return; }
  (cd "$1" && build/mutant/checking/check-grad >report.txt 2>&1)
  status=$?
  named=$(sed -n 's/^The first of them is \(.*\) in \(.*\); those.*/\2 | \1/p' "$1/report.txt")
  case "$3" in
    equivalent:*) [ $status -eq 0 ] && echo "equivalent" || echo "NOT EQUIV." ;;
    *)
      if [ $status -eq 0 ]; then
        echo "MISSED    "
      elif [ "$named" = "$2 | $3" ]; then
        echo "caught    "
      else
        echo "MISNAMED as $named:"
      fi ;;
  esac
}

# judge_forward TREE FUNCTION TEST: the same, by the tests of one file, with the numbers that `make test` runs them with.
judge_forward() {
  case "$3" in
    equivalent:*) build_and_run_all "$1" && echo "equivalent" || echo "NOT EQUIV." ;;
    *)
      case "$3" in layers/* | checking/* | *" in double") kind=checking ;; *) kind=float ;; esac
      build "$1" $kind/test-suite || { echo "NO BUILD  "; return; }
      run_tests "$1" $kind "-sf=*tests/${3% in double}" && echo "MISSED    " || echo "caught    " ;;
  esac
}

# worker NUMBER: every second change, beginning with its number.
worker() {
  tree=$work/tree$1
  mkdir -p "$tree"
  cp -Rp "$original"/* "$tree"
  count=0
  while IFS= read -r line; do
    case "$line" in
      "in "*) head=${line#in } ;;
      "- "*) from=${line#- } ;;
      "+ "*)
        to=${line#+ }
        case "$head" in *"$wanted"*) ;; *) continue ;; esac
        count=$((count + 1))
        [ $((count % 2)) -eq "$1" ] || continue
        file=${head%% | *}
        rest=${head#* | }
        if [ "$from" != "$to" ] && apply "$original/$file" "$from" "$to" >"$tree/$file"; then
          verdict=$("judge_$list" "$tree" "${rest%% | *}" "${rest#* | }" 2>/dev/null)
        else
          verdict="STALE     "
        fi
        printf '%s\n' "$verdict $head | $from => $to"  # dash's echo would read the backslashes
        cp "$original/$file" "$tree/$file" ;;
    esac
  done <"tests/mutants/$list.txt"
}

# What is not changed is built once, and only what is new since the last time; and the tests must be able to pass.
rm -rf "$work"/tree? "$original"/[!b]*
mkdir -p "$original"
cp -Rp Makefile src lessons tests data "$original"
case "$list" in
  backward) build "$original" checking/check-grad ;;
  forward) build_and_run_all "$original" ;;
esac || { echo "the sources as they are do not build or fail: $original/build.log and report.txt"; exit 1; }

worker 0 >"$work/results.0" &
worker 1 >"$work/results.1"
wait
cat "$work/results.0" "$work/results.1" >"$work/results"
grep -v '^caught\|^equivalent' "$work/results"
awk -v list="$list" '/^caught/ { ++caught } /^equivalent/ { ++equivalent } END {
  print list ": " caught + equivalent " of " NR " changes judged rightly: " caught + 0 " caught, " equivalent + 0 " equivalent ones passed"
  exit caught + equivalent < NR }' "$work/results"
