#include "tests/bench/peers.h"

#if __has_include(<eigen3/Eigen/Core>)
#include <eigen3/Eigen/Core>

namespace handgrad {

namespace {

using RowMajor = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

Eigen::Map<const RowMajor> map_of(const Matrix& matrix) {
  return {matrix.data(), matrix.rows, matrix.cols};
}

Contender multiplied(Product& product) {
  Product* p = &product;
  // Transposition is a part of the type here: a contender for each form, and none tests which it is.
  if (p->op_a == Op::transposed) {
    return [=] { Eigen::Map<RowMajor>(p->c.data(), p->m, p->n).noalias() = map_of(p->a).transpose() * map_of(p->b); };
  }
  if (p->op_b == Op::transposed) {
    return [=] { Eigen::Map<RowMajor>(p->c.data(), p->m, p->n).noalias() = map_of(p->a) * map_of(p->b).transpose(); };
  }
  return [=] { Eigen::Map<RowMajor>(p->c.data(), p->m, p->n).noalias() = map_of(p->a) * map_of(p->b); };
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
