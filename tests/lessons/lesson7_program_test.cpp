// Lesson 7's program as a process.

#include <doctest/doctest.h>

#include "src/program/options.h"
#include "src/program/settings.h"
#include "tests/program/program.h"

using namespace handgrad;

namespace {

Outcome run7_into(const TemporaryFolder& folder, const std::string& arguments) {
  return run_program("lesson7", arguments + " --out '" + folder.path + "/out'");
}

std::string written7(const TemporaryFolder& folder, const std::string& name) {
  return read_file(folder.path + "/out/" + name);
}

void check_refused7(const std::string& arguments, const std::string& line) {
  CAPTURE(arguments);
  const TemporaryFolder folder;
  const Outcome outcome = run7_into(folder, arguments);
  CHECK(outcome.status == 2);
  CHECK(outcome.out == "");
  CHECK(outcome.err == "lesson7: " + line + "\n");
  CHECK(names_in(folder.path) == "");
}

}  // namespace

TEST_CASE(
    "lesson7 prints its tables and writes them with every run, every layer, a picture for each depth and a page") {
  const TemporaryFolder folder;
  const Outcome outcome = run7_into(folder, "--depth 5 --seeds 2 --epochs 2 --seed 3");
  CHECK(outcome.status == 0);
  CHECK(outcome.err == "");
  CHECK(names_in(folder.path + "/out") == "index.html mlp5.spread.svg runs.csv spread.csv table.md");
  CHECK(outcome.out.find(
            "Lesson 7: before the first step\nhidden layers of 10 units, batch 20, 2 epochs, 2 seeds from 3\n\n"
            "factor by which a layer of 10 units") == 0);
  CHECK(outcome.out.find(written7(folder, "table.md")) != std::string::npos);
  for (const char* row : {"| he, gradients, measured ", "| 5 layers of 100 units ", "| he adam lr 0.001 ",
                          "| lecture sgd lr 0.05 momentum 0.9 "}) {
    CHECK(outcome.out.find(row) != std::string::npos);
  }
  CHECK(split(written7(folder, "spread.csv"), '\n').size() == 1 + 3 * 5 + 1);
  const std::vector<std::string> runs = split(written7(folder, "runs.csv"), '\n');
  REQUIRE(runs.size() == 1 + 6 * 2 + 1);
  CHECK(runs[1].find("5,lecture adam lr 0.001,3,2,0.36") == 0);
  CHECK(runs[12].find("5,he sgd lr 0.05 momentum 0.9,4,2,") == 0);
  const std::string page = written7(folder, "index.html");
  CHECK(page.find(written7(folder, "mlp5.spread.svg")) != std::string::npos);
  CHECK(page.find("make run-lesson7 ARGS=&quot;--depth 5 --seeds 2") != std::string::npos);
}

TEST_CASE("lesson7's options choose what is compared") {
  const TemporaryFolder folder;
  const Outcome outcome = run7_into(
      folder,
      "--depth 3 --width 6 --init glorot --optimizer sgd --lr 0.1 --momentum 0.5 --clip 2 --batch 10 --seeds 1 "
      "--epochs 1");
  CHECK(outcome.status == 0);
  CHECK(
      outcome.out.find("hidden layers of 6 units, batch 10, 1 epoch, 1 seed from 0, lr 0.1, momentum 0.5, clip 2\n") !=
      std::string::npos);
  CHECK(outcome.out.find("| glorot sgd lr 0.1 momentum 0.5 ") != std::string::npos);
  CHECK(outcome.out.find("| 3 layers of 6 units ") != std::string::npos);
  for (const char* other : {"| he", "| lecture", "adam", "of 100 units"}) {
    CHECK(outcome.out.find(other) == std::string::npos);
  }
  const TemporaryFolder quiet;
  CHECK(run7_into(quiet, "--depth 3 --seeds 1 --epochs 1 --quiet").out == "");
}

TEST_CASE("lesson7 with --run trains that network as lesson 1 does; without --init from the lecture's weights") {
  const TemporaryFolder seven, one, he;
  const Outcome outcome = run7_into(seven, "--run mlp8 --epochs 3");
  CHECK(outcome.status == 0);
  CHECK(outcome.out.find("epoch = 3: loss = ") != std::string::npos);
  CHECK(names_in(seven.path + "/out") ==
        "index.html mlp8.gradients.svg mlp8.history.csv mlp8.params.txt mlp8.predictions.csv");
  run_program("lesson1", "--run mlp8 --epochs 3 --out '" + one.path + "/out'");
  CHECK(written7(seven, "mlp8.params.txt") == written7(one, "mlp8.params.txt"));
  CHECK(run7_into(he, "--run mlp25 --init he").out.find("accuracy = 49 of 50 ") != std::string::npos);
}

TEST_CASE("lesson7 refuses what makes no sense: status 2, one line, nothing written") {
  check_refused7("--momentum 0.5", "--momentum: adam has none, accepted with --optimizer sgd");
  check_refused7("--momentum 0.5 --optimizer adam", "--momentum: adam has none, accepted with --optimizer sgd");
  check_refused7("--seeds 0", "--seeds: found '0', accepted: a whole number from 1 to 1000");
  check_refused7("--init xavier", "--init: found 'xavier', accepted: lecture, glorot, he");
  check_refused7("--run mlp9", "--run: found 'mlp9', accepted: mlp8, mlp25, mlp50, mlp100");
  check_refused7("--depth 10000 --width 1000",
                 "--depth 10000 with --width 1000: 1e+10 weights in mlp10000, accepted: a network of up to 1e+08");
  const std::string accepted =
      ", accepted: --run --epochs --batch --optimizer --lr --momentum --depth --width --seed --init --clip --out "
      "--seeds --quiet --help";
  for (const std::string option : {"--load", "--rows", "--remedies", "--watch-gradients", "--summary"}) {
    check_refused7(option + " 1", "unknown option '" + option + "'" + accepted);
  }
  const Outcome with_run = run_program("lesson7", "--run mlp8 --seeds 2");
  CHECK(with_run.status == 2);
  CHECK(with_run.err.find("lesson7: unknown option '--seeds', accepted: --run --epochs ") == 0);
}

TEST_CASE("out/lesson7 is the full comparison: what changes it goes to out/lesson7-own") {
  CHECK(folder_for("lesson7", parse_init_options({}, {})) == "out/lesson7");
  CHECK(folder_for("lesson7", parse_init_options({"--quiet"}, {})) == "out/lesson7");
  for (const std::string option : {"--epochs 1", "--batch 10", "--lr 1", "--depth 2", "--width 2", "--seed 1",
                                   "--init he", "--clip 1", "--seeds 1", "--optimizer sgd"}) {
    CHECK_MESSAGE(folder_for("lesson7", parse_init_options(split(option, ' '), {})) == "out/lesson7-own", option);
  }
}

TEST_CASE("lesson7 --help names its options and what --run does") {
  const Outcome outcome = run_program("lesson7", "--help");
  CHECK(outcome.status == 0);
  for (const char* option : {"--run NAME", "--init lecture|glorot|he", "--clip X", "--seeds N"}) {
    CHECK(outcome.out.find(std::string("  ") + option + " ") != std::string::npos);
  }
  CHECK(outcome.out.find("mlp8, mlp25, mlp50, mlp100") != std::string::npos);
  CHECK(outcome.out.find("--load") == std::string::npos);
}
