#include "src/report/csv_files.h"

#include <doctest/doctest.h>

#include "src/io/file.h"
#include "tests/io/expect_message.h"
#include "tests/io/temporary_folder.h"

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

TEST_CASE("read_history reads what history_csv wrote") {
  const TemporaryFolder folder;
  const std::string path = folder.path + "/a.history.csv";
  const History history{{"fc1_weight", "fc2_weight"}, {0.5, 1}, {{6.25e-08, 123456789}, {0, 0.125}}};
  write_file(path, history_csv(history));
  const History read = read_history(path);
  CHECK(read.weights == history.weights);
  CHECK(read.loss == history.loss);
  CHECK(read.mean_abs_grad == history.mean_abs_grad);
}

TEST_CASE("read_history and read_predictions name file, line and column of what is wrong") {
  const TemporaryFolder folder;
  const std::string path = folder.path + "/a.csv";
  const auto refused = [&](const std::string& text, const std::string& message, bool predictions = false) {
    write_file(path, text);
    expect_message(path + message, [&] {
      if (predictions) {
        read_predictions(path);
      } else {
        read_history(path);
      }
    });
  };
  const std::string header = "epoch,loss,fc1_weight\n";
  refused("", ": the file is empty, expected a header");
  refused("epoch,loss\n1,2\n", " line 1: found 'epoch,loss', expected the header epoch,loss,fc1_weight,… of a history");
  refused(header, ": there is no epoch below the header, expected one or more");
  refused(header + "1,0.5,0.25\n2,0.5,0.2",
          " line 3: found the end of the file, expected that of the line: it was cut");
  refused(header + "1,0.5\n", " line 2: found 2 fields in '1,0.5', expected 3, as in the header");
  refused(header + "1,0.5,1\n3,0.5,1\n", " line 3, column 1 (epoch): found '3', expected epoch 2");
  refused(header + "1,nan,1\n", " line 2, column 2 (loss): found 'nan', expected a number from 0 up");
  refused(header + "1,1,-1\n", " line 2, column 3 (fc1_weight): found '-1', expected a number from 0 up");
  refused(header + "1,1,1e999\n", " line 2, column 3 (fc1_weight): found '1e999', expected a number from 0 up");
  refused("row,setosa,versicolor,virginica,predicted,true\n1,0,0,0,setosa,rose\n",
          " line 2, column 6 (true): found 'rose', expected setosa, versicolor or virginica", true);
}

TEST_CASE("read_predictions counts what predictions_csv wrote") {
  const TemporaryFolder folder;
  const std::string path = folder.path + "/a.predictions.csv";
  const Dataset data{Matrix(3, 4), Matrix{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}, {1, 51, 150}};
  write_file(path, predictions_csv(data, {{0.1f, 0.7f, 0.2f}, {0.25f, 0.75f, 0}, {0, 0, 1}}));
  const Confusion confusion = read_predictions(path);
  CHECK(confusion.total() == 3);
  CHECK(confusion.right() == 2);
  CHECK(confusion.count[1][0] == 1);  // predicted versicolor, truly setosa
}
