// The Makefile: what it makes of its options and of a compiler, and what it prints.

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "src/io/file.h"
#include "src/io/text.h"
#include "tests/io/temporary_folder.h"

using namespace handgrad;

namespace {

// What a command prints, stdout and stderr; it must succeed. The folder's commands come before others, and of what the
// make that runs these tests was asked for, such as SANITIZE or CXXFLAGS, it knows nothing.
std::string printed_by(const TemporaryFolder& folder, const std::string& command) {
  const std::string file = folder.path + "/printed";
  const std::string with_status =
      "env -i PATH='" + folder.path + "':\"$PATH\" sh -c '" + command + "' >'" + file + "' 2>&1";
  const int status = std::system(with_status.c_str());
  const std::string printed = read_file(file);
  CHECK_MESSAGE(status == 0, printed);
  return printed;
}

// The commands that build lesson 1 with a compiler that refuses the option.
std::string commands_without(const std::string& option,
                             const std::string& arguments = "BUILD=none none/float/lesson1") {
  const TemporaryFolder folder;
  make_command(folder, "compiler", "case \" $* \" in *' " + option + " '*) exit 1 ;; esac");
  return printed_by(folder, "make -n CXX=compiler " + arguments);
}

}  // namespace

TEST_CASE("a compiler is asked for the machine's own instructions where it knows the word, and not otherwise") {
  CHECK(contains(commands_without("-unknown"), " -O3 -march=native "));
  const std::string commands = commands_without("-march=native");
  CHECK(contains(commands, " -O3 "));
  CHECK(!contains(commands, "-march=native"));
}

TEST_CASE("src/matrix does without the options that a compiler does not know") {
  const std::string commands = commands_without("-mprefer-vector-width=512");
  CHECK(contains(commands, "-fno-version-loops-for-strides"));
  CHECK(!contains(commands, "-mprefer-vector-width"));
}

TEST_CASE("src/matrix and the layers are compiled for speed, what runs once and the tests to be compiled soon") {
  const std::string commands = commands_without("-unknown", "BUILD=none none/float/test-suite");
  const auto last_level = [&](const std::string& file) {
    const std::size_t end = commands.find(" -c " + file + " ");
    REQUIRE(end != std::string::npos);
    return commands.substr(commands.rfind(" -O", end) + 1, 3);
  };
  CHECK(last_level("src/matrix/gemm.cpp") == "-O3");
  CHECK(last_level("src/layers/relu.cpp") == "-O3");
  CHECK(last_level("src/training/adam.cpp") == "-O3");
  CHECK(last_level("none/float/src/report/unit.cpp") == "-O1");
  CHECK(last_level("none/float/tests/matrix/unit.cpp") == "-O1");
  CHECK(last_level("none/float/tests/report/unit.cpp") == "-O0");
}

TEST_CASE("a program is built from what its sources include, and from nothing else") {
  const std::string minimal = commands_without("-unknown", "BUILD=none none/float/minimal");
  CHECK(contains(minimal, " -c src/layers/relu.cpp "));
  CHECK(!contains(minimal, " -c src/layers/batch_norm.cpp "));
  CHECK(!contains(minimal, "lessons/lesson2/"));
  const std::string lesson3 = commands_without("-unknown", "BUILD=none none/float/lesson3");
  CHECK(contains(lesson3, " -c lessons/lesson2/network.cpp "));  // it trains lesson 2's network too
  CHECK(!contains(lesson3, "src/checking/"));
}

TEST_CASE("CXXFLAGS on the command line has a folder of its own, and takes the place of the Makefile's flags") {
  const std::string commands = commands_without("-unknown", "CXXFLAGS=\"-O2 -g\" build/compiler-O2-g/float/minimal");
  CHECK(contains(commands, " -O2 -g -ffp-contract=off "));
  CHECK(contains(commands, " -o build/compiler-O2-g/float/src/layers/relu.o"));
  CHECK(!contains(commands, " -O1"));
  CHECK(!contains(commands, "-march=native"));
  CHECK(contains(commands_without("-unknown", "CXXFLAGS=-O2 BUILD=none none/float/minimal"),
                 " -o none/float/src/layers/relu.o"));
  CHECK(contains(commands_without("-unknown", "build/compiler/float/minimal"),
                 " -o build/compiler/float/src/layers/relu.o"));
}

