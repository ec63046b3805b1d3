#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "src/matrix/matrix.h"

namespace handgrad {

// One case of a layer's check: a batch of n rows, x with p columns, a second input or an output with q; and what its
// numbers are like.
struct Case {
  enum class Kind {
    plain,      // inputs and incoming gradients between 0.1 and 1 in size
    far,        // inputs up to 50 in size, incoming gradients up to 100
    huge,       // both up to 10000
    near,       // inputs near 1e-9
    kink,       // some inputs exactly 0
    some_zero,  // some incoming gradients 0
    all_zero,   // all of them
    small,      // incoming gradients near 1e-5
    tiny,       // near 1e-30
    constant    // all rows of the input alike
  };
  int n, p, q;
  Kind kind = Kind::plain;
};

// Sizes that all differ, and sizes that agree; one row, one column; more than fits a register, a block or a buffer.
// The first is the most telling: a wrong factor or a transposition has a name there.
const std::vector<Case>& all_cases();

// Random inputs and incoming gradients of a case, other ones for another number `which`.
Matrix input_of(const Case& c, int rows, int cols, std::uint32_t which);
Matrix gradient_of(const Case& c, int rows, int cols, std::uint32_t which);

// What is special about a case, in words; empty for the plain ones.
std::string kind_text(const Case& c);

}  // namespace handgrad
