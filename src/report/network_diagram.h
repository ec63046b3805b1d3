#pragma once

#include <string>
#include <vector>

#include "src/training/network.h"

namespace handgrad {

// The network as a diagram, an SVG file: a row a layer, from x down to the probabilities. An arrow shows the shape of
// what passes, a box the shapes of its trained parameters. All is read off the network after a forward pass of x: a row
// begins at each fcN_out of `outputs`, and plusN or concatN also has an arrow from the layer before. Of more than 8
// layers the first three and the last two are drawn.
std::string network_diagram_svg(const Matrix& x, const std::vector<Output>& outputs,
                                const std::vector<Parameter>& parameters, const std::string& title,
                                const std::string& subtitle);

}  // namespace handgrad