TEST_CASE("of flags under which NaN goes unnoticed nothing reaches the compiler") {
  const std::string commands = commands_without(
      "-unknown", "CXXFLAGS=\"-Ofast -ffast-math -ffinite-math-only -g\" BUILD=none none/float/minimal");
  CHECK(contains(commands, " -O3 -g "));
  CHECK(!contains(commands, "-Ofast"));
  CHECK(!contains(commands, "-math-only"));
  CHECK(!contains(commands, "fast-math"));
}

TEST_CASE("make alone says in six lines what to do first, then how to see the rest") {
  const TemporaryFolder folder;
  const std::vector<std::string> lines = split(printed_by(folder, "make"), '\n');
  REQUIRE(lines.size() == 8);  // an empty piece behind the last newline
  CHECK(contains(lines[1], "make run-lesson1 "));
  CHECK(contains(lines[6], "`make help`"));
}

TEST_CASE("make help lists every target that a person types, a student's first and a maintainer's last") {
  const TemporaryFolder folder;
  const std::string help = printed_by(folder, "make help");
  const auto place = [&](const std::string& target) { return help.find("\n  make " + target + " "); };
  int targets = 0;
  for (const std::string& line : split(read_file("Makefile"), '\n')) {
    if (line.compare(0, 8, ".PHONY: ") != 0) continue;
    for (const std::string& target : split(line.substr(8), ' ')) {
      const bool of_lessons = target.find_first_of("$()%") != std::string::npos;  // $(LESSONS:%=run-%), see below
      const bool inner = target == "begin" || target == "help" || target == "doctest" || target == "always" ||
                         target == "fuzz-built" || target.compare(0, 5, "tidy-") == 0;
      if (of_lessons || inner) continue;
      CAPTURE(target);
      CHECK(place(target) != std::string::npos);
      ++targets;
    }
  }
  CHECK(targets == 18);
  for (const char* target : {"run-lessonN", "exercise-lessonN", "answer-lessonN"})
    CHECK(place(target) != std::string::npos);
  CHECK(place("run-lessonN") < place("check-grad"));
  CHECK(place("check-grad") < place("grade"));
  CHECK(place("grade") < place("test-mutants"));
}

TEST_CASE("all processors are used, unless make, its parent or MAKEFLAGS is told how many") {
  const TemporaryFolder folder;
  make_command(folder, "nproc", "echo 7");
  make_command(folder, "ps", "echo \"$COMMAND_LINE\"");
  const auto jobs = [&](const std::string& environment, const std::string& version) {
    return printed_by(folder, environment + " sh src/program/jobs.sh " + version);
  };
  CHECK(jobs("", "4.3") == "-j7\n");
  CHECK(jobs("MAKEFLAGS=\"ks -- CXX=clang++ -j\"", "4.3") == "");
  CHECK(jobs("MAKEFLAGS=\" -- CXX=clang++\"", "4.3") == "-j7\n");
  CHECK(jobs("MAKEFLAGS=-j1", "4.3") == "");
  CHECK(jobs("MAKEFLAGS=\"s -j2 --jobserver-auth=3,4\"", "4.3") == "");
  CHECK(jobs("MAKEFLAGS=\" --jobserver-fds=3,4 -j\"", "3.81") == "");
  CHECK(jobs("COMMAND_LINE=\"make -j4 test\"", "3.81") == "");
  CHECK(jobs("COMMAND_LINE=\"make test\"", "3.81") == "-j7\n");

  // And make goes by it. The most that a compiler, which only takes its time, is run at once:
  const std::string log = folder.path + "/log";
  make_command(folder, "compiler", "echo begin >>" + log + "; sleep 0.03; echo end >>" + log);
  const auto at_once = [&](const std::string& environment, const std::string& option) {
    write_file(log, "");
    const TemporaryFolder build;
    printed_by(folder, environment + " make -s CXX=compiler PRECOMPILE= BUILD=" + build.path + " " + option + " " +
                           build.path + "/float/minimal");
    int now = 0, most = 0;
    for (const std::string& line : split(read_file(log), '\n')) {
      now += line == "begin" ? 1 : line == "end" ? -1 : 0;
      most = std::max(most, now);
    }
    return most;
  };
  CHECK(at_once("", "") > 2);
  CHECK(at_once("", "-j2") == 2);
  CHECK(at_once("", "-j1") == 1);
  CHECK(at_once("MAKEFLAGS=-j1", "") == 1);
}

