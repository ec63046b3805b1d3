#include <doctest/doctest.h>

#include <string>

#include "tests/io/temporary_folder.h"
#include "tests/program/program.h"

using namespace handgrad;

TEST_CASE("minimal prints the lecture's table of section 1 (4), and mlp4's loss") {
  const Outcome outcome = run_program("minimal", "");
  CHECK(outcome.status == 0);
  CHECK(outcome.err == "");
  const std::size_t last_epoch = outcome.out.find("epoch = 100: ");
  REQUIRE(last_epoch != std::string::npos);
  CHECK(outcome.out.substr(last_epoch) ==
        "epoch = 100: loss = 0.1653\n"
        "confusion table (rows predicted, columns true; 1 setosa 2 versicolor 3 virginica)\n"
        "     1  2  3\n"
        "  1 18  0  0\n"
        "  2  0  1  0\n"
        "  3  0 14 17\n"
        "accuracy = 36 of 50 (72.0 %)\n");
}

TEST_CASE("minimal is a page: at most 60 lines") {
  CHECK(split(read_file("lessons/lesson1/minimal.cpp"), '\n').size() <= 60 + 1);  // nothing follows the last newline
}

TEST_CASE("minimal without the data: status 1 and one line") {
  const TemporaryFolder folder;
  const Outcome outcome = run_program("minimal", "", folder.path);
  CHECK(outcome.status == 1);
  CHECK(outcome.out == "");
  CHECK(outcome.err ==
        "minimal: cannot open data/iris.csv: No such file or directory; start it at the project's root\n");
}
