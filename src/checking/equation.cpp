#include "src/checking/equation.h"

#include <cstddef>
#include <exception>
#include <vector>

#include "src/io/file.h"
#include "src/io/text.h"

namespace handgrad {

namespace {

// The lines of a file; none if it cannot be read.
std::vector<std::string> lines_of(const std::string& file) {
  try {
    return split(read_file(file), '\n');
  } catch (const std::exception&) {
    return {};
  }
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// The heading above the first line that links to the function: | ... | [`relu_backward`](../../src/layers/relu.cpp) |
std::string heading_of(const std::string& handout, const std::string& function) {
  std::string heading;
  for (const std::string& line : lines_of(handout)) {
    if (line.rfind("## ", 0) == 0 || line.rfind("### ", 0) == 0) heading = line.substr(line.find(' ') + 1);
    if (contains(line, "[`" + function + "`](") || contains(line, "[" + function + "](")) {
      return handout + ", " + heading;
    }
  }
  return "";
}

}  // namespace

int line_of(const Equation& equation) {
  const std::vector<std::string> lines = lines_of(equation.file);
  bool in_function = false, at_comment = false;
  for (std::size_t k = 0; k < lines.size(); ++k) {
    const std::size_t first = lines[k].find_first_not_of(' ');
    if (first == std::string::npos) continue;
    const bool comment = lines[k].compare(first, 2, "//") == 0;
    if (first == 0 && !comment && contains(lines[k], equation.function + "(")) in_function = true;
    if (in_function && comment && contains(lines[k], "// " + equation.comment)) at_comment = true;
    if (in_function && equation.comment.empty()) return static_cast<int>(k) + 1;
    if (in_function && at_comment && !comment) return static_cast<int>(k) + 1;
    if (lines[k] == "}") in_function = false;
  }
  return 0;
}

Derivation derivation_of(const Equation& equation) {
  for (int lesson = 1; lesson <= 99; ++lesson) {
    const std::string folder = "lessons/lesson" + std::to_string(lesson);
    const std::string english = heading_of(folder + "/README.md", equation.function);
    if (!english.empty()) return {english, heading_of(folder + "/README.zh-TW.md", equation.function)};
  }
  return {};
}

}  // namespace handgrad
