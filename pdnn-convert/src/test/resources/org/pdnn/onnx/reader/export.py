"""Exports small PyTorch networks as ONNX, each with inputs and PyTorch's own outputs.

usage: export.py FOLDER

For each network and operator set: NAME-SET.onnx, NAME.in and NAME.out, 32-bit numbers, five inputs.
"""

import sys
import warnings

warnings.filterwarnings("ignore")

import torch
from torch import nn

torch.manual_seed(1)
torch.set_num_threads(1)


class Viewed(nn.Module):
    """A batch flattened by its size: the exporter writes Shape, Gather, Unsqueeze and Concat."""

    def __init__(self, features, head):
        super().__init__()
        self.features, self.head = features, head

    def forward(self, x):
        x = self.features(x)
        return self.head(x.view(x.size(0), -1))


class Product(nn.Module):
    """MatMul and Add in place of Gemm."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(inputs, outputs))
        self.bias = nn.Parameter(torch.randn(outputs))

    def forward(self, x):
        return self.bias + x @ self.weight


class Image(nn.Module):
    """Vectors read as images."""

    def __init__(self, *shape):
        super().__init__()
        self.shape = shape

    def forward(self, x):
        return x.reshape(-1, *self.shape)


class Standardised(nn.Module):
    """The statistics of a data set taken off, channel by channel."""

    def __init__(self, inner):
        super().__init__()
        self.inner = inner
        self.register_buffer("mean", torch.tensor([0.1, -0.2]).reshape(1, 2, 1, 1))
        self.register_buffer("deviation", torch.tensor([0.7, 1.4]).reshape(1, 2, 1, 1))

    def forward(self, x):
        return self.inner((x - self.mean) / self.deviation * 0.5 + 0.25)


def perceptron(activation, *end):
    return nn.Sequential(
        nn.Linear(6, 9), activation(), nn.Dropout(0.3), nn.Linear(9, 8), nn.BatchNorm1d(8),
        activation(), nn.Linear(8, 4), *end)


def convolutional(activation, pool):
    return nn.Sequential(
        nn.Conv2d(2, 4, 3, padding=1, bias=False), nn.BatchNorm2d(4), activation(), pool(2),
        nn.Conv2d(4, 5, 3, stride=2), activation())


networks = {
    "tanh": (perceptron(nn.Tanh, nn.Softmax(dim=1)), (6,)),
    "relu": (perceptron(nn.ReLU, nn.LogSoftmax(dim=-1)), (6,)),
    "sigmoid": (perceptron(nn.Sigmoid), (6,)),
    "relu6": (perceptron(nn.ReLU6), (6,)),
    "hardtanh": (perceptron(nn.Hardtanh), (6,)),
    "hardsigmoid": (perceptron(nn.Hardsigmoid), (6,)),
    "product": (nn.Sequential(Product(6, 7), nn.Tanh(), Product(7, 3)), (6,)),
    "maxpool": (
        Viewed(convolutional(nn.ReLU, nn.MaxPool2d), nn.Linear(5 * 2 * 2, 3)), (2, 10, 10)),
    "avgpool": (
        nn.Sequential(
            convolutional(nn.Tanh, nn.AvgPool2d), nn.AdaptiveAvgPool2d(1), nn.Flatten(),
            nn.Linear(5, 3)),
        (2, 10, 10)),
    "relu6images": (
        Viewed(convolutional(nn.ReLU6, nn.MaxPool2d), nn.Linear(5 * 2 * 2, 3)), (2, 10, 10)),
    "hardtanhimages": (
        Viewed(convolutional(nn.Hardtanh, nn.AvgPool2d), nn.Linear(5 * 2 * 2, 3)), (2, 10, 10)),
    "standardised": (
        Standardised(Viewed(convolutional(nn.Sigmoid, nn.MaxPool2d), nn.Linear(20, 3))),
        (2, 10, 10)),
    "decoder": (
        nn.Sequential(
            nn.Linear(6, 12), nn.ReLU(), Image(3, 2, 2),
            nn.ConvTranspose2d(3, 2, 4, stride=2, padding=1), nn.Sigmoid()),
        (6,)),
}

folder = sys.argv[1]
for index, (name, (network, shape)) in enumerate(networks.items()):
    for module in network.modules():
        if isinstance(module, (nn.BatchNorm1d, nn.BatchNorm2d)):
            nn.init.normal_(module.weight)
            nn.init.normal_(module.bias)
            nn.init.normal_(module.running_mean)
            nn.init.uniform_(module.running_var, 0.2, 2)
    network.eval()
    x = torch.randn(5, *shape)
    x.numpy().tofile(f"{folder}/{name}.in")
    network(x).detach().numpy().tofile(f"{folder}/{name}.out")
    for opset in (9, 11, 13, 15):
        torch.onnx.export(
            network, x[:2], f"{folder}/{name}-{opset}.onnx", opset_version=opset,
            input_names=["pixels"], output_names=["logits"],
            dynamic_axes={"pixels": {0: "n"}} if opset != 11 else None,
            do_constant_folding=opset != 13)
