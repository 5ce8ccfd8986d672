"""``torch.ops.edgeact``: the registry's activations as operators of PyTorch.

Each is defined once, here, whatever computes it: what ``edgeact torch build`` compiled for this
version of PyTorch, or else the NumPy ufuncs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial, reduce
from typing import Any

import numpy as np
import torch
from torch import Tensor

import edgeact
from edgeact import _registry, backward
from edgeact.torch import _build
from edgeact.torch._formulas import BACKWARD_OF_ROWS, FORMULAS

DTYPES = {getattr(torch, name): name for name in _registry.DTYPES}
_MODULES = {"fast": edgeact, "exact": edgeact.exact, "coarse": edgeact.coarse}
# Tier coarse has no derivatives: what flows back is of tier fast.
_BACKWARD = {"fast": backward, "exact": edgeact.exact.backward, "coarse": backward}

_library = torch.library.Library("edgeact", "DEF")


@dataclass(frozen=True)
class Op:
    """One activation as an operator.

    Attributes:
        tensors: x, and the parameter that is a tensor if there is one; they broadcast.
        floats: the other parameters, and their defaults.
        partials: how many derivatives its backward has. One serves both tensors where they are
            added.
        keeps_output: its derivative is the same at y as at x, so y is kept for it, which the next
            layer keeps anyway; else all tensors are.
    """

    name: str
    tensors: tuple[str, ...]
    floats: dict[str, float | None]
    partials: int
    keeps_output: bool

    def schema(self, suffix: str = "", first: str = "", result: str = "Tensor") -> str:
        tensors = [first or f"Tensor {self.tensors[0]}", *(f"Tensor {t}" for t in self.tensors[1:])]
        floats = [
            f"float {name}" + ("" if default is None else f"={default!r}")
            for name, default in self.floats.items()
        ]
        arguments = ", ".join([*tensors, *floats, 'str tier="fast"'])
        return f"{self.name}{suffix}({arguments}) -> {result}"

    def split(self, args: Sequence[Any], grads: int = 0) -> tuple[list[Tensor], list[Any]]:
        """The tensors, and what follows them: all floats and the tier.

        The dispatcher drops arguments that have their defaults.
        """
        count = grads + len(self.tensors)
        given, defaults = args[count:], (*self.floats.values(), "fast")
        return list(args[:count]), [*given, *defaults[len(given) :]]

    def check(self, tier: str, dtype: torch.dtype) -> None:
        if tier not in _registry.TIERS:
            raise ValueError(f"tier {tier!r} is not one of {', '.join(_registry.TIERS)}")
        bounds = edgeact.spec(self.name).bounds
        if dtype not in DTYPES:
            raise TypeError(f"edgeact::{self.name} has no kernel for {dtype}")
        if (tier, DTYPES[dtype]) not in bounds:
            raise ValueError(f"edgeact::{self.name} has no kernel of tier {tier} for {dtype}")


def _op(name: str) -> Op:
    spec = edgeact.spec(name)
    tensors = list(spec.params)[: spec.tensors]
    floats = {p: d for p, d in spec.params.items() if p not in tensors}
    learned = [p for p in tensors if f"{name}_grad_{p}" in _registry.partials(name)]
    return Op(name, ("self", *tensors), floats, 1 + len(learned), name == "relu")


OPS = {name: _op(name) for name in edgeact.activations() if "_grad" not in name}


def _array(tensor: Tensor) -> Any:
    """The same memory as NumPy has it."""
    if tensor.dtype != torch.bfloat16:
        return tensor.detach().numpy()
    if _registry.BFLOAT16 is None:
        raise TypeError('bfloat16 needs ml_dtypes: pip install "edgeact[bfloat16]"')
    return tensor.detach().view(torch.int16).numpy().view(_registry.BFLOAT16)


def _same_dtype(op: Op, tensors: Sequence[Tensor]) -> None:
    for tensor in tensors[1:]:
        if tensor.dtype != tensors[0].dtype:
            raise TypeError(
                f"edgeact::{op.name} takes tensors of one dtype, not {tensors[0].dtype} and "
                f"{tensor.dtype}"
            )


def _empty(self: Tensor, shape: Sequence[int]) -> Tensor:
    """For a result: laid out as x is where it has x's shape."""
    return torch.empty_like(self) if self.shape == shape else self.new_empty(shape)


def _result(op: Op, *args: Any) -> Tensor:
    tensors, (*_, tier) = op.split(args)
    _same_dtype(op, tensors)
    op.check(tier, tensors[0].dtype)
    return _empty(tensors[0], torch.broadcast_shapes(*(t.shape for t in tensors)))


def _results_backward(op: Op, *args: Any) -> Any:
    (grad, *tensors), (*_, tier) = op.split(args, grads=1)
    _same_dtype(op, [grad, *tensors])
    op.check(tier, grad.dtype)
    made = tuple(_empty(tensors[0], grad.shape) for _ in range(op.partials))
    return made if op.partials > 1 else made[0]


