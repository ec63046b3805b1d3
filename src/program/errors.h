#pragma once

#include <stdexcept>
#include <string>

#include "src/io/standard_output.h"
#include "src/program/interruption.h"

namespace handgrad {

// A wrong option or value. The message says what is wrong and what is accepted; the program ends with exit status 2.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Memory has run out. The message says for what, where that is known.
struct OutOfMemory : std::runtime_error {
  explicit OutOfMemory(const std::string& what_for) : std::runtime_error("not enough memory" + what_for) {}
};

// A closed pipe (SIGPIPE) and a limit of the file size (SIGXFSZ) then fail like any other write, with a line that says
// so.
void ignore_write_signals();

// Within a catch: prints what was thrown as one line on stderr that begins with the program's name. Returns the exit
// status, 2 after a UsageError, else 1.
int report_error(const std::string& name);

// Runs a whole program, a function that returns the exit status. What it throws becomes one line on stderr, and so does
// standard output that takes nothing, and what main throws before it gets here. Ctrl-C leaves a line too and ends the
// program by the signal.
template <class Program>
int report_errors(const std::string& name, const Program& program) {
  try {
    catch_interrupts(name);
    ignore_write_signals();
    const int status = program();
    flush_standard_output();
    return status;
  } catch (...) {
    return report_error(name);
  }
}

}  // namespace handgrad
