#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <utility>

#include "src/matrix/gemm.h"
#include "tests/bench/parts.h"
#include "tests/bench/peers.h"
#include "tests/bench/product.h"
#include "tests/bench/table.h"

namespace handgrad {

namespace {

struct Size {
  int m, n, k;
};

struct Group {
  const char* name;
  std::vector<Size> sizes;
};

const std::vector<Group> groups{
    {"lesson", {{20, 10, 4}, {20, 10, 10}, {20, 3, 10}, {20, 10, 33}, {1, 10, 4}}},
    {"middle", {{64, 64, 64}, {128, 128, 128}, {100, 256, 784}, {256, 784, 100}}},
    {"large", {{256, 256, 256}, {512, 512, 512}, {1024, 1024, 1024}, {2048, 2048, 2048}}},
    {"odd", {{127, 129, 131}, {1000, 10, 1000}, {10, 1000, 1000}, {1, 1000, 1000}, {1023, 1025, 1021}}}};

// oneDNN is the strongest for large products and the furthest from a BLAS: it is compared by itself.
const std::string separate_peer = "oneDNN";

// GFLOP/s of one product.
struct Row {
  std::string name;
  double handgrad;
  double best;  // of the peers without oneDNN, 0 if there is none
  double best_with_onednn;
};

Row measure(const Size& size, const Form& form, const std::vector<Peer>& found, const Machine& machine) {
  constexpr double seconds = 0.7;
  Product product(form, size.m, size.n, size.k);
  std::vector<Multiplier> multipliers{{"handgrad", multiplied_by(gemm, product)}};
  for (const Peer& peer : found) {
    Contender contender = peer.multiplied(product);
    if (contender) multipliers.push_back({peer.name, std::move(contender)});
  }
  const std::vector<double> gflops = speeds(multipliers, product, seconds);

  Row row{formatted("%d×%d×%d", size.m, size.n, size.k), gflops[0], 0, 0};
  std::vector<std::string> cells{row.name, form.name};
  for (std::size_t c = 0; c < gflops.size(); ++c) {
    // A peer that has nothing for this size.
    while (c > 0 && multipliers[c].name != found[cells.size() - 3].name) cells.emplace_back("–");
    cells.push_back(formatted("%.1f", gflops[c]));
    if (c == 0) continue;
    row.best_with_onednn = std::max(row.best_with_onednn, gflops[c]);
    if (multipliers[c].name != separate_peer) row.best = std::max(row.best, gflops[c]);
  }
  while (cells.size() < 3 + found.size()) cells.emplace_back("–");
  cells.push_back(formatted("%.0f", 100 * row.handgrad / machine.peak));
  cells.push_back(row.best > 0 ? formatted("%.2f", row.handgrad / row.best) : "–");
  cells.push_back(row.best_with_onednn > 0 ? formatted("%.2f", row.handgrad / row.best_with_onednn) : "–");
  print_row(cells);
  row.name += std::string(" ") + form.name;
  return row;
}

// The geometric mean of a figure over the rows.
double mean_over(const std::vector<Row>& rows, double (*figure)(const Row&)) {
  std::vector<double> figures;
  for (const Row& row : rows) figures.push_back(figure(row));
  return geometric_mean(figures);
}

std::vector<std::string> summary(const std::string& group, const std::vector<Row>& rows, double peak) {
  const auto ratio = [](const Row& row) { return row.handgrad / row.best; };
  const auto ratio_with_onednn = [](const Row& row) { return row.handgrad / row.best_with_onednn; };
  const Row& weakest =
      *std::min_element(rows.begin(), rows.end(), [&](const Row& a, const Row& b) { return ratio(a) < ratio(b); });
  return {group,
          formatted("%.0f (%.0f)", 100 / peak * mean_over(rows, [](const Row& row) { return row.best; }),
                    100 / peak * mean_over(rows, [](const Row& row) { return row.best_with_onednn; })),
          formatted("%.0f", 100 / peak * mean_over(rows, [](const Row& row) { return row.handgrad; })),
          formatted("%.2f (%.2f)", mean_over(rows, ratio), mean_over(rows, ratio_with_onednn)),
          formatted("%.2f, %s", ratio(weakest), weakest.name.c_str())};
}

}  // namespace

void bench_gemm(const Machine& machine) {
  const std::vector<Peer> found = peers_found();
  std::printf(
      "\nC = op(A) op(B), m×n×k, in GFLOP/s; N: as it is, T: transposed, for A and for B. Every product was first "
      "held\n"
      "against gemm_naive, on whole numbers and without tolerance. Products with m = 1 are asked of each library's "
      "gemm\n"
      "too, not of its gemv.\n");
  std::vector<std::string> header{"m×n×k", "op", "handgrad"};
  for (const Peer& peer : found) header.push_back(peer.name);
  header.insert(header.end(), {"handgrad, % of peak", "over the best but oneDNN", "over the best"});
  print_header(header);

  std::vector<std::vector<std::string>> summaries;
  for (const Group& group : groups) {
    std::vector<Row> rows;
    for (const Size& size : group.sizes) {
      for (const Form& form : forms) rows.push_back(measure(size, form, found, machine));
    }
    if (rows[0].best > 0) summaries.push_back(summary(group.name, rows, machine.peak));
  }
  if (summaries.empty()) return;
  std::printf("\nGeometric means over the rows of a group; in brackets with oneDNN among the peers.\n");
  print_header({"group", "best peer, % of peak", "handgrad, % of peak", "handgrad over the best peer", "lowest row"});
  for (const std::vector<std::string>& cells : summaries) print_row(cells);
}

}  // namespace handgrad
