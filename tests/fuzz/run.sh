#!/bin/sh
# sh tests/fuzz/run.sh SECONDS PROGRAM...: lets libFuzzer invent input for each of the programs, for so many seconds;
# what breaks one stays in build/fuzz.
seconds=$1
shift
status=0
for program in "$@"; do
  target=${program##*/fuzz-}
  work=build/fuzz/$target
  mkdir -p "$work"
  cp tests/fuzz/seeds/"$target"/* data/*.csv "$work"
  echo "fuzzing $target for $seconds seconds"
  "$program" "$work" -max_total_time="$seconds" -max_len=8192 -timeout=5 -rss_limit_mb=512 -malloc_limit_mb=64 \
    -artifact_prefix="$work"- >"$work.log" 2>&1 ||
    { status=1; grep -E 'ERROR|SUMMARY|what\(\)|Test unit' "$work.log"; }
  sed -n 's/^Done \(.*\)/  \1/p' "$work.log"
done
exit $status
