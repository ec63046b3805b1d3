#!/bin/sh
# sh tests/run.sh FOLDER
#
# Runs the two test programs that were built in build/COMPILER, in four parts beside each other: with float the tests of
# whole lessons, those that start programs and all others, and the tests with double. Prints what they print, and last
# how many test cases passed and failed; a part that did not run to its end is a failure.
folder=$1
parts='lessons programs float checking'

# run PART KIND [FILTER]
run() {
  HANDGRAD_PROGRAMS=$folder/$2 "$folder/$2/test-suite" $3 >"$folder/$1.log" 2>&1
}

echo 'tests: running, for up to half a minute'
run lessons float '-sf=*tests/lessons/*,*tests/handouts/*' & processes=$!
run programs float '-sf=*tests/program/*' & processes="$processes $!"
run float float '-sfe=*tests/lessons/*,*tests/handouts/*,*tests/program/*' & processes="$processes $!"
run checking checking
status=$?
for process in $processes; do wait $process || status=1; done

for part in $parts; do
  echo "== $part"
  cat "$folder/$part.log"
done
for part in $parts; do cat "$folder/$part.log"; done |
  sed -n 's/.*test cases: *[0-9]* | *\([0-9]*\) passed | *\([0-9]*\) failed.*/\1 \2/p' |
  awk -v parts="$parts" '{ passed += $1; failed += $2 }
    END { print passed + 0 " passed, " failed + split(parts, part, " ") - NR " failed" }'
exit $status
