#include "src/report/csv_files.h"

#include <doctest/doctest.h>

#include "tests/io/expect_message.h"

using namespace handgrad;

TEST_CASE("history_csv writes a line an epoch, with nine significant digits") {
  const History history{
      {"fc1_weight", "fc2_weight"}, {0.36622458711, 1}, {{6.219211541234e-08, 123456789.25}, {0, 1.0 / 3}}};
  CHECK(history_csv(history) ==
        "epoch,loss,fc1_weight,fc2_weight\n"
        "1,0.366224587,6.21921154e-08,123456789\n"
        "2,1,0,0.333333333\n");
}

TEST_CASE("history_csv of no epochs is the header") {
  CHECK(history_csv({{"fc1_weight"}, {}, {}}) == "epoch,loss,fc1_weight\n");
}

TEST_CASE("predictions_csv writes row, probabilities with nine significant digits, predicted and true species") {
  const Dataset data{Matrix(3, 4), Matrix{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}, {1, 51, 150}};
  const Matrix o{{0.1f, 0.7f, 0.2f}, {0.25f, 0.75f, 0}, {1e-10f, 0.5f, 0.5f}};
  CHECK(predictions_csv(data, o) ==
        "row,setosa,versicolor,virginica,predicted,true\n"
        "1,0.100000001,0.699999988,0.200000003,versicolor,setosa\n"
        "51,0.25,0.75,0,versicolor,versicolor\n"
        "150,1.00000001e-10,0.5,0.5,versicolor,virginica\n");
}

TEST_CASE("predictions_csv says which shapes do not fit") {
  const Dataset data{Matrix(2, 4), Matrix(2, 3), {1, 2}};
  expect_message<std::invalid_argument>("predictions_csv: y is 2×3 but o is 3×3: o needs 2 rows",
                                        [&] { predictions_csv(data, Matrix(3, 3)); });
  expect_message<std::invalid_argument>("predictions_csv: y is 2×3 but o is 2×4: o needs 3 columns",
                                        [&] { predictions_csv(data, Matrix(2, 4)); });
}
