// The lecture in one picture: how large the gradient of every layer is in four networks of 8 layers, which differ only
// in what the lessons 2, 3 and 4 add. Prints the numbers and writes out/comparison.svg.

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "lessons/lesson1/network.h"
#include "lessons/lesson2/network.h"
#include "lessons/lesson3/network.h"
#include "lessons/lesson4/network.h"
#include "src/data/split.h"
#include "src/io/file.h"
#include "src/io/text.h"
#include "src/program/errors.h"
#include "src/program/lesson.h"
#include "src/report/confusion.h"
#include "src/report/heat_map.h"
#include "src/training/initialisation.h"
#include "src/training/train.h"

namespace {

using namespace handgrad;

struct Candidate {
  const char* name;
  std::unique_ptr<Network> network;
};

void compare(const Split& split) {
  const std::vector<int> widths = layer_widths(7, 10);
  std::vector<Candidate> candidates;
  candidates.push_back({"plain", std::make_unique<lesson1::Mlp>(widths)});
  candidates.push_back({"bn", std::make_unique<lesson2::BatchNormMlp>(widths)});
  candidates.push_back({"residual", std::make_unique<lesson3::ResidualMlp>(widths)});
  candidates.push_back({"dense", std::make_unique<lesson4::DenseMlp>(widths)});
  const TrainingSettings settings{lecture_adam()};

  HeatMap map{"The gradient of every layer of four networks, in epochs 1 and 100",
              "right of 50 flowers:",
              "layer",
              "network and epoch",
              "mean |gradient|",
              {"fc1", "fc2", "fc3", "fc4", "fc5", "fc6", "fc7", "fc8"},
              {},
              std::vector<std::vector<double>>(8),
              1e-12,
              1,
              true,
              std::vector<std::vector<std::string>>(8)};
  for (const Candidate& candidate : candidates) {
    initialise(candidate.network->parameters(), 0);
    const History history = train(*candidate.network, split.train, settings);
    const Matrix& o = candidate.network->forward(split.test.x, Mode::prediction);
    map.subtitle += formatted(" %s %d,", candidate.name, confusion_table(o, split.test.y).right());
    for (const std::size_t epoch : {1u, 100u}) {
      map.columns.push_back(formatted("%s %zu", candidate.name, epoch));
      for (std::size_t layer = 0; layer < 8; ++layer) {
        const double grad = history.mean_abs_grad[epoch - 1][layer];
        map.values[layer].push_back(grad);
        map.texts[layer].push_back(formatted("%.0e", grad));
      }
    }
  }
  map.subtitle.back() = ';';
  map.subtitle += " all 4-(10×7)-3, adam lr 0.001, batch 20, seed 0";

  std::printf("%s\n%s\n    ", map.title.c_str(), map.subtitle.c_str());
  for (const std::string& column : map.columns) std::printf(" %14s", column.c_str());
  for (std::size_t layer = 0; layer < 8; ++layer) {
    std::printf("\n%s ", map.rows[layer].c_str());
    for (const std::string& text : map.texts[layer]) std::printf(" %14s", text.c_str());
  }
  hold_folder("out");
  write_file("out/comparison.svg", heat_map_svg(map));
  write_overview();
  std::printf("\nwritten: out/comparison.svg, and shown by out/index.html\n");
}

}  // namespace

int main(int argc, char** argv) {
  return report_errors("comparison", [=] {
    if (argc > 1 && argv[1] == std::string("--help")) {
      std::printf("usage: make comparison\ntrains four networks of 8 layers and draws the gradients of their layers\n");
      return 0;
    }
    if (argc > 1) throw UsageError("unknown option " + quoted(argv[1]) + ", accepted: --help");
    compare(read_lecture_split());
    return 0;
  });
}
