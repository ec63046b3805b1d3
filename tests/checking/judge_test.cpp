#include "src/checking/judge.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "src/checking/checks.h"
#include "src/checking/not_written.h"

using namespace handgrad;

// Versions of relu_backward with a fault of each kind that a single call with ordinary numbers does not show.

namespace {

using Relu = decltype(&relu_backward);

// What the check says of a version: "NAME: what is told", empty if all is right.
std::string verdict_on(Relu version) {
  CheckReport report;
  check_relu(report, version, "mine.cpp");
  const Verdict* const first = report.first_wrong();
  if (first == nullptr) return "";
  return first->equation.name + ": " + (first->ending.empty() ? first->where : first->ending);
}

void shape(const Matrix& l, Matrix& grad_l) {
  grad_l.resize(l.rows, l.cols);
}

void keeps_the_mask(const Matrix& l, const Matrix& grad_h, Matrix& grad_l) {
  static Matrix mask;
  if (!same_shape(mask, l)) mask = l;
  relu_backward(mask, grad_h, grad_l);
}

void adds(const Matrix& l, const Matrix& grad_h, Matrix& grad_l) {
  if (!same_shape(l, grad_l)) grad_l = Matrix(l.rows, l.cols);
  for (int k = 0; k < l.size(); ++k) grad_l[k] += l[k] > 0 ? grad_h[k] : 0;
}

void changes_its_input(const Matrix& l, const Matrix& grad_h, Matrix& grad_l) {
  relu_backward(l, grad_h, grad_l);
  const_cast<Matrix&>(grad_h).data()[0] = 7;
}

void writes_behind(const Matrix& l, const Matrix& grad_h, Matrix& grad_l) {
  relu_backward(l, grad_h, grad_l);
  grad_l.row(l.rows)[0] = 0;
}

void writes_before(const Matrix& l, const Matrix& grad_h, Matrix& grad_l) {
  relu_backward(l, grad_h, grad_l);
  grad_l.data()[-1] = grad_h.data()[-1];
}

void reads_behind(const Matrix& l, const Matrix& grad_h, Matrix& grad_l) {
  shape(l, grad_l);
  for (int k = 0; k < l.size(); ++k) grad_l[k] = l[k] > 0 ? grad_h[k] + 0 * grad_h.data()[k + 1] : 0;
}

void throws_in_the_end(const Matrix& l, const Matrix& grad_h, Matrix& grad_l) {
  relu_backward(l, grad_h, grad_l);
  throw 5;
}

void nan_at_zero(const Matrix& l, const Matrix& grad_h, Matrix& grad_l) {
  shape(l, grad_l);
  for (int k = 0; k < l.size(); ++k) grad_l[k] = grad_h[k] * (1 + l[k] / std::abs(l[k])) / 2;
}

void cut_at_6(const Matrix& l, const Matrix& grad_h, Matrix& grad_l) {
  shape(l, grad_l);
  for (int k = 0; k < l.size(); ++k) grad_l[k] = l[k] > 0 && l[k] < 6 ? grad_h[k] : 0;
}

void clipped_at_5(const Matrix& l, const Matrix& grad_h, Matrix& grad_l) {
  relu_backward(l, grad_h, grad_l);
  for (Real& value : grad_l.values) value = std::max(Real(-5), std::min(value, Real(5)));
}

void drops_tiny_ones(const Matrix& l, const Matrix& grad_h, Matrix& grad_l) {
  relu_backward(l, grad_h, grad_l);
  for (Real& value : grad_l.values) value = std::abs(value) < Real(1e-20) ? 0 : value;
}

void of_64_rows(const Matrix& l, const Matrix& grad_h, Matrix& grad_l) {
  relu_backward(l, grad_h, grad_l);
  for (int i = 64; i < l.rows; ++i) grad_l(i, 0) = 0;
}

void one_at_zero(const Matrix& l, const Matrix& grad_h, Matrix& grad_l) {
  shape(l, grad_l);
  for (int k = 0; k < l.size(); ++k) grad_l[k] = l[k] >= 0 ? grad_h[k] : 0;
}

}  // namespace

TEST_CASE("state, inputs and storage: each has its words") {
  CHECK(verdict_on(relu_backward) == "");
  CHECK(verdict_on(keeps_the_mask).find("it gives other numbers when it is called again") != std::string::npos);
  CHECK(verdict_on(adds) == "grad_l: it depends on what its output held before the call: every element must be set");
  CHECK(verdict_on(changes_its_input) == "the call: it changed what it was given to read");
  CHECK(verdict_on(writes_behind) == "the call: it wrote outside a matrix, through a pointer");
  CHECK(verdict_on(writes_before) == "the call: it wrote outside a matrix, through a pointer");
  CHECK(verdict_on(reads_behind) == "grad_l: ");
  CHECK(verdict_on(throws_in_the_end) == "the call: it threw a number: 5");
}

TEST_CASE("values and sizes that an ordinary batch does not have") {
  CHECK(verdict_on(nan_at_zero) == "grad_l: some inputs exactly 0");
  CHECK(verdict_on(cut_at_6) == "grad_l: inputs up to 50 in size, incoming gradients up to 100");
  CHECK(verdict_on(clipped_at_5) == "grad_l: inputs up to 50 in size, incoming gradients up to 100");
  CHECK(verdict_on(drops_tiny_ones) == "grad_l: incoming gradients near 1e-30");
  CHECK(verdict_on(of_64_rows) == "grad_l: ");
}

TEST_CASE("at its kink a function has no derivative, and either side's is right") {
  CHECK(verdict_on(one_at_zero) == "");
}

// A layer with a forward pass of one's own: Judge holds it against the formula of another.
namespace {

void double_forward(const Matrix& x, Matrix& y) {
  y = x;
  for (Real& value : y.values) value *= 2;
}

CheckReport report_on_double(Real backward_factor) {
  CheckReport report;
  Judge judge(report);
  judge.all([&](const Case& c) {
    Matrix x = input_of(c, c.n, c.p, 1), grad_x;
    const Matrix r = gradient_of(c, c.n, c.p, 2);
    const auto backward = [&] {
      grad_x = r;
      for (Real& value : grad_x.values) value *= backward_factor;
    };
    judge.judge({"double",
                 [&](Matrix& y) { double_forward(x, y); },
                 [&](Matrix& y) { y = x; },
                 r,
                 backward,
                 {&x, &r},
                 {{{"double", "grad_x", "0", "double_backward", "mine.cpp"}, grad_x, x}}});
  });
  return report;
}

}  // namespace

TEST_CASE("a forward pass that is not the lecture's any more is a note if the backward pass goes with it") {
  const CheckReport both = report_on_double(2);
  CHECK(both.wrong_count() == 0);
  REQUIRE(both.notes.size() == 1);
  CHECK(both.notes[0].find("double_forward is no longer that of its formula: it gives ") == 0);
  CHECK(both.notes[0].find("; against the forward pass as it is now, grad_x is right") != std::string::npos);
}

TEST_CASE("if only the forward pass was changed, that is the likely cause") {
  const CheckReport forward_only = report_on_double(1);
  CHECK(forward_only.wrong_count() == 1);
  CHECK(forward_only.first_wrong()->cause.find("double_forward is no longer that of its formula") == 0);
  CHECK(forward_only.first_wrong()->cause.find("; yours still is") != std::string::npos);
}
