"""Swap the activations of a model for edgeact's, and back."""

from __future__ import annotations

import inspect
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import fx, nn

import edgeact
from edgeact import _registry
from edgeact.torch import functional
from edgeact.torch.modules import OF_TORCH, Tiered

_WAS = "_edgeact_was"  # the class that a module had before

_INSIDE = "its activations are inside torch's kernels"
_LEFT = {
    nn.RReLU: "its slopes are random",
    nn.MultiheadAttention: _INSIDE,
    nn.TransformerEncoderLayer: "its activation is a function that it holds",
    nn.TransformerDecoderLayer: "its activation is a function that it holds",
    nn.RNNBase: _INSIDE,
    nn.RNNCellBase: _INSIDE,
}

# Where torch has edgeact.torch.functional's functions, with their arguments; and as methods.
_FUNCTIONS: dict[Any, Callable[..., Any]] = {
    getattr(home, name): ours
    for name, ours in vars(functional).items()
    if inspect.isfunction(ours) and not name.startswith("_")
    for home in (torch, nn.functional)
    if hasattr(home, name)
}
_METHODS = {ours.__name__ for ours in _FUNCTIONS.values() if hasattr(torch.Tensor, ours.__name__)}

# Whose name in the registry is another.
_ACTIVATIONS = {"threshold": "thresholded_relu", "softplus": "softplus_beta", "softmin": "softmax"}


@dataclass(frozen=True)
class Replaced:
    """What :func:`replace` did.

    Attributes:
        modules: by the path of each module that was swapped, its class.
        calls: by the path of each module whose forward was rewritten, how many calls of what.
        left_alone: by path, why.
    """

    modules: dict[str, str] = field(default_factory=dict)
    calls: dict[str, dict[str, int]] = field(default_factory=dict)
    left_alone: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        lines = [f"{path}: {name}" for path, name in self.modules.items()]
        for path, calls in self.calls.items():
            counted = ", ".join(f"{count} {name}" for name, count in calls.items())
            lines.append(f"{path}: in its forward {counted}")
        lines += [f"{path}: left alone, {why}" for path, why in self.left_alone.items()]
        return "\n".join(lines)


def replace(model: nn.Module, tier: str = "fast", functional: bool = False) -> Replaced:
    """Swaps the activations of a model, in place, for edgeact's; :func:`restore` undoes it.

    A module that is exactly one of torch.nn's becomes the one of that name in
    :mod:`edgeact.torch`: the same object, with its parameters, hooks and mode, so state dict,
    optimizers and what shares it stay as they are.

    With ``functional`` calls are swapped, too: ``torch.sigmoid(x)``, ``F.gelu(x)``, ``x.tanh()`` in
    the forward of a module. Each such forward is traced by torch.fx, its children's apart from it,
    once for training and once for evaluation; what does not depend on tensors is frozen as it is
    now. Arguments that have defaults are among that: a call that gives one runs the forward as it
    was. A model with a rewritten forward cannot be pickled; its state dict can.

    Args:
        model: any module, an activation itself included.
        tier: "fast", "exact" or "coarse". For what has no tier coarse, fast; what has no tier
            exact is left alone.
        functional: whether calls are swapped.

    Returns:
        What was swapped, and what was left alone, and why.

    Raises:
        ValueError: no such tier.

    >>> import torch
    >>> model = torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.GELU(), torch.nn.RReLU())
    >>> print(replace(model, tier="exact"))
    1: GELU
    2: left alone, its slopes are random
    >>> model[1]
    GELU(approximate='none', tier='exact')
    >>> restore(model)
    >>> model[1]
    GELU(approximate='none')
    """
    if tier not in _registry.TIERS:
        raise ValueError(f"tier {tier!r} is not one of {', '.join(_registry.TIERS)}")
    restore(model)
    done = Replaced()
    for path, module in list(model.named_modules()):
        path = path or type(module).__name__
        if (made := OF_TORCH.get(type(module))) is not None:
            if why := _swap_module(module, made, tier):
                done.left_alone[path] = why
            else:
                done.modules[path] = made.__name__
        elif not isinstance(module, Tiered):
            if why := _reason(module):
                done.left_alone[path] = why
            elif functional and not type(module).__module__.startswith("torch.nn."):
                _swap_calls(path, module, tier, done)
    return done


