#pragma once

#include <vector>

#include "src/matrix/matrix.h"
#include "src/training/parameters.h"

namespace handgrad {

// Some layers compute something else in training than in prediction (batch norm does).
enum class Mode { training, prediction };

// What the training loop needs to know of a network. Each lesson writes its own, with forward and backward in
// full, and keeps in it what the backward pass needs of the forward pass.
struct Network {
  virtual ~Network() = default;

  // Every array of the network, in forward order. The pointers stay valid as long as the network lives.
  virtual std::vector<Parameter> parameters() = 0;

  // x: n × 4. Returns o: n × 3, the probabilities of the classes.
  virtual const Matrix& forward(const Matrix& x, Mode mode) = 0;

  // grad_o: as o, of the last forward pass in training mode. Fills the gradient of every parameter that has
  // one.
  virtual void backward(const Matrix& grad_o) = 0;
};

}  // namespace handgrad
