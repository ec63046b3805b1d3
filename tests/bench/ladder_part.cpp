#include <cstddef>
#include <cstdio>

#include "src/io/file.h"
#include "src/matrix/gemm.h"
#include "src/matrix/gemm_ladder.h"
#include "tests/bench/line_plot.h"
#include "tests/bench/parts.h"
#include "tests/bench/product.h"
#include "tests/bench/table.h"

namespace handgrad {

namespace {

struct Step {
  const char* name;
  Gemm routine;
};

// src/matrix/README.md tells what each step adds.
constexpr Step steps[] = {{"gemm_naive", gemm_naive},
                          {"gemm_loop_order", gemm_loop_order},
                          {"gemm_cache_blocks", gemm_cache_blocks},
                          {"gemm_packing", gemm_packing},
                          {"gemm_register_tile", gemm_register_tile},
                          {"gemm", gemm}};

}  // namespace

void bench_ladder(const Machine& machine) {
  constexpr double seconds = 2;
  const std::string path = "out/bench/ladder.svg";
  std::printf("\nC = A B, all n×n: GFLOP/s, and in brackets %% of the core's measured peak.\n");
  std::vector<std::string> header{"n"};
  LinePlot plot{"From the naive product to gemm",
                machine.processor + ", " + machine.compiler + ", " + machine.instruction_set + ", " + machine.date,
                "n, of n×n matrices",
                "GFLOP/s",
                {}};
  for (const Step& step : steps) {
    header.emplace_back(step.name);
    plot.curves.push_back({step.name, {}, {}});
  }
  print_header(header);

  Curve peak{"peak of the core", {}, {}, true};
  for (const int n : {16, 32, 64, 128, 256, 512, 1024}) {
    Product product(forms[0], n, n, n);
    std::vector<Multiplier> multipliers;
    for (const Step& step : steps) multipliers.push_back({step.name, multiplied_by(step.routine, product)});
    const std::vector<double> gflops = speeds(multipliers, product, seconds);
    std::vector<std::string> cells{formatted("%d", n)};
    for (std::size_t s = 0; s < gflops.size(); ++s) {
      cells.push_back(formatted("%.2f (%.0f)", gflops[s], 100 * gflops[s] / machine.peak));
      plot.curves[s].x.push_back(n);
      plot.curves[s].y.push_back(gflops[s]);
    }
    peak.x.push_back(n);
    peak.y.push_back(machine.peak);
    print_row(cells);
  }
  plot.curves.push_back(peak);
  write_file(path, line_plot_svg(plot));
  std::printf("\nThe picture: %s\n", path.c_str());
}

}  // namespace handgrad
