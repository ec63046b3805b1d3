#include "src/checking/check_report.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <exception>

#include "src/checking/diagnosis.h"
#include "src/io/file.h"
#include "src/io/text.h"

namespace handgrad {

namespace {

// The line of the equation in its file, counted from 1: below the comment that begins with `comment`, within the
// function. 0 if it is not found, because the student has changed the comments.
int line_of(const Equation& equation) {
  std::string source;
  try {
    source = read_file(equation.file);
  } catch (const std::exception&) {
    return 0;
  }
  const std::vector<std::string> lines = split(source, '\n');
  bool in_function = false, at_comment = false;
  for (std::size_t k = 0; k < lines.size(); ++k) {
    const std::size_t first = lines[k].find_first_not_of(' ');
    if (first == std::string::npos) continue;
    const bool comment = lines[k].compare(first, 2, "//") == 0;
    if (first == 0 && !comment && lines[k].find(equation.function + "(") != std::string::npos) in_function = true;
    if (in_function && comment && lines[k].find("// " + equation.comment) != std::string::npos) at_comment = true;
    if (in_function && equation.comment.empty()) return static_cast<int>(k) + 1;
    if (in_function && at_comment && !comment) return static_cast<int>(k) + 1;
    if (lines[k] == "}") in_function = false;
  }
  return 0;
}

// Whether something was written into a gradient: it has numbers, and not only zeros.
bool is_written(const Matrix& grad) {
  bool any_number = false;
  for (const Real value : grad.values) {
    if (std::isnan(value)) return false;
    any_number = any_number || value != 0;
  }
  return any_number;
}

struct Colours {
  const char *red, *green, *bold, *plain;
};

std::string table(const CheckReport& report, const Colours& c) {
  std::string text, function;
  for (const Verdict& v : report.verdicts) {
    if (v.equation.function != function) {
      function = v.equation.function;
      text += function + ", " + v.equation.file + "\n";
    }
    text += "  " + padded(v.equation.name, 24) + padded("section " + v.equation.section, 15);
    if (v.stopped == "not written yet") {
      text += v.stopped + "\n";
      continue;
    }
    if (v.stopped.empty()) {
      text += formatted("%6ld elements   worst error %.1e   ", v.elements, static_cast<double>(v.worst_error));
    } else {
      text += "stopped before it was right               ";
    }
    text += v.wrong || v.blind ? c.red : c.green;
    text += v.wrong ? "WRONG" : v.blind ? "BLIND" : "ok";
    text += std::string(c.plain) + "\n";
  }
  return text;
}

std::string worst_element_text(const Comparison& comparison) {
  const Matrix& yours = comparison.yours;
  const Matrix& numeric = comparison.numeric;
  if (!same_shape(yours, numeric)) return "";
  const WorstElement worst = worst_element(yours, numeric, Real(1e-4));
  return formatted("  worst element  row %d, column %d (from 0) of %d×%d, in a batch of %d: yours %.9g, numeric %.9g\n",
                   worst.row, worst.col, numeric.rows, numeric.cols, comparison.n,
                   static_cast<double>(yours(worst.row, worst.col)),
                   static_cast<double>(numeric(worst.row, worst.col)));
}

std::string details(const Verdict& v, const Colours& c) {
  std::string text = formatted("\n%sThe first of them is %s in %s%s; those after it may only follow from it.\n", c.bold,
                               v.equation.name.c_str(), v.equation.function.c_str(), c.plain);
  if (!v.wrong) {
    text += "  blind          its numeric gradient is 0 in every case, so that nothing was checked\n";
  } else if (v.stopped.empty()) {
    if (!v.first_wrong.where.empty()) text += "  in             " + v.first_wrong.where + "\n";
    text += worst_element_text(v.first_wrong);
    const std::string cause = likely_cause(v.first_wrong);
    if (!cause.empty()) text += "  likely cause   " + cause + "\n";
  } else {
    text += "  it stopped     " + v.stopped + "\n";
  }
  const int line = line_of(v.equation);
  text += "  open           " + v.equation.file + (line > 0 ? formatted(":%d", line) : "");
  if (!v.equation.comment.empty()) text += "   " + v.equation.comment;
  return text + "   section " + v.equation.section + "\n";
}

}  // namespace

Verdict& CheckReport::verdict_of(const Equation& equation) {
  for (Verdict& verdict : verdicts) {
    if (verdict.equation.group == equation.group && verdict.equation.name == equation.name) return verdict;
  }
  verdicts.emplace_back();
  verdicts.back().equation = equation;
  return verdicts.back();
}

void CheckReport::compare(const Equation& equation, const Comparison& comparison, Real bound) {
  Verdict& verdict = verdict_of(equation);
  const Matrix& yours = comparison.yours;
  const Matrix& numeric = comparison.numeric;
  Real largest = 0;
  for (const Real value : numeric.values) largest = std::max(largest, std::abs(value));
  verdict.blind = verdict.blind && !equation.always_zero && largest < Real(1e-6);
  verdict.elements += numeric.size();

  Real error = INFINITY;
  if (same_shape(yours, numeric)) {
    error = worst_element(yours, numeric, equation.always_zero ? Real(1e-2) : std::max(largest / 100, Real(1e-4)))
                .relative_error;
  }
  verdict.worst_error = std::max(verdict.worst_error, error);
  if (error > bound && !verdict.wrong) {
    verdict.wrong_at = ++wrong_so_far;
    verdict.wrong = true;
    verdict.first_wrong = comparison;
  }
  if (error > bound && !comparison.stopped.empty() && !is_written(yours)) stop(equation, comparison.stopped);
}

void CheckReport::stop(const Equation& equation, const std::string& message) {
  Verdict& verdict = verdict_of(equation);
  if (!verdict.wrong) verdict.wrong_at = ++wrong_so_far;
  verdict.wrong = true;
  if (verdict.stopped.empty()) verdict.stopped = message;
}

const Verdict* CheckReport::first_wrong() const {
  const Verdict* first = nullptr;
  for (const Verdict& verdict : verdicts) {
    if (verdict.wrong && (first == nullptr || verdict.wrong_at < first->wrong_at)) first = &verdict;
  }
  for (const Verdict& verdict : verdicts) {
    if (verdict.blind && first == nullptr) first = &verdict;
  }
  return first;
}

int CheckReport::wrong_count() const {
  return static_cast<int>(
      std::count_if(verdicts.begin(), verdicts.end(), [](const Verdict& v) { return v.wrong || v.blind; }));
}

std::string check_report_text(const CheckReport& report, bool colour) {
  const Colours c = colour ? Colours{"\033[31m", "\033[32m", "\033[1m", "\033[0m"} : Colours{"", "", "", ""};
  std::string text = table(report, c);
  const int equations = static_cast<int>(report.verdicts.size());
  const int wrong = report.wrong_count();
  if (wrong == 0) {
    return text + formatted("%sAll %d equations agree with their numeric gradients.%s\n", c.green, equations, c.plain);
  }
  text += formatted("%s%d of %d equations are not right.%s\n", c.red, wrong, equations, c.plain);
  return text + details(*report.first_wrong(), c);
}

}  // namespace handgrad
