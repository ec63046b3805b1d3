// Lesson 6's program as a process.

#include <doctest/doctest.h>

#include "src/program/options.h"
#include "src/program/settings.h"
#include "tests/program/program.h"

using namespace handgrad;

namespace {

std::string written(const TemporaryFolder& folder, const std::string& name) {
  return read_file(folder.path + "/out/" + name);
}

Outcome run_into(const TemporaryFolder& folder, const std::string& arguments) {
  return run_program("lesson6", arguments + " --out '" + folder.path + "/out'");
}

void check_refused(const std::string& arguments, const std::string& line) {
  CAPTURE(arguments);
  const TemporaryFolder folder;
  const Outcome outcome = run_into(folder, arguments);
  CHECK(outcome.status == 2);
  CHECK(outcome.out == "");
  CHECK(outcome.err == "lesson6: " + line + "\n");
  CHECK(names_in(folder.path) == "");
}

const std::string all_words =
    "squared, cross_entropy, sgd, adam, sigmoid, relu, leaky, standardised, batch_norm, residual, dense, clip, glorot, "
    "he";

}  // namespace

TEST_CASE("lesson6 prints two tables and writes them with every run, a heat map and a page") {
  const TemporaryFolder folder;
  const Outcome outcome = run_into(folder, "--depth 3 --remedies baseline,sgd+residual --seeds 2 --seed 7 --epochs 2");
  CHECK(outcome.status == 0);
  CHECK(outcome.err == "");
  CHECK(names_in(folder.path + "/out") == "index.html remedies.svg runs.csv table.md");
  const std::vector<std::string> lines = split(outcome.out, '\n');
  REQUIRE(lines.size() == 20);
  CHECK(lines[0] == "Lesson 6: the remedies, measured");
  CHECK(lines[1] == "hidden layers of 10 units, batch 20, 2 epochs, 2 seeds from 7");
  CHECK(lines[5] == "|              | 3 layers          |");
  CHECK(lines[6] == "| ---          | ---               |");
  CHECK(lines[7].find("| baseline     | ") == 0);
  CHECK(lines[8].find("| sgd+residual | ") == 0);
  CHECK(lines[8].find(" (0)") != std::string::npos);

  const std::vector<std::string> runs = split(written(folder, "runs.csv"), '\n');
  REQUIRE(runs.size() == 6);
  CHECK(runs[1].find("3,baseline,7,2,0.36") == 0);
  CHECK(runs[4].find("3,sgd+residual,8,2,0.36") == 0);
  CHECK(outcome.out.find(written(folder, "table.md")) != std::string::npos);
  const std::string page = written(folder, "index.html");
  CHECK(page.find(written(folder, "remedies.svg")) != std::string::npos);
  CHECK(page.find("make run-lesson6 ARGS=&quot;--depth 3 --remedies baseline,sgd+residual") != std::string::npos);
}

TEST_CASE("lesson6 refuses seeds beyond the last one") {
  check_refused("--seed 4294967295 --seeds 2",
                "--seed 4294967295 with --seeds 2: the last seed is 4294967295, accepted: --seed up to 4294967294");
  check_refused("--seed 4294967290",
                "--seed 4294967290 with --seeds 10: the last seed is 4294967295, accepted: --seed up to 4294967286");
}

TEST_CASE("lesson6 counts in words that fit, and says which flowers no batch has") {
  const TemporaryFolder folder;
  const Outcome outcome =
      run_into(folder, "--remedies baseline --depth 1 --epochs 1 --batch 30 --seed 4294967295 --seeds 1");
  CHECK(outcome.status == 0);
  CHECK(contains(outcome.out,
                 "\nhidden layers of 10 units, batch 30, 1 epoch, 1 seed from 4294967295; 10 of the 100 flowers are in "
                 "no batch of 30\n"));
  CHECK(contains(outcome.out, "standard deviation over 1 seed (how many"));
  CHECK(contains(outcome.out, "| 1 layer "));
}

TEST_CASE("out/lesson6 is the full table: what changes it goes to out/lesson6-own") {
  const TemporaryFolder folder;
  for (const char* file : {"iris.csv", "lecture_split.csv"}) {
    write_file(folder.path + "/data/" + file, read_file(std::string("data/") + file));
  }
  const std::string small = "--quiet --epochs 1 --depth 2 --seeds 1 --remedies baseline";
  CHECK(run_program("lesson6", small, folder.path).status == 0);
  CHECK(names_in(folder.path + "/out") == "index.html lesson6-own");
  CHECK(names_in(folder.path + "/out/lesson6-own") == "index.html remedies.svg runs.csv table.md");
  CHECK(read_file(folder.path + "/out/lesson6-own/index.html").find("measured (your own)</h1>") != std::string::npos);
}

TEST_CASE("each of lesson 6's options asks for an own table, --quiet does not") {
  for (const std::string option : {"--epochs 1", "--batch 10", "--lr 1", "--depth 2", "--width 2", "--seed 1",
                                   "--init he", "--clip 1", "--remedies baseline", "--seeds 1"}) {
    const Options options = parse_remedy_options(split(option, ' '));
    CHECK_MESSAGE(folder_for("lesson6", options) == "out/lesson6-own", option);
  }
  CHECK(folder_for("lesson6", parse_remedy_options({"--quiet"})) == "out/lesson6");
  CHECK(folder_for("lesson6", parse_remedy_options({"--seeds", "1", "--out", "mine"})) == "mine");
}

