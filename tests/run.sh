#!/bin/sh
# sh tests/run.sh FOLDER
#
# Runs the two test programs that were built in build/COMPILER, beside each other: with float, once the tests that start the
# lessons' programs and once all others, and with double. Prints what they print, and last how many test cases passed and
# failed; a program that did not run to its end is a failure.
folder=$1
starters='*tests/lessons/*,*tests/program/*,*tests/handouts/*'

# run NAME KIND [FILTER]
run() {
  HANDGRAD_PROGRAMS=$folder/$2 "$folder/$2/test-suite" $3 >"$folder/$1.log" 2>&1
}

run programs float "-sf=$starters" & programs=$!
run float float "-sfe=$starters" & float=$!
run checking checking
status=$?
for process in $programs $float; do wait $process || status=1; done

for name in float programs checking; do
  echo "== $name"
  cat "$folder/$name.log"
done
cat "$folder/float.log" "$folder/programs.log" "$folder/checking.log" |
  sed -n 's/.*test cases: *[0-9]* | *\([0-9]*\) passed | *\([0-9]*\) failed.*/\1 \2/p' |
  awk '{ passed += $1; failed += $2 } END { print passed + 0 " passed, " failed + 3 - NR " failed" }'
exit $status
