// What libFuzzer calls with everything it invents; FUZZ_TARGET is the function to give it to. See make fuzz.

#include <cstddef>
#include <cstdint>

#include "tests/fuzz/targets.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  handgrad::FUZZ_TARGET(std::string(data, data + size));
  return 0;
}
