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

// The first heading about the backward pass.
std::string backward_heading_of(const std::string& handout) {
  for (const std::string& line : lines_of(handout)) {
    const bool heading = line.rfind("## ", 0) == 0;
    if (heading && (contains(line, "ackward") || contains(line, "反向傳播"))) return handout + ", " + line.substr(3);
  }
  return "";
}

// The line of the equation in a function whose definition holds `name`; 0 if there is none.
int line_within(const std::string& name, const Equation& equation, const std::vector<std::string>& lines) {
  bool in_function = false, at_comment = false;
  for (std::size_t k = 0; k < lines.size(); ++k) {
    const std::size_t first = lines[k].find_first_not_of(' ');
    if (first == std::string::npos) continue;
    const bool comment = lines[k].compare(first, 2, "//") == 0;
    if (first == 0 && !comment && contains(lines[k], name)) in_function = true;
    if (in_function && comment && contains(lines[k], "// " + equation.comment)) at_comment = true;
    if (in_function && equation.comment.empty()) return static_cast<int>(k) + 1;
    if (in_function && at_comment && !comment) return static_cast<int>(k) + 1;
    if (lines[k] == "}") in_function = false;
  }
  return 0;
}

}  // namespace

int line_of(const Equation& equation) {
  const std::vector<std::string> lines = lines_of(equation.file);
  const int line = line_within(equation.function + "(", equation, lines);
  return line != 0 ? line : line_within(equation.function + "_", equation, lines);
}

Derivation derivation_of(const Equation& equation) {
  for (int lesson = 1; lesson <= 99; ++lesson) {
    const std::string folder = "lessons/lesson" + std::to_string(lesson);
    const std::string english = heading_of(folder + "/README.md", equation.function);
    if (!english.empty()) return {english, heading_of(folder + "/README.zh-TW.md", equation.function)};
  }
  // A lesson's network, or a layer, whose section has the lesson's number.
  const bool of_a_lesson = equation.file.rfind("lessons/lesson", 0) == 0;
  if (!of_a_lesson && equation.file.rfind("src/layers/", 0) != 0) return {};
  const std::string folder = of_a_lesson ? equation.file.substr(0, equation.file.find('/', 8))
                                         : "lessons/lesson" + equation.section.substr(0, equation.section.find(' '));
  return {backward_heading_of(folder + "/README.md"), backward_heading_of(folder + "/README.zh-TW.md")};
}

}  // namespace handgrad
