#include "lessons/lesson6/network.h"
#include "src/checking/network_check.h"

namespace handgrad::lesson6 {

void check(CheckReport& report) {
  using Activation = Architecture::Activation;
  using Connection = Architecture::Connection;
  for (const Connection connection : {Connection::plain, Connection::residual, Connection::dense}) {
    for (const Activation activation : {Activation::sigmoid, Activation::relu, Activation::leaky_relu}) {
      for (const bool batch_norm : {false, true}) {
        const auto make = [=](int hidden) {
          return std::make_unique<RemedyMlp>(layer_widths(hidden, 4), Architecture{activation, batch_norm, connection});
        };
        check_network(report, {"lesson6", "6", "RemedyMlp::backward", "lessons/lesson6/network.cpp", make, batch_norm},
                      3, 3);
      }
    }
  }
}

}  // namespace handgrad::lesson6
