#pragma once

#include <string>

namespace handgrad {

// Within a catch: what was thrown, of whatever type it is.
std::string thrown_text();

}  // namespace handgrad
