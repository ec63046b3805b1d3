#pragma once

#include <cstddef>
#include <string>

#include "src/matrix/matrix.h"

namespace handgrad {

// What the figures depend on. `flags` are the compiler's.
struct Machine {
  std::string processor;
  std::string compiler;
  std::string flags;
  std::string instruction_set;  // the widest vectors that the flags allow
  std::string date;
  double peak;  // GFLOP/s of one core: what no product can exceed
};

// Reads the flags from the environment variable HANDGRAD_FLAGS, which the Makefile sets. Takes half a second.
Machine this_machine();

void print_machine(const Machine& machine);

// x = 1 - x as fast as memory can be read and written again.
void update_in_place(std::size_t n, Real* x);

// Σ x[i] as fast as memory can be read: in vectors, with enough partial sums that hardly an addition waits for another.
Real sum_in_vectors(std::size_t n, const Real* x);

}  // namespace handgrad
