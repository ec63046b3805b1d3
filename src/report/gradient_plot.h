#pragma once

#include <string>

#include "src/report/heat_map.h"
#include "src/training/history.h"

namespace handgrad {

// The lecture's plot as an SVG file: mean |grad| of the layers over the epochs on a logarithmic axis. Values
// below 1e-8 are drawn at 1e-8, as the lecture draws them. Every line has its name at its end, with its last value if
// that is below 1e-8, and a colour and dash pattern of its own; the colours run from dark (first layer) to light
// (last), so that they can be told apart without colour vision. Of more than 26 layers 12 are drawn, evenly spread,
// first and last among them. An earlier run of the same network, `before`, is drawn dashed behind it, each line in the
// colour of its layer, and then the new lines are not dashed. Lecture, section 1 (1): plot(epoch_grad, log = 'y').
std::string gradient_plot_svg(const History& history, const std::string& title, const std::string& subtitle,
                              const History* before = nullptr);

// The names of its lines beside their colours, which a page shows where the window is too narrow for the picture's own.
std::string gradient_legend_html(const History& history);

// The same as a heat map, layer × epoch, on one scale from 1e-12 to 1 for all networks, so that their colours can be
// compared. Of more than 26 layers 26 are shown, of more than 200 epochs 200, evenly spread.
HeatMap gradient_heat_map(const History& history, const std::string& title, const std::string& subtitle);

}  // namespace handgrad
