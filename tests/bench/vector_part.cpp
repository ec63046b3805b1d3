#include "tests/bench/parts.h"
namespace handgrad {
void bench_vector(const Machine&) {}
}  // namespace handgrad
