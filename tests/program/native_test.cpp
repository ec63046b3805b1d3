// What make asks of compilers that only say whether they know an option.

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "src/io/file.h"
#include "src/io/text.h"
#include "tests/io/temporary_folder.h"

using namespace handgrad;

namespace {

// The commands that would build lesson 1 with a compiler that refuses the option.
std::string commands_without(const std::string& option) {
  const TemporaryFolder folder;
  const std::string compiler = folder.path + "/compiler";
  write_file(compiler, "#!/bin/sh\ncase \" $* \" in *' " + option + " '*) exit 1 ;; esac\n");
  std::filesystem::permissions(compiler, std::filesystem::perms::owner_all);
  // Without what the make that runs these tests was asked for, such as SANITIZE or CXXFLAGS.
  const std::string command = "env -i PATH=\"$PATH\" make -n none/float/lesson1 BUILD=none CXX='" + compiler + "' >'" +
                              folder.path + "/printed' 2>&1";
  CHECK(std::system(command.c_str()) == 0);
  return read_file(folder.path + "/printed");
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a compiler is asked for the machine's own instructions where it knows the word, and not otherwise") {
  CHECK(holds(commands_without("-unknown"), " -O3 -march=native "));
  const std::string commands = commands_without("-march=native");
  CHECK(holds(commands, " -O3 "));
  CHECK(!holds(commands, "-march=native"));
}

TEST_CASE("src/matrix does without the options that a compiler does not know") {
  const std::string commands = commands_without("-mprefer-vector-width=512");
  CHECK(holds(commands, "-fno-version-loops-for-strides"));
  CHECK(!holds(commands, "-mprefer-vector-width"));
}

// There is no GNU make of that age to run here; macOS has it.
TEST_CASE("the Makefile has no word that came into GNU make after 3.81") {
  for (const std::string& line : split(read_file("Makefile"), '\n')) {
    CAPTURE(line);
    for (const char* word : {".ONESHELL", ".RECIPEPREFIX", ".SHELLSTATUS", ".WAIT", ".NOTINTERMEDIATE", "$(file ",
                             "$(guile ", "$(let ", "$(intcmp ", " != ", "::=", " &: ", ": private "}) {
      CHECK(!holds(line, word));
    }
    for (const char* directive : {"undefine ", "private ", "load ", "-load "}) CHECK(line.find(directive) != 0);
    // Until then a definition of several lines had no sign behind its name.
    CHECK((line.find("define ") != 0 || !holds(line, "=")));
  }
}
