#pragma once

#include <string>

#include "src/data/split.h"
#include "src/matrix/matrix.h"
#include "src/report/confusion.h"
#include "src/training/history.h"

namespace handgrad {

// RUN.history.csv: a header "epoch,loss,fc1_weight,…", then a line an epoch; nine significant digits.
std::string history_csv(const History& history);

// Reads what history_csv wrote. Throws std::runtime_error with one line that names file, line, column, what was found
// and what was expected.
History read_history(const std::string& path);

// RUN.predictions.csv: a header "row,setosa,versicolor,virginica,predicted,true", then a line a flower: its
// row in iris counted from 1, the three probabilities with nine significant digits, the predicted and the
// true species. o: n × 3, the predictions for the n flowers of data. Throws std::invalid_argument if the
// shapes do not fit.
std::string predictions_csv(const Dataset& data, const Matrix& o);

// The confusion table of what predictions_csv wrote. Throws as read_history does.
Confusion read_predictions(const std::string& path);

}  // namespace handgrad
