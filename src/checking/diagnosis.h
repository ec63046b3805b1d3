#pragma once

#include <string>

#include "src/checking/check_report.h"

namespace handgrad {

// A likely cause of a wrong gradient, if the error has a simple shape: never written, sign flipped, off by a constant
// factor, transposed, shifted by a column or row, a term missing, doubled or with another sign. Empty if none fits.
std::string likely_cause(const Comparison& comparison);

}  // namespace handgrad
