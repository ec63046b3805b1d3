# awk -f src/program/sources.awk KIND:FILE... KIND/PROGRAM:FILE...
#
# The sources that each program is linked from, as words PROGRAM:FILE.cpp. A .cpp needs whatever stands behind the
# headers that it includes: what NAME.h declares is defined in NAME.cpp beside it, if there is such a file.
# The files of a folder that are given with KIND alone are one unit for the compiler, FOLDER/unit.cpp: what needs one of
# them is linked with all.

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

# What the linker is given for a file: the unit of its folder, if it belongs to one.
function put(program, file,    object) {
  object = unit[kind(program), file] ? unit[kind(program), file] : file
  if (!((program, object) in printed)) print program ":" object
  printed[program, object] = 1
}

function kind(program) {
  sub(/\/.*/, "", program)
  return program
}

function link(program, file,    next_file, i, others) {
  if ((program, file) in linked) return
  linked[program, file] = 1
  if (file ~ /\.cpp$/) put(program, file)
  others = needs(file) members[kind(program), unit[kind(program), file]]
  split(others, next_file, " ")
  for (i = 1; i in next_file; ++i) link(program, next_file[i])
}

BEGIN {
  for (word = 1; word < ARGC; ++word) {
    split(ARGV[word], root, ":")
    if (root[1] ~ /\//) {
      link(root[1], root[2])
    } else {
      folder = root[2]
      sub(/[^\/]*$/, "", folder)
      unit[root[1], root[2]] = folder "unit.cpp"
      members[root[1], folder "unit.cpp"] = members[root[1], folder "unit.cpp"] " " root[2]
    }
  }
}
