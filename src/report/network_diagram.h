#pragma once

#include <string>
#include <vector>

#include "src/training/network.h"

namespace handgrad {

// The network as a drawn diagram, an SVG file: a row a layer, from x down to the probabilities, on every arrow the
// shape of what passes, in every box the shapes of its trained parameters. Everything is read off the network after a
// forward pass of x: a row begins at each fcN_out of `values`, and a plusN or concatN is also reached by what the layer
// before gave. Of more than 8 layers the first three and the last two are drawn.
std::string network_diagram_svg(const Matrix& x, const std::vector<Output>& outputs,
                                const std::vector<Parameter>& parameters, const std::string& title,
                                const std::string& subtitle);

}  // namespace handgrad
