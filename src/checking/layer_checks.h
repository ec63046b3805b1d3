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

// One check a layer: every gradient that its backward function computes, element by element, against the central
// difference of Σ out ⊗ r, where r is random. (With r = 1 everywhere a batch norm that forgets a path would pass.)
// Inputs are random, with sizes from 0.1 to 1 so that none lies at a kink, in batches of 3, 20, 2 and 1 rows and
// several widths; each gradient by itself, the intermediate ones of batch norm too. `function` is what is checked, in
// `file`: a student's own version, or the layer's.
using File = std::string;
void check_log_loss(CheckReport& report, const File& file = "src/layers/log_loss.cpp",
                    decltype(&log_loss_backward) function = log_loss_backward);
void check_squared_loss(CheckReport& report, const File& file = "src/layers/squared_loss.cpp",
                        decltype(&squared_loss_backward) function = squared_loss_backward);
void check_softmax(CheckReport& report, const File& file = "src/layers/softmax.cpp",
                   decltype(&softmax_backward) function = softmax_backward);
void check_fully_connected(CheckReport& report, const File& file = "src/layers/fully_connected.cpp",
                           decltype(&fully_connected_backward) function = fully_connected_backward);
void check_relu(CheckReport& report, const File& file = "src/layers/relu.cpp",
                decltype(&relu_backward) function = relu_backward);
void check_leaky_relu(CheckReport& report, const File& file = "src/layers/leaky_relu.cpp",
                      decltype(&leaky_relu_backward) function = leaky_relu_backward);
void check_sigmoid(CheckReport& report, const File& file = "src/layers/sigmoid.cpp",
                   decltype(&sigmoid_backward) function = sigmoid_backward);
void check_batch_norm(CheckReport& report, const File& file = "src/layers/batch_norm.cpp",
                      decltype(&batch_norm_backward) function = batch_norm_backward);
void check_residual(CheckReport& report, const File& file = "src/layers/residual.cpp",
                    decltype(&residual_backward) function = residual_backward);
// A whole block, r = ReLU(r_before W + b) + r_before, as lesson 3's exercise asks for it.
using ResidualBlockBackward = void (*)(const Matrix& r_before, const Matrix& W, const Matrix& l, const Matrix& grad_r,
                                       Matrix& grad_h, Matrix& grad_l, Matrix& grad_W, Matrix& grad_b,
                                       Matrix& grad_r_before);
void check_residual_block(CheckReport& report, const File& file, ResidualBlockBackward function);
void check_concat(CheckReport& report, const File& file = "src/layers/concat.cpp",
                  decltype(&concat_backward) function = concat_backward);

// One step of each optimizer, from moments that are not 0, against its formula in plain double.
void check_sgd(CheckReport& report);
void check_adam(CheckReport& report);
// Three steps of optimizer_step for two parameters, against the updates made one by one.
void check_optimizer_step(CheckReport& report);

}  // namespace handgrad