TEST_CASE("goals that are typed together are made in their order") {
  const TemporaryFolder folder;
  make_command(folder, "compiler", "");
  make_command(folder, "clang-tidy", "");
  const std::string printed = printed_by(folder, "make begin help");
  CHECK(printed.find("Begin with") < printed.find("For who learns:"));
  CHECK(contains(printed, "For who learns:"));
}

TEST_CASE("a build says how far it is, and shows what the compiler says whole; V=1 shows the commands, -s nothing") {
  const TemporaryFolder folder;
  make_command(folder, "compiler", "case \" $* \" in *relu.cpp*) echo one line; echo another ;; esac");
  const auto printed = [&](const std::string& options) {
    const TemporaryFolder build;
    return printed_by(folder, "make CXX=compiler PRECOMPILE= BUILD=" + build.path + " " + options + " " + build.path +
                                  "/float/minimal");
  };
  const std::string sparse = printed("-j1");
  CHECK(contains(sparse, "one line\nanother\n"));
  CHECK(contains(sparse, "[10/"));
  CHECK(!contains(sparse, "-Wall"));
  CHECK(contains(printed("-j1 V=1"), "-Wall"));
  CHECK(printed("-j1 -s") == "one line\nanother\n");
}

// There is no GNU make of that age to run here; macOS has it.
TEST_CASE("the Makefile has no word that came into GNU make after 3.81") {
  for (const std::string& line : split(read_file("Makefile"), '\n')) {
    CAPTURE(line);
    for (const char* word : {".ONESHELL", ".RECIPEPREFIX", ".SHELLSTATUS", ".WAIT", ".NOTINTERMEDIATE", "$(file ",
                             "$(guile ", "$(let ", "$(intcmp ", " != ", "::=", " &: ", ": private "}) {
      CHECK(!contains(line, word));
    }
    for (const char* directive : {"undefine ", "private ", "load ", "-load "}) CHECK(line.find(directive) != 0);
    // Until then a definition of several lines had no sign behind its name.
    CHECK((line.find("define ") != 0 || !contains(line, "=")));
  }
}

TEST_CASE("make -f from another folder says how to get here") {
  const TemporaryFolder folder;
  const std::string root = std::filesystem::current_path().string();
  const std::string command =
      "unset MAKEFLAGS MAKELEVEL; cd '" + folder.path + "' && make -f '" + root + "/Makefile' help >printed 2>&1";
  CHECK(std::system(command.c_str()) != 0);
  const std::string printed = read_file(folder.path + "/printed");
  CHECK(contains(printed, "not at the root of the project: use make -C " + root + "/"));
  CHECK(split(printed, '\n').size() == 2);
}

TEST_CASE("a clone keeps the line ends, and what the seeds of the fuzzers hold") {
  const std::string attributes = read_file(".gitattributes");
  CHECK(contains(attributes, "\n* text=auto eol=lf\n"));
  CHECK(contains(attributes, "\ntests/fuzz/seeds/** -text\n"));
  CHECK(contains(read_file("tests/fuzz/seeds/params/crlf.txt"), "\r\n"));
}

TEST_CASE("a build remembers which processor its machine's own instructions meant") {
  const TemporaryFolder folder;
  // What the compiler predefines differs from processor to processor.
  const auto flags_with = [&](const std::string& predefined) {
    make_command(folder, "compiler", "case \" $* \" in *' -dM '*) echo '#define " + predefined + "' ;; esac");
    printed_by(folder, "make -s CXX=compiler BUILD=" + folder.path + "/build " + folder.path + "/build/flags");
    return read_file(folder.path + "/build/flags");
  };
  const std::string first = flags_with("__AVX2__ 1");
  CHECK(flags_with("__AVX2__ 1") == first);
  CHECK(flags_with("__AVX512F__ 1") != first);
}

TEST_CASE("a compiler that fails says so itself, and doctest is not installed for it") {
  const TemporaryFolder folder;
  make_command(folder, "compiler", "echo 'compiler: what is -O9x?' >&2; exit 1");
  make_command(folder, "apt-get", "echo \"$*\" >'" + folder.path + "/called'");
  const std::string command =
      "PATH='" + folder.path + "':\"$PATH\" make doctest CXX=compiler BUILD=none >'" + folder.path + "/printed' 2>&1";
  CHECK(std::system(("unset MAKEFLAGS MAKELEVEL; " + command).c_str()) != 0);
  CHECK(contains(read_file(folder.path + "/printed"), "compiler: what is -O9x?\n"));
  CHECK(!std::filesystem::exists(folder.path + "/called"));
}
