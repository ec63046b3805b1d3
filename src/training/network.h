#pragma once

#include <string>
#include <vector>

#include "src/matrix/matrix.h"
#include "src/training/parameters.h"

namespace handgrad {

// Some layers compute something else in training than in prediction (batch norm does).
enum class Mode { training, prediction };

// One array that a network computed on its way, and what the last backward pass made its gradient.
struct Output {
  std::string name;  // names.h
  const Matrix* value;
  const Matrix* grad = nullptr;     // nullptr where the network keeps none
  std::vector<Output> within = {};  // what its layer computed on the way to it, in order: a batch norm's mean, …
  Real slope = 0;                   // α of a LeakyReLU, whose outputs are named relu1_out too
};

// What the training loop needs to know of a network. Each lesson writes its own, with forward and backward in
// full, and keeps in it what the backward pass needs of the forward pass.
struct Network {
  virtual ~Network() = default;

  // Every array of the network, in forward order. The pointers stay valid as long as the network lives.
  virtual std::vector<Parameter> parameters() = 0;

  // x: n × 4. Returns o: n × 3, the probabilities of the classes.
  virtual const Matrix& forward(const Matrix& x, Mode mode) = 0;

  // What the last forward pass computed, in its order, under the names of the lecture's exercises: fc1_out, bn1_out,
  // relu1_out, …, softmax_out. Valid until the next forward pass.
  virtual std::vector<Output> outputs() const = 0;

  // grad_o: as o, of the last forward pass in training mode. Fills the gradient of every parameter that has
  // one.
  virtual void backward(const Matrix& grad_o) = 0;

  // Whether backward must compute the gradient of x, the lecture's last line. A trace shows it and a check may read it,
  // but x is no parameter, and no other gradient follows from it: training switches it off, and so saves in every step
  // a product as large as the first layer's. The gradients of the parameters are the same either way.
  bool wants_grad_x = true;

  // The gradient of x, which the lecture calls grad.x, of the last backward pass that was to compute it; nullptr where
  // the network keeps none.
  virtual const Matrix* grad_x() const { return nullptr; }
};

// The sizes of a network for iris: 4 features, `hidden` layers of `width` units, 3 classes.
std::vector<int> layer_widths(int hidden, int width);

}  // namespace handgrad
