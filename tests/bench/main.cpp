#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include "src/io/text.h"
#include "tests/bench/parts.h"
#include "tests/bench/peers.h"
#include "tests/bench/timing.h"

namespace {

using namespace handgrad;

struct Part {
  const char* name;
  void (*bench)(const Machine&);
};

constexpr Part parts[] = {{"gemm", bench_gemm},     {"ladder", bench_ladder}, {"vector", bench_vector},
                          {"layers", bench_layers}, {"train", bench_train},   {"fused", bench_fused},
                          {"scale", bench_scale}};

// One line, if there is something to say.
void print_disturbed(const Tally& tally) {
  if (tally.disturbed == 0) return;
  std::printf(
      "\nThe machine was disturbed in %d of %d measurements: half of the windows took over %.1f times as long as the "
      "fastest\ntenth of them.\n",
      tally.disturbed, tally.measurements, disturbed_ratio);
}

}  // namespace

// bench [PART]
int main(int argc, char** argv) {
  const std::string wanted = argc > 1 ? argv[1] : "";
  std::vector<Part> chosen;
  std::vector<std::string> names;
  for (const Part& part : parts) {
    names.emplace_back(part.name);
    if (wanted.empty() || wanted == part.name) chosen.push_back(part);
  }
  if (chosen.empty() || argc > 2) {
    std::fprintf(stderr, "bench: PART=%s: no such part, there are: %s\n", quoted(wanted).c_str(),
                 joined(names, ", ").c_str());
    return 2;
  }
  try {
    const Machine machine = this_machine();
    print_machine(machine);
    print_absent_peers();
    for (const Part& part : chosen) {
      std::printf("\n## %s\n", part.name);
      part.bench(machine);
      print_disturbed(take_tally());
    }
    return 0;
  } catch (const std::exception& error) {
    std::fflush(stdout);
    std::fprintf(stderr, "bench: %s\n", error.what());
    return 1;
  }
}
