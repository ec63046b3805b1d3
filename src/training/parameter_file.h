#pragma once

#include <string>
#include <vector>

#include "src/training/parameters.h"

namespace handgrad {

// The file RUN.params.txt:
//   # handgrad parameters 1 mlp4      the format's number, and whose parameters these are
//   fc1_weight 4 10                   for each parameter its name, rows and columns
//   0.00548813492 -0.00123 …          then its rows, with so many digits that reading gives the same numbers back
//   # end
// Neither function changes anything if it throws.

// An array as it stands there.
std::string array_text(const std::string& name, const Matrix& value);

// Throws as write_file does.
void write_parameters(const std::string& path, const std::vector<Parameter>& parameters,
                      const std::string& network = "");

// Reads into the parameters of a network with the same names and shapes and, where both are known, of the same name.
// Throws std::runtime_error with one line that names file, line, what was found and what was expected; a file that is
// far longer than these parameters is not read at all. A file without its first line is of the time before there was
// one: it has no end line, and ends where its last line ends. A cut there goes unseen if it leaves whole lines and the
// last one happens to fit.
void read_parameters(const std::string& path, const std::vector<Parameter>& parameters,
                     const std::string& network = "");

}  // namespace handgrad
