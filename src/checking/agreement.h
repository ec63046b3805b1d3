#pragma once

#include <functional>
#include <vector>

#include "src/checking/numeric_gradient.h"
#include "src/matrix/matrix.h"

namespace handgrad {

// A gradient that is held against differences of the loss as x moves.
struct Question {
  const Matrix& yours;
  Matrix& x;
  std::function<Real()> loss;
  Real scale = 1;             // the size of the incoming gradients: nothing is judged that is far below it
  bool one_by_one = true;     // look at single elements, if they are few
  bool kink_allowed = false;  // where left and right derivative differ, anything between them is right
};

struct Agreement {
  Real error = 0;         // relative, of the worst element; infinite for what is no number or has another shape
  Real numeric_size = 0;  // the largest numeric element
};

// Element by element if there are few and one_by_one says so, else along one random direction.
Agreement agreement(const Question& question);

// The same for several gradients of one loss at once, along one direction of them all.
Agreement joint_agreement(const std::vector<Question>& questions);

// The numeric gradient for the diagnosis. Where x is large, it is `yours` but for one element that is wrong, found by
// halves: whose part of the direction disagrees?
Matrix numeric_for_diagnosis(const Question& question);

}  // namespace handgrad
