#include "src/report/earlier_run.h"

#include <doctest/doctest.h>

#include "src/io/file.h"
#include "tests/io/expect_message.h"
#include "tests/io/temporary_folder.h"

using namespace handgrad;

namespace {

struct TwoLayers {
  Matrix W1{4, 2}, b1{1, 2}, W2{2, 3};
  std::vector<Parameter> parameters{{"fc1_weight", &W1, &W1}, {"fc1_bias", &b1, &b1}, {"fc2_weight", &W2, &W2}};
};

Confusion right_of(int right, int wrong) {
  Confusion confusion;
  confusion.count[0][0] = right;
  confusion.count[0][1] = wrong;
  return confusion;
}

}  // namespace

TEST_CASE("an earlier run is its history, and its predictions if they are beside it") {
  const TemporaryFolder folder;
  TwoLayers network;
  const std::string path = folder.path + "/net.history.csv";
  write_file(path, "epoch,loss,fc1_weight,fc2_weight\n1,0.5,1e-3,2e-3\n2,0.25,4e-3,5e-3\n");
  CHECK_FALSE(read_earlier_run(path, network.parameters).confusion);
  write_file(folder.path + "/net.predictions.csv",
             "row,setosa,versicolor,virginica,predicted,true\n1,1,0,0,setosa,setosa\n2,1,0,0,setosa,virginica\n");
  const EarlierRun earlier = read_earlier_run(path, network.parameters);
  REQUIRE(earlier.confusion);
  CHECK(earlier.confusion->right() == 1);
  CHECK(earlier.history.mean_abs_grad[1] == std::vector<double>{4e-3, 5e-3});

  write_file(path, "epoch,loss,fc1_weight,fc2_weight,fc3_weight\n1,0.5,1,2,3\n");
  expect_message(path +
                     " is the history of another network: it has fc1_weight to fc3_weight, this one fc1_weight to "
                     "fc2_weight",
                 [&] { read_earlier_run(path, network.parameters); });
}

TEST_CASE("beside_text has a line a quantity of the last epochs: before, now, ratio") {
  const History before{{"fc1_weight", "fc2_weight"}, {1, 0.5}, {{1, 1}, {0.002, 0.04}}};
  const History now{{"fc1_weight", "fc2_weight"}, {1, 0.25}, {{1, 1}, {0.001, 0.06}}};
  EarlierRun earlier{"a.history.csv", before, right_of(40, 10)};
  const std::string lines =
      "loss                               0.5000     0.2500        0.5\n"
      "mean |gradient| of fc1_weight       0.002      0.001        0.5\n"
      "mean |gradient| of fc2_weight        0.04       0.06        1.5\n";
  CHECK(beside_text(earlier, now, right_of(30, 20)) ==
        "beside a.history.csv, in the last epoch\n                                   before        now      ratio\n" +
            lines + "flowers right                    40 of 50   30 of 50       0.75\n");
  earlier.confusion.reset();
  CHECK(beside_text(earlier, now, right_of(30, 20))
            .find(lines + "flowers right                     no file   30 of 50          -\n(there is no "
                          "predictions.csv beside that "
                          "history)\n") != std::string::npos);
  // A gradient that was 0 has no ratio; another number of epochs is told.
  earlier.history.mean_abs_grad.back() = {0, 0.04};
  earlier.history.loss.push_back(0.5);
  earlier.history.mean_abs_grad.push_back({0, 0.04});
  const std::string text = beside_text(earlier, now, right_of(30, 20));
  CHECK(text.find("epochs                                  3          2          -\n") != std::string::npos);
  CHECK(text.find("mean |gradient| of fc1_weight           0      0.001          -\n") != std::string::npos);
}
