#include "lessons/lesson6/network.h"
#include "src/checking/network_check.h"

namespace handgrad::lesson6 {

void check(CheckReport& report) {
  using Activation = Architecture::Activation;
  using Connection = Architecture::Connection;
  Subject subject;
  subject.group = "lesson6";
  subject.section = "6";
  subject.network = "RemedyMlp";
  subject.file = "lessons/lesson6/network.cpp";
  subject.gain = 0.5;
  for (const Connection connection : {Connection::plain, Connection::residual, Connection::dense}) {
    for (const Activation activation : {Activation::sigmoid, Activation::relu, Activation::leaky_relu}) {
      for (const bool batch_norm : {false, true}) {
        const char* const activations[] = {"sigmoid", "ReLU", "LeakyReLU"};
        const char* const connections[] = {"plain", "residual", "dense"};
        subject.built_as = std::string(activations[static_cast<int>(activation)]) + ", " +
                           connections[static_cast<int>(connection)] + (batch_norm ? ", batch norm" : "");
        subject.fixed = batch_norm ? std::vector<std::string>{"gamma"} : std::vector<std::string>{};
        subject.make = [=](int hidden, int width) {
          auto network = std::make_unique<RemedyMlp>(layer_widths(hidden, width),
                                                     Architecture{activation, batch_norm, connection});
          network->slope = Real(0.1);  // any but its default
          return network;
        };
        check_network(report, subject,
                      activation == Activation::relu ? some_networks() : std::vector<NetworkCase>{{3, 4, 3}});
      }
    }
  }
}

}  // namespace handgrad::lesson6
