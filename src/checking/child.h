#pragma once

#include <functional>
#include <string>

namespace handgrad {

// How a function ended that ran in a child process.
struct Ending {
  bool finished;         // it returned
  std::string function;  // else what it had called last, as now_calling() told: "relu_backward"; empty if nothing
  std::string how;       // and what came of it: "did not return within 1 s", "called exit(0)"
  bool timed_out = false;
};

// Hands a text on to the parent. What was handed on arrives even if the child dies in the next statement.
using Send = std::function<void(const std::string& text)>;

// Runs `work` in a child process, so that no exit, crash, endless loop or recursion of the code that it calls ends this
// program. Every text that the child sends reaches `receive` here, as it comes. The child may compute for `seconds` and
// last four times as long; its stack has the usual 8 MB, its memory an end; what it starts itself ends with it. It
// writes to the same standard output, but nothing that it writes there is taken for a text that was sent.
Ending run_in_child(const std::function<void(const Send&)>& work,
                    const std::function<void(const std::string&)>& receive, double seconds = 1);

// Tells the parent, if there is one, which function is called next.
void now_calling(const std::string& function);

}  // namespace handgrad
