#pragma once

#include <string>
#include <vector>

#include "src/training/parameters.h"

namespace handgrad {

// The file RUN.params.txt: for each parameter a line "name rows cols", then its rows, with so many digits that reading
// gives the same numbers back. Neither function changes anything if it throws.

// An array as it stands there.
std::string array_text(const std::string& name, const Matrix& value);

// Throws as write_file does.
void write_parameters(const std::string& path, const std::vector<Parameter>& parameters);

// Reads into the parameters of a network with the same names and shapes. Throws std::runtime_error with one line that
// names file, line, what was found and what was expected.
void read_parameters(const std::string& path, const std::vector<Parameter>& parameters);

}  // namespace handgrad
