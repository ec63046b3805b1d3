#pragma once

#include <functional>
#include <string>
#include <vector>

#include "src/checking/check_report.h"
#include "src/matrix/matrix.h"

namespace handgrad {

// What a call did besides computing. `ending` is empty if it returned and did nothing else.
struct CallOutcome {
  std::string ending;
  bool not_written = false;
};

// Calls a function that is judged, which the report names by `function` and `file` if it never comes back. What it
// throws ends here; what it writes outside a matrix, or into its inputs, is found.
CallOutcome watched_call(const std::string& function, const std::string& file, const std::function<void()>& call,
                         const std::vector<const Matrix*>& inputs = {});

// The line of the report for what a call did that belongs to none of its equations.
Equation call_equation(const std::string& group, const std::string& function, const std::string& file);

// Whether two matrices hold the same, bit for bit; one NaN is as another.
bool identical(const Matrix& a, const Matrix& b);

// Whether a call that ended early is why a gradient is not right: of what is not written yet nothing was written, and
// an exception came before all of it was. (0 everywhere is what a fresh matrix holds.)
bool ended_before(const CallOutcome& outcome, const Matrix& grad);

}  // namespace handgrad
