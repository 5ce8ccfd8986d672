"""Activations for PyTorch: operators, modules, and their swap in a model.

It needs PyTorch: ``pip install "edgeact[torch]"``. Importing edgeact never imports this package.
"""

from edgeact.torch import ops

__all__ = ["ops"]
