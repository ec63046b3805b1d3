#pragma once

#include <vector>

#include "src/training/network.h"

namespace handgrad::lesson6 {

// How the network is built: remedies 3, 4 and 5 of the lecture's conclusion as plain settings.
struct Architecture {
  enum class Activation { sigmoid, relu, leaky_relu };
  enum class Connection { plain, residual, dense };
  Activation activation = Activation::relu;
  bool batch_norm = false;  // before every activation, γ fixed at 1 as the lecture has it
  Connection connection = Connection::plain;
};

// The networks of lessons 1 to 5 in one, and what lies between them. Its sizes are in `widths`: {4, 10, …, 10, 3}; with
// residual connections all hidden layers are of one width.
//
// All arrays count from 1: layer i computes l[i] = r[i-1] W[i] + b[i], with batch norm y[i] of l[i], h[i] = activation
// of it, and hands on
//   r[i] = h[i]              plain, and the first layer always
//   r[i] = h[i] + r[i-1]     residual
//   r[i] = r[i-1] || h[i]    dense
// r[0] is the input x. The last layer gives o = softmax(l).
struct RemedyMlp : Network {
  Architecture architecture;
  Real slope = Real(0.25);  // of a LeakyReLU, α
  std::vector<Matrix> W, b, l, h, r;
  std::vector<Matrix> gamma, beta, moving_mean, moving_var, mean, var, l_hat, y;
  Matrix o;
  std::vector<Matrix> grad_W, grad_b, grad_l, grad_h, grad_r, grad_skip;
  std::vector<Matrix> grad_gamma, grad_beta, grad_l_hat, grad_var, grad_mean, grad_y;

  RemedyMlp(const std::vector<int>& widths, const Architecture& built_as);
  std::vector<Parameter> parameters() override;
  const Matrix& forward(const Matrix& x, Mode mode) override;
  std::vector<Output> outputs() const override;
  void backward(const Matrix& grad_o) override;
  const Matrix* grad_x() const override { return &grad_r[0]; }

 private:
  void normalize(std::size_t i, Mode mode);                                // y[i] of l[i]
  void activate(const Matrix& z, Matrix& activated) const;                 // z is y[i] or l[i]
  void activate_backward(std::size_t i, const Matrix& z, Matrix& grad_z);  // grad_z from grad_h[i]
};

}  // namespace handgrad::lesson6