TEST_CASE("lesson6 writes the same bytes again, and with --quiet prints nothing") {
  const TemporaryFolder folder, again;
  const std::string arguments = "--depth 4 --remedies bare+batch_norm,dense,standardised --seeds 2 --epochs 3";
  run_into(folder, arguments);
  const Outcome quiet = run_into(again, arguments + " --quiet");
  CHECK(quiet.out == "");
  CHECK(quiet.err == "");
  for (const char* name : {"runs.csv", "table.md", "remedies.svg"})
    CHECK(written(folder, name) == written(again, name));
}

TEST_CASE("lesson6's --init is for the remedies that name no initial weights") {
  const TemporaryFolder named, given;
  const std::string small = "--depth 8 --seeds 1 --epochs 3 --remedies ";
  run_into(named, small + "he,glorot");
  const Outcome outcome = run_into(given, small + "baseline,glorot --init he");
  CHECK(outcome.out.find("1 seed from 0, init he where a remedy names none\n") != std::string::npos);
  const std::vector<std::string> expected = split(written(named, "runs.csv"), '\n');
  const std::vector<std::string> found = split(written(given, "runs.csv"), '\n');
  CHECK(found[1] == "8,baseline" + expected[1].substr(std::string("8,he").size()));
  CHECK(found[2] == expected[2]);
}

TEST_CASE("lesson6's --clip is for every run") {
  const TemporaryFolder word, option;
  const std::string small = "--depth 5 --lr 0.5 --seeds 1 --epochs 3 --remedies ";
  run_into(word, small + "clip+sgd+residual");
  CHECK(run_into(option, small + "sgd+residual --clip 1").out.find(", lr 0.5, clip 1\n") != std::string::npos);
  const std::string expected = split(written(word, "runs.csv"), '\n')[1];
  CHECK(split(written(option, "runs.csv"), '\n')[1] == "5,sgd" + expected.substr(std::string("5,clip+sgd").size()));
}

TEST_CASE("lesson6 goes on after a run that diverged") {
  const TemporaryFolder folder;
  const Outcome outcome =
      run_into(folder, "--depth 6 --width 600 --lr 999999 --batch 50 --seeds 1 --epochs 1 --remedies baseline,sgd");
  CHECK(outcome.status == 0);
  CHECK(written(folder, "runs.csv").find("\n6,baseline,0,0,,,diverged,\n6,sgd,0,") != std::string::npos);
  CHECK(outcome.out.find("| baseline | diverged ") != std::string::npos);
}

TEST_CASE("lesson6 refuses what it does not know: status 2, one line, nothing written") {
  check_refused(
      "--remedies baseline,rose",
      "--remedies: found 'rose', accepted: baseline or bare, or words that change it, joined by +: " + all_words);
  check_refused(
      "--remedies sgd+bare",
      "--remedies: found 'bare', accepted: baseline or bare, or words that change it, joined by +: " + all_words);
  for (const char* empty : {"''", "sgd,", "+sgd"}) {
    check_refused(
        std::string("--remedies ") + empty,
        "--remedies: found '', accepted: baseline or bare, or words that change it, joined by +: " + all_words);
  }
  check_refused("--remedies relu+leaky",
                "--remedies: 'relu+leaky' changes the activation twice, accepted: one word for each part");
  check_refused("--remedies he+glorot",
                "--remedies: 'he+glorot' changes the initial weights twice, accepted: one word for each part");
  check_refused("--seeds 0", "--seeds: found '0', accepted: a whole number from 1 to 1000");
  check_refused("--depth 10000 --width 1000 --remedies residual",
                "--depth 10000 with --width 1000: 1e+10 weights in residual, accepted: a network of up to 1e+08");
  for (const char* option : {"--run", "--optimizer", "--momentum", "--load", "--rows"}) {
    const TemporaryFolder folder;
    const Outcome outcome = run_into(folder, std::string(option) + " x");
    CHECK(outcome.status == 2);
    CHECK(outcome.err.find("lesson6: unknown option '" + std::string(option) + "', accepted: --epochs --batch --lr ") ==
          0);
    CHECK(outcome.err.find(" --remedies --seeds ") != std::string::npos);
    CHECK(names_in(folder.path) == "");
  }
  CHECK(run_program("lesson1", "--remedies sgd").err.find("lesson1: unknown option '--remedies', accepted: --run ") ==
        0);
}

TEST_CASE("lesson6 --help names its options and every word of a remedy") {
  const Outcome outcome = run_program("lesson6", "--help");
  CHECK(outcome.status == 0);
  for (const std::string& word : split("--remedies,--seeds,--depth,--width,baseline,bare", ',')) {
    CHECK(outcome.out.find("  " + word + " ") != std::string::npos);
  }
  for (const std::string& word : split(all_words, ',')) {
    CHECK(outcome.out.find("  +" + word.substr(word.find_first_not_of(' '))) != std::string::npos);
  }
  CHECK(outcome.out.find("--momentum") == std::string::npos);
}
