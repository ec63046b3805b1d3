#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "src/checking/cases.h"
#include "src/checking/check_report.h"
#include "src/matrix/matrix.h"

namespace handgrad {

// A gradient that a backward function leaves behind, and what it is the gradient of.
struct Gradient {
  Equation equation;
  Matrix& yours;
  Matrix& input;
  std::function<Hints()> hints = nullptr;    // for the diagnosis
  std::function<Real()> own_loss = nullptr;  // that of an intermediate gradient, which `input` enters directly
};

// All that is judged in one case. `forward` and `formula` compute `out` from the inputs as they are at the time.
struct Judged {
  std::string layer;                         // "relu": relu_forward stands in src/layers/relu.cpp
  std::function<void(Matrix& out)> forward;  // the layer's
  std::function<void(Matrix& out)> formula;  // the lecture's, in loops of its own
  const Matrix& r;                           // the loss is Σ out ⊗ r
  std::function<void()> backward;            // calls the function that is judged
  std::vector<const Matrix*> inputs;         // what it must leave as it is
  std::vector<Gradient> gradients;           // what it computes
};

// Judges a layer in every case, then in all of them once more from the last to the first. Then every call must give
// what it gave before, bit for bit.
class Judge {
 public:
  explicit Judge(CheckReport& to) : report(to) {}

  // Calls `one` for every case; it fills matrices and hands them to judge().
  void all(const std::function<void(const Case&)>& one);
  void judge(const Judged& judged);
  // Runs a layer's forward pass, for what the backward function needs of it. False, and told, if it did not come back
  // as it should.
  bool forward(const std::string& layer, const std::function<void()>& pass, const std::vector<const Matrix*>& inputs);

 private:
  CheckReport& report;
  Case now = {};
  bool again = false;
  std::size_t number = 0;
  std::vector<std::vector<Matrix>> results;  // of the cases, by number
  std::string changed_forward;               // where the forward pass is not the lecture's
  std::string function;                      // that is judged

  void hold_against_formula(const Judged& judged, const Matrix& out);
  void hold_against_differences(const Judged& judged, const Gradient& gradient, const Matrix& yours);
  // Tells what a call did, with the equation that it made wrong, if any.
  void tell_ending(const Judged& judged, const std::string& ending);
  void call_into_used_storage(const Judged& judged, const std::vector<Matrix>& fresh);
  void tell_changed_forward();
};

}  // namespace handgrad
