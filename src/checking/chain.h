#pragma once

#include <functional>
#include <string>
#include <vector>

#include "src/checking/check_report.h"
#include "src/matrix/matrix.h"

namespace handgrad {

// One statement of a forward pass: what it computes, and how.
struct Statement {
  Matrix& result;
  std::function<void()> compute;
};

// What a function is the backward pass of: a forward pass of n rows, statement by statement, and the loss at its end.
struct Chain {
  int n;
  std::vector<Statement> forward;
  std::function<Real()> loss;
};

// The loss after `variable` has changed: what comes behind it is computed anew; everything, if nothing computes it.
Real loss_from(const Chain& chain, const Matrix& variable);

// The numeric gradient of the loss with respect to a variable.
Matrix numeric(const Chain& chain, Matrix& variable);

// Random x and parameters for which no unit is near its kink, and every ReLU has units that are on and units that are
// off. Throws std::logic_error if there are none.
void place_well(const Chain& chain, Matrix& x, const std::vector<Matrix*>& parameters,
                const std::vector<const Matrix*>& before_relu);

// Labels: row i belongs to class i, i - classes, …
Matrix one_hot(int rows, int classes);

// A variable of the chain and the gradient that a backward function leaves behind.
struct Variable {
  std::string name;
  const Matrix& grad;
  Matrix& value;
  Hints hints = {};
  bool always_zero = false;
};

// Where a function stands: group and section of its equations, and its file. It is called as the group, with _backward.
struct Place {
  std::string group, section, file;
};

// Calls the backward function, then holds its gradients against numeric ones, in the order of `variables`.
void check_chain(CheckReport& report, const Place& place, const Chain& chain, const std::function<void()>& backward,
                 const std::vector<Variable>& variables);

}  // namespace handgrad
