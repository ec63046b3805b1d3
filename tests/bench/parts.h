#pragma once

#include "tests/bench/machine.h"

// The parts of `make bench`. Each prints Markdown tables and throws std::runtime_error for a wrong result; none of them
// judges a time.

namespace handgrad {

// Matrix products beside those of other libraries.
void bench_gemm(const Machine& machine);

// The steps from the naive product to gemm. Draws out/bench/ladder.svg.
void bench_ladder(const Machine& machine);

// Level 1 and 2 beside the memory's speed, and OpenBLAS.
void bench_vector(const Machine& machine);

// Each function of a layer beside what it takes to read and write its numbers once.
void bench_layers(const Machine& machine);

// A training step of every lesson's networks, and of a large network.
void bench_train(const Machine& machine);

// Softmax with log loss, and batch norm: backwards step by step, and fused into one expression.
void bench_fused(const Machine& machine);

// What depth, width and batch cost, in time and in memory. Draws out/bench/scale.svg.
void bench_scale(const Machine& machine);

}  // namespace handgrad
