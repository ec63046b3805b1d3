#include "tests/bench/peers.h"

#if __has_include(<eigen3/Eigen/Core>)
#include <eigen3/Eigen/Core>

namespace handgrad {

namespace {

using RowMajor = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

Eigen::Map<const RowMajor> a_of(const Product& p) {
  return {p.a, p.a_numbers.rows, p.a_numbers.cols};
}

Eigen::Map<const RowMajor> b_of(const Product& p) {
  return {p.b, p.b_numbers.rows, p.b_numbers.cols};
}

Eigen::Map<RowMajor> c_of(const Product& p) {
  return {p.c, p.m, p.n};
}

Contender multiplied(Product& product) {
  Product* p = &product;
  // Transposition is a part of the type here: a contender for each form, and none tests which it is.
  if (p->op_a == Op::transposed) {
    return [=] { c_of(*p).noalias() = a_of(*p).transpose() * b_of(*p); };
  }
  if (p->op_b == Op::transposed) {
    return [=] { c_of(*p).noalias() = a_of(*p) * b_of(*p).transpose(); };
  }
  return [=] { c_of(*p).noalias() = a_of(*p) * b_of(*p); };
}

}  // namespace

std::function<Contender(Product&)> eigen_multiplied() {
  return multiplied;
}

}  // namespace handgrad

#else

namespace handgrad {

std::function<Contender(Product&)> eigen_multiplied() {
  return nullptr;
}

}  // namespace handgrad

#endif
