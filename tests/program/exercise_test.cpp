#include "src/program/exercise.h"

#include <doctest/doctest.h>
#include <sys/wait.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "lessons/lesson1/fused.h"
#include "lessons/lesson2/fused.h"
#include "lessons/lesson3/network.h"
#include "src/checking/checks.h"
#include "src/checking/numeric_gradient.h"
#include "src/io/file.h"
#include "src/io/text.h"
#include "tests/io/temporary_folder.h"

// The programs that students run in their loop, as processes of their own.

using namespace handgrad;

namespace {

struct Run {
  int status;
  std::string text;  // stdout and stderr
};

Run shell(const std::string& command) {
  std::FILE* pipe = popen(("{ " + command + "; } 2>&1").c_str(), "r");
  REQUIRE(pipe != nullptr);
  Run outcome{0, ""};
  std::array<char, 4096> buffer{};
  for (std::size_t count; (count = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) {
    outcome.text.append(buffer.data(), count);
  }
  outcome.status = WEXITSTATUS(pclose(pipe));
  return outcome;
}

Run run(const std::string& command) {
  const char* programs = std::getenv("HANDGRAD_PROGRAMS");
  REQUIRE_MESSAGE(programs != nullptr, "HANDGRAD_PROGRAMS must name the folder of the programs");
  return shell(std::string(programs) + "/" + command);
}

}  // namespace

TEST_CASE("check-grad passes on the project as it is: layers, whole networks, optimizers") {
  const Run all = run("check-grad");
  CHECK(all.status == 0);
  CHECK(contains(all.text, "All 79 equations agree with their numeric gradients.\n"));
  for (const char* group :
       {"Mlp::backward, lessons/lesson1", "ResidualMlp::backward, lessons/lesson3", "adam_update"}) {
    CHECK(contains(all.text, group));
  }
}

TEST_CASE("check-grad LAYER checks one layer, and knows which there are") {
  const Run one = run("check-grad batch_norm");
  CHECK(one.status == 0);
  CHECK(contains(one.text, "All 6 equations agree"));
  const Run none = run("check-grad bach_norm");
  CHECK(none.status == 2);
  CHECK(contains(none.text, "check-grad: no layer 'bach_norm', accepted: LAYER= log_loss, squared_loss, softmax, "));
}

TEST_CASE("the fused forms are the stepwise ones, but for rounding") {
  for (const int n : {1, 2, 20}) {
    const Matrix l = random_matrix(n, 3, 1), x = random_matrix(n, 10, 2), grad_y = random_matrix(n, 10, 3);
    Matrix o, y(n, 3), grad_o, grad_l, fused_grad_l;
    softmax_forward(l, o);
    o(0, 0) = Real(3e-9);  // where ε counts
    for (int i = 0; i < n; ++i) y(i, i % 3) = 1;
    log_loss_backward(o, y, grad_o);
    softmax_backward(o, grad_o, grad_l);
    lesson1::softmax_log_loss_backward(o, y, fused_grad_l);
    CHECK(relative_error(fused_grad_l, grad_l, 1) <= Real(1e-14));

    const Matrix gamma = random_matrix(1, 10, 4), beta(1, 10);
    Matrix mean, var, x_hat, y_out, grad_beta, grad_gamma, grad_x_hat, grad_var, grad_mean, grad_x;
    batch_norm_forward(x, gamma, beta, mean, var, x_hat, y_out);
    batch_norm_backward(x, gamma, mean, var, x_hat, grad_y, grad_beta, grad_gamma, grad_x_hat, grad_var, grad_mean,
                        grad_x);
    Matrix fused_grad_beta, fused_grad_gamma, fused_grad_x;
    lesson2::batch_norm_fused_backward(gamma, var, x_hat, grad_y, fused_grad_beta, fused_grad_gamma, fused_grad_x);
    CHECK(relative_error(fused_grad_beta, grad_beta, 1) <= Real(1e-14));
    CHECK(relative_error(fused_grad_gamma, grad_gamma, 1) <= Real(1e-14));
    CHECK(relative_error(fused_grad_x, grad_x, 1) <= Real(1e-12));
  }
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
  const Run loaded = run("answer-lesson3 --load " + folder.path + "/res6.params.txt");
  CHECK(loaded.status == 0);
  CHECK(contains(loaded.text, "19 of 19 right"));

  const Run other = run("answer-lesson2 --load " + folder.path + "/res6.params.txt");
  CHECK(other.status == 1);
  CHECK(contains(other.text, "res6.params.txt line 1: found 'fc1_weight 4 3', expected fc1_weight 4 10"));
}

TEST_CASE("an exercise program refuses an option that it does not know") {
  const Run outcome = run("answer-lesson3 --fast");
  CHECK(outcome.status == 2);
  CHECK(outcome.text == "exercise: unknown option '--fast', accepted: --load FILE, --grade FILE\n");
  for (const std::string option : {"--load", "--grade"}) {
    const Run cut = run("answer-lesson3 " + option);
    CHECK(cut.status == 2);
    CHECK(cut.text == "exercise: " + option + ": no value, accepted: " + option + " FILE\n");
  }
}

// What students write.
namespace bad {

void right(const Matrix& l, const Matrix& grad_h, Matrix& grad_l) {
  relu_backward(l, grad_h, grad_l);
}
void ends_the_program(const Matrix&, const Matrix&, Matrix&) {
  std::printf("relu_backward,1,1\n");
  std::exit(0);
}
void crashes(const Matrix&, const Matrix&, Matrix&) {
  std::raise(SIGSEGV);
}
void never_ends(const Matrix&, const Matrix&, Matrix&) {
  for (volatile int k = 0;; k = k + 1) {
  }
}
int depth(volatile int k) {
  return k < 0 ? 0 : depth(k + 1) + k;
}
void recurses(const Matrix&, const Matrix&, Matrix& grad_l) {
  grad_l.resize(1, depth(0));
}
void throws_text(const Matrix&, const Matrix&, Matrix&) {
  throw "no idea";
}
void aborts(const Matrix&, const Matrix&, Matrix&) {
  std::abort();
}
void one_column_too_far(const Matrix& l, const Matrix& grad_h, Matrix& grad_l) {
  grad_l.resize(l.rows, l.cols);
  for (int j = 0; j <= l.cols; ++j) grad_l(0, j) = grad_h(0, j);
}
void zero_everywhere(const Matrix& l, const Matrix&, Matrix& grad_l) {
  grad_l = Matrix(l.rows, l.cols);
}
void first_row_only(const Matrix& l, const Matrix& grad_h, Matrix& grad_l) {
  grad_l.resize(l.rows, l.cols);
  for (int j = 0; j < l.cols; ++j) grad_l(0, j) = l(0, j) > 0 ? grad_h(0, j) : 0;
  if (l.rows > 1) not_written_yet();
}

void predict_and_hang(const Matrix& x, const NamedParameters& PARAMS, Steps& steps) {
  Matrix l;
  fully_connected_forward(x, PARAMS("fc1_weight"), PARAMS("fc1_bias"), l);
  steps.add("fc1_out", l);
  for (volatile int k = 0;; k = k + 1) {
  }
}
void predict_and_throw(const Matrix& x, const NamedParameters& PARAMS, Steps& steps) {
  lesson3::ResidualMlp network(layer_widths(1, 3));
  for (const Parameter& parameter : network.parameters()) *parameter.value = PARAMS(parameter.name);
  network.forward(x, Mode::prediction);
  for (const Output& output : network.outputs()) steps.add(output.name, *output.value);
  throw std::runtime_error("too late");
}

}  // namespace bad

TEST_CASE("whatever an exercise does costs its own points, is told, and ends nothing else") {
  const auto outcome_of = [](decltype(&relu_backward) function) {
    return backward_exercise("relu_backward", check_relu, function).run("");
  };
  const auto right = outcome_of(bad::right);
  CHECK(right.right == 1);
  CHECK(right.of == 1);
  CHECK(right.remark.empty());
  struct {
    decltype(&relu_backward) function;
    const char* remark;
  } const cases[] = {{bad::ends_the_program, "called exit(0)"},
#ifndef HANDGRAD_SANITIZED  // which catch some of these first, and report in their own words
                     {bad::crashes, "crashed: "},
                     {bad::recurses, "crashed: "},
#endif
                     {bad::never_ends, "did not return within "},
                     {bad::throws_text, "no idea"},
                     {bad::aborts, "aborted: "},
                     {bad::one_column_too_far, "row 0, column 4 asked of a 3×4 matrix"}};
  for (const auto& c : cases) {
    CAPTURE(std::string(c.remark));
    const auto outcome = outcome_of(c.function);
    CHECK(outcome.right == 0);
    CHECK(outcome.of == 1);
    CHECK(contains(outcome.remark, c.remark));
    CHECK(contains(outcome.text, c.remark));
    CHECK(contains(outcome.text, "tests/program/exercise_test.cpp"));
  }
}

TEST_CASE("0 everywhere and a part that is missing are told as that, and not as not written yet") {
  const auto text_of = [](decltype(&relu_backward) function) {
    const auto outcome = backward_exercise("relu_backward", check_relu, function).run("");
    CHECK(outcome.right == 0);
    CHECK(outcome.remark == "grad_l is wrong");
    CHECK(!contains(outcome.text, "not written yet"));
    return outcome.text;
  };
  CHECK(contains(text_of(bad::zero_everywhere), "it is 0 everywhere"));
  CHECK(contains(text_of(bad::first_row_only), "NaN in 8 of 12 elements: never written"));
}

TEST_CASE("the steps that a prediction computed before it ended count") {
  lesson3::ResidualMlp network(layer_widths(1, 3));
  const auto hung = prediction_exercise("res1", network, lecture_sgd(), bad::predict_and_hang).run("");
  CHECK(hung.right == 1);
  CHECK(hung.of == 4);
  CHECK(contains(hung.remark, "did not return within "));
  CHECK(contains(hung.text, "relu1_out     not reached: it did not return within "));
  CHECK(contains(hung.text, "Trained here, in double; out/program is in float"));

  const auto threw = prediction_exercise("res1", network, lecture_sgd(), bad::predict_and_throw).run("");
  CHECK(threw.right == 3);
  CHECK(contains(threw.text, "All steps are right, but what comes then is not reached: too late\n"));
}

namespace {

// Runs grade.sh on these lessons in a folder that has a copy of the project's data and handouts. What it calls for make
// is a shell program that copies programs to where they would be built.
Run grade(const TemporaryFolder& folder, const std::string& programs, const std::string& lessons) {
  const std::string project = std::filesystem::current_path().string();
  for (const char* name : {"data", "lessons", "src", "tests"}) {
    std::filesystem::create_directory_symlink(project + "/" + name, folder.path + "/" + name);
  }
  write_file(folder.path + "/make.sh", "mkdir -p build/checking; for t in \"$@\"; do cp " + programs +
                                           "/${t##*/} build/checking 2>/dev/null || echo no $t; done\n");
  return shell("cd " + folder.path + " && MAKE='sh make.sh' BUILD=build GRADE_SECONDS=1 sh src/program/grade.sh " +
               lessons);
}

}  // namespace

TEST_CASE("grade gives nothing for what is not written yet; every answer is right, in every equation and every step") {
  const TemporaryFolder folder;
  const std::string programs = std::filesystem::absolute(std::getenv("HANDGRAD_PROGRAMS")).string();
  const Run stubs = grade(folder, programs, "lesson1 lesson2 lesson3 lesson4 lesson5 lesson6");
  CHECK(stubs.status == 1);
  CHECK(contains(stubs.text, "lesson1   fully_connected_backward       0 of   3  not written yet\n"));
  CHECK(contains(stubs.text, "lesson2   the prediction of bn8          0 of  23  not written yet\n"));
  CHECK(contains(stubs.text, "total                                    0 of 148\n"));
  CHECK(contains(read_file(folder.path + "/out/grade.csv"), "\nlesson4,dense_mlp_backward,0,15,not written yet\n"));
  CHECK(names_in(folder.path + "/out") == "grade.csv");

  const auto answers = [&](int lesson) {
    return read_file(folder.path + formatted("/build/grade/lesson%d.answer", lesson));
  };
  CHECK(answers(1) == "fully_connected_backward,3,3,\nsoftmax_log_loss_backward,1,1,\nmlp_backward,13,13,\n");
  CHECK(answers(2) ==
        "batch_norm_backward,6,6,\nbatch_norm_fused_backward,3,3,\nbatch_norm_mlp_backward,12,12,\n"
        "the prediction of bn8,23,23,\n");
  CHECK(answers(3) == "residual_block_backward,5,5,\nresidual_mlp_backward,15,15,\nthe prediction of res6,19,19,\n");
  CHECK(answers(4) == "concat_backward,2,2,\ndense_mlp_backward,15,15,\nthe prediction of dense6,19,19,\n");
  CHECK(answers(5) == "leaky_relu_backward,1,1,\nleaky_mlp_backward,9,9,\n");
  CHECK(answers(6) == "sigmoid_backward,1,1,\nsquared_loss_backward,1,1,\n");
}

TEST_CASE("grade keeps every row and the total, whatever an exercise program does") {
  const TemporaryFolder folder, programs;
  const auto program = [&](const std::string& name, const std::string& lines) {
    write_file(programs.path + "/" + name, "#!/bin/sh\n" + lines + "\n");
    std::filesystem::permissions(programs.path + "/" + name, std::filesystem::perms::owner_all);
  };
  for (const int lesson : {1, 2, 3, 4, 5}) {
    program(formatted("answer-lesson%d", lesson), "printf 'one,2,2,\\ntwo,3,3,\\n' >\"$2\"");
  }
  program("exercise-lesson1", "printf 'one,1,2,not written yet\\ntwo,3,3,\\n' >\"$2\"; exit 1");
  program("exercise-lesson2", "printf 'one,2,2,\\ntwo,3,3,\\n'; exit 0");
  program("exercise-lesson3", "kill -SEGV $$");
  program("exercise-lesson4", "while :; do :; done");
  program("answer-lesson6", "printf 'one,2,2,\\n' >\"$2\"");
  program("exercise-lesson6", "printf 'one,2,2,\\n' >\"$2\"");
  const Run outcome = grade(folder, programs.path, "lesson1 lesson2 lesson3 lesson4 lesson5 lesson6");
  CHECK(outcome.status == 1);
  CHECK(contains(outcome.text, "lesson6   one                            2 of   2  ok\n"));
  CHECK(contains(outcome.text, "total                                    6 of  27\n"));
  CHECK(read_file(folder.path + "/out/grade.csv") ==
        "lesson,exercise,right,of,remark\n"
        "lesson1,one,1,2,not written yet\nlesson1,two,3,3,\n"
        "lesson2,one,0,2,ends before it begins\nlesson2,two,0,3,ends before it begins\n"
        "lesson3,one,0,2,ends before it begins\nlesson3,two,0,3,ends before it begins\n"
        "lesson4,one,0,2,ends before it begins\nlesson4,two,0,3,ends before it begins\n"
        "lesson5,one,0,2,does not compile\nlesson5,two,0,3,does not compile\n"
        "lesson6,one,2,2,\n");
}

TEST_CASE("grade says so where not even the answer runs, and writes nothing") {
  const TemporaryFolder folder, programs;
  const Run outcome = grade(folder, programs.path, "lesson1");
  CHECK(outcome.status == 1);
  CHECK(contains(outcome.text, "handgrad: the answer of lesson1 does not run, so nothing is graded"));
  CHECK(names_in(folder.path + "/out").empty());
}
