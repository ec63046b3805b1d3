#pragma once

#include <chrono>

namespace handgrad {

// Back to the line's beginning, and erase it.
constexpr char erase_line[] = "\r\033[K";

// A line on stderr that says how far a long training is: epoch, loss, speed, time left. It is there only if stderr is a
// terminal, from the first second on, and at most ten times a second; it is gone when this is.
class Progress {
 public:
  explicit Progress(int epochs);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void show(int epoch, double loss, double samples_per_second);
  void hide();  // before anything else is printed

 private:
  using Clock = std::chrono::steady_clock;
  int epochs_;
  bool on_terminal_, shown_ = false;
  Clock::time_point begin_ = Clock::now(), last_ = begin_;
};

}  // namespace handgrad
