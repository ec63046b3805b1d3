#pragma once

#include <string>

#include "src/data/iris.h"

namespace handgrad::lesson2 {

// The lecture's section 2 (3), first demonstration: every feature of iris before and after standardisation, which is a
// batch norm of all 150 flowers with gamma 1 and beta 0. Prints mean and variance (divided by n) of both, and writes
// FOLDER/standardisation.svg, which shows where the flowers lie. Throws as write_file does.
std::string show_standardisation(const Iris& iris, const std::string& folder, bool quiet);

}  // namespace handgrad::lesson2
