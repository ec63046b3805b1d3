#!/bin/sh
# sh src/program/step.sh NAME COMMAND...
#
# Runs one compilation or link of a make and says how far it is: on a terminal in one line that each step writes over,
# elsewhere at every tenth step. What the compiler says is shown whole, in one piece. The Makefile sets STEPS, a file of
# this make alone, MAKE, and GOALS, what it was asked for.
name=$1
shift

# Sets begun, ended and total (empty as long as it is not known).
count() {
  begun=0 ended=0 total=
  while read -r what number; do
    case $what in
      begun) begun=$((begun + 1)) ;;
      ended) ended=$((ended + 1)) ;;
      total) total=$number ;;
    esac
  done <"$STEPS"
}

[ -f "$STEPS" ] || rm -f "${STEPS%.*}".*  # those of earlier makes
echo begun >>"$STEPS"
count
at=$begun
# What is left to do is asked at the third step: the edit of one file should not wait for it.
if [ "$at" -eq 3 ]; then
  looked_after=$(find "${STEPS%/*}" -name flags -o -name lessons.inc -o -name unit.cpp | sed 's/^/-o /')  # in any case
  total=$((ended + $($MAKE -n $GOALS $looked_after 2>/dev/null | grep -c 'src/program/step\.sh')))
  echo "total $total" >>"$STEPS"
fi

clear= colors=
if [ -t 1 ]; then clear='\r\033[K' colors=-fdiagnostics-color=always; fi
if [ -n "$clear" ] || [ $((at % 10)) -eq 0 ]; then
  printf "$clear%s" "[$at${total:+/$total}] $name"
  [ -n "$clear" ] || echo
fi
said=$("$@" $colors 2>&1)
status=$?
echo ended >>"$STEPS"
if [ -n "$said" ]; then
  printf "$clear%s\n" "$said" >&2
elif [ -n "$clear" ]; then
  count
  [ "$begun" -ne "$ended" ] || printf "$clear"  # nothing else runs: the line is left empty
fi
exit $status
