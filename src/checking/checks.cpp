#include "src/checking/checks.h"

namespace handgrad {

std::vector<NamedCheck> layer_checks() {
  return {{"log_loss", [](CheckReport& report) { check_log_loss(report); }},
          {"squared_loss", [](CheckReport& report) { check_squared_loss(report); }},
          {"softmax", [](CheckReport& report) { check_softmax(report); }},
          {"fully_connected", [](CheckReport& report) { check_fully_connected(report); }},
          {"relu", [](CheckReport& report) { check_relu(report); }},
          {"leaky_relu", [](CheckReport& report) { check_leaky_relu(report); }},
          {"sigmoid", [](CheckReport& report) { check_sigmoid(report); }},
          {"batch_norm", [](CheckReport& report) { check_batch_norm(report); }},
          {"residual", [](CheckReport& report) { check_residual(report); }},
          {"concat", [](CheckReport& report) { check_concat(report); }}};
}

}  // namespace handgrad
