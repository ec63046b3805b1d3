#include <doctest/doctest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "src/io/file.h"
#include "tests/io/temporary_folder.h"

// The programs that students run in their loop, as processes of their own.

using namespace handgrad;

namespace {

struct Outcome {
  int status;
  std::string text;  // stdout and stderr
};

Outcome run(const std::string& command) {
  const char* programs = std::getenv("HANDGRAD_PROGRAMS");
  REQUIRE_MESSAGE(programs != nullptr, "HANDGRAD_PROGRAMS must name the folder of the programs");
  std::FILE* pipe = popen((std::string(programs) + "/" + command + " 2>&1").c_str(), "r");
  REQUIRE(pipe != nullptr);
  Outcome outcome{0, ""};
  std::array<char, 4096> buffer{};
  for (std::size_t count; (count = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) {
    outcome.text.append(buffer.data(), count);
  }
  outcome.status = WEXITSTATUS(pclose(pipe));
  return outcome;
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("check-grad passes on the project as it is: layers, whole networks, optimizers") {
  const Outcome all = run("check-grad");
  CHECK(all.status == 0);
  CHECK(contains(all.text, "All 76 equations agree with their numeric gradients.\n"));
  for (const char* group :
       {"Mlp::backward, lessons/lesson1", "ResidualMlp::backward, lessons/lesson3", "adam_update"}) {
    CHECK(contains(all.text, group));
  }
}

TEST_CASE("check-grad LAYER checks one layer, and knows which there are") {
  const Outcome one = run("check-grad batch_norm");
  CHECK(one.status == 0);
  CHECK(contains(one.text, "All 6 equations agree"));
  const Outcome none = run("check-grad bach_norm");
  CHECK(none.status == 2);
  CHECK(contains(none.text, "check-grad: no layer 'bach_norm', accepted: LAYER= log_loss, squared_loss, softmax, "));
}

TEST_CASE("every answer is right, in every equation and every step") {
  for (const char* lesson : {"lesson1", "lesson2", "lesson3", "lesson4", "lesson5", "lesson6"}) {
    CAPTURE(std::string(lesson));
    const Outcome answer = run(std::string(lesson) + "-answer");
    CHECK(answer.status == 0);
    CHECK(!contains(answer.text, "DIFFERS"));
    CHECK(!contains(answer.text, "WRONG"));
    CHECK(!contains(answer.text, "not written yet"));
  }
  CHECK(run("lesson2-answer --grade").text == "batch_norm_backward,6,6\nthe prediction of bn8,23,23\n");
  CHECK(run("lesson3-answer --grade").text == "residual_block_backward,5,5\nthe prediction of res6,19,19\n");
  CHECK(run("lesson6-answer --grade").text == "sigmoid_backward,1,1\nsquared_loss_backward,1,1\n");
  CHECK(run("lesson4-answer --grade").text == "concat_backward,2,2\nthe prediction of dense6,19,19\n");
}

TEST_CASE("an answer agrees with a network that was loaded, and refuses the file of another network") {
  // One number of res6's parameters, so that nothing depends on a lesson having been run.
  const TemporaryFolder folder;
  std::string params;
  for (int fc = 1; fc <= 7; ++fc) {
    const int rows = fc == 1 ? 4 : 3;
    params += "fc" + std::to_string(fc) + "_weight " + std::to_string(rows) + " 3\n";
    for (int i = 0; i < rows; ++i) params += "0.5 -0.25 0.125\n";
    params += "fc" + std::to_string(fc) + "_bias 1 3\n0.1 0.2 -0.3\n";
  }
  write_file(folder.path + "/res6.params.txt", params);
  const Outcome loaded = run("lesson3-answer --load " + folder.path + "/res6.params.txt");
  CHECK(loaded.status == 0);
  CHECK(contains(loaded.text, "19 of 19 right"));

  const Outcome other = run("lesson2-answer --load " + folder.path + "/res6.params.txt");
  CHECK(other.status == 1);
  CHECK(contains(other.text, "res6.params.txt line 1: found 'fc1_weight 4 3', expected fc1_weight 4 10"));
}

TEST_CASE("an exercise program refuses an option that it does not know") {
  const Outcome outcome = run("lesson3-answer --fast");
  CHECK(outcome.status == 2);
  CHECK(outcome.text == "exercise: unknown option '--fast', accepted: --load FILE, --grade\n");
}
