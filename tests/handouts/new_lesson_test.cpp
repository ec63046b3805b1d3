// A lesson is one folder: what is put there is found by make, the overview page, check-grad, the exercises and the
// tests of the handouts. `make grade` and run.sh are asked for the copy by tests/handouts/run.sh.

#include <doctest/doctest.h>

#include <filesystem>
#include <string>

#include "tests/handouts/project_copy.h"

using namespace handgrad;

TEST_CASE("a lesson that is copied to lessons/lesson99 is found by all that work on lessons") {
  REQUIRE(!std::filesystem::exists("lessons/lesson99"));  // else this test needs another number
  const ProjectCopy project;
  const std::string& make = project.make;
  REQUIRE(
      project
          .run("cp -R lessons/lesson1 lessons/lesson99 && rm lessons/lesson99/minimal.cpp && cd lessons/lesson99 && "
               "for file in *.cpp *.h *.md; do sed 's/lesson1/lesson99/g' $file >edited && mv edited $file; done")
          .status == 0);

  const Outcome run = project.run(make + "run-lesson99");
  CHECK_MESSAGE(run.status == 0, run.out);
  CHECK(contains(run.out, "\nopen out/lesson99/index.html in a browser\n"));
  CHECK(names_in(project.folder.path + "/out") == "index.html lesson99");
  CHECK(contains(read_file(project.folder.path + "/out/index.html"),
                 "<a href=\"lesson99/index.html\">Lesson 99: a network learns, a deeper one does not</a>"));

  CHECK(contains(project.run(make + "help").out, "lesson99"));

  const Outcome check = project.run(make + "check-grad LAYER=lesson99");
  CHECK_MESSAGE(check.status == 0, check.out);
  CHECK(contains(check.out, "Mlp::backward, lessons/lesson99/network.cpp\n"));

  const Outcome exercise = project.run(make + "exercise-lesson99");
  CHECK(exercise.status != 0);  // it has not been written yet
  CHECK(contains(exercise.out, "lessons/lesson99/exercise.cpp"));

  // README.md need not link it, but its handout is read: what it quotes must stand in a source.
  const std::string handouts = program_path("test-suite") + " -sf='*handouts_test*' -tce='README.md*'";
  const Outcome good = project.run(handouts);
  CHECK_MESSAGE(good.status == 0, good.out);
  const std::string quotes_nothing = "echo '| a | b | `no_such = line;` |' >>lessons/lesson99/README.md";
  const Outcome bad = project.run(quotes_nothing + "; " + handouts);
  CHECK(bad.status != 0);
  CHECK(contains(bad.out, "in no source stands no_such = line;"));
  CHECK(contains(bad.out, "lessons/lesson99/README.md:"));
}
