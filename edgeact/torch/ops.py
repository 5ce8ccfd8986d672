"""``torch.ops.edgeact``: the registry's activations as operators of PyTorch.

Each is defined once, here, whatever computes it: what ``edgeact torch build`` compiled for this
version of PyTorch, or else the NumPy ufuncs; on CUDA, edgeact.cuda.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from itertools import product
from types import ModuleType, SimpleNamespace
from typing import Any

import torch
from torch import Tensor

import edgeact
from edgeact import _registry
from edgeact.torch import _build, _on_cpu, _on_cuda
from edgeact.torch._autograd import FlowBack, Recorder, Tangent
from edgeact.torch._formulas import BACKWARD_OF_ROWS, FORMULAS

DTYPES = {getattr(torch, name): name for name in _registry.DTYPES}

# What runs the operators, by dispatch key.
_DEVICES = {"CUDA": _on_cuda} if _build.loaded() else {"CPU": _on_cpu, "CUDA": _on_cuda}

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


def _run(device: ModuleType, op: Op, *args: Any) -> Tensor:
    tensors, (*floats, tier) = op.split(args)
    y = _result(op, *args)
    device.activation(op.name, tensors, floats, tier, y)
    return y


def _run_backward(device: ModuleType, op: Op, *args: Any) -> Any:
    (grad, *tensors), (*floats, tier) = op.split(args, grads=1)
    made = _results_backward(op, *args)
    # Tier coarse has no derivatives: what flows back is of tier fast.
    tier = "fast" if tier == "coarse" else tier
    device.flow_back(op.name, grad, tensors, floats, tier, made if op.partials > 1 else (made,))
    return made


def _in_place(op: Op, self: Tensor, *rest: Any) -> Tensor:
    needs_input = torch.is_grad_enabled() and self.requires_grad and not op.keeps_output
    call = getattr(torch.ops.edgeact, op.name)
    return self.copy_(call(self.clone() if needs_input else self, *rest))


def _flow_back(op: Op, tensors: Sequence[Tensor], rest: Sequence[Any], grad: Tensor) -> Any:
    made = getattr(torch.ops.edgeact, f"{op.name}_backward")(grad, *tensors, *rest)
    by_tensor = made if op.partials > 1 else [made] * len(tensors)
    return [d.sum_to_size(t.shape) for d, t in zip(by_tensor, tensors, strict=True)]


def _tangent(
    op: Op, tensors: Sequence[Tensor], tangents: Sequence[Any], rest: Sequence[Any], made: Tensor
) -> Tensor:
    """The product with the Jacobian, which is diagonal: the sum of what flows back to each."""
    kept = [made] if op.keeps_output else tensors
    call = getattr(torch.ops.edgeact, f"{op.name}_backward")
    terms = []
    for i, tangent in enumerate(tangents):
        if tangent is not None:
            by_tensor = call(tangent.expand(made.shape), *kept, *rest)
            terms.append(by_tensor[i] if op.partials > 1 else by_tensor)
    return sum(terms[1:], terms[0])


def _flow_back_twice(op: Op, tensors: Sequence[Tensor], rest: Sequence[Any], *grads: Tensor) -> Any:
    """Through what flows back, by the vector-Jacobian product of torch's own function's."""
    _, (*floats, _) = op.split([*tensors, *rest], grads=1)

    def first(grad: Tensor, *tensors: Tensor) -> Any:
        def formula(*tensors: Tensor) -> Tensor:
            return FORMULAS[op.name](*tensors, *floats)

        _, *broadcast = torch.broadcast_tensors(grad, *tensors)  # under vmap grad may be larger
        return torch.func.vjp(formula, *broadcast)[1](grad)[: op.partials]

    return torch.func.vjp(first, *tensors)[1](grads)


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


def _promoted(op: Op, suffix: str, device: str, *args: Any) -> Any:
    """Autocast: kernels take 16 bits, so only dtypes that differ are cast, to the wider one."""
    tensors, rest = op.split(args, 1 if suffix else 0)
    dtype = reduce(torch.promote_types, (t.dtype for t in tensors))
    call = getattr(torch.ops.edgeact, op.name + suffix)
    with torch.autocast(device, enabled=False):
        return call(*(t.to(dtype) for t in tensors), *rest)


def _record(
    name: str,
    tensors: int,
    flow_back: FlowBack,
    tangent: Tangent | None = None,
    keeps_output: bool = False,
) -> None:
    overload = getattr(torch.ops.edgeact, name).default
    recorder = Recorder(overload, tensors, flow_back, tangent, keeps_output)
    _library.impl(name, recorder, "Autograd", with_keyset=True)


def _register(op: Op) -> None:
    gradient = "Tensor" if op.partials == 1 else "(Tensor, Tensor)"
    name, name_backward = f"edgeact::{op.name}", f"edgeact::{op.name}_backward"
    _library.define(op.schema())
    _library.define(op.schema("_backward", "Tensor grad, Tensor self", gradient))
    for key, device in _DEVICES.items():
        _library.impl(op.name, partial(_run, device, op), key)
        _library.impl(f"{op.name}_backward", partial(_run_backward, device, op), key)
    if not _build.loaded():
        back, forward = partial(_flow_back, op), partial(_tangent, op)
        _record(op.name, len(op.tensors), back, forward, op.keeps_output)
    _record(f"{op.name}_backward", 1 + len(op.tensors), partial(_flow_back_twice, op))
    torch.library.register_fake(name, partial(_result, op), lib=_library)
    torch.library.register_fake(name_backward, partial(_results_backward, op), lib=_library)
    torch.library.register_vmap(name, partial(_batched, op, ""), lib=_library)
    torch.library.register_vmap(name_backward, partial(_batched, op, "_backward"), lib=_library)
    if len(op.tensors) > 1:
        for suffix, device_type in product(("", "_backward"), ("cpu", "cuda")):
            promoted = partial(_promoted, op, suffix, device_type)
            _library.impl(op.name + suffix, promoted, f"Autocast{device_type.upper()}")
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


def _run_rows(device: ModuleType, name: str, self: Tensor, dim: int) -> Tensor:
    y = _row_result(name, self, dim)
    if y.numel() > 0:
        device.rows(name, _as_row(self), dim, _as_row(y))
    return y


def _run_rows_backward(
    device: ModuleType, name: str, grad: Tensor, output: Tensor, dim: int
) -> Tensor:
    dx = _row_result_backward(name, grad, output, dim)
    if dx.numel() > 0:
        device.rows_flow_back(name, _as_row(grad), _as_row(output), dim, _as_row(dx))
    return dx


def _as_row(tensor: Tensor) -> Tensor:
    """One value is a row, too."""
    return tensor.view(tensor.shape or (1,))


def _row_flow_back(name: str, kept: Sequence[Tensor], rest: Sequence[int], grad: Tensor) -> Any:
    return [getattr(torch.ops.edgeact, f"{name}_backward")(grad, *kept, *rest)]


def _row_flow_back_twice(name: str, kept: Any, rest: Sequence[int], grad: Tensor) -> Any:
    return torch.func.vjp(lambda dy, y: BACKWARD_OF_ROWS[name](dy, y, *rest), *kept)[1](grad)


def _row_tangent(
    name: str, tensors: Sequence[Tensor], tangents: Sequence[Any], rest: Sequence[int], y: Tensor
) -> Tensor:
    (t,), (dim,) = tangents, rest
    if name == "log_softmax":
        return t - (y.exp() * t).sum(dim, keepdim=True)
    flow_back: Callable[..., Tensor] = getattr(torch.ops.edgeact, f"{name}_backward")
    return flow_back(t, y, dim)  # the Jacobian is symmetric


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
    for key, device in _DEVICES.items():
        _library.impl(name, partial(_run_rows, device, name), key)
        _library.impl(f"{name}_backward", partial(_run_rows_backward, device, name), key)
    if not _build.loaded():
        _record(
            name, 1, partial(_row_flow_back, name), partial(_row_tangent, name), keeps_output=True
        )
    _record(f"{name}_backward", 2, partial(_row_flow_back_twice, name))
    torch.library.register_fake(plain, partial(_row_result, name), lib=_library)
    torch.library.register_fake(back, partial(_row_result_backward, name), lib=_library)
    for suffix in ("", "_backward"):
        batched = partial(_row_batched, name + suffix)
        torch.library.register_vmap(plain + suffix, batched, lib=_library)


for _row in edgeact.rowwise():
    _register_rows(_row)

if _build.loaded():
    _build.register(OPS.values())

# What torch.ops.edgeact.NAME calls, by name.
CALLS = SimpleNamespace(
    **{name: getattr(torch.ops.edgeact, name).default._op for name in (*OPS, *edgeact.rowwise())},
    **{
        f"{name}_": getattr(torch.ops.edgeact, f"{name}_").default._op
        for name, op in OPS.items()
        if len(op.tensors) == 1
    },
)


def in_torchs(program: Any) -> Any:
    """A torch.export.ExportedProgram with torch's own functions in place of the operators."""
    table: dict[Any, Callable[..., Tensor]] = {
        getattr(torch.ops.edgeact, name).default: getattr(torch, name) for name in edgeact.rowwise()
    }
    for name, op in OPS.items():
        table[getattr(torch.ops.edgeact, name).default] = partial(_by_formula, op)
    return program.run_decompositions(table)


def _by_formula(op: Op, *args: Any) -> Tensor:
    tensors, (*floats, _) = op.split(args)
    return FORMULAS[op.name](*tensors, *floats)
