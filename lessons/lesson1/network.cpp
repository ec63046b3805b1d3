#include "lessons/lesson1/network.h"

#include <cstddef>
#include <string>

#include "src/layers/fully_connected.h"
#include "src/layers/relu.h"
#include "src/layers/softmax.h"

namespace handgrad::lesson1 {

Mlp::Mlp(const std::vector<int>& widths) {
  const std::size_t count = widths.size();
  for (std::vector<Matrix>* arrays : {&W, &b, &l, &h, &grad_W, &grad_b, &grad_l, &grad_h}) arrays->resize(count);
  for (std::size_t i = 1; i < count; ++i) {
    W[i].resize(widths[i - 1], widths[i]);
    b[i].resize(1, widths[i]);
  }
}

std::vector<Parameter> Mlp::parameters() {
  return fully_connected_parameters(W, b, grad_W, grad_b);
}

const Matrix& Mlp::forward(const Matrix& x, Mode) {
  const std::size_t last = W.size() - 1;
  h[0] = x;
  for (std::size_t i = 1; i < last; ++i) {
    fully_connected_forward(h[i - 1], W[i], b[i], l[i]);
    relu_forward(l[i], h[i]);
  }
  fully_connected_forward(h[last - 1], W[last], b[last], l[last]);
  softmax_forward(l[last], o);
  return o;
}

std::vector<Output> Mlp::outputs() const {
  const std::size_t last = W.size() - 1;
  std::vector<Output> all;
  for (std::size_t i = 1; i < last; ++i) {
    const std::string number = std::to_string(i);
    all.push_back({"fc" + number + "_out", &l[i], &grad_l[i]});
    all.push_back({"relu" + number + "_out", &h[i], &grad_h[i]});
  }
  all.push_back({"fc" + std::to_string(last) + "_out", &l[last], &grad_l[last]});
  all.push_back({"softmax_out", &o});
  return all;
}

void Mlp::backward(const Matrix& grad_o) {
  const std::size_t last = W.size() - 1;

  // o = S(l_last), l_last = h_(last-1) W_last + b_last
  softmax_backward(o, grad_o, grad_l[last]);
  fully_connected_backward(h[last - 1], W[last], grad_l[last], grad_W[last], grad_b[last], grad_h[last - 1]);

  for (std::size_t i = last - 1; i >= 1; --i) {
    // h_i = ReLU(l_i), l_i = h_(i-1) W_i + b_i
    relu_backward(l[i], grad_h[i], grad_l[i]);
    if (i > 1 || wants_grad_x) {
      fully_connected_backward(h[i - 1], W[i], grad_l[i], grad_W[i], grad_b[i], grad_h[i - 1]);
    } else {  // h_0 is x, whose gradient no training wants
      fully_connected_backward_parameters(h[0], grad_l[1], grad_W[1], grad_b[1]);
    }
  }
}

}  // namespace handgrad::lesson1
