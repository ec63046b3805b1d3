#include "src/io/standard_output.h"

#include <cstdio>
#include <stdexcept>

namespace handgrad {

void flush_standard_output() {
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
    throw std::runtime_error("cannot write to the standard output");
  }
}

}  // namespace handgrad
