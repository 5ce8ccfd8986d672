"""Activations for PyTorch: operators, functions, modules, and their swap in a model.

``torch.ops.edgeact.NAME`` is each activation of the registry as an operator, with its derivative;
:mod:`edgeact.torch.functional` has them with the arguments of torch.nn.functional. The modules,
here, are those of torch.nn with a tier:

>>> import torch
>>> import edgeact.torch
>>> edgeact.torch.Mish(tier="exact")(torch.tensor([1.0]))
tensor([0.8651])

:func:`replace` swaps the activations of a model for them, and says which; :func:`restore` undoes
it. ``edgeact torch build`` compiles the operators for the PyTorch that is installed: the results
are the same, and small tensors are no longer slow (docs/torch.md).

Activations that learn or adapt (docs/learnable.md) are in :mod:`edgeact.torch.learnable`,
:mod:`edgeact.torch.splines` and :mod:`edgeact.torch.adaptive`; :func:`freeze` makes tables of them.

PyTorch is needed: ``pip install "edgeact[torch]"``. Importing edgeact never imports it.
"""

from edgeact.torch import functional, ops
from edgeact.torch._build import build, loaded
from edgeact.torch._freeze import Frozen, freeze
from edgeact.torch._replace import Replaced, replace, restore
from edgeact.torch.adaptive import Adaptive
from edgeact.torch.learnable import GatedPolynomial, Rational, Swish
from edgeact.torch.modules import *  # noqa: F403  the names of torch.nn
from edgeact.torch.modules import __all__ as _modules
from edgeact.torch.splines import CubicSpline, PiecewiseLinear

__all__ = ["Adaptive", "CubicSpline", "Frozen", "GatedPolynomial", "PiecewiseLinear", "Rational"]
__all__ += ["Replaced", "Swish", "build", "freeze", "functional", "loaded", "ops", "replace"]
__all__ += ["restore", *_modules]
