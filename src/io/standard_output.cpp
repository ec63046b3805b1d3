#include "src/io/standard_output.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <stdexcept>
#include <string>

namespace handgrad {

namespace {

int first_error = 0;

}  // namespace

void show_standard_output() {
  if (std::fflush(stdout) != 0 && first_error == 0) first_error = errno;
}

void flush_standard_output() {
  show_standard_output();
  // Where a printf failed the reason is gone; most often it is still the same for one more byte.
  if (first_error == 0 && std::ferror(stdout) != 0) {
    std::clearerr(stdout);
    std::fputc('\n', stdout);
    show_standard_output();
    if (first_error == 0) first_error = EIO;
  }
  if (first_error != 0) {
    throw std::runtime_error(std::string("cannot write to the standard output: ") + std::strerror(first_error));
  }
}

}  // namespace handgrad
