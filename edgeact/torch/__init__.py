"""Activations for PyTorch: operators, modules, and their swap in a model.

It needs PyTorch: ``pip install "edgeact[torch]"``. Importing edgeact never imports this package.
"""

import torch  # noqa: F401  the error names it where it is missing
