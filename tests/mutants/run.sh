#!/bin/sh
# Makes every change of a list in a copy of the sources, builds, and counts which changes are caught. Those of
# backward.txt check-grad must catch and name rightly, those of forward.txt the tests that the list names. There are two
# workers, for a machine with two cores, each with a copy of its own. `make test-mutants` runs both lists from the
# project's root; `sh tests/mutants/run.sh forward src/data` makes the changes whose head holds src/data. Exit status 0
# if every change was caught, and every equivalent one passed.
set -u
list=${1-}
wanted=${2-}
work=build/mutants/$list
original=$work/original  # so that the project may be edited meanwhile
limit=60                 # seconds for check-grad, or the tests of one file; ten times that for a build, or all tests

# expand: the list as three lines for each wanted change: its head, from and to. A line break in a text is the byte 037.
expand() {
  WANTED=$wanted awk '
    function flush() { if (complete) print head "\n" from "\n" to; complete = 0 }
    /^  / { if (complete) to = to "\037" substr($0, 3); else from = from "\037" substr($0, 3); next }
    { flush() }
    /^in / { head = substr($0, 4) }
    /^- / { from = substr($0, 3) }
    /^[+] / { to = substr($0, 3); complete = ENVIRON["WANTED"] == "" || index(head, ENVIRON["WANTED"]) }
    END { flush() }' "tests/mutants/$list.txt"
}

# split_head HEAD: into its file, function and equation (or test).
split_head() {
  file=${1%% | *}
  function=${1#* | }
  equation=${function#* | }
  function=${function%% | *}
}

# apply FILE FUNCTION FROM TO: prints FILE with the text FROM replaced; fails unless it stands there exactly once. Where
# FROM is {, the function's body is replaced. As .clang-format lays it out, a function ends with } in column 1.
apply() {
  FUNCTION=$2 FROM=$3 TO=$4 awk '
    { text = text $0 "\n" }
    END {
      from = ENVIRON["FROM"]
      to = ENVIRON["TO"]
      gsub("\037", "\n", from)
      gsub("\037", "\n", to)
      if (from == "{") {
        if (!match(text, "\n[A-Za-z][^\n;]*[ *&]" ENVIRON["FUNCTION"] "[(][^;{]*[{]\n")) exit 1
        at = RSTART + RLENGTH
        size = index(substr(text, at), "\n}\n") - 1
      } else {
        at = index(text, from)
        size = length(from)
        if (!at || index(substr(text, at + 1), from)) exit 1
      }
      printf "%s", substr(text, 1, at - 1) to substr(text, at + size)
      exit substr(text, at, size) == to
    }' "$1"
}

# limited SECONDS COMMAND...: ends it with status 137 or 152 when its time is over. Where there is no `timeout`, as on a
# mac, only the processor's time counts; that also ends what a killed command leaves behind.
limited() {
  (
    ulimit -t $(($1 + 10)) 2>/dev/null
    if command -v timeout >/dev/null; then exec timeout -s KILL "$@"; else shift; exec "$@"; fi
  ) </dev/null
}

# make_program TREE PROGRAM OPTIONS: with the tree's own Makefile.
make_program() {
  (
    cd "$1" || exit
    program=build/mutant/$2
    shift 2
    make -s --no-print-directory "$@" "$program" BUILD=build/mutant CXXFLAGS="$flags"
  )
}

# build TREE PROGRAM: after a change in $file. make is asked once a file what it would do, which saves a tenth of the
# time. -o: the files that it looks after in any case, such as that of the flags and the units, are not new.
build() {
  commands=$1/commands.${2%%/*}.${2#*/}
  [ -f "$commands" ] || make_program "$1" "$2" -n -W "$file" -o doctest \
    $(cd "$1" && { find build/mutant/* -prune -type f; find build/mutant -name unit.cpp; } | sed 's/^/-o /') >"$commands"
  (cd "$1" && limited $((10 * limit)) sh -e "${commands#"$1/"}" >build.log 2>&1)
}

# restore TREE: the original $file, and all that was built from it.
restore() {
  cp -p "$original/$file" "$1/$file"
  for commands in "$1"/commands.*; do
    [ ! -f "$commands" ] || (cd "$1" && sh -e "${commands#"$1/"}" >build.log 2>&1)
  done
  rm -f "$1"/commands.*
}

# run_tests TREE KIND SECONDS FILTER: doctest's filter of the files; it ends at the first failure.
run_tests() {
  (cd "$1" && limited "$3" "build/mutant/$2/test-suite" -aa=1 "$4" >report.txt 2>&1)
}

# run_all_tests TREE KIND: but those that run the lessons' programs, which are not built.
run_all_tests() {
  with_programs=$(cd "$1" && grep -lE '(program|project_copy)\.h"|HANDGRAD_PROGRAMS' tests/*/*_test.cpp | sed 's/^/*/' | tr '\n' ',')
  run_tests "$1" "$2" $((10 * limit)) "-sfe=$with_programs"
}

# judge_backward TREE: prints the verdict on the change that was made in the tree.
judge_backward() {
  build "$1" checking/check-grad || { echo "NO BUILD  "; return; }
  (cd "$1" && limited $limit build/mutant/checking/check-grad >report.txt 2>&1)
  status=$?
  named=$(sed -n 's/^The first of them is \(.*\) in \(.*\); those.*/\2 | \1/p' "$1/report.txt")
  [ "$equation" != "*" ] || named="${named%% | *} | *"
  case "$status $equation" in
    "0 equivalent: "*) echo "equivalent" ;;
    *"equivalent: "*) echo "NOT EQUIV." ;;
    "0 "*) echo "MISSED    " ;;
    "137 "* | "152 "*) echo "HUNG      " ;;
    "1 "*) [ "$named" = "$function | $equation" ] && echo "caught    " || echo "MISNAMED as $named:" ;;
    *) echo "DIED, status $status:" ;;
  esac
}

