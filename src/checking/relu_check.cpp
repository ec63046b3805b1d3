#include "src/checking/activation_check.h"
#include "src/checking/checks.h"

namespace handgrad {

void check_relu(CheckReport& report, decltype(&relu_backward) function, const File& file) {
  const auto backward = [=](const Matrix& l, const Matrix&, const Matrix& grad_h, Matrix& grad_l) {
    function(l, grad_h, grad_l);
  };
  Activation relu{"relu", "2 (1)", relu_forward, [](Real l, Real) { return l > 0 ? l : Real(0); }, backward, file};
  relu.hints = [](const Matrix& l, const Matrix&, const Matrix& r) {
    const Matrix none(l.rows, l.cols);
    return Hints{
        {},
        {{"whether a unit is on is forgotten: yours is grad_h everywhere", r},
         {"on and off are exchanged: yours is grad_h where l is not positive", chosen(l, none, r)},
         {"the incoming gradient is forgotten: yours is 1 where l > 0", chosen(l, Matrix(l.rows, l.cols, 1), none)},
         {"h stands in place of grad_h: yours is l where l > 0", chosen(l, l, none)}}};
  };
  check_activation(report, relu);
}

}  // namespace handgrad
