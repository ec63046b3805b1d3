#pragma once

#include <string>
#include <vector>

#include "src/matrix/matrix.h"

namespace handgrad {

// One of several summands that make up a gradient, by its name: "the path through the variance". If yours differs from
// the numeric gradient by a multiple of a term, that term is the likely cause.
struct Term {
  std::string name;
  Matrix value;
};

// What a gradient would be with a certain mistake, which the name tells.
struct Alternative {
  std::string name;
  Matrix value;
};

// What serves the diagnosis of a wrong gradient.
struct Hints {
  std::vector<Term> terms = {};
  std::vector<Alternative> mistakes = {};
};

// What was compared in one case.
struct Comparison {
  Matrix yours;
  Matrix numeric;
  int n = 1;  // rows of the batch
  Hints hints = {};
  std::string where = "";  // "fc2_weight of the network 4-(4×3)-3"
};

// A likely cause of a wrong gradient, if the error has a simple shape: never written, sign flipped, off by a constant
// factor, transposed, shifted by a column or row, a term missing, doubled or with another sign. Empty if none fits:
// none is better than a wrong one.
std::string likely_cause(const Comparison& comparison);

}  // namespace handgrad
