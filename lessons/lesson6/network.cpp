#include "lessons/lesson6/network.h"

#include <cstddef>
#include <string>

#include "src/layers/batch_norm.h"
#include "src/layers/concat.h"
#include "src/layers/fully_connected.h"
#include "src/layers/leaky_relu.h"
#include "src/layers/relu.h"
#include "src/layers/residual.h"
#include "src/layers/sigmoid.h"
#include "src/layers/softmax.h"

namespace handgrad::lesson6 {

using Activation = Architecture::Activation;
using Connection = Architecture::Connection;

RemedyMlp::RemedyMlp(const std::vector<int>& widths, const Architecture& built_as) : architecture(built_as) {
  const std::size_t count = widths.size();
  for (std::vector<Matrix>* arrays :
       {&W,         &b,          &l,         &h,          &r,        &gamma,     &beta,   &moving_mean, &moving_var,
        &mean,      &var,        &l_hat,     &y,          &grad_W,   &grad_b,    &grad_l, &grad_h,      &grad_r,
        &grad_skip, &grad_gamma, &grad_beta, &grad_l_hat, &grad_var, &grad_mean, &grad_y}) {
    arrays->resize(count);
  }
  int inputs = widths[0];
  for (std::size_t i = 1; i < count; ++i) {
    W[i].resize(inputs, widths[i]);
    b[i].resize(1, widths[i]);
    const bool joined = architecture.connection == Connection::dense && i > 1;
    inputs = joined ? inputs + widths[i] : widths[i];
  }
  for (std::size_t i = 1; i + 1 < count && architecture.batch_norm; ++i) {
    for (std::vector<Matrix>* rows : {&gamma, &beta, &moving_mean, &moving_var}) (*rows)[i].resize(1, widths[i]);
  }
}

std::vector<Parameter> RemedyMlp::parameters() {
  const std::size_t last = W.size() - 1;
  std::vector<Parameter> all;
  for (std::size_t i = 1; i <= last; ++i) {
    const std::string fc = "fc" + std::to_string(i);
    const std::string bn = "bn" + std::to_string(i);
    all.push_back({fc + "_weight", &W[i], &grad_W[i]});
    all.push_back({fc + "_bias", &b[i], &grad_b[i]});
    if (i == last || !architecture.batch_norm) continue;
    all.push_back({bn + "_gamma", &gamma[i]});
    all.push_back({bn + "_beta", &beta[i], &grad_beta[i]});
    all.push_back({bn + "_moving_mean", &moving_mean[i]});
    all.push_back({bn + "_moving_var", &moving_var[i]});
  }
  return all;
}

const Matrix& RemedyMlp::forward(const Matrix& x, Mode mode) {
  const std::size_t last = W.size() - 1;
  r[0] = x;
  for (std::size_t i = 1; i < last; ++i) {
    fully_connected_forward(r[i - 1], W[i], b[i], l[i]);
    if (architecture.batch_norm) normalize(i, mode);
    activate(architecture.batch_norm ? y[i] : l[i], h[i]);

    if (i == 1 || architecture.connection == Connection::plain) {
      r[i] = h[i];
    } else if (architecture.connection == Connection::residual) {
      residual_forward(h[i], r[i - 1], r[i]);
    } else {
      concat_forward(r[i - 1], h[i], r[i]);
    }
  }
  fully_connected_forward(r[last - 1], W[last], b[last], l[last]);
  softmax_forward(l[last], o);
  return o;
}

void RemedyMlp::normalize(std::size_t i, Mode mode) {
  if (mode == Mode::training) {
    batch_norm_forward(l[i], gamma[i], beta[i], mean[i], var[i], l_hat[i], y[i]);
    batch_norm_update_moving(mean[i], var[i], moving_mean[i], moving_var[i]);
  } else {
    batch_norm_predict(l[i], gamma[i], beta[i], moving_mean[i], moving_var[i], y[i]);
  }
}

void RemedyMlp::activate(const Matrix& z, Matrix& activated) const {
  if (architecture.activation == Activation::sigmoid) {
    sigmoid_forward(z, activated);
  } else if (architecture.activation == Activation::relu) {
    relu_forward(z, activated);
  } else {
    leaky_relu_forward(z, slope, activated);
  }
}

std::vector<Output> RemedyMlp::outputs() const {
  const std::size_t last = W.size() - 1;
  const Real alpha = architecture.activation == Activation::leaky_relu ? slope : 0;
  const char* const kind = architecture.activation == Activation::sigmoid ? "sigmoid" : "relu";
  const char* const join = architecture.connection == Connection::residual ? "plus" : "concat";
  std::vector<Output> all;
  for (std::size_t i = 1; i < last; ++i) {
    const std::string number = std::to_string(i), bn = "bn" + number;
    all.push_back({"fc" + number + "_out", &l[i], &grad_l[i]});
    if (architecture.batch_norm) {
      all.push_back({bn + "_out",
                     &y[i],
                     &grad_y[i],
                     {{bn + "_mean", &mean[i], &grad_mean[i]},
                      {bn + "_var", &var[i], &grad_var[i]},
                      {bn + "_hat", &l_hat[i], &grad_l_hat[i]},
                      {bn + "_gamma", &gamma[i], &grad_gamma[i]},
                      {bn + "_beta", &beta[i], &grad_beta[i]}}});
    }
    all.push_back({kind + number + "_out", &h[i], &grad_h[i], {}, alpha});
    if (i == 1 || architecture.connection == Connection::plain) continue;
    all.push_back({join + number + "_out", &r[i], &grad_r[i], {{join + number + "_skip", &r[i - 1], &grad_skip[i]}}});
  }
  all.push_back({"fc" + std::to_string(last) + "_out", &l[last], &grad_l[last]});
  all.push_back({"softmax_out", &o});
  return all;
}

void RemedyMlp::backward(const Matrix& grad_o) {
  const std::size_t last = W.size() - 1;

  // o = S(l_last), l_last = r_(last-1) W_last + b_last
  softmax_backward(o, grad_o, grad_l[last]);
  fully_connected_backward(r[last - 1], W[last], grad_l[last], grad_W[last], grad_b[last], grad_r[last - 1]);

  for (std::size_t i = last - 1; i >= 1; --i) {
    const bool skips = i > 1 && architecture.connection != Connection::plain;

    // r_i = h_i, or h_i + r_(i-1), or r_(i-1) || h_i
    if (!skips) {
      grad_h[i] = grad_r[i];
    } else if (architecture.connection == Connection::residual) {
      residual_backward(grad_r[i], grad_h[i], grad_skip[i]);
    } else {
      concat_backward(r[i - 1], h[i], grad_r[i], grad_skip[i], grad_h[i]);
    }

    // h_i = activation(y_i), y_i = BatchNorm(l_i), or without it h_i = activation(l_i)
    if (architecture.batch_norm) {
      activate_backward(i, y[i], grad_y[i]);
      batch_norm_backward(l[i], gamma[i], mean[i], var[i], l_hat[i], grad_y[i], grad_beta[i], grad_gamma[i],
                          grad_l_hat[i], grad_var[i], grad_mean[i], grad_l[i]);
    } else {
      activate_backward(i, l[i], grad_l[i]);
    }

    // l_i = r_(i-1) W_i + b_i
    if (i > 1 || wants_grad_x) {
      fully_connected_backward(r[i - 1], W[i], grad_l[i], grad_W[i], grad_b[i], grad_r[i - 1]);
    } else {  // r_0 is x, whose gradient no training wants
      fully_connected_backward_parameters(r[0], grad_l[1], grad_W[1], grad_b[1]);
    }

    // ∂loss/∂r_(i-1) = grad_l_i W_iᵀ + grad_skip_i: r_(i-1) went into the layer and past it
    if (skips) add(grad_r[i - 1], grad_skip[i], grad_r[i - 1]);
  }
}

void RemedyMlp::activate_backward(std::size_t i, const Matrix& z, Matrix& grad_z) {
  if (architecture.activation == Activation::sigmoid) {
    sigmoid_backward(h[i], grad_h[i], grad_z);
  } else if (architecture.activation == Activation::relu) {
    relu_backward(z, grad_h[i], grad_z);
  } else {
    leaky_relu_backward(z, slope, grad_h[i], grad_z);
  }
}

}  // namespace handgrad::lesson6
