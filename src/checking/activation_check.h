#pragma once

#include <functional>
#include <string>

#include "src/checking/check_report.h"

namespace handgrad {

// A layer that computes every h from the l at the same place: relu, leaky_relu, sigmoid. Its backward function is
// NAME_backward, which gives grad_l.
struct Activation {
  std::string name;
  std::string section;
  std::function<void(const Matrix& l, Matrix& h)> forward;
  Real (*formula)(Real l, Real slope);
  std::function<void(const Matrix& l, const Matrix& h, const Matrix& grad_h, Matrix& grad_l)> backward;

  std::string file = "";  // else src/layers/NAME.cpp
  Real slope = 0;
  std::function<Hints(const Matrix& l, const Matrix& h, const Matrix& grad_h)> hints = nullptr;
};
void check_activation(CheckReport& report, const Activation& activation);

// Where l > 0 the first, else the second number, for the hints.
Matrix chosen(const Matrix& l, const Matrix& where_on, const Matrix& where_off);

}  // namespace handgrad
