#pragma once

#include <functional>
#include <string>
#include <vector>

#include "src/checking/check_report.h"
#include "src/layers/batch_norm.h"
#include "src/layers/concat.h"
#include "src/layers/fully_connected.h"
#include "src/layers/leaky_relu.h"
#include "src/layers/log_loss.h"
#include "src/layers/relu.h"
#include "src/layers/residual.h"
#include "src/layers/sigmoid.h"
#include "src/layers/softmax.h"
#include "src/layers/squared_loss.h"

namespace handgrad {

// One check a layer: every gradient that its backward function computes against differences of Σ out ⊗ r, where r is
// random. (With r = 1 everywhere a batch norm that forgets a path would pass.) The cases are in cases.h, what is judged
// in judge.h. `function` is what is checked, in `file`: the layer's, or a student's own version.
using File = std::string;
void check_log_loss(CheckReport& report, decltype(&log_loss_backward) function = log_loss_backward,
                    const File& file = "src/layers/log_loss.cpp");
void check_squared_loss(CheckReport& report, decltype(&squared_loss_backward) function = squared_loss_backward,
                        const File& file = "src/layers/squared_loss.cpp");
void check_softmax(CheckReport& report, decltype(&softmax_backward) function = softmax_backward,
                   const File& file = "src/layers/softmax.cpp");
void check_fully_connected(CheckReport& report, decltype(&fully_connected_backward) function = fully_connected_backward,
                           const File& file = "src/layers/fully_connected.cpp");
void check_relu(CheckReport& report, decltype(&relu_backward) function = relu_backward,
                const File& file = "src/layers/relu.cpp");
void check_leaky_relu(CheckReport& report, decltype(&leaky_relu_backward) function = leaky_relu_backward,
                      const File& file = "src/layers/leaky_relu.cpp");
void check_sigmoid(CheckReport& report, decltype(&sigmoid_backward) function = sigmoid_backward,
                   const File& file = "src/layers/sigmoid.cpp");
void check_batch_norm(CheckReport& report, decltype(&batch_norm_backward) function = batch_norm_backward,
                      const File& file = "src/layers/batch_norm.cpp");
void check_residual(CheckReport& report, decltype(&residual_backward) function = residual_backward,
                    const File& file = "src/layers/residual.cpp");
void check_concat(CheckReport& report, decltype(&concat_backward) function = concat_backward,
                  const File& file = "src/layers/concat.cpp");

// A whole block, r = ReLU(r_before W + b) + r_before, as lesson 3's exercise asks for it.
using ResidualBlockBackward = void (*)(const Matrix& r_before, const Matrix& W, const Matrix& l, const Matrix& grad_r,
                                       Matrix& grad_h, Matrix& grad_l, Matrix& grad_W, Matrix& grad_b,
                                       Matrix& grad_r_before);
void check_residual_block(CheckReport& report, ResidualBlockBackward function, const File& file);

// A check by the name that LAYER= chooses it by.
struct NamedCheck {
  std::string name;
  std::function<void(CheckReport&)> run;
};

// The checks of all layers, in the order of the backward pass: from the loss down.
std::vector<NamedCheck> layer_checks();

}  // namespace handgrad
