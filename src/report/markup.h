#pragma once

#include <string>

namespace handgrad {

// Text as it must stand in HTML and SVG: & < > and " written as entities.
std::string escaped(const std::string& text);

}  // namespace handgrad
