#include "src/checking/equation.h"

#include <doctest/doctest.h>

#include "src/checking/checks.h"
#include "src/checking/training_checks.h"

using namespace handgrad;

TEST_CASE("every equation of a layer is found: its line, and the headings where both handouts derive it") {
  CheckReport report;
  for (const NamedCheck& check : layer_checks()) check.run(report);
  REQUIRE(report.equation_count() == 19);
  for (const Verdict& verdict : report.verdicts) {
    CAPTURE(verdict.equation.function + " | " + verdict.equation.name);
    CHECK(line_of(verdict.equation) > 0);
    const Derivation derivation = derivation_of(verdict.equation);
    CHECK(derivation.english.find("README.md, ") != std::string::npos);
    CHECK(derivation.chinese.find("README.zh-TW.md, ") != std::string::npos);
  }
}

TEST_CASE("an equation that its function leaves to a part of it is found there") {
  const std::string file = "src/layers/fully_connected.cpp", of = "fully_connected_backward";
  const int grad_W = line_of({"fully_connected", "", "", of, file, "∂loss/∂W"});
  const int grad_b = line_of({"fully_connected", "", "", of, file, "∂loss/∂b"});
  const int whole = line_of({"fully_connected", "", "", of, file}),
            grad_x = line_of({"", "", "", of, file, "∂loss/∂x"});
  CHECK(line_of({"fully_connected", "", "", of + "_parameters", file}) < grad_W);
  CHECK(grad_W < grad_b);
  CHECK(grad_b < whole);
  CHECK(whole < grad_x);
}

TEST_CASE("no handout derives the optimizers") {
  CheckReport report;
  check_sgd(report);
  check_adam(report);
  for (const Verdict& verdict : report.verdicts) {
    CAPTURE(verdict.equation.function + " | " + verdict.equation.name);
    CHECK(derivation_of(verdict.equation).english == "");
  }
}

TEST_CASE("where a handout does not link to the function, its heading about the backward pass is named") {
  const Derivation mlp = derivation_of({"lesson1", "", "1 (4)", "Mlp::backward", "lessons/lesson1/network.cpp"});
  CHECK(mlp.english == "lessons/lesson1/README.md, Backward");
  CHECK(mlp.chinese == "lessons/lesson1/README.zh-TW.md, 反向傳播");
  const Derivation relu = derivation_of({"relu", "", "2 (1)", "relu_backward", "src/layers/relu.cpp"});
  CHECK(relu.english == "lessons/lesson1/README.md, Backward");
}

TEST_CASE("an equation without its comment, or in no file, has no line") {
  CHECK(line_of({"relu", "", "", "relu_backward", "src/layers/relu.cpp", "∂loss/∂nothing"}) == 0);
  CHECK(line_of({"relu", "", "", "relu_backward", "src/layers/none.cpp"}) == 0);
}
