"""What the learnable activations share: a function of one variable for all channels or for each."""

from __future__ import annotations

import copy
from typing import Any, ClassVar

import torch
from torch import Tensor, nn

import edgeact


class Freezable(nn.Module):
    """A function of one variable that :func:`edgeact.tabulate` takes."""

    num_parameters: int

    @property
    def domain(self) -> tuple[float, float]:
        """Where :meth:`freeze` tabulates, unless told otherwise."""
        raise NotImplementedError

    def freeze(
        self,
        max_abs: float = 1e-4,
        *,
        domain: tuple[float, float] | None = None,
        **arguments: Any,
    ) -> edgeact.Tabulated:
        """The function as it is now, in eval mode, as a table: see :func:`edgeact.tabulate`.

        Args:
            max_abs: the largest absolute error allowed on the domain.
            domain: by default :attr:`domain`, beyond which the function is a line, or so near to
                one that float32 hardly tells. There the table goes on as the function's tangent:
                off by at most max_abs and 2^-20 abs(x).
            arguments: what else :func:`edgeact.tabulate` takes, such as ``check``.

        Raises:
            ValueError: there is a function for each channel; or what :func:`edgeact.tabulate`
                raises, if the error cannot be reached.
        """
        if self.num_parameters > 1:
            name = type(self).__name__
            raise ValueError(
                f"a table is one function, and this {name} has {self.num_parameters}: one for "
                f"each channel. Make it with num_parameters=1"
            )
        arguments = {"outside": "tangent", **arguments}
        here = copy.deepcopy(self).cpu()
        return edgeact.tabulate(here, domain or self.domain, max_abs, **arguments)


class Pointwise(Freezable):
    """One function for all elements, or one for each channel."""

    def __init__(self, num_parameters: int) -> None:
        super().__init__()
        if num_parameters < 1:
            raise ValueError(f"num_parameters is 1 or the number of channels, not {num_parameters}")
        self.num_parameters = num_parameters

    def check(self, x: Tensor) -> None:
        """
        Raises:
            TypeError: x is not of a real floating dtype.
            ValueError: its dimension 1 is not as long as there are channels.
        """
        name, channels = type(self).__name__, self.num_parameters
        if not x.is_floating_point():
            raise TypeError(f"{name} takes a floating-point tensor, not one of {x.dtype}")
        if channels > 1 and (x.dim() < 2 or x.shape[1] != channels):
            raise ValueError(
                f"{name} has {channels} channels; dimension 1 of a tensor of shape "
                f"{tuple(x.shape)} is not as long"
            )

    def extra_repr(self) -> str:
        return f"num_parameters={self.num_parameters}"


def promoted(*tensors: Tensor) -> list[Tensor]:
    """In the dtype that the widest of them has."""
    dtype = tensors[0].dtype
    for tensor in tensors:
        dtype = torch.promote_types(dtype, tensor.dtype)
    return [tensor.to(dtype) for tensor in tensors]


def of_channels(parameter: Tensor, x: Tensor) -> Tensor:
    """A parameter of shape (channels,), as it broadcasts against x."""
    if parameter.shape[0] == 1:
        return parameter[0]
    return parameter.reshape(-1, *[1] * (x.dim() - 2))


def columns(parameter: Tensor, x: Tensor) -> list[Tensor]:
    """The columns of a parameter of shape (channels, count), as they broadcast against x."""
    return [of_channels(column, x) for column in parameter.unbind(1)]


def over_channels(values: Tensor, channels: int) -> Tensor:
    """The sums of shape (channels,)."""
    if channels == 1:
        return values.sum().reshape(1)
    return values.sum([d for d in range(values.dim()) if d != 1])


def gated(x: Tensor, gate: Tensor) -> Tensor:
    """x gate, and 0 where the gate is 0, though x be infinite."""
    return torch.where(gate == 0, 0, x * gate)


class Formula:
    """The function within a limit, in torch's operators, and what backpropagation needs of it.

    Its parameters are one tensor with a row for each channel. Results are made of x and the
    parameters alone, and can be differentiated.
    """

    @classmethod
    def value(cls, x: Tensor, limit: float, parameters: Tensor) -> Tensor:
        """The function."""
        raise NotImplementedError

    @classmethod
    def backward(
        cls, dy: Tensor, x: Tensor, limit: float, parameters: Tensor
    ) -> tuple[Tensor, Tensor]:
        """dy times the derivative by x; and that by the parameters, summed to their shape."""
        raise NotImplementedError


class Line(torch.autograd.Function):
    """A formula within [-limit, limit], and beyond it its tangents: of slope low, and high.

    Nothing but x and the parameters is kept for backward, which computes anew.
    """

    generate_vmap_rule = True

    @staticmethod
    def forward(
        x: Tensor,
        low: Tensor,
        high: Tensor,
        parameters: Tensor,
        formula: type[Formula],
        limit: float,
    ) -> Tensor:
        wide, low, high, parameters = promoted(x, low, high, parameters)
        inside, under, over = _split(wide, limit)
        line = torch.addcmul(under * of_channels(low, x), over, of_channels(high, x))
        # A level line is level at infinity, too. NaN comes back from inside.
        line = line.nan_to_num(0.0, torch.inf, -torch.inf)
        return (formula.value(inside, limit, parameters) + line).to(x.dtype)

    @staticmethod
    def setup_context(ctx: Any, inputs: tuple[Any, ...], output: Tensor) -> None:
        *tensors, ctx.formula, ctx.limit = inputs
        ctx.save_for_backward(*tensors)

    @staticmethod
    def backward(ctx: Any, *dys: Tensor) -> tuple[Tensor | None, ...]:
        tensors = ctx.saved_tensors
        dy, x, _, _, parameters = promoted(*dys, *tensors)
        inside, under, over = _split(x, ctx.limit)
        # The slope at an end is that of the tangent.
        dx, dparameters = ctx.formula.backward(dy, inside, ctx.limit, parameters)
        dlow, dhigh = (over_channels(dy * part, len(parameters)) for part in (under, over))
        found = zip((dx, dlow, dhigh, dparameters), tensors, strict=True)
        return *(gradient.to(tensor.dtype) for gradient, tensor in found), None, None


def _split(x: Tensor, limit: float) -> tuple[Tensor, Tensor, Tensor]:
    """x to the limit, and how far it is under and over it."""
    inside = x.clamp(-limit, limit)
    beyond = x - inside
    return inside, beyond.clamp(max=0), beyond.clamp(min=0)


class Limited(Pointwise):
    """A function that is given by a formula within [-limit, limit] and goes on as a line."""

    formula: ClassVar[type[Formula]]

    def __init__(self, num_parameters: int, limit: float) -> None:
        super().__init__(num_parameters)
        if not 0 < limit < torch.inf:
            raise ValueError(f"limit {limit} is not above 0, or not finite")
        self.limit = float(limit)

    @property
    def domain(self) -> tuple[float, float]:
        return -self.limit, self.limit

    def within(self) -> tuple[Tensor, Tensor, Tensor]:
        """The slopes at both ends, and the formula's parameters."""
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        self.check(x)
        y: Tensor = Line.apply(x, *self.within(), self.formula, self.limit)
        return y

    def extra_repr(self) -> str:
        return f"{super().extra_repr()}, limit={self.limit:g}"
