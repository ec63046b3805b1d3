#pragma once

#include <chrono>

namespace handgrad {

// Terminal codes: return to the line's beginning and erase it.
constexpr char erase_line[] = "\r\033[K";

// The progress line of a long training on stderr: epoch, loss, speed, time left. It is shown only if stderr is a
// terminal, after the first second, at most ten times a second; the destructor erases it.
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
