#include "lessons/lesson2/network.h"

#include <cstddef>
#include <string>

#include "src/layers/batch_norm.h"
#include "src/layers/fully_connected.h"
#include "src/layers/relu.h"
#include "src/layers/softmax.h"

namespace handgrad::lesson2 {

BatchNormMlp::BatchNormMlp(const std::vector<int>& widths, bool fix_gamma_at_1) : fix_gamma(fix_gamma_at_1) {
  const std::size_t count = widths.size();
  for (std::vector<Matrix>* arrays :
       {&W,          &b,         &l,          &h,        &gamma,     &beta,   &moving_mean, &moving_var,
        &mean,       &var,       &l_hat,      &y,        &grad_W,    &grad_b, &grad_l,      &grad_h,
        &grad_gamma, &grad_beta, &grad_l_hat, &grad_var, &grad_mean, &grad_y}) {
    arrays->resize(count);
  }
  for (std::size_t i = 1; i < count; ++i) {
    W[i].resize(widths[i - 1], widths[i]);
    b[i].resize(1, widths[i]);
  }
  for (std::size_t i = 1; i + 1 < count; ++i) {
    for (std::vector<Matrix>* rows : {&gamma, &beta, &moving_mean, &moving_var}) (*rows)[i].resize(1, widths[i]);
  }
}

std::vector<Parameter> BatchNormMlp::parameters() {
  const std::size_t last = W.size() - 1;
  std::vector<Parameter> all;
  for (std::size_t i = 1; i <= last; ++i) {
    const std::string fc = "fc" + std::to_string(i);
    const std::string bn = "bn" + std::to_string(i);
    all.push_back({fc + "_weight", &W[i], &grad_W[i]});
    all.push_back({fc + "_bias", &b[i], &grad_b[i]});
    if (i == last) break;
    all.push_back({bn + "_gamma", &gamma[i], fix_gamma ? nullptr : &grad_gamma[i]});
    all.push_back({bn + "_beta", &beta[i], &grad_beta[i]});
    all.push_back({bn + "_moving_mean", &moving_mean[i]});
    all.push_back({bn + "_moving_var", &moving_var[i]});
  }
  return all;
}

const Matrix& BatchNormMlp::forward(const Matrix& x, Mode mode) {
  const std::size_t last = W.size() - 1;
  h[0] = x;
  for (std::size_t i = 1; i < last; ++i) {
    fully_connected_forward(h[i - 1], W[i], b[i], l[i]);
    if (mode == Mode::training) {
      batch_norm_forward(l[i], gamma[i], beta[i], mean[i], var[i], l_hat[i], y[i]);
      batch_norm_update_moving(mean[i], var[i], moving_mean[i], moving_var[i]);
    } else {
      batch_norm_predict(l[i], gamma[i], beta[i], moving_mean[i], moving_var[i], y[i]);
    }
    relu_forward(y[i], h[i]);
  }
  fully_connected_forward(h[last - 1], W[last], b[last], l[last]);
  softmax_forward(l[last], o);
  return o;
}

std::vector<Output> BatchNormMlp::outputs() const {
  const std::size_t last = W.size() - 1;
  std::vector<Output> all;
  for (std::size_t i = 1; i < last; ++i) {
    const std::string number = std::to_string(i), bn = "bn" + number;
    all.push_back({"fc" + number + "_out", &l[i], &grad_l[i]});
    all.push_back({bn + "_out",
                   &y[i],
                   &grad_y[i],
                   {{bn + "_mean", &mean[i], &grad_mean[i]},
                    {bn + "_var", &var[i], &grad_var[i]},
                    {bn + "_hat", &l_hat[i], &grad_l_hat[i]},
                    {bn + "_gamma", &gamma[i], &grad_gamma[i]},
                    {bn + "_beta", &beta[i], &grad_beta[i]}}});
    all.push_back({"relu" + number + "_out", &h[i], &grad_h[i]});
  }
  all.push_back({"fc" + std::to_string(last) + "_out", &l[last], &grad_l[last]});
  all.push_back({"softmax_out", &o});
  return all;
}

void BatchNormMlp::backward(const Matrix& grad_o) {
  const std::size_t last = W.size() - 1;

  // o = S(l_last), l_last = h_(last-1) W_last + b_last
  softmax_backward(o, grad_o, grad_l[last]);
  fully_connected_backward(h[last - 1], W[last], grad_l[last], grad_W[last], grad_b[last], grad_h[last - 1]);

  for (std::size_t i = last - 1; i >= 1; --i) {
    // h_i = ReLU(y_i), y_i = BatchNorm(l_i), l_i = h_(i-1) W_i + b_i
    relu_backward(y[i], grad_h[i], grad_y[i]);
    batch_norm_backward(l[i], gamma[i], mean[i], var[i], l_hat[i], grad_y[i], grad_beta[i], grad_gamma[i],
                        grad_l_hat[i], grad_var[i], grad_mean[i], grad_l[i]);
    if (i > 1 || wants_grad_x) {
      fully_connected_backward(h[i - 1], W[i], grad_l[i], grad_W[i], grad_b[i], grad_h[i - 1]);
    } else {  // h_0 is x, whose gradient no training wants
      fully_connected_backward_parameters(h[0], grad_l[1], grad_W[1], grad_b[1]);
    }
  }
}

}  // namespace handgrad::lesson2
