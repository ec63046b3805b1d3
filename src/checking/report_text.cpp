#include "src/checking/report_text.h"

#include "src/io/text.h"

namespace handgrad {

namespace {

using State = Verdict::State;

struct Colours {
  const char *red, *green, *bold, *plain;
};

std::string line_of_table(const Verdict& v, const Colours& c) {
  if (v.state == State::not_written) return "not written yet";
  const char* const word = v.state == State::unfinished ? "NOT JUDGED" : v.state != State::right ? "WRONG" : "BLIND";
  const std::string in_colour = (v.is_right() ? c.green : c.red) + std::string(v.is_right() ? "ok" : word) + c.plain;
  if (v.equation.name == the_call || v.state == State::stopped || v.state == State::unfinished) {
    const char* const what = v.equation.name == the_call    ? "not as it should be, see below"
                             : v.state == State::unfinished ? "ended before all cases were judged"
                                                            : "stopped before it was right";
    return padded(what, 42) + in_colour;
  }
  return formatted("%6ld elements   worst error %.1e   ", v.elements, static_cast<double>(v.worst_error)) + in_colour;
}

std::string table(const CheckReport& report, const Colours& c) {
  std::string text, function;
  for (const Verdict& v : report.verdicts) {
    if (v.equation.function != function) {
      function = v.equation.function;
      text += function + ", " + v.equation.file + "\n";
    }
    const std::string section = v.equation.section.empty() ? "" : "section " + v.equation.section;
    text += "  " + padded(v.equation.name, 24) + padded(section, 15) + line_of_table(v, c) + "\n";
  }
  return text;
}

// A line of the details, if there is anything to say.
std::string detail(const char* name, const std::string& text) {
  return text.empty() ? "" : "  " + padded(name, 15) + text + "\n";
}

std::string details(const Verdict& v, const Colours& c) {
  const Equation& e = v.equation;
  std::string text = formatted("\n%sThe first of them is %s in %s%s; those after it may only follow from it.\n", c.bold,
                               e.name.c_str(), e.function.c_str(), c.plain);
  if (v.state == State::right) text += detail("blind", "its numeric gradient is 0 in every case: nothing was checked");
  const char* const label = v.ending.rfind("it ", 0) == 0   ? "what it does"
                            : v.state == State::stopped     ? "it stopped"
                            : v.state == State::not_written ? "so far"
                                                            : "what is wrong";
  text += detail(label, v.ending) + detail("in", v.where) + detail("worst element", v.worst) +
          detail("likely cause", v.cause);
  const int line = line_of(e);
  const std::string section = e.section.empty() ? "" : "   section " + e.section;
  text += detail("open", e.file + (line > 0 ? formatted(":%d", line) : "") + (e.comment.empty() ? "" : "   ") +
                             e.comment + section);
  const Derivation derivation = derivation_of(e);
  return text + detail("derived in", derivation.english) + detail("", derivation.chinese);
}

}  // namespace

std::string check_report_text(const CheckReport& report, bool colour) {
  const Colours c = colour ? Colours{"\033[31m", "\033[32m", "\033[1m", "\033[0m"} : Colours{"", "", "", ""};
  std::string text = table(report, c);
  for (const std::string& note : report.notes) text += "Note: " + note + "\n";
  const int wrong = report.wrong_count();
  if (wrong == 0) {
    text += formatted("%sAll %d equations agree with their numeric gradients.%s\n", c.green, report.equation_count(),
                      c.plain) +
            "What it does not see (data, batches, initial weights) is for make test.\n";
  } else {
    text += formatted("%s%d of %d equations are not right.%s\n", c.red, report.equation_count() - report.right_count(),
                      report.equation_count(), c.plain);
    text += details(*report.first_wrong(), c);
  }
  return text;
}

}  // namespace handgrad
