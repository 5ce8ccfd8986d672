"""The activations of torch.nn, by edgeact: torch's arguments, and ``tier``, a keyword.

They are subclasses of torch's modules, and have their state. What they compute, and raise, is what
:mod:`edgeact.torch.functional` says.

>>> import torch
>>> Mish(tier="exact")(torch.tensor([1.0]))
tensor([0.8651])
>>> ELU(0.5)
ELU(alpha=0.5, tier='fast')
"""

from __future__ import annotations

from typing import Any

from torch import Tensor, nn

import edgeact
from edgeact.torch import functional
from edgeact.torch._pointwise import Freezable


class Tiered(nn.Module):
    """What the modules have beside what torch's have.

    Attributes:
        activation: its name in the registry.
        tier: of the kernels that compute it.
    """

    activation = ""
    tier: str

    def __init__(self, *args: Any, tier: str = "fast", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if (tier, "float32") not in edgeact.spec(self.activation).bounds:
            raise ValueError(f"{self.activation} has no tier {tier!r}")
        self.tier = tier

    def extra_repr(self) -> str:
        return ", ".join(filter(None, (super().extra_repr(), f"tier={self.tier!r}")))


class ReLU(Tiered, nn.ReLU):
    activation = "relu"

    def forward(self, input: Tensor) -> Tensor:
        return functional.relu(input, self.inplace, self.tier)


class ReLU6(Tiered, nn.ReLU6):
    activation = "relu6"

    def forward(self, input: Tensor) -> Tensor:
        return functional.relu6(input, self.inplace, self.tier)


class LeakyReLU(Tiered, nn.LeakyReLU):
    activation = "leaky_relu"

    def forward(self, input: Tensor) -> Tensor:
        return functional.leaky_relu(input, self.negative_slope, self.inplace, self.tier)


class PReLU(Freezable, Tiered, nn.PReLU):
    activation = "prelu"

    @property
    def domain(self) -> tuple[float, float]:
        return -8.0, 8.0

    def forward(self, input: Tensor) -> Tensor:
        return functional.prelu(input, self.weight, self.tier)


class Threshold(Tiered, nn.Threshold):
    activation = "thresholded_relu"

    def forward(self, input: Tensor) -> Tensor:
        return functional.threshold(input, self.threshold, self.value, self.inplace, self.tier)


class Hardtanh(Tiered, nn.Hardtanh):
    activation = "hardtanh"

    def forward(self, input: Tensor) -> Tensor:
        return functional.hardtanh(input, self.min_val, self.max_val, self.inplace, self.tier)


class Hardshrink(Tiered, nn.Hardshrink):
    activation = "hardshrink"

    def forward(self, input: Tensor) -> Tensor:
        return functional.hardshrink(input, self.lambd, self.tier)


class Softshrink(Tiered, nn.Softshrink):
    activation = "softshrink"

    def forward(self, input: Tensor) -> Tensor:
        return functional.softshrink(input, self.lambd, self.tier)


class Tanhshrink(Tiered, nn.Tanhshrink):
    activation = "tanhshrink"

    def forward(self, input: Tensor) -> Tensor:
        return functional.tanhshrink(input, self.tier)


class Sigmoid(Tiered, nn.Sigmoid):
    activation = "sigmoid"

    def forward(self, input: Tensor) -> Tensor:
        return functional.sigmoid(input, self.tier)


class Tanh(Tiered, nn.Tanh):
    activation = "tanh"

    def forward(self, input: Tensor) -> Tensor:
        return functional.tanh(input, self.tier)


class GELU(Tiered, nn.GELU):
    activation = "gelu"

    def forward(self, input: Tensor) -> Tensor:
        return functional.gelu(input, self.approximate, self.tier)


class SiLU(Tiered, nn.SiLU):
    activation = "silu"

    def forward(self, input: Tensor) -> Tensor:
        return functional.silu(input, self.inplace, self.tier)


class Mish(Tiered, nn.Mish):
    activation = "mish"

    def forward(self, input: Tensor) -> Tensor:
        return functional.mish(input, self.inplace, self.tier)


class Softplus(Tiered, nn.Softplus):
    activation = "softplus_beta"

    def forward(self, input: Tensor) -> Tensor:
        return functional.softplus(input, self.beta, self.threshold, self.tier)


class LogSigmoid(Tiered, nn.LogSigmoid):
    activation = "logsigmoid"

    def forward(self, input: Tensor) -> Tensor:
        return functional.logsigmoid(input, self.tier)


class Softsign(Tiered, nn.Softsign):
    activation = "softsign"

    def forward(self, input: Tensor) -> Tensor:
        return functional.softsign(input, self.tier)


class ELU(Tiered, nn.ELU):
    activation = "elu"

    def forward(self, input: Tensor) -> Tensor:
        return functional.elu(input, self.alpha, self.inplace, self.tier)


class CELU(Tiered, nn.CELU):
    activation = "celu"

    def forward(self, input: Tensor) -> Tensor:
        return functional.celu(input, self.alpha, self.inplace, self.tier)


class SELU(Tiered, nn.SELU):
    activation = "selu"

    def forward(self, input: Tensor) -> Tensor:
        return functional.selu(input, self.inplace, self.tier)


class Hardsigmoid(Tiered, nn.Hardsigmoid):
    activation = "hardsigmoid"

    def forward(self, input: Tensor) -> Tensor:
        return functional.hardsigmoid(input, self.inplace, self.tier)


class Hardswish(Tiered, nn.Hardswish):
    activation = "hardswish"

    def forward(self, input: Tensor) -> Tensor:
        return functional.hardswish(input, self.inplace, self.tier)


class GLU(Tiered, nn.GLU):
    activation = "glu"

    def forward(self, input: Tensor) -> Tensor:
        return functional.glu(input, self.dim, self.tier)


class Softmax(Tiered, nn.Softmax):
    activation = "softmax"

    def forward(self, input: Tensor) -> Tensor:
        return functional.softmax(input, self.dim, tier=self.tier)


class Softmax2d(Tiered, nn.Softmax2d):
    activation = "softmax"

    def forward(self, input: Tensor) -> Tensor:
        if input.dim() not in (3, 4):
            raise ValueError(f"Softmax2d: {input.dim()} dimensions instead of 3 or 4")
        return functional.softmax(input, -3, tier=self.tier)


class Softmin(Tiered, nn.Softmin):
    activation = "softmax"

    def forward(self, input: Tensor) -> Tensor:
        return functional.softmin(input, self.dim, tier=self.tier)


class LogSoftmax(Tiered, nn.LogSoftmax):
    activation = "log_softmax"

    def forward(self, input: Tensor) -> Tensor:
        return functional.log_softmax(input, self.dim, tier=self.tier)


# By the class of torch that each stands for.
OF_TORCH: dict[type[nn.Module], type[Tiered]] = {
    made.__bases__[-1]: made for made in Tiered.__subclasses__()
}

__all__ = [made.__name__ for made in OF_TORCH.values()]
