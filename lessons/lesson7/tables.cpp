#include "lessons/lesson7/tables.h"

#include <algorithm>
#include <cmath>

#include "src/io/text.h"
#include "src/report/picture.h"
#include "src/report/table.h"
#include "src/training/network.h"

namespace handgrad::lesson7 {

namespace {

constexpr std::size_t shown_layers = 8;

// "5.6e+00", or "0" for what is too small for a float.
std::string number(double value) {
  return value == 0 ? "0" : formatted("%.1e", value);
}

// The factor from one layer to the next, on the mean between two of them that are `steps` apart.
std::string factor_between(double from, double to, std::size_t steps) {
  return from == 0 || to == 0 || steps == 0 ? "-"
                                            : formatted("%.2g", std::pow(to / from, 1.0 / static_cast<double>(steps)));
}

}  // namespace

std::string Table::text() const {
  std::string lines = legend + "\n\n" + table_head(head, first, others);
  for (const std::vector<std::string>& row : rows) lines += table_row(row, first, others);
  return lines + "\n";
}

Table factor_table(const std::vector<Init>& inits, int width) {
  Table table{
      formatted("factor by which a layer of %d units changes a standard deviation", width), {"", "range"}, {}, 8, 15};
  for (const Activation& activation : activations) table.head.emplace_back(activation.name);
  for (const Init init : inits) {
    const double range = init_range(init, width, width);
    table.rows.push_back({init_name(init), formatted("%.3g", range)});
    for (const Activation& activation : activations) {
      table.rows.back().push_back(formatted("%.3g", layer_factor(width, range, activation.on, activation.off)));
    }
  }
  return table;
}

Measured measure_spreads(int depth, int width, Init init, std::uint32_t first_seed, int seeds, const Matrix& x,
                         const Matrix& y) {
  const std::vector<int> widths = layer_widths(depth - 1, width);
  Measured measured{depth, width, init, {}, {}};
  for (int k = 0; k < seeds; ++k) {
    measured.seeds.push_back(measured_spread(widths, init, first_seed + static_cast<std::uint32_t>(k), x, y));
  }
  measured.predicted =
      predicted_spread(widths, init, root_mean_square(x), root_mean_square(measured.seeds).gradients.back());
  return measured;
}

Table spread_table(const std::vector<Measured>& of_depth) {
  const std::size_t last = static_cast<std::size_t>(of_depth.front().depth);
  Table table{
      formatted("mlp%zu before the first step: standard deviation of l (values) and of grad_l (gradients)", last),
      {"layer"},
      {},
      30,
      8};
  const std::vector<std::size_t> layers = evenly_spread(last, shown_layers);
  for (const std::size_t k : layers) table.head.push_back(std::to_string(k + 1));
  table.head.emplace_back("a layer");
  for (const Measured& measured : of_depth) {
    const Spread found = root_mean_square(measured.seeds);
    for (const bool upwards : {true, false}) {
      for (const bool predicted : {true, false}) {
        const Spread& spread = predicted ? measured.predicted : found;
        const std::vector<double>& numbers = upwards ? spread.values : spread.gradients;
        table.rows.push_back({init_name(measured.init) + (upwards ? ", values, " : ", gradients, ") +
                              (predicted ? "predicted" : "measured")});
        for (const std::size_t k : layers) table.rows.back().push_back(number(numbers[k + 1]));
        const std::size_t from = upwards ? 1 : last - 1, to = upwards ? last - 1 : 1;
        table.rows.back().push_back(last < 3 ? "-" : factor_between(numbers[from], numbers[to], last - 2));
      }
    }
  }
  return table;
}

Table apart_table(const std::vector<Measured>& all) {
  Table table{"the last layer's values with " + init_name(all.front().init) +
                  ": predicted root of the mean square; predicted of a typical network; measured over the seeds",
              {"", "mean square", "typical", "median", "smallest", "largest"},
              {},
              26,
              12};
  for (const Measured& measured : all) {
    std::vector<double> last;
    for (const Spread& spread : measured.seeds) last.push_back(spread.values.back());
    const double predicted = measured.predicted.values.back();
    table.rows.push_back({formatted("%d layers of %d units", measured.depth, measured.width), number(predicted),
                          number(predicted * typical_share(measured.depth - 1, measured.width)),
                          number(median(measured.seeds).values.back()),
                          number(*std::min_element(last.begin(), last.end())),
                          number(*std::max_element(last.begin(), last.end()))});
  }
  return table;
}

std::string spread_csv(const std::vector<Measured>& all) {
  std::string text =
      "depth,width,init,layer,values_predicted,values_measured,values_median,gradients_predicted,gradients_measured,"
      "gradients_median\n";
  for (const Measured& measured : all) {
    const Spread &predicted = measured.predicted, found = root_mean_square(measured.seeds),
                 middle = median(measured.seeds);
    for (std::size_t i = 1; i < found.values.size(); ++i) {
      text += formatted("%d,%d,%s,%zu,%.9g,%.9g,%.9g,%.9g,%.9g,%.9g\n", measured.depth, measured.width,
                        init_name(measured.init).c_str(), i, predicted.values[i], found.values[i], middle.values[i],
                        predicted.gradients[i], found.gradients[i], middle.gradients[i]);
    }
  }
  return text;
}

}  // namespace handgrad::lesson7
