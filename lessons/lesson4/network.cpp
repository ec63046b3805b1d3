#include "lessons/lesson4/network.h"

#include <cstddef>
#include <string>

#include "src/layers/concat.h"
#include "src/layers/fully_connected.h"
#include "src/layers/relu.h"
#include "src/layers/softmax.h"

namespace handgrad::lesson4 {

DenseMlp::DenseMlp(const std::vector<int>& widths) {
  const std::size_t count = widths.size();
  for (std::vector<Matrix>* arrays : {&W, &b, &l, &h, &r, &grad_W, &grad_b, &grad_l, &grad_h, &grad_r, &grad_skip}) {
    arrays->resize(count);
  }
  int inputs = widths[0];
  for (std::size_t i = 1; i < count; ++i) {
    W[i].resize(inputs, widths[i]);
    b[i].resize(1, widths[i]);
    inputs = i == 1 ? widths[1] : inputs + widths[i];
  }
}

std::vector<Parameter> DenseMlp::parameters() {
  return fully_connected_parameters(W, b, grad_W, grad_b);
}

const Matrix& DenseMlp::forward(const Matrix& x, Mode) {
  const std::size_t last = W.size() - 1;
  r[0] = x;
  fully_connected_forward(r[0], W[1], b[1], l[1]);
  relu_forward(l[1], r[1]);
  for (std::size_t i = 2; i < last; ++i) {
    fully_connected_forward(r[i - 1], W[i], b[i], l[i]);
    relu_forward(l[i], h[i]);
    concat_forward(r[i - 1], h[i], r[i]);
  }
  fully_connected_forward(r[last - 1], W[last], b[last], l[last]);
  softmax_forward(l[last], o);
  return o;
}

std::vector<Output> DenseMlp::outputs() const {
  const std::size_t last = W.size() - 1;
  std::vector<Output> all{{"fc1_out", &l[1], &grad_l[1]}, {"relu1_out", &r[1], &grad_r[1]}};
  for (std::size_t i = 2; i < last; ++i) {
    const std::string number = std::to_string(i);
    all.push_back({"fc" + number + "_out", &l[i], &grad_l[i]});
    all.push_back({"relu" + number + "_out", &h[i], &grad_h[i]});
    all.push_back(
        {"concat" + number + "_out", &r[i], &grad_r[i], {{"concat" + number + "_skip", &r[i - 1], &grad_skip[i]}}});
  }
  all.push_back({"fc" + std::to_string(last) + "_out", &l[last], &grad_l[last]});
  all.push_back({"softmax_out", &o});
  return all;
}

void DenseMlp::backward(const Matrix& grad_o) {
  const std::size_t last = W.size() - 1;

  // o = S(l_last), l_last = r_(last-1) W_last + b_last
  softmax_backward(o, grad_o, grad_l[last]);
  fully_connected_backward(r[last - 1], W[last], grad_l[last], grad_W[last], grad_b[last], grad_r[last - 1]);

  for (std::size_t i = last - 1; i >= 2; --i) {
    // r_i = r_(i-1) || h_i, h_i = ReLU(l_i), l_i = r_(i-1) W_i + b_i
    concat_backward(r[i - 1], h[i], grad_r[i], grad_skip[i], grad_h[i]);
    relu_backward(l[i], grad_h[i], grad_l[i]);
    fully_connected_backward(r[i - 1], W[i], grad_l[i], grad_W[i], grad_b[i], grad_r[i - 1]);

    // ∂loss/∂r_(i-1) = grad_l_i W_iᵀ + the first columns of grad_r_i: r_(i-1) went into the layer and past it
    add(grad_r[i - 1], grad_skip[i], grad_r[i - 1]);
  }

  // r_1 = ReLU(l_1), l_1 = x W_1 + b_1
  relu_backward(l[1], grad_r[1], grad_l[1]);
  if (wants_grad_x) {
    fully_connected_backward(r[0], W[1], grad_l[1], grad_W[1], grad_b[1], grad_r[0]);
  } else {  // no training wants the gradient of x
    fully_connected_backward_parameters(r[0], grad_l[1], grad_W[1], grad_b[1]);
  }
}

}  // namespace handgrad::lesson4
