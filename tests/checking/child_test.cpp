#include "src/checking/child.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>

using namespace handgrad;

namespace {

// What came of a piece of work in a child that sends one text first.
struct Outcome {
  Ending ending;
  std::string received;
};

Outcome outcome_of(const std::function<void()>& work, double seconds = 0.2) {
  Outcome outcome;
  outcome.ending = run_in_child(
      [&](const Send& send) {
        send("first");
        now_calling("the_function");
        work();
        send("second");
      },
      [&](const std::string& text) { outcome.received += text + ";"; }, seconds);
  return outcome;
}

}  // namespace

TEST_CASE("a child that returns has sent all, whatever it writes to standard output") {
  const Outcome outcome = outcome_of([] { std::fputs("", stdout); });
  CHECK(outcome.ending.finished);
  CHECK(outcome.ending.how == "");
  CHECK(outcome.received == "first;second;");
}

TEST_CASE("a text may have any length and hold any byte") {
  const std::string sent = std::string(200000, 'a') + '\n' + std::string(1, '\0') + "end";
  std::string received;
  const Ending ending =
      run_in_child([&](const Send& send) { send(sent); }, [&](const std::string& text) { received = text; });
  CHECK(ending.finished);
  CHECK(received == sent);
}

TEST_CASE("what ends a child is told with the function that it called, and what it sent before arrives") {
  const struct {
    std::function<void()> work;
    std::string how;
  } cases[] = {
      {[] { std::exit(0); }, "called exit(0)"},
      {[] { std::exit(3); }, "called exit(3)"},
      {[] { std::_Exit(0); }, "called exit(0)"},
      {[] { std::abort(); }, "aborted: an assert, std::abort, or memory written outside an array"},
      {[] { std::raise(SIGSEGV); }, "crashed: an address outside of any array, or a recursion without end"},
      {[] { std::raise(SIGFPE); }, "crashed: a whole number divided by 0"},
      {[] { throw std::runtime_error("no"); }, "no"},
      {[] { throw "text"; }, "it threw text that is no std::exception: text"},
      {[] { throw 7; }, "it threw a number: 7"},
      {[] { throw 7.5; }, "it threw something that is no std::exception"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.how);
    const Outcome outcome = outcome_of(c.work);
    CHECK(!outcome.ending.finished);
    CHECK(outcome.ending.how == c.how);
    CHECK(outcome.ending.function == "the_function");
    CHECK(!outcome.ending.timed_out);
    CHECK(outcome.received == "first;");
  }
}

TEST_CASE("an endless loop and an endless wait end by the clock") {
  const Outcome loop = outcome_of([] {
    for (volatile bool on = true; on;) {
    }
  });
  CHECK(loop.ending.timed_out);
  CHECK(loop.ending.how.find("did not return within") == 0);
  CHECK(loop.received == "first;");
  const Outcome wait = outcome_of([] {
    for (;;) pause();
  });
  CHECK(wait.ending.timed_out);
  CHECK(wait.ending.how == "did not return within 0.8 s");
  CHECK(outcome_of([] { CHECK(std::getchar() == EOF); }).ending.finished);  // no keyboard to wait for
}

TEST_CASE("what a child starts itself does not outlive it, and keeps nobody waiting") {
  const auto starts_another = [](bool then_exit) {
    if (fork() == 0) {
      for (;;) pause();
    }
    if (then_exit) std::_Exit(0);
  };
  CHECK(outcome_of([&] { starts_another(false); }).ending.finished);
  CHECK(outcome_of([&] { starts_another(true); }).ending.how == "called exit(0)");
}
