#pragma once

#include <memory>
#include <vector>

#include "src/data/split.h"
#include "src/training/network.h"
#include "src/training/train.h"
#include "tests/bench/product.h"

namespace handgrad {

// A network in training, one step at a time, as train makes them. After as many steps as a lecture's run has it begins
// anew: what is measured are the numbers of a run, not of a network that has long ceased to learn.
struct Trainee {
  std::unique_ptr<Network> network;
  std::unique_ptr<Dataset> data;
  Training training;
  std::vector<Matrix> initial;  // values of the parameters

  Trainee(std::unique_ptr<Network> untrained, Dataset training_set, const TrainingSettings& settings);
  void step();
};

// Samples of whole numbers, each of the one or the other class.
Dataset made_up_data(int rows, int features, int classes);

// One layer's matrix products: l = x W, and on the way back grad_W = xᵀ grad_l and, but in the first layer,
// grad_x = grad_l Wᵀ. Their shapes alone count, and where the matrices lie: l stands for grad_l too.
struct LayerProducts {
  bool first;
  Matrix x, W, l, grad_W, grad_x;

  LayerProducts(bool first_layer, int n, int inputs, int outputs);
  double flops() const { return (first ? 4.0 : 6.0) * x.rows * W.rows * W.cols; }
};

// Those of every layer of the network.
std::vector<LayerProducts> products_of_step(const Trainee& trainee);

double flops(const std::vector<LayerProducts>& layers);

// Forward from the first layer to the last, then back: the products of a training step, with gemm.
void multiply(std::vector<LayerProducts>& layers);

// Throws std::runtime_error unless multiply left in every layer what gemm_naive computes.
void check_products(const std::vector<LayerProducts>& layers);

}  // namespace handgrad
