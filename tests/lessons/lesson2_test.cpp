#include <doctest/doctest.h>

#include <utility>

#include "lessons/lesson2/network.h"
#include "lessons/lesson2/standardisation.h"
#include "src/io/file.h"
#include "src/layers/batch_norm.h"
#include "src/training/names.h"
#include "tests/io/temporary_folder.h"
#include "tests/lessons/parity.h"

using namespace handgrad;

TEST_CASE("bn8: the lecture's confusion table, and its probabilities within 0.01") {
  lesson2::BatchNormMlp network(layer_widths(7, 10));
  const Trained trained = train_as_lecture(network, lecture_adam());
  CHECK(trained.confusion.count == Counts{{{18, 0, 0}, {0, 14, 0}, {0, 1, 17}}});
  // Before training escapes from its plateau the batch variance lies far below ε, and rounding is amplified: no two
  // machines agree further.
  check_probabilities(trained.o, {0.91460079, 0.03534730, 0.05005192}, 0.01);
  for (const Matrix& gamma : network.gamma) {
    for (const Real value : gamma.values) CHECK(value == 1);
  }
}

TEST_CASE("bn8's parameters have the lecture's names, in forward order") {
  lesson2::BatchNormMlp network(layer_widths(2, 10));
  std::vector<std::string> names;
  for (const Parameter& parameter : network.parameters()) names.push_back(parameter.name);
  CHECK(names == std::vector<std::string>{"fc1_weight", "fc1_bias", "bn1_gamma", "bn1_beta", "bn1_moving_mean",
                                          "bn1_moving_var", "fc2_weight", "fc2_bias", "bn2_gamma", "bn2_beta",
                                          "bn2_moving_mean", "bn2_moving_var", "fc3_weight", "fc3_bias"});
}

TEST_CASE("bn8's parameters lead to its arrays and their gradients") {
  lesson2::BatchNormMlp network(layer_widths(2, 10));
  const std::vector<Parameter> all = network.parameters();
  const Parameter *gamma = &all[2], *beta = &all[3], *moving_mean = &all[4], *moving_var = &all[5];
  CHECK(gamma->value == &network.gamma[1]);
  CHECK(beta->value == &network.beta[1]);
  CHECK(beta->grad == &network.grad_beta[1]);
  CHECK(moving_mean->value == &network.moving_mean[1]);
  CHECK(moving_var->value == &network.moving_var[1]);
}

TEST_CASE("a trainable gamma is trained, a fixed one has no gradient") {
  for (const bool fixed : {true, false}) {
    lesson2::BatchNormMlp network(layer_widths(1, 5), fixed);
    for (const Parameter& parameter : network.parameters()) {
      if (array_name(parameter.name).what == "gamma") CHECK((parameter.grad == nullptr) == fixed);
      if (array_name(parameter.name).what == "moving_mean") CHECK(parameter.grad == nullptr);
    }
    initialise(network.parameters(), 0);
    train(network, lecture_split().train, {lecture_sgd(), 5, 20});
    CHECK((network.gamma[1](0, 0) == 1) == fixed);
  }
}

TEST_CASE("prediction with batch norm does not depend on the other rows, nor change the moving statistics") {
  lesson2::BatchNormMlp network(layer_widths(2, 10));
  initialise(network.parameters(), 0);
  train(network, lecture_split().train, {lecture_adam(), 3, 20});
  const std::vector<Real> moving_mean = network.moving_mean[1].values, moving_var = network.moving_var[1].values;

  const Matrix all = network.forward(lecture_split().test.x, Mode::prediction);
  Matrix one(1, 4);
  for (int j = 0; j < 4; ++j) one(0, j) = lecture_split().test.x(30, j);
  const Matrix alone = network.forward(one, Mode::prediction);
  for (int j = 0; j < 3; ++j) CHECK(alone(0, j) == doctest::Approx(all(30, j)).epsilon(1e-6));
  for (std::size_t i = 1; i <= 2; ++i) {
    Matrix y;
    batch_norm_predict(network.l[i], network.gamma[i], network.beta[i], network.moving_mean[i], network.moving_var[i],
                       y);
    CHECK(network.y[i].values == y.values);
  }
  CHECK(network.moving_mean[1].values == moving_mean);
  CHECK(network.moving_var[1].values == moving_var);
}

TEST_CASE("batch norm works each column by itself: 29 together and one by one give the same numbers, bit by bit") {
  struct {
    Matrix x, gamma, beta, mean, var, x_hat, y, grad_y, grad_beta, grad_gamma, grad_x_hat, grad_var, grad_mean, grad_x;
    void pass() {
      batch_norm_forward(x, gamma, beta, mean, var, x_hat, y);
      batch_norm_backward(x, gamma, mean, var, x_hat, grad_y, grad_beta, grad_gamma, grad_x_hat, grad_var, grad_mean,
                          grad_x);
    }
  } all, one;
  const Dataset iris = lecture_split().train;  // 4 columns, of which 29 are made here
  all.x = all.grad_y = Matrix(20, 29);
  all.gamma = all.beta = Matrix(1, 29);
  for (int j = 0; j < 29; ++j) {
    for (int i = 0; i < 20; ++i) {
      all.x(i, j) = iris.x(i + j, j % 4);
      all.grad_y(i, j) = -iris.x(19 - i + j, j % 4);
    }
    all.gamma[j] = iris.x(j, 0);
    all.beta[j] = iris.x(j, 1);
  }
  all.pass();

  for (int j = 0; j < 29; ++j) {
    const auto column = [&](const Matrix& matrix) {
      Matrix alone(matrix.rows, 1);
      for (int i = 0; i < matrix.rows; ++i) alone[i] = matrix(i, j);
      return alone;
    };
    one.x = column(all.x);
    one.grad_y = column(all.grad_y);
    one.gamma = column(all.gamma);
    one.beta = column(all.beta);
    one.pass();
    for (const auto& [together, alone] : {std::pair{&all.mean, &one.mean},
                                          {&all.var, &one.var},
                                          {&all.grad_beta, &one.grad_beta},
                                          {&all.grad_gamma, &one.grad_gamma},
                                          {&all.grad_var, &one.grad_var},
                                          {&all.grad_mean, &one.grad_mean},
                                          {&all.x_hat, &one.x_hat},
                                          {&all.y, &one.y},
                                          {&all.grad_x_hat, &one.grad_x_hat},
                                          {&all.grad_x, &one.grad_x}}) {
      for (int i = 0; i < alone->rows; ++i) CHECK((*together)(i, j) == (*alone)(i, 0));
    }
  }
}

TEST_CASE("the standardisation picture is written") {
  const TemporaryFolder folder;
  lesson2::show_standardisation(read_iris("data/iris.csv"), folder.path, true);
  const std::string svg = read_file(folder.path + "/standardisation.svg");
  CHECK(svg.find("Petal.Width") != std::string::npos);
  // The first flower's sepal length, 5.1 cm: 5.1 / 8 of the first panel's 330 from its left edge at 30.
  CHECK(svg.find("M240.4 72.0v16") != std::string::npos);
}
