#include "src/report/progress.h"

#include <unistd.h>

#include <cstdio>

namespace handgrad {

Progress::Progress(int epochs) : epochs_(epochs), on_terminal_(isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() {
  hide();
}

void Progress::show(int epoch, double loss, double samples_per_second) {
  using namespace std::chrono_literals;
  const Clock::time_point now = Clock::now();
  if (!on_terminal_ || now - begin_ < 1s || now - last_ < 100ms || epoch == epochs_) return;
  last_ = now;
  shown_ = true;
  const std::chrono::duration<double> spent = now - begin_;
  std::fprintf(stderr, "%sepoch %d of %d, loss %.4f, %.0f samples/sec, %.0f s left", erase_line, epoch, epochs_, loss,
               samples_per_second, spent.count() * (epochs_ - epoch) / epoch);
  std::fflush(stderr);
}

void Progress::hide() {
  if (!shown_) return;
  std::fputs(erase_line, stderr);
  std::fflush(stderr);
  shown_ = false;
}

}  // namespace handgrad
