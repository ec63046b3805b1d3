#include "src/training/initialisation.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <random>
#include <stdexcept>
#include <string>

#include "src/training/names.h"

namespace handgrad {

namespace {

// Generator k begins with seed + k, and goes on from weight matrix to weight matrix.
struct GeneratorRow {
  std::uint32_t seed;
  std::vector<std::mt19937> generators;

  std::mt19937& operator[](int k) {
    while (static_cast<int>(generators.size()) <= k) {
      generators.emplace_back(seed + static_cast<std::uint32_t>(generators.size()));
    }
    return generators[static_cast<std::size_t>(k)];
  }
};

// One 32-bit number scaled to a float in ±range. std::uniform_real_distribution differs between standard libraries.
float uniform(std::mt19937& generator, float range) {
  return -range + 2 * range * (static_cast<float>(generator()) / 4294967296.0f);
}

// Cuts the N weights into ceil(N / 64) pieces of equal length (the last may be shorter), but at most 1024, as many
// generators as MXNet has on a CPU. Piece k comes from generator k. The weights are filled output by output: number
// i * inputs + j leads from input j to output i.
void draw_weights(GeneratorRow& generators, float range, Matrix& W) {
  const int pieces = std::min((W.size() + 63) / 64, 1024);
  const int piece_length = pieces == 0 ? 1 : (W.size() + pieces - 1) / pieces;
  for (int i = 0; i < W.cols; ++i) {
    for (int j = 0; j < W.rows; ++j) W(j, i) = uniform(generators[(i * W.rows + j) / piece_length], range);
  }
}

}  // namespace

double init_range(Init init, int inputs, int outputs) {
  if (init == Init::glorot) return std::sqrt(6.0 / (inputs + outputs));
  if (init == Init::he) return std::sqrt(6.0 / inputs);
  return 0.01;
}

const std::vector<std::string>& init_names() {
  static const std::vector<std::string> names{"lecture", "glorot", "he"};
  return names;
}

const std::string& init_name(Init init) {
  return init_names()[static_cast<std::size_t>(init)];
}

void initialise(const std::vector<Parameter>& parameters, std::uint32_t seed, Init init) {
  GeneratorRow generators{seed, {}};
  for (const Parameter& parameter : parameters) {
    const std::string what = array_name(parameter.name).what;
    if (what == "weight") {
      Matrix& W = *parameter.value;
      draw_weights(generators, static_cast<float>(init_range(init, W.rows, W.cols)), W);
    } else if (what == "bias" || what == "beta" || what == "moving_mean") {
      parameter.value->fill(0);
    } else if (what == "gamma" || what == "moving_var") {
      parameter.value->fill(1);
    } else {
      throw std::invalid_argument("initialise: no rule for " + parameter.name +
                                  ": expected a weight, bias, gamma, beta, moving_mean or moving_var");
    }
  }
}

}  // namespace handgrad