# judge_forward TREE: the same, by the tests of one file, with the numbers that `make test` runs them with.
judge_forward() {
  case "$equation" in
    "equivalent: "*)
      for kind in float checking; do
        build "$1" $kind/test-suite && run_all_tests "$1" $kind || { echo "NOT EQUIV."; return; }
      done
      echo "equivalent"
      return ;;
    layers/* | checking/* | *" in double") kind=checking ;;
    *) kind=float ;;
  esac
  build "$1" $kind/test-suite || { echo "NO BUILD  "; return; }
  run_tests "$1" $kind $limit "-sf=*tests/${equation% in double}"
  case $? in 0) echo "MISSED    " ;; 137 | 152) echo "HUNG      " ;; *) echo "caught    " ;; esac
}

# worker NUMBER: every second change, beginning with its number.
worker() {
  tree=$work/tree$1
  mkdir -p "$tree"
  cp -Rp "$original"/. "$tree"  # with the dot files
  count=0
  file=
  while IFS= read -r head && IFS= read -r from && IFS= read -r to; do
    count=$((count + 1))
    [ $((count % 2)) -eq "$1" ] || continue
    [ -z "$file" ] || [ "$file" = "${head%% | *}" ] || restore "$tree"
    split_head "$head"
    [ ! -t 2 ] || printf '\r%d of %d  %-60.60s' $count $changes "$file" >&2
    apply "$original/$file" "$function" "$from" "$to" >"$tree/$file"
    verdict=$("judge_$list" "$tree" 2>/dev/null)
    printf '%s\n' "$verdict $head | $from => $to"  # dash's echo would read the backslashes
  done <"$work/changes"
}

[ -f "tests/mutants/$list.txt" ] || { echo "usage: sh tests/mutants/run.sh backward|forward [TEXT]" >&2; exit 2; }
mkdir -p "$original"
expand >"$work/changes"
changes=$(($(wc -l <"$work/changes") / 3))
[ $changes -gt 0 ] || { echo "no head in tests/mutants/$list.txt holds \"$wanted\"" >&2; exit 2; }

# A linker in half the time, where there is one.
flags=-O1
for linker in gold lld; do
  echo 'int main() {}' | ${CXX:-c++} -fuse-ld=$linker -x c++ - -o "$work/linked" 2>/dev/null || continue
  flags="-O1 -fuse-ld=$linker"
  break
done

# What is not changed is built once, and only what is new since the last time; and the tests must be able to pass.
rm -rf "$work"/tree? "$original"/[!b]*
cp -Rp .gitattributes Makefile README.md src lessons tests data "$original"

# A change that the sources have outgrown is told at once, not after the others.
while IFS= read -r head && IFS= read -r from && IFS= read -r to; do
  split_head "$head"
  apply "$original/$file" "$function" "$from" "$to" >/dev/null 2>&1 || printf '%s\n' "STALE $head | $from => $to"
done <"$work/changes" | tr '\037' '\n' >"$work/stale"
[ ! -s "$work/stale" ] || { cat "$work/stale"; exit 1; }

case "$list" in
  backward) make_program "$original" checking/check-grad -j2 ;;
  forward)
    make_program "$original" float/test-suite -j2 && make_program "$original" checking/test-suite -j2 &&
      run_all_tests "$original" float && run_all_tests "$original" checking ;;
esac >"$original/build.log" 2>&1 || {
  echo "the sources as they are do not build or fail: $original/build.log and report.txt"
  exit 1
}

worker 0 >"$work/results.0" &
worker 1 >"$work/results.1"
wait
[ ! -t 2 ] || printf '\r%75s\r' "" >&2
cat "$work/results.0" "$work/results.1" >"$work/results"
grep -v '^caught\|^equivalent' "$work/results" | tr '\037' '\n'
awk -v list="$list" '/^caught/ { ++caught } /^equivalent/ { ++equivalent } END {
  printf "%s: %d of %d changes judged rightly: %d caught, %d equivalent ones passed\n", list, caught + equivalent, NR,
    caught, equivalent
  exit caught + equivalent < NR }' "$work/results"
