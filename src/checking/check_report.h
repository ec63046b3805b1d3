#pragma once

#include <functional>
#include <string>
#include <vector>

#include "src/checking/diagnosis.h"
#include "src/checking/equation.h"
#include "src/matrix/matrix.h"

namespace handgrad {

// What came of one equation over all its cases.
struct Verdict {
  enum class State {
    right,        // so far; blind if its numeric gradient was 0 in every case, so that nothing was checked
    wrong,        // numbers differ
    stopped,      // what it should compute was never written: the function threw before
    not_written,  // the same, since it is an exercise that is not written yet
    unfinished    // not judged in all cases: the function ended the check
  };
  Equation equation;
  State state = State::right;
  bool blind = true;
  long elements = 0;
  Real worst_error = 0;
  int wrong_at = 0;    // 1 for the equation that was the first not to be right, 2 for the next, …
  std::string where;   // the first case that was wrong: "fc2_weight of the network 4-(4×3)-3"
  std::string worst;   // its worst element, in words
  std::string cause;   // likely_cause
  std::string ending;  // what the function threw, or what else it did

  bool is_right() const { return state == State::right && !blind; }
};

// Collects the verdicts, in the order in which equations are first compared: that of the backward pass.
struct CheckReport {
  std::vector<Verdict> verdicts;
  std::vector<std::string> notes;  // of what is no error

  // What else is to be told of every new or changed verdict and note; they come from a child process so.
  std::function<void(const Verdict&)> tell_verdict = nullptr;
  std::function<void(const std::string&)> tell_note = nullptr;

  // Announces an equation, so that it has a verdict even if its function never comes back.
  void expect(const Equation& equation);
  // Adds one case of an equation: its worst error, and whether that is too large. `numeric_size` is the size of the
  // largest numeric element.
  struct Case {
    long elements;
    Real error;
    bool wrong;
    Real numeric_size;
  };
  void add(const Equation& equation, const Case& judged, const std::function<Comparison()>& comparison);
  // Adds one case from matrices as they are: wrong if an element differs by more than `bound`, see relative_error().
  void compare(const Equation& equation, const Comparison& comparison, Real bound = Real(1e-6));
  // Adds that the equation's function did not get so far, and why; or, for the_call, what else it did.
  void stop(const Equation& equation, const std::string& ending, Verdict::State state = Verdict::State::stopped);
  // Takes over a verdict of another report, in place of the one of the same equation. So many were wrong before it.
  void take(const Verdict& verdict, int wrong_before = 0);
  void note(const std::string& text);

  // The verdict that was the first not to be right, which the later ones may follow from; nullptr if all are.
  const Verdict* first_wrong() const;
  int wrong_count() const;
  // How many equations there are, and how many are right: none more than all but one if a call went wrong.
  int equation_count() const;
  int right_count() const;
  // The wrong_at of the verdict that was the last to become wrong.
  int last_wrong_at() const;

 private:
  Verdict& verdict_of(const Equation& equation);
  // Says that a verdict is not right any more.
  void mark(Verdict& verdict, Verdict::State state);
};

}  // namespace handgrad
