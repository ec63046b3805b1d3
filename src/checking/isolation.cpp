#include "src/checking/isolation.h"

#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

#include "src/checking/child.h"
#include "src/io/text.h"

namespace handgrad {

namespace {

constexpr char separator = '\x1f';  // stands in no name and no message

std::string as_text(const Verdict& v) {
  const Equation& e = v.equation;
  return joined({e.group, e.name, e.section, e.function, e.file, e.comment, e.always_zero ? "1" : "0",
                 std::to_string(static_cast<int>(v.state)), v.blind ? "1" : "0", std::to_string(v.elements),
                 formatted("%.9g", static_cast<double>(v.worst_error)), std::to_string(v.wrong_at), v.where, v.worst,
                 v.cause, v.ending},
                std::string(1, separator));
}

Verdict from_text(const std::string& text) {
  const std::vector<std::string> f = split(text, separator);
  Verdict v;
  v.equation = {f.at(0), f.at(1), f.at(2), f.at(3), f.at(4), f.at(5), f.at(6) == "1"};
  v.state = static_cast<Verdict::State>(std::stoi(f.at(7)));
  v.blind = f.at(8) == "1";
  v.elements = std::stol(f.at(9));
  v.worst_error = static_cast<Real>(std::stod(f.at(10)));
  v.wrong_at = std::stoi(f.at(11));
  v.where = f.at(12);
  v.worst = f.at(13);
  v.cause = f.at(14);
  v.ending = f.at(15);
  return v;
}

}  // namespace

bool check_isolated(CheckReport& report, const std::function<void(CheckReport&)>& check, double seconds) {
  CheckReport found;
  const auto work = [&](const Send& send) {
    CheckReport own;
    own.tell_verdict = [&](const Verdict& verdict) { send("v" + as_text(verdict)); };
    own.tell_note = [&](const std::string& text) { send("n" + text); };
    check(own);
  };
  const auto receive = [&](const std::string& text) {
    if (text[0] == 'v') {
      found.take(from_text(text.substr(1)));
    } else {
      found.note(text.substr(1));
    }
  };
  const Ending ending = run_in_child(work, receive, seconds);
  if (!ending.finished) {
    const std::string name = ending.function.substr(0, ending.function.find(','));
    const std::size_t comma = ending.function.find(", ");
    Equation call{"", the_call, "", name, comma == std::string::npos ? "" : ending.function.substr(comma + 2)};
    for (Verdict& verdict : found.verdicts) {
      call.group = verdict.equation.group;
      if (verdict.state == Verdict::State::right) verdict.state = Verdict::State::unfinished;
    }
    found.stop(call, ending.how);
  }
  const int wrong_before = report.last_wrong_at();
  for (const Verdict& verdict : found.verdicts) report.take(verdict, wrong_before);
  for (const std::string& text : found.notes) report.note(text);
  return ending.timed_out;
}

}  // namespace handgrad