def _numbers(floats: Sequence[float], dtype: torch.dtype) -> list[Any]:
    """Beside 16-bit tensors, float32."""
    return list(map(np.float64 if dtype == torch.float64 else np.float32, floats))


def _run(op: Op, *args: Any) -> Tensor:
    tensors, (*floats, tier) = op.split(args)
    y = _result(op, *args)
    ufunc = getattr(_MODULES[tier], op.name)
    ufunc(*map(_array, tensors), *_numbers(floats, y.dtype), out=_array(y))
    return y


def _run_backward(op: Op, *args: Any) -> Any:
    tensors, (*floats, tier) = op.split(args, grads=1)
    made = _results_backward(op, *args)
    ufunc = getattr(_BACKWARD[tier], op.name)
    out = list(map(_array, made if op.partials > 1 else (made,)))
    out += [None] * (ufunc.nout - len(out))  # by a parameter that is a float here
    ufunc(*map(_array, tensors), *_numbers(floats, tensors[0].dtype), out=tuple(out))
    return made


def _in_place(op: Op, self: Tensor, *rest: Any) -> Tensor:
    needs_input = torch.is_grad_enabled() and self.requires_grad and not op.keeps_output
    call = getattr(torch.ops.edgeact, op.name)
    return self.copy_(call(self.clone() if needs_input else self, *rest))


def _save(ctx: Any, inputs: Any, output: Tensor, op: Op) -> None:
    tensors, ctx.rest = op.split(inputs)
    ctx.save_for_backward(*([output] if op.keeps_output else tensors))


def _save_backward(ctx: Any, inputs: Any, output: Any, op: Op) -> None:
    tensors, ctx.rest = op.split(inputs, grads=1)
    ctx.save_for_backward(*tensors)


def _flow_back(ctx: Any, grad: Tensor, op: Op) -> tuple[Tensor | None, ...]:
    tensors = ctx.saved_tensors
    made = getattr(torch.ops.edgeact, f"{op.name}_backward")(grad, *tensors, *ctx.rest)
    by_tensor = made if op.partials > 1 else [made] * len(tensors)
    summed = (d.sum_to_size(t.shape) for d, t in zip(by_tensor, tensors, strict=True))
    return (*summed, *[None] * len(ctx.rest))


def _flow_back_twice(ctx: Any, *grads: Tensor, op: Op) -> tuple[Tensor | None, ...]:
    """Through what flows back, by the vector-Jacobian product of torch's own function's."""
    *floats, _ = ctx.rest

    def first(grad: Tensor, *tensors: Tensor) -> Any:
        def formula(*tensors: Tensor) -> Tensor:
            return FORMULAS[op.name](*tensors, *floats)

        return torch.func.vjp(formula, *torch.broadcast_tensors(*tensors))[1](grad)[: op.partials]

    return (*torch.func.vjp(first, *ctx.saved_tensors)[1](grads), *[None] * len(ctx.rest))


def _batched(op: Op, suffix: str, info: Any, in_dims: Any, *args: Any) -> Any:
    """vmap: the batch comes first in all tensors, before what broadcasts."""
    tensors, rest = op.split(args, 1 if suffix else 0)
    rank = max(t.dim() - (d is not None) for t, d in zip(tensors, in_dims, strict=False))
    moved = []
    for tensor, dim in zip(tensors, in_dims, strict=False):
        if dim is not None:
            tensor = tensor.movedim(dim, 0)
            tensor = tensor.reshape(
                tensor.shape[:1] + (1,) * (rank + 1 - tensor.dim()) + tensor.shape[1:]
            )
        moved.append(tensor)
    made = getattr(torch.ops.edgeact, op.name + suffix)(*moved, *rest)
    return made, (0,) * op.partials if suffix and op.partials > 1 else 0


def _promoted(op: Op, suffix: str, *args: Any) -> Any:
    """Autocast: kernels take 16 bits, so only dtypes that differ are cast, to the wider one."""
    tensors, rest = op.split(args, 1 if suffix else 0)
    dtype = reduce(torch.promote_types, (t.dtype for t in tensors))
    call = getattr(torch.ops.edgeact, op.name + suffix)
    with torch.autocast("cpu", enabled=False):
        return call(*(t.to(dtype) for t in tensors), *rest)


