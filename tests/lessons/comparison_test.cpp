#include <doctest/doctest.h>

#include <cstdlib>

#include "src/io/text.h"
#include "tests/program/program.h"

using namespace handgrad;

TEST_CASE("the comparison: no gradient reaches the first layer of the plain network, in each of the others one does") {
  const TemporaryFolder folder;
  for (const char* file : {"iris.csv", "lecture_split.csv"}) {
    write_file(folder.path + "/data/" + file, read_file(std::string("data/") + file));
  }
  const Outcome outcome = run_program("comparison", "", folder.path);
  CHECK(outcome.status == 0);
  CHECK(outcome.err == "");
  CHECK(names_in(folder.path + "/out") == "comparison.svg index.html");

  const std::vector<std::string> lines = split(outcome.out, '\n');
  REQUIRE(lines.size() == 13);
  CHECK(lines[1].find("right of 50 flowers: plain 15, bn ") == 0);
  const std::string first_layer = lines[3];
  REQUIRE(first_layer.compare(0, 4, "fc1 ") == 0);
  std::vector<double> grads;
  for (std::size_t column = 0; column < 8; ++column) {
    grads.push_back(std::atof(first_layer.substr(4 + 15 * column, 15).c_str()));
  }
  // Each network in epoch 1 and in epoch 100.
  CHECK(grads[0] > 0);
  CHECK(grads[0] < 1e-14);
  CHECK(grads[1] < 1e-11);
  for (std::size_t column = 2; column < 8; ++column) CHECK(grads[column] > 1e-5);
}

TEST_CASE("the comparison has no options but --help") {
  const TemporaryFolder folder;
  const Outcome help = run_program("comparison", "--help", folder.path);
  CHECK(help.status == 0);
  CHECK(contains(help.out, "usage: make comparison\n"));
  const Outcome wrong = run_program("comparison", "--depth 4", folder.path);
  CHECK(wrong.status == 2);
  CHECK(wrong.err == "comparison: unknown option '--depth', accepted: --help\n");
  CHECK(names_in(folder.path) == "");
}
