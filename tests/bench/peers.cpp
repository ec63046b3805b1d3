#include "tests/bench/peers.h"

#include <dlfcn.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>

namespace handgrad {

namespace {

// RTLD_LOCAL: two libraries that export one name must not be taken for each other. With RTLD_DEEPBIND, where there is
// one, a library also prefers its own functions when it calls them by such a name.
#ifdef RTLD_DEEPBIND
constexpr int how_to_load = RTLD_NOW | RTLD_LOCAL | RTLD_DEEPBIND;
#else
constexpr int how_to_load = RTLD_NOW | RTLD_LOCAL;
#endif

// One thread each. All are told before the first is loaded: some bring OpenMP, which looks at its variable only once.
void* load(const std::vector<const char*>& names) {
  for (const char* threads : {"OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS"}) setenv(threads, "1", 1);
  for (const char* name : names) {
    if (void* library = dlopen(name, how_to_load)) return library;
  }
  return nullptr;
}

template <typename Function>
bool find(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(dlsym(library, name));
  return function != nullptr;
}

std::optional<Cblas> cblas_of(void* library) {
  Cblas blas{};
  if (library != nullptr && find(library, "cblas_sgemm", blas.sgemm) && find(library, "cblas_sgemv", blas.sgemv) &&
      find(library, "cblas_sdot", blas.sdot) && find(library, "cblas_saxpy", blas.saxpy) &&
      find(library, "cblas_sscal", blas.sscal) && find(library, "cblas_sasum", blas.sasum)) {
    return blas;
  }
  return std::nullopt;
}

// The name says which kernels it took.
struct NamedCblas {
  std::optional<Cblas> blas;
  std::string name;
};

NamedCblas load_openblas() {
  void* library = load({"libopenblas.so.0", "libopenblas.so", "libopenblas.dylib"});
  const std::optional<Cblas> blas = cblas_of(library);
  char* (*kernels)();
  if (!blas || !find(library, "openblas_get_corename", kernels)) return {blas, "OpenBLAS"};
  return {blas, std::string("OpenBLAS (") + kernels() + ")"};
}

// BLIS takes its kernels by the processor's name, and slow ones for a name that it does not know, as on some virtual
// machines; nor are those for AVX-512 the faster ones where the processor has only half of each register (family 19h of
// AMD). So it is told, unless the person who measures already did: BLIS 0.9 and 1 understand only numbers here, and
// take every word for 0.
NamedCblas load_blis() {
  constexpr const char *skx = "0", *haswell = "3";
#if defined __x86_64__
  if (__builtin_cpu_supports("avx512f") && !__builtin_cpu_is("amdfam19h")) {
    setenv("BLIS_ARCH_TYPE", skx, 0);
  } else if (__builtin_cpu_supports("avx2")) {
    setenv("BLIS_ARCH_TYPE", haswell, 0);
  }
#endif
  void* library = load({"libblis.so.4", "libblis.so", "libblis.dylib"});
  const std::optional<Cblas> blas = cblas_of(library);
  void (*init)();
  int (*query_id)();
  const char* (*name_of)(int);
  if (!blas || !find(library, "bli_init", init) || !find(library, "bli_arch_query_id", query_id) ||
      !find(library, "bli_arch_string", name_of)) {
    return {blas, "BLIS"};
  }
  init();
  return {blas, std::string("BLIS (") + name_of(query_id()) + ")"};
}

std::function<Contender(Product&)> multiplied_by_cblas(const std::optional<Cblas>& blas) {
  if (!blas) return nullptr;
  return [sgemm = blas->sgemm](Product& product) -> Contender {
    Product* p = &product;
    const int op_a = p->op_a == Op::as_is ? cblas_as_is : cblas_transposed;
    const int op_b = p->op_b == Op::as_is ? cblas_as_is : cblas_transposed;
    return
        [=] { sgemm(cblas_row_major, op_a, op_b, p->m, p->n, p->k, 1, p->a, p->lda, p->b, p->ldb, 0, p->c, p->ldc); };
  };
}

std::function<Contender(Product&)> multiplied_by_onednn() {
  using Long = std::int64_t;
  int (*sgemm)(char op_a, char op_b, Long m, Long n, Long k, float alpha, const float* a, Long lda, const float* b,
               Long ldb, float beta, float* c, Long ldc);
  void* library = load({"libdnnl.so.3", "libdnnl.so.2", "libdnnl.so", "libdnnl.dylib"});
  if (library == nullptr || !find(library, "dnnl_sgemm", sgemm)) return nullptr;
  return [=](Product& product) -> Contender {
    Product* p = &product;
    const char op_a = p->op_a == Op::as_is ? 'N' : 'T', op_b = p->op_b == Op::as_is ? 'N' : 'T';
    return [=] { sgemm(op_a, op_b, p->m, p->n, p->k, 1, p->a, p->lda, p->b, p->ldb, 0, p->c, p->ldc); };
  };
}

const NamedCblas& openblas_found() {
  static const NamedCblas found = load_openblas();
  return found;
}

}  // namespace

const Cblas* openblas() {
  return openblas_found().blas ? &*openblas_found().blas : nullptr;
}

const std::vector<Peer>& peers() {
  static const NamedCblas blis = load_blis();
  static const std::vector<Peer> all{
      {openblas_found().name, "libopenblas0-serial", multiplied_by_cblas(openblas_found().blas)},
      {blis.name, "libblis4-serial", multiplied_by_cblas(blis.blas)},
      {"Eigen", "libeigen3-dev", eigen_multiplied()},
      {"libxsmm", "libxsmm-dev", libxsmm_multiplied()},
      {"oneDNN", "libdnnl2", multiplied_by_onednn()}};
  return all;
}

std::vector<Peer> peers_found() {
  std::vector<Peer> found;
  for (const Peer& peer : peers()) {
    if (peer.multiplied) found.push_back(peer);
  }
  return found;
}

void print_absent_peers() {
  for (const Peer& peer : peers()) {
    if (peer.multiplied) continue;
    std::printf("\n%s is not on this machine (Debian's package: %s).\n", peer.name.c_str(), peer.package.c_str());
  }
}

}  // namespace handgrad
