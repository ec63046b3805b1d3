#pragma once

#include <string>

namespace handgrad {

// The name of an array of a network, as the lecture writes it: KIND, NUMBER, an underscore, WHAT. Only softmax_out has
// no number.
//
//   fc2_weight  fc2_bias  bn1_gamma  bn1_beta  bn1_moving_mean  bn1_moving_var     parameters
//   fc2_out  bn1_out  relu1_out  sigmoid1_out  plus2_out  concat2_out  softmax_out     outputs
//
// Other kinds and other things may be named so too: prelu3_slope.
struct ArrayName {
  std::string kind;  // fc
  int number;        // 2; 0 if there is none
  std::string what;  // weight

  // fc2
  std::string layer() const;
};

// The parts of a name. Throws std::invalid_argument, with what is expected, for a name of another form.
ArrayName array_name(const std::string& name);

}  // namespace handgrad
