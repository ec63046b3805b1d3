#include "tests/bench/peers.h"

#if __has_include("/usr/include/libxsmm.h")
#include <libxsmm.h>

#include <memory>

namespace handgrad {

namespace {

// It generates a kernel for the one shape, before the timing, as its users have it. It counts column by column, so that
// C = op(A) op(B) is for it Cᵀ = op(B)ᵀ op(A)ᵀ. A kernel takes Aᵀ, but not Bᵀ, which is first transposed with its own
// routine. Empty where it has no kernel for a product as large as that.
Contender multiplied(Product& product) {
  Product* p = &product;
  const bool transpose_b = p->op_b == Op::transposed;
  const int ldb = transpose_b ? p->n : p->ldb;
  const int flags = p->op_a == Op::transposed ? LIBXSMM_GEMM_FLAG_TRANS_B : LIBXSMM_GEMM_FLAG_NONE;
  const float alpha = 1, beta = 0;
  const libxsmm_smmfunction kernel =
      libxsmm_smmdispatch(p->n, p->m, p->k, &ldb, &p->lda, &p->ldc, &alpha, &beta, &flags, nullptr);
  if (kernel == nullptr) return nullptr;
  if (!transpose_b) return [=] { kernel(p->b, p->a, p->c); };
  const auto b = std::make_shared<std::vector<Real>>(static_cast<std::size_t>(p->k) * static_cast<std::size_t>(p->n));
  return [=] {
    libxsmm_otrans(b->data(), p->b, sizeof(Real), p->k, p->n, p->ldb, p->n);
    kernel(b->data(), p->a, p->c);
  };
}

}  // namespace

std::function<Contender(Product&)> libxsmm_multiplied() {
  libxsmm_init();
  return multiplied;
}

}  // namespace handgrad

#else

namespace handgrad {

std::function<Contender(Product&)> libxsmm_multiplied() {
  return nullptr;
}

}  // namespace handgrad

#endif
