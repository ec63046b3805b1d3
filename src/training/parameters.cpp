#include "src/training/parameters.h"

#include <cstddef>

#include "src/training/names.h"

namespace handgrad {

std::vector<Parameter> fully_connected_parameters(std::vector<Matrix>& W, std::vector<Matrix>& b,
                                                  std::vector<Matrix>& grad_W, std::vector<Matrix>& grad_b) {
  std::vector<Parameter> all;
  for (std::size_t i = 1; i < W.size(); ++i) {
    const std::string fc = "fc" + std::to_string(i);
    all.push_back({fc + "_weight", &W[i], &grad_W[i]});
    all.push_back({fc + "_bias", &b[i], &grad_b[i]});
  }
  return all;
}

std::vector<Parameter> weights_of(const std::vector<Parameter>& parameters) {
  std::vector<Parameter> weights;
  for (const Parameter& parameter : parameters) {
    if (array_name(parameter.name).what == "weight") weights.push_back(parameter);
  }
  return weights;
}

}  // namespace handgrad
