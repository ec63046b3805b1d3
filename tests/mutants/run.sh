#!/bin/sh
# Makes every change of mutants.txt in a copy of the sources, builds, runs check-grad, and counts which changes it caught
# and named rightly. Two workers, for a machine with two cores, each with a copy of its own. `make test-mutants` runs it
# from the project's root. Exit status 0 if every change was caught and named, and every equivalent one passed.
set -u
list=tests/mutants/mutants.txt
work=build/mutants
original=$work/original  # so that the project may be edited meanwhile

# apply FILE FROM TO: replaces the one line's text that stands in FILE; fails unless it stands there exactly once.
apply() {
  FROM=$2 TO=$3 awk '{ at = index($0, ENVIRON["FROM"]) }
    at { ++found; $0 = substr($0, 1, at - 1) ENVIRON["TO"] substr($0, at + length(ENVIRON["FROM"])) }
    { print } END { exit found != 1 }' "$1"
}

# judge TREE FILE FUNCTION EQUATION FROM TO: prints the verdict on one change.
judge() {
  [ "$5" != "$6" ] && apply "$original/$2" "$5" "$6" >"$1/$2" || { echo "STALE     "; return; }
  if ! make -s -C "$1" build/mutant/checking/check-grad BUILD=build/mutant CXXFLAGS=-O0 >"$1/build.log" 2>&1; then
    echo "NO BUILD  "
    return
  fi
  (cd "$1" && build/mutant/checking/check-grad >report.txt 2>&1)
  status=$?
  named=$(sed -n 's/^The first of them is \(.*\) in \(.*\); those.*/\2 | \1/p' "$1/report.txt")
  case "$4" in
    equivalent:*) [ $status -eq 0 ] && echo "equivalent" || echo "NOT EQUIV." ;;
    *)
      if [ $status -eq 0 ]; then
        echo "MISSED    "
      elif [ "$named" = "$3 | $4" ]; then
        echo "caught    "
      else
        echo "MISNAMED as $named:"
      fi ;;
  esac
}

# worker NUMBER: every second change, beginning with its number.
worker() {
  tree=$work/tree$1
  rm -rf "$tree"
  mkdir -p "$tree"
  cp -r "$original"/* "$tree"
  count=0
  while IFS= read -r line; do
    case "$line" in
      "in "*) head=${line#in } ;;
      "- "*) from=${line#- } ;;
      "+ "*)
        to=${line#+ }
        count=$((count + 1))
        [ $((count % 2)) -eq "$1" ] || continue
        file=${head%% | *}
        rest=${head#* | }
        echo "$(judge "$tree" "$file" "${rest%% | *}" "${rest#* | }" "$from" "$to") $head | $from => $to"
        cp "$original/$file" "$tree/$file" ;;
    esac
  done <"$list"
}

rm -rf $work
mkdir -p $original
cp -r Makefile src lessons $original
worker 0 >$work/results.0 &
worker 1 >$work/results.1
wait
cat $work/results.0 $work/results.1 >$work/results
grep -v '^caught\|^equivalent' $work/results
awk '/^caught/ { ++caught } /^equivalent/ { ++equivalent } END {
  print caught + equivalent " of " NR " changes judged rightly: " caught + 0 " caught and named, " equivalent + 0 " equivalent ones passed"
  exit caught + equivalent < NR }' $work/results
