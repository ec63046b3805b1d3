#!/bin/sh
# Runs the exercises of the lessons that it is given, prints one table and writes out/grade.csv, a row for each
# exercise:
#   MAKE=make BUILD=build/g++ sh src/program/grade.sh lesson1 lesson2
# Which exercises there are, and of how many points, tell the answers: an exercise that does not compile, crashes or
# never ends loses its own points only. Exit status 0 if all is right.
set -u
work=$BUILD/grade
programs=$BUILD/checking
rm -rf "$work"
mkdir -p out "$work"

# grade PROGRAM FILE: the program's rows. What it prints goes to a log, up to some MB. Each exercise has a time limit of
# its own; that of the shell, in seconds of computing, is for what runs before main.
grade() {
  { (ulimit -t "${GRADE_SECONDS-60}"; ulimit -f 20000; exec "$1" --grade "$2") </dev/null >"$2.log" 2>&1; } 2>/dev/null
}

# What is there after make was built just now.
targets=
for lesson in "$@"; do
  rm -f "$programs/answer-$lesson" "$programs/exercise-$lesson"
  targets="$targets $programs/answer-$lesson $programs/exercise-$lesson"
done
$MAKE -s -k $targets >&2

for lesson in "$@"; do
  answer=$work/$lesson.answer exercise=$work/$lesson.exercise
  if ! grade "$programs/answer-$lesson" "$answer"; then
    problem="the answer of $lesson is not right: was something changed in src?"
    [ -f "$answer" ] || problem="the answer of $lesson does not run, so nothing is graded: is something in src broken?"
    echo "handgrad: $problem" >&2
    [ -f "$answer" ] || exit 1
  fi
  problem='does not compile'
  if [ -x "$programs/exercise-$lesson" ]; then
    problem='ends before it begins'
    grade "$programs/exercise-$lesson" "$exercise"
  fi
  [ -f "$exercise" ] || : >"$exercise"
  # A row of the answer that the exercise does not have counts 0.
  awk -F, -v OFS=, -v lesson="$lesson" -v problem="$problem" '
    FILENAME == ARGV[1] { right[$1 FS $3] = $2; remark[$1 FS $3] = $4; next }
    { key = $1 FS $3; print lesson, $1, key in right ? right[key] : 0, $3, key in right ? remark[key] : problem }
  ' "$exercise" "$answer" >>"$work/rows"
done
{ echo 'lesson,exercise,right,of,remark'; cat "$work/rows"; } >"$work/grade.csv"
mv "$work/grade.csv" out/grade.csv
awk -F, 'NR == 1 { next }
  { printf "%-9s %-28s %3d of %3d  %s\n", $1, $2, $3, $4, $3 == $4 ? "ok" : $5; right += $3; of += $4 }
  END { printf "%-9s %-28s %3d of %3d\n", "total", "", right, of; exit right < of }' out/grade.csv
