#pragma once

#include <string>

namespace handgrad {

// From now on Ctrl-C (SIGINT) and `kill` (SIGTERM) first print one line that begins with the program's name, in place
// of the progress line if stderr is a terminal; then they end the program by that signal. A signal that is ignored at
// the start stays ignored: nohup and & ask for that.
void catch_interrupts(const std::string& program);

}  // namespace handgrad
