#pragma once

#include <string>
#include <vector>

#include "tests/bench/product.h"

namespace handgrad {

// The C interface of the BLAS, as far as the benchmarks call it. OpenBLAS and BLIS both export it.
struct Cblas {
  void (*sgemm)(int layout, int op_a, int op_b, int m, int n, int k, float alpha, const float* a, int lda,
                const float* b, int ldb, float beta, float* c, int ldc);
  void (*sgemv)(int layout, int op_a, int m, int n, float alpha, const float* a, int lda, const float* x, int step_x,
                float beta, float* y, int step_y);
  float (*sdot)(int n, const float* x, int step_x, const float* y, int step_y);
  void (*saxpy)(int n, float alpha, const float* x, int step_x, float* y, int step_y);
  void (*sscal)(int n, float alpha, float* x, int step_x);
  float (*sasum)(int n, const float* x, int step_x);
};
constexpr int cblas_row_major = 101, cblas_as_is = 111, cblas_transposed = 112;

// A library for comparison, found on this machine when the benchmark runs; Eigen, which is only headers, and libxsmm
// when it is compiled. Each works in one thread.
struct Peer {
  std::string name;
  std::string package;  // Debian's, to install it
  // One call on the product, which has to outlive it; empty if the library is not on this machine. What it returns is
  // empty if the library has nothing for a product of that size.
  std::function<Contender(Product&)> multiplied;
};

// OpenBLAS, BLIS, Eigen, libxsmm, oneDNN, whether there or not.
const std::vector<Peer>& peers();

// Those that are there.
std::vector<Peer> peers_found();

// Says which are not there, and the packages that hold them.
void print_absent_peers();

// Null if it is not there.
const Cblas* openblas();

// In eigen.cpp, the only file that knows Eigen; empty without it.
std::function<Contender(Product&)> eigen_multiplied();

// The same in libxsmm.cpp.
std::function<Contender(Product&)> libxsmm_multiplied();

}  // namespace handgrad
