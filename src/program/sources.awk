# awk -f src/program/sources.awk PROGRAM:FILE...
#
# The sources that each program is linked from, as words PROGRAM:FILE.cpp. A .cpp needs whatever stands behind the
# headers that it includes: what NAME.h declares is defined in NAME.cpp beside it, if there is such a file.

# All that the file includes by name, with the .cpp files behind them.
function needs(file,    line, part, code) {
  if (file in known) return known[file]
  known[file] = " "
  while ((getline line <file) > 0) {
    if (line !~ /^#include "/) continue
    split(line, part, "\"")
    code = part[2]
    sub(/\.h$/, ".cpp", code)
    known[file] = known[file] part[2] " " (exists(code) ? code " " : "")
  }
  close(file)
  return known[file]
}

function exists(file,    line, found) {
  if (!(file in there)) {
    there[file] = (getline line <file) >= 0
    close(file)
  }
  return there[file]
}

# The tests of a folder are one unit, FOLDER/tests.cpp, which the Makefile writes.
function unit(program, file) {
  sub(/[^\/]*_test\.cpp$/, "tests.cpp", file)
  if (!((program, file) in printed)) print program ":" file
  printed[program, file] = 1
}

function link(program, file,    count, next_file, i) {
  if ((program, file) in linked) return
  linked[program, file] = 1
  if (file ~ /\.cpp$/) unit(program, file)
  count = split(needs(file), next_file, " ")
  for (i = 1; i <= count; ++i) link(program, next_file[i])
}

BEGIN {
  for (word = 1; word < ARGC; ++word) {
    split(ARGV[word], root, ":")
    link(root[1], root[2])
  }
}
