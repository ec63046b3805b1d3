#pragma once

#include <functional>

#include "src/checking/check_report.h"

namespace handgrad {

// Runs a check in a child process and adds to the report what it found. If a function that is checked ends the child,
// or does not come back, the report names it (the_call), keeps what was finished, and the next check can go on. Returns
// whether the time limit ended it; after one that did, others may be given less.
bool check_isolated(CheckReport& report, const std::function<void(CheckReport&)>& check, double seconds = 1);

}  // namespace handgrad
