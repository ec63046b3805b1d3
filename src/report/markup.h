#pragma once

#include <string>

namespace handgrad {

// Text as it must stand in HTML and SVG: & < > and " written as entities, and what is no UTF-8 as U+FFFD.
std::string escaped(const std::string& text);

}  // namespace handgrad
