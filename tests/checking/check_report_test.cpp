#include "src/checking/check_report.h"

#include <doctest/doctest.h>

#include "src/checking/report_text.h"
#include "src/io/text.h"

using namespace handgrad;

namespace {

const Equation relu_grad_l{"relu", "grad_l", "2 (1)", "relu_backward", "src/layers/relu.cpp", "∂loss/∂l"};
const Equation softmax_grad_l{"softmax", "grad_l", "2 (1)", "softmax_backward", "src/layers/softmax.cpp", "∂loss/∂l_j"};

}  // namespace

TEST_CASE("a report in which all agrees says so") {
  CheckReport report;
  report.compare(relu_grad_l, {Matrix{{1, 2}}, Matrix{{1, 2 + 1e-9}}, 1});
  report.compare(relu_grad_l, {Matrix{{3}}, Matrix{{3}}, 1});
  CHECK(report.wrong_count() == 0);
  CHECK(report.first_wrong() == nullptr);
  CHECK(report.verdicts.size() == 1);
  CHECK(report.verdicts[0].elements == 3);
  const std::string text = check_report_text(report, false);
  CHECK(contains(text, "relu_backward, src/layers/relu.cpp\n  grad_l "));
  CHECK(contains(text, "3 elements   worst error 5.0e-10   ok\n"));
  CHECK(contains(text, "All 1 equations agree with their numeric gradients.\n"));
  CHECK(!contains(text, "\033"));
  CHECK(contains(check_report_text(report, true), "\033[32mok\033[0m"));
}

TEST_CASE("a report names the equation that was the first to be wrong, its worst element and its line") {
  CheckReport report;
  report.compare(relu_grad_l, {Matrix{{1, 2}}, Matrix{{1, 2}}, 1});
  report.compare(softmax_grad_l, {Matrix{{1, 2}, {-3, 4}}, Matrix{{1, 2}, {3, 4}}, 2});
  report.compare(relu_grad_l, {Matrix{{5}}, Matrix{{-5}}, 1});
  CHECK(report.wrong_count() == 2);
  REQUIRE(report.first_wrong() != nullptr);
  CHECK(report.first_wrong()->equation.function == "softmax_backward");
  const std::string text = check_report_text(report, false);
  CHECK(contains(text, "2 of 2 equations are not right.\n"));
  CHECK(contains(text, "The first of them is grad_l in softmax_backward;"));
  CHECK(contains(text, "row 1, column 0 (from 0) of 2×2, in a batch of 2: yours -3, numeric 3\n"));
  CHECK(contains(text, "open           src/layers/softmax.cpp:"));
}

TEST_CASE("a gradient that is 0 in every case has checked nothing, unless it must be 0") {
  CheckReport report;
  report.compare(relu_grad_l, {Matrix(1, 2), Matrix(1, 2), 1});
  CHECK(report.wrong_count() == 1);
  CHECK(contains(check_report_text(report, false), "BLIND"));
  report.compare(relu_grad_l, {Matrix{{1}}, Matrix{{1}}, 1});
  CHECK(report.wrong_count() == 0);

  Equation zero = softmax_grad_l;
  zero.always_zero = true;
  report.compare(zero, {Matrix(1, 2), Matrix(1, 2), 1});
  CHECK(report.wrong_count() == 0);
  report.compare(zero, {Matrix(1, 2, 1e-3), Matrix(1, 2), 1});
  CHECK(report.wrong_count() == 1);
}

TEST_CASE("what a function threw is told; what is not written yet is told as that") {
  CheckReport report;
  report.stop(relu_grad_l, "row 3, column 0 asked of a 3×4 matrix");
  const std::string text = check_report_text(report, false);
  CHECK(contains(text, "stopped before it was right"));
  CHECK(contains(text, "it stopped     row 3, column 0 asked of a 3×4 matrix\n"));

  CheckReport list;
  list.stop(relu_grad_l, "fc2_bias is not listed", Verdict::State::wrong);
  CHECK(contains(check_report_text(list, false), "what is wrong  fc2_bias is not listed\n"));
  CheckReport unwritten;
  unwritten.stop(relu_grad_l, "not written yet", Verdict::State::not_written);
  CHECK(contains(check_report_text(unwritten, false), "section 2 (1)  not written yet\n"));
}

TEST_CASE("a matrix of another shape is wrong") {
  CheckReport report;
  report.compare(relu_grad_l, {Matrix(2, 1, 1), Matrix(1, 2, 1), 1});
  CHECK(report.wrong_count() == 1);
  CHECK(contains(check_report_text(report, false), "yours is 2×1, it should be 1×2"));
}
