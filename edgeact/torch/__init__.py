"""Activations for PyTorch: operators, modules, and their swap in a model.

It needs PyTorch: ``pip install "edgeact[torch]"``. Importing edgeact never imports this package.
"""

from edgeact.torch import ops
from edgeact.torch.adaptive import Adaptive
from edgeact.torch.freeze import Frozen, freeze
from edgeact.torch.learnable import GatedPolynomial, PReLU, Rational, Swish
from edgeact.torch.splines import CubicSpline, PiecewiseLinear

__all__ = ["Adaptive", "CubicSpline", "Frozen", "GatedPolynomial", "PReLU", "PiecewiseLinear"]
__all__ += ["Rational", "Swish", "freeze", "ops"]
