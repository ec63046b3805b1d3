#include "src/checking/checks.h"
#include "src/checking/judge.h"
#include "src/checking/numeric_gradient.h"

namespace handgrad {

namespace {

// r = ReLU(l) + r_before and its weighted sum, from what l and h are at the time.
Real loss_from_h(const Matrix& h, const Matrix& r_before, const Matrix& weights) {
  Matrix r;
  residual_forward(h, r_before, r);
  return weighted_sum(r, weights);
}

void forward_from_l(const Matrix& l, const Matrix& r_before, Matrix& r) {
  Matrix h;
  relu_forward(l, h);
  residual_forward(h, r_before, r);
}

// The two ways that r_before goes: through the layer and past it.
Hints two_ways(const Matrix& r_before, const Matrix& W, const Matrix& l, const Matrix& r) {
  Matrix masked, unused_W, unused_b, through;
  relu_backward(l, r, masked);
  fully_connected_backward(r_before, W, masked, unused_W, unused_b, through);
  return {{{"what comes back through the layer, grad_l Wᵀ", through}, {"the skip branch, grad_r", r}}, {}};
}

}  // namespace

void check_residual_block(CheckReport& report, ResidualBlockBackward function, const File& file) {
  const auto equation = [&](const char* name, const char* comment) {
    return Equation{"residual_block", name, "3 (4)", "residual_block_backward", file, comment};
  };
  Judge judge(report);
  judge.all([&](const Case& c) {
    if (c.p > 64) return;  // W is p × p
    Matrix r_before = input_of(c, c.n, c.p, 1), W = input_of(c, c.p, c.p, 2), b = input_of(c, 1, c.p, 3), l, h;
    const Matrix r = gradient_of(c, c.n, c.p, 4);
    const auto forward = [&](Matrix& out) {
      fully_connected_forward(r_before, W, b, l);
      forward_from_l(l, r_before, out);
    };
    fully_connected_forward(r_before, W, b, l);
    relu_forward(l, h);
    const Matrix saved_l = l;
    Matrix free_l = l, free_h = h, grad_h, grad_l, grad_W, grad_b, grad_r_before;
    const auto loss_of_l = [&] {
      Matrix out;
      forward_from_l(free_l, r_before, out);
      return weighted_sum(out, r);
    };
    judge.judge(
        {"residual",
         forward,
         forward,
         r,
         [&] { function(r_before, W, saved_l, r, grad_h, grad_l, grad_W, grad_b, grad_r_before); },
         {&r_before, &W, &saved_l, &r},
         {{equation("grad_h", "∂loss/∂h"), grad_h, free_h, nullptr, [&] { return loss_from_h(free_h, r_before, r); }},
          {equation("grad_l", "∂loss/∂l"), grad_l, free_l, nullptr, loss_of_l},
          {equation("grad_W", "∂loss/∂W"), grad_W, W},
          {equation("grad_b", "∂loss/∂W"), grad_b, b},
          {equation("grad_r_before", "∂loss/∂r_before"), grad_r_before, r_before,
           [&] { return two_ways(r_before, W, saved_l, r); }}}});
  });
}

}  // namespace handgrad
