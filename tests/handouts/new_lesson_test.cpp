// A lesson is one folder: what is put there is found by make, the overview page, check-grad, the exercises and the
// tests of the handouts. `make grade` and run.sh are asked for the copy by tests/handouts/run.sh.

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "tests/program/program.h"

using namespace handgrad;

namespace {

// What a command prints, stdout and stderr, when it is run there.
Outcome run_in(const std::string& folder, const std::string& command) {
  const TemporaryFolder printed;
  const std::string file = printed.path + "/out";
  const int status = std::system(("cd '" + folder + "' && { " + command + "; } >'" + file + "' 2>&1").c_str());
  return {WEXITSTATUS(status), read_file(file), ""};
}

}  // namespace

TEST_CASE("a lesson that is copied to lessons/lesson99 is found by all that work on lessons") {
  // What is built is copied with its times, so that make builds the new lesson only.
  const std::filesystem::path build = std::filesystem::path(std::getenv("HANDGRAD_PROGRAMS")).parent_path();
  const TemporaryFolder folder;
  const std::string copy = "mkdir -p '" + folder.path +
                           "/build' && cp -Rp Makefile README.md data lessons src tests '" + folder.path +
                           "' && cp -Rp '" + build.string() + "' '" + folder.path + "/build'";
  REQUIRE(std::system(copy.c_str()) == 0);
  REQUIRE(run_in(folder.path,
                 "cp -R lessons/lesson1 lessons/lesson99 && rm lessons/lesson99/minimal.cpp && cd lessons/lesson99 && "
                 "for file in *.cpp *.h *.md; do sed 's/lesson1/lesson99/g' $file >edited && mv edited $file; done")
              .status == 0);
  const std::string make = "make -s BUILD='build/" + build.filename().string() + "' ";

  const Outcome run = run_in(folder.path, make + "run-lesson99");
  CHECK_MESSAGE(run.status == 0, run.out);
  CHECK(contains(run.out, "\nopen out/lesson99/index.html in a browser\n"));
  CHECK(names_in(folder.path + "/out") == "index.html lesson99");
  CHECK(contains(read_file(folder.path + "/out/index.html"),
                 "<a href=\"lesson99/index.html\">Lesson 99: a network learns, a deeper one does not</a>"));

  CHECK(contains(run_in(folder.path, make + "help").out, "lesson99"));

  const Outcome check = run_in(folder.path, make + "check-grad LAYER=lesson99");
  CHECK_MESSAGE(check.status == 0, check.out);
  CHECK(contains(check.out, "Mlp::backward, lessons/lesson99/network.cpp\n"));

  const Outcome exercise = run_in(folder.path, make + "exercise-lesson99");
  CHECK(exercise.status != 0);  // it has not been written yet
  CHECK(contains(exercise.out, "lessons/lesson99/exercise.cpp"));

  // README.md need not link it, but its handout is read: what it quotes must stand in a source.
  const std::string handouts = program_path("test-suite") + " -sf='*handouts_test*' -tce='README.md*'";
  const Outcome good = run_in(folder.path, handouts);
  CHECK_MESSAGE(good.status == 0, good.out);
  const std::string quotes_nothing = "echo '| a | b | `no_such = line;` |' >>lessons/lesson99/README.md";
  const Outcome bad = run_in(folder.path, quotes_nothing + "; " + handouts);
  CHECK(bad.status != 0);
  CHECK(contains(bad.out, "in no source stands no_such = line;"));
  CHECK(contains(bad.out, "lessons/lesson99/README.md:"));
}
