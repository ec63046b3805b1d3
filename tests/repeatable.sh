#!/bin/sh
# sh tests/repeatable.sh LESSON...: runs every lesson's program twice, with the same command line; their files must be
# the same, byte for byte.
work=build/repeatable
rm -rf $work
for time in first second; do
  mkdir -p $work/$time
  for lesson in "$@"; do
    name=$(basename "$lesson")
    "$lesson" --quiet --out $work/"$name" || exit
    mv $work/"$name" $work/$time
  done
done
diff -r $work/first $work/second >$work/diff || { cut -c1-200 $work/diff; exit 1; }
echo "$(find $work/first -type f | wc -l) files, the same in both runs"
