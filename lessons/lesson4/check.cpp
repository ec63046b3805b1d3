#include "lessons/lesson4/network.h"
#include "src/checking/network_check.h"
#include "src/layers/concat.h"
#include "src/layers/fully_connected.h"
#include "src/layers/relu.h"
#include "src/layers/softmax.h"
#include "src/training/names.h"

namespace handgrad::lesson4 {

namespace {

// The gradients as they would be if one of the two ways that r_(i-1) went were forgotten.
std::vector<Alternative> forgotten_ways(Network& network, const Matrix& grad_o, const std::string& parameter) {
  DenseMlp& net = dynamic_cast<DenseMlp&>(network);
  const std::size_t last = net.W.size() - 1;
  std::vector<Alternative> alternatives;
  for (const bool skip_forgotten : {true, false}) {
    Matrix grad_l, grad_h, grad_r, grad_skip, grad_into_layer;
    std::vector<Matrix> grad_W(last + 1), grad_b(last + 1);
    softmax_backward(net.o, grad_o, grad_l);
    fully_connected_backward(net.r[last - 1], net.W[last], grad_l, grad_W[last], grad_b[last], grad_r);
    for (std::size_t i = last - 1; i >= 1; --i) {
      if (i > 1) {
        concat_backward(net.r[i - 1], net.h[i], grad_r, grad_skip, grad_h);
      } else {
        grad_h = grad_r;
      }
      relu_backward(net.l[i], grad_h, grad_l);
      fully_connected_backward(net.r[i - 1], net.W[i], grad_l, grad_W[i], grad_b[i], grad_into_layer);
      grad_r = skip_forgotten ? grad_into_layer : grad_skip;
    }
    const std::size_t fc = static_cast<std::size_t>(array_name(parameter).number);
    alternatives.push_back({skip_forgotten ? "the skip branch forgotten: grad_skip is not added to grad_r"
                                           : "only the skip branch: what comes back through the layer is lost",
                            array_name(parameter).what == "weight" ? grad_W[fc] : grad_b[fc]});
  }
  return alternatives;
}

}  // namespace

void check(CheckReport& report) {
  Subject subject;
  subject.group = "lesson4";
  subject.section = "4 (3)";
  subject.network = "DenseMlp";
  subject.file = "lessons/lesson4/network.cpp";
  subject.make = [](int hidden, int width) {
    std::vector<int> widths = layer_widths(hidden, width);
    for (std::size_t i = 2; i + 1 < widths.size(); ++i) widths[i] = 2 + static_cast<int>(i % 3);
    return std::make_unique<DenseMlp>(widths);
  };
  subject.gain = 0.5;
  subject.mistaken = forgotten_ways;
  check_network(report, subject);
}

}  // namespace handgrad::lesson4
