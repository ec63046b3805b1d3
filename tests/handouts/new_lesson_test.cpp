// A lesson is one folder: what is put there is found by make, the overview page, check-grad, the exercises and the
// tests of the handouts. `make grade` and run.sh are asked for the copy by tests/handouts/run.sh.

#include <doctest/doctest.h>

#include <filesystem>
#include <string>

#include "tests/handouts/project_copy.h"

using namespace handgrad;

TEST_CASE("a lesson that is copied to lessons/lesson7 is found by all that work on lessons") {
  REQUIRE(!std::filesystem::exists("lessons/lesson7"));  // else this test needs another number
  const ProjectCopy project;
  const std::string& make = project.make;
  REQUIRE(project
              .run("cp -R lessons/lesson1 lessons/lesson7 && rm lessons/lesson7/minimal.cpp && cd lessons/lesson7 && "
                   "for file in *.cpp *.h *.md; do sed 's/lesson1/lesson7/g' $file >edited && mv edited $file; done")
              .status == 0);

  const Outcome run = project.run(make + "run-lesson7");
  CHECK_MESSAGE(run.status == 0, run.out);
  CHECK(contains(run.out, "\nopen out/lesson7/index.html in a browser\n"));
  CHECK(names_in(project.folder.path + "/out") == "index.html lesson7");
  CHECK(contains(read_file(project.folder.path + "/out/index.html"),
                 "<a href=\"lesson7/index.html\">Lesson 7: a network learns, a deeper one does not</a>"));

  CHECK(contains(project.run(make + "help").out, "lesson7"));

  const Outcome check = project.run(make + "check-grad LAYER=lesson7");
  CHECK_MESSAGE(check.status == 0, check.out);
  CHECK(contains(check.out, "Mlp::backward, lessons/lesson7/network.cpp\n"));

  const Outcome exercise = project.run(make + "exercise-lesson7");
  CHECK(exercise.status != 0);  // it has not been written yet
  CHECK(contains(exercise.out, "lessons/lesson7/exercise.cpp"));

  // README.md need not link it, but its handout is read: what it quotes must stand in a source.
  const std::string handouts = program_path("test-suite") + " -sf='*handouts_test*' -tce='README.md*'";
  const Outcome good = project.run(handouts);
  CHECK_MESSAGE(good.status == 0, good.out);
  const std::string quotes_nothing = "echo '| a | b | `no_such = line;` |' >>lessons/lesson7/README.md";
  const Outcome bad = project.run(quotes_nothing + "; " + handouts);
  CHECK(bad.status != 0);
  CHECK(contains(bad.out, "in no source stands no_such = line;"));
  CHECK(contains(bad.out, "lessons/lesson7/README.md:"));
}