def _register(op: Op) -> None:
    gradient = "Tensor" if op.partials == 1 else "(Tensor, Tensor)"
    name, name_backward = f"edgeact::{op.name}", f"edgeact::{op.name}_backward"
    _library.define(op.schema())
    _library.define(op.schema("_backward", "Tensor grad, Tensor self", gradient))
    register = partial(torch.library.register_autograd, lib=_library)
    if not _build.loaded():
        _library.impl(op.name, partial(_run, op), "CPU")
        _library.impl(f"{op.name}_backward", partial(_run_backward, op), "CPU")
        register(name, partial(_flow_back, op=op), setup_context=partial(_save, op=op))
    register(
        name_backward,
        partial(_flow_back_twice, op=op),
        setup_context=partial(_save_backward, op=op),
    )
    torch.library.register_fake(name, partial(_result, op), lib=_library)
    torch.library.register_fake(name_backward, partial(_results_backward, op), lib=_library)
    torch.library.register_vmap(name, partial(_batched, op, ""), lib=_library)
    torch.library.register_vmap(name_backward, partial(_batched, op, "_backward"), lib=_library)
    if len(op.tensors) > 1:
        for suffix in ("", "_backward"):
            _library.impl(op.name + suffix, partial(_promoted, op, suffix), "AutocastCPU")
    else:
        _library.define(op.schema("_", "Tensor(a!) self", "Tensor(a!)"))
        if not _build.loaded():
            _library.impl(f"{op.name}_", partial(_in_place, op), "CompositeImplicitAutograd")


for _each in OPS.values():
    _register(_each)


def _row_result(name: str, self: Tensor, dim: int) -> Tensor:
    if self.dtype not in DTYPES:
        raise TypeError(f"edgeact::{name} has no kernel for {self.dtype}")
    if not -max(self.dim(), 1) <= dim < max(self.dim(), 1):
        raise IndexError(f"edgeact::{name}: no dimension {dim} in a tensor of {self.dim()}")
    return torch.empty_like(self, memory_format=torch.contiguous_format)


def _row_result_backward(name: str, grad: Tensor, output: Tensor, dim: int) -> Tensor:
    if grad.dtype != output.dtype or grad.shape != output.shape:
        raise TypeError(
            f"edgeact::{name}_backward takes tensors of one dtype and shape, not {grad.dtype} "
            f"{tuple(grad.shape)} and {output.dtype} {tuple(output.shape)}"
        )
    return _row_result(name, output, dim)


def _run_rows(module: Any, name: str, *args: Any) -> Tensor:
    *tensors, dim = args
    made = (_row_result_backward if len(tensors) > 1 else _row_result)(name, *args)
    if made.numel() > 0:  # one value is a row, too
        rows = (_array(t.reshape(t.shape or (1,))) for t in tensors)
        getattr(module, name)(*rows, axis=dim, out=_array(made.view(made.shape or (1,))))
    return made


def _save_row(ctx: Any, inputs: Any, output: Tensor) -> None:
    ctx.save_for_backward(output)
    ctx.dim = inputs[1]


def _row_flow_back(ctx: Any, grad: Tensor, name: str) -> tuple[Tensor, None]:
    return getattr(torch.ops.edgeact, f"{name}_backward")(grad, *ctx.saved_tensors, ctx.dim), None


def _save_row_backward(ctx: Any, inputs: Any, output: Tensor) -> None:
    ctx.save_for_backward(*inputs[:2])
    ctx.dim = inputs[2]


def _row_flow_back_twice(ctx: Any, grad: Tensor, name: str) -> tuple[Tensor | None, ...]:
    def first(dy: Tensor, y: Tensor) -> Tensor:
        return BACKWARD_OF_ROWS[name](dy, y, ctx.dim)

    return (*torch.func.vjp(first, *ctx.saved_tensors)[1](grad), None)


def _row_batched(name: str, info: Any, in_dims: Any, *args: Any) -> tuple[Tensor, int]:
    *tensors, dim = args
    moved = [
        t.expand(info.batch_size, *t.shape) if d is None else t.movedim(d, 0)
        for t, d in zip(tensors, in_dims, strict=False)
    ]
    if moved[0].dim() == 1:  # each is a row of one value
        moved, dim = [t[:, None] for t in moved], 0
        return getattr(torch.ops.edgeact, name)(*moved, 1)[:, 0], 0
    return getattr(torch.ops.edgeact, name)(*moved, dim + 1 if dim >= 0 else dim), 0


def _register_rows(name: str) -> None:
    _library.define(f"{name}(Tensor self, int dim) -> Tensor")
    _library.define(f"{name}_backward(Tensor grad, Tensor output, int dim) -> Tensor")
    plain, back = f"edgeact::{name}", f"edgeact::{name}_backward"
    register = partial(torch.library.register_autograd, lib=_library)
    if not _build.loaded():
        _library.impl(name, partial(_run_rows, edgeact, name), "CPU")
        _library.impl(f"{name}_backward", partial(_run_rows, backward, name), "CPU")
        register(plain, partial(_row_flow_back, name=name), setup_context=_save_row)
    register(back, partial(_row_flow_back_twice, name=name), setup_context=_save_row_backward)
    torch.library.register_fake(plain, partial(_row_result, name), lib=_library)
    torch.library.register_fake(back, partial(_row_result_backward, name), lib=_library)
    for suffix in ("", "_backward"):
        batched = partial(_row_batched, name + suffix)
        torch.library.register_vmap(plain + suffix, batched, lib=_library)


for _row in edgeact.rowwise():
    _register_rows(_row)

if _build.loaded():
    _build.register(OPS.values())