def restore(model: nn.Module) -> None:
    """Gives every module of a model the class that it had before :func:`replace`.

    Modules of :mod:`edgeact.torch` that were there before stay.
    """
    for module in model.modules():
        if (was := module.__dict__.pop(_WAS, None)) is not None:
            module.__class__ = was
            if was in OF_TORCH:
                del module.tier


def _reason(module: nn.Module) -> str:
    for kind, why in _LEFT.items():
        if isinstance(module, kind):
            return why
    parents = [kind.__name__ for kind in OF_TORCH if isinstance(module, kind)]
    return f"a subclass of {parents[0]}" if parents else ""


def _tier(activation: str, tier: str) -> str:
    """The tier to use; "": none will do."""
    if (tier, "float32") in edgeact.spec(activation).bounds:
        return tier
    return "fast" if tier == "coarse" else ""


def _swap_module(module: nn.Module, made: type[Tiered], tier: str) -> str:
    """Gives it the class of edgeact's; or why not."""
    if isinstance(module, nn.Threshold) and module.value != 0:
        return f"its value is {module.value}, not 0"
    chosen = _tier(made.activation, tier)
    if not chosen:
        return f"{made.activation} has no tier {tier}"
    module.__dict__.update({_WAS: type(module), "tier": chosen})
    module.__class__ = made
    return ""


class _Tracer(fx.Tracer):
    """Of one module's own forward: every child is called as it is."""

    def is_leaf_module(self, module: nn.Module, path: str) -> bool:
        return True


def _swap_calls(path: str, module: nn.Module, tier: str, done: Replaced) -> None:
    kind, was_training = type(module), module.training
    parameters = list(inspect.signature(module.forward).parameters.values())
    required = [p for p in parameters if p.default is p.empty]
    optional = {p.name: p.default for p in parameters if p.default is not p.empty}
    if any(p.kind not in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD) for p in required):
        done.left_alone[path] = "its forward takes any arguments"
        return
    traced, counted = {}, Counter[str]()
    try:
        for module.training in (True, False):
            graph = _Tracer().trace(module, concrete_args=optional)
            counted |= Counter(_swap_nodes(graph, tier))
            # A GraphModule writes the forward; it is run on the module itself.
            traced[module.training] = type(fx.GraphModule(module, graph)).forward
    except Exception as error:  # whatever a forward raises when a proxy comes along
        done.left_alone[path] = f"torch.fx cannot trace its forward: {str(error).splitlines()[0]}"
        return
    finally:
        module.training = was_training
    if not counted:
        return

    def forward(self: Any, *args: Any, **kwargs: Any) -> Any:
        if kwargs or len(args) != len(required):
            return kind.forward(self, *args, **kwargs)
        return traced[self.training](self, *args)

    done.calls[path] = dict(counted)
    if optional:
        done.left_alone[path] = f"where a call gives {' or '.join(optional)}"
    module.__dict__[_WAS] = kind
    forward.__signature__ = inspect.signature(kind.forward)  # type: ignore[attr-defined]
    named = {"__module__": kind.__module__, "__qualname__": kind.__qualname__}
    module.__class__ = type(kind.__name__, (kind,), {"forward": forward, **named})


def _swap_nodes(graph: fx.Graph, tier: str) -> Iterator[str]:
    """The names of what is swapped."""
    for node in graph.nodes:
        if node.op == "call_function":
            ours = _FUNCTIONS.get(node.target)
        else:
            found = node.op == "call_method" and node.target in _METHODS
            ours = getattr(functional, node.target) if found else None
        if ours is None:
            continue
        name = ours.__name__
        chosen = _tier(_ACTIVATIONS.get(name, name), tier)
        try:
            given = inspect.signature(ours).bind(*node.args, **node.kwargs).arguments
        except TypeError:  # out=, which ours have not
            continue
        # torch.softmax's third argument is another.
        others = len(node.args) > 2 and name.endswith("softmax")
        if not chosen or others or (name == "threshold" and given["value"] != 0):
            continue
        node.op, node.target = "call_function", ours
        node.kwargs = {**node.kwargs, "tier": chosen}
        yield name
