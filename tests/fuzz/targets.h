#pragma once

#include <string>

// One function for each thing that is read from outside. Each takes any bytes, lets the reader have them, and throws
// std::logic_error if the reader was wrong: if it accepted what says something else than what it gave back, or refused
// without one clear line. libfuzzer.cpp feeds them what `make fuzz` invents, replay_test.cpp the seeds in `make test`.

namespace handgrad {

void fuzz_iris(const std::string& text);     // as data/iris.csv
void fuzz_split(const std::string& text);    // as data/lecture_split.csv
void fuzz_params(const std::string& text);   // as the params.txt of a small network
void fuzz_history(const std::string& text);  // as the history.csv of any network
void fuzz_options(const std::string& text);  // as a command line, an argument a line

}  // namespace handgrad
