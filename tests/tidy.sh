#!/bin/sh
# sh tests/tidy.sh LOG ARGUMENTS...: clang-tidy, which must find nothing; what it finds is shown, all it says is in LOG.
command -v clang-tidy >/dev/null || { echo 'handgrad: no clang-tidy here' >&2; exit 1; }
log=$1
shift
clang-tidy --quiet "$@" >"$log" 2>&1
status=$?
grep -A3 'error:' "$log"
exit $status
