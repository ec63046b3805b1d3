#pragma once

namespace handgrad {

// How often the program has asked for memory with new so far.
long allocations();

}  // namespace handgrad
