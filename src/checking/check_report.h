#pragma once

#include <string>
#include <vector>

#include "src/checking/numeric_gradient.h"
#include "src/matrix/matrix.h"

namespace handgrad {

// One line of a derivation: what it computes and where it stands.
struct Equation {
  std::string group;         // what LAYER= chooses by: "batch_norm"
  std::string name;          // "grad_var"
  std::string section;       // of the lecture: "2 (4)"
  std::string function;      // "batch_norm_backward"
  std::string file;          // "src/layers/batch_norm.cpp"
  std::string comment = "";  // begins the comment above the line, by which it is found: "∂loss/∂σ²"
  bool always_zero = false;  // rightly so: the bias before a batch norm, which takes every shift out again
};

// One of several summands that make up a gradient, by its name: "the path through the variance". If yours differs from
// the numeric gradient by a multiple of a term, that term is the likely cause.
struct Term {
  std::string name;
  Matrix value;
};

// What a gradient would be with a certain mistake, which the name tells.
struct Alternative {
  std::string name;
  Matrix value;
};

// What was compared in one case. The last three serve the diagnosis and may be empty.
struct Comparison {
  Matrix yours;
  Matrix numeric;
  int n;  // rows of the batch
  std::vector<Term> terms = {};
  std::vector<Alternative> alternatives = {};
  std::string where = "";    // "fc2_weight of the network 4-(4×3)-3"
  std::string stopped = "";  // what the backward function threw, if it did
};

// What came of one equation over all its cases.
struct Verdict {
  Equation equation;
  long elements = 0;
  Real worst_error = 0;
  bool wrong = false;
  bool blind = true;       // the numeric gradient was 0 in every case, so that nothing was checked
  std::string stopped;     // what the function threw instead of computing this
  int wrong_at = 0;        // 1 for the equation that was the first to be wrong, 2 for the next, …
  Comparison first_wrong;  // the first case that was wrong
};

// Collects the verdicts, in the order in which equations are first compared: that of the backward pass.
struct CheckReport {
  std::vector<Verdict> verdicts;

  // Adds one case of an equation. It is wrong if an element differs by more than `bound` relative to the larger of the
  // two, or to a hundredth of the largest numeric element. If the function threw, what it wrote before still counts;
  // what is wrong and was never written is where it stopped.
  void compare(const Equation& equation, const Comparison& comparison, Real bound = Real(1e-6));
  // Adds that the equation's function threw, with what it said.
  void stop(const Equation& equation, const std::string& message);

  // The verdict that was the first to become wrong, which the later ones may follow from; else a blind one, or nullptr.
  const Verdict* first_wrong() const;
  int wrong_count() const;

 private:
  int wrong_so_far = 0;
  Verdict& verdict_of(const Equation& equation);
};

// The table, and under it all that is known of the first wrong equation. `colour` adds terminal colours.
std::string check_report_text(const CheckReport& report, bool colour);

}  // namespace handgrad
