#include "src/checking/isolation.h"

#include <doctest/doctest.h>

#include <cstdlib>

#include "src/checking/checks.h"
#include "src/checking/report_text.h"
#include "src/io/text.h"

using namespace handgrad;

namespace {

void endless(const Matrix&, const Matrix&, Matrix&) {
  for (volatile bool on = true; on;) {
  }
}

// Right, until its fortieth call.
void exits_later(const Matrix& l, const Matrix& grad_h, Matrix& grad_l) {
  static int calls = 0;
  if (++calls == 40) std::exit(0);
  relu_backward(l, grad_h, grad_l);
}

}  // namespace

TEST_CASE("a verdict comes out of a child as it went in") {
  CheckReport report;
  const Equation equation{"relu", "grad_l", "2 (1)", "relu_backward", "src/layers/relu.cpp", "∂loss/∂l", true};
  const auto check = [&](CheckReport& own) {
    own.compare(equation, {Matrix{{1, 2}}, Matrix{{1, -2}}, 1, {}, "a case"});
    own.note("a note");
  };
  CHECK(!check_isolated(report, check));
  REQUIRE(report.verdicts.size() == 1);
  const Verdict& verdict = report.verdicts[0];
  CHECK(verdict.equation.comment == "∂loss/∂l");
  CHECK(verdict.equation.always_zero);
  CHECK(verdict.state == Verdict::State::wrong);
  CHECK(verdict.elements == 2);
  CHECK(verdict.worst_error == doctest::Approx(2));
  CHECK(verdict.wrong_at == 1);
  CHECK(verdict.where == "a case");
  CHECK(verdict.worst == "row 0, column 1 (from 0) of 1×2, in a batch of 1: yours 2, numeric -2");
  CHECK(report.notes == std::vector<std::string>{"a note"});
}

TEST_CASE("a function that never comes back is named, keeps its equations, and the next check goes on") {
  CheckReport report;
  CHECK(check_isolated(
      report, [](CheckReport& own) { check_relu(own, endless, "mine.cpp"); }, 0.2));
  CHECK(!check_isolated(report, [](CheckReport& own) { check_residual(own); }));
  CHECK(report.equation_count() == 3);
  CHECK(report.right_count() == 2);
  REQUIRE(report.first_wrong() != nullptr);
  CHECK(report.first_wrong()->equation.name == the_call);
  CHECK(report.first_wrong()->equation.function == "relu_backward");
  CHECK(report.first_wrong()->equation.file == "mine.cpp");
  CHECK(contains(report.first_wrong()->ending, "did not return within"));
  CHECK(contains(check_report_text(report, false), "ended before all cases were judged        NOT JUDGED"));
}

TEST_CASE("exit(0) is no success, even after cases that were right") {
  CheckReport report;
  check_isolated(report, [](CheckReport& own) { check_relu(own, exits_later, "mine.cpp"); });
  CHECK(report.wrong_count() == 2);
  CHECK(report.right_count() == 0);
  CHECK(report.equation_count() == 1);
  CHECK(report.first_wrong()->ending == "called exit(0)");
}
