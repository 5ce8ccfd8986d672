"""Activations that are splines, as the layers of Kolmogorov-Arnold networks learn them.

As in :mod:`edgeact.torch.learnable` there is one function for all elements, or one for each
channel. The interval [-limit, limit] is cut into parts of equal length, whose ends are the knots;
what is learned are values at the knots, not their places. Beyond, a spline goes on as its tangent.

>>> import torch
>>> f = PiecewiseLinear(intervals=2, limit=1)
>>> f.values
Parameter containing:
tensor([[0., 0., 1.]], requires_grad=True)
>>> f(torch.tensor([-2, 0.5, 3])).detach()
tensor([0.0000, 0.5000, 3.0000])
"""

from __future__ import annotations

from typing import Any, ClassVar

import torch
from torch import Tensor, nn

from edgeact.torch._pointwise import Formula, Limited

__all__ = ["CubicSpline", "PiecewiseLinear"]


class _Spline(Formula):
    """Neighbouring values of a parameter of shape (channels, values), weighed."""

    COUNT: ClassVar[int]  # of the values that an interval needs, its own number being the first's

    @staticmethod
    def weights(w: Tensor) -> list[Tensor]:
        """Of an interval's values, at w from 0 to 1 in it."""
        raise NotImplementedError

    @staticmethod
    def slopes(w: Tensor) -> list[Tensor]:
        """The derivatives of the weights."""
        raise NotImplementedError

    @classmethod
    def value(cls, x: Tensor, limit: float, parameters: Tensor) -> Tensor:
        first, w, _ = cls._place(x, limit, parameters)
        return _weighed(cls.weights(w), parameters.flatten(), first)

    @classmethod
    def backward(
        cls, dy: Tensor, x: Tensor, limit: float, parameters: Tensor
    ) -> tuple[Tensor, Tensor]:
        first, w, an_interval = cls._place(x, limit, parameters)
        flat = parameters.flatten()
        dx = dy * _weighed(cls.slopes(w), flat, first) / an_interval
        dvalues = torch.zeros_like(flat)
        for j, weight in enumerate(cls.weights(w)):
            dvalues = dvalues.index_add(0, (first + j).flatten(), (dy * weight).flatten())
        return dx, dvalues.reshape(parameters.shape)

    @classmethod
    def _place(cls, x: Tensor, limit: float, parameters: Tensor) -> tuple[Tensor, Tensor, float]:
        """Where in the flat values an interval's begin, the place in it, and its length."""
        channels, count = parameters.shape
        intervals = count - cls.COUNT + 1
        u = (x + limit) * (intervals / (2 * limit))
        number = u.floor().nan_to_num(0).clamp(0, intervals - 1)
        first = number.long()
        if channels > 1:
            channel = torch.arange(channels, device=x.device)
            first = first + count * channel.reshape(-1, *[1] * (x.dim() - 2))
        return first, u - number, 2 * limit / intervals


def _weighed(weights: list[Tensor], flat: Tensor, first: Tensor) -> Tensor:
    at, y = first.flatten(), torch.zeros_like(weights[0])
    for j, weight in enumerate(weights):
        # index_select is faster than flat[at].
        y = torch.addcmul(y, weight, flat.index_select(0, at + j).reshape(first.shape))
    return y


class _Linear(_Spline):
    COUNT = 2

    @staticmethod
    def weights(w: Tensor) -> list[Tensor]:
        return [1 - w, w]

    @staticmethod
    def slopes(w: Tensor) -> list[Tensor]:
        one = torch.ones_like(w)
        return [-one, one]


class _Cubic(_Spline):
    """Uniform B-splines."""

    COUNT = 4

    @staticmethod
    def weights(w: Tensor) -> list[Tensor]:
        v = 1 - w
        inner = [2 / 3 - t * t * (1 - t / 2) for t in (w, v)]
        return [v * v * v / 6, *inner, w * w * w / 6]

    @staticmethod
    def slopes(w: Tensor) -> list[Tensor]:
        v = 1 - w
        inner = w * (1.5 * w - 2), v * (2 - 1.5 * v)
        return [-v * v / 2, *inner, w * w / 2]


class _Learned(Limited):
    """A spline with one parameter: values, of shape (num_parameters, so many)."""

    formula: ClassVar[type[_Spline]]

    def __init__(
        self, num_parameters: int, intervals: int, limit: float, device: Any, dtype: Any
    ) -> None:
        super().__init__(num_parameters, limit)
        if intervals < 1:
            raise ValueError(f"intervals {intervals} is not from 1")
        self.intervals = intervals
        count = intervals + self.formula.COUNT - 1
        self.values = nn.Parameter(torch.empty(num_parameters, count, device=device, dtype=dtype))
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Begin as relu, of the knots at which the values are."""
        beyond = (self.formula.COUNT - 2) // 2 * self._interval
        knots = torch.linspace(-self.limit - beyond, self.limit + beyond, self.values.shape[1])
        with torch.no_grad():
            self.values.copy_(knots.relu().expand_as(self.values))

    @property
    def _interval(self) -> float:
        return 2 * self.limit / self.intervals

    def within(self) -> tuple[Tensor, Tensor, Tensor]:
        # Where w is 0 the last slope is 0, and where it is 1 the first.
        ends = self.values[:, : self.formula.COUNT], self.values[:, -self.formula.COUNT :]
        places = self.values.new_tensor(0), self.values.new_tensor(1)
        low, high = (
            (torch.stack(self.formula.slopes(w)) * values).sum(1) / self._interval
            for w, values in zip(places, ends, strict=True)
        )
        return low, high, self.values

    def extra_repr(self) -> str:
        return f"{super().extra_repr()}, intervals={self.intervals}"


class PiecewiseLinear(_Learned):
    """Lines between learned values at the knots.

    Its slope is nowhere larger than the largest difference of neighbouring values, divided by the
    length of an interval. It begins as relu; exactly so if intervals is even.

    Args:
        num_parameters: 1, or the number of channels, the size of the input's dimension 1.
        intervals: into which [-limit, limit] is cut.
        limit: beyond which the first and the last line go on.
        device, dtype: of the parameter ``values``, of shape (num_parameters, intervals + 1).

    Raises:
        ValueError: an argument is out of its range.

    >>> PiecewiseLinear()(torch.tensor([-1.5, 2])).detach()
    tensor([0., 2.])
    """

    formula = _Linear

    def __init__(
        self,
        num_parameters: int = 1,
        intervals: int = 32,
        limit: float = 4.0,
        device: Any = None,
        dtype: Any = None,
    ) -> None:
        super().__init__(num_parameters, intervals, limit, device, dtype)


class CubicSpline(_Learned):
    """A cubic B-spline with two continuous derivatives within the limit.

    The values are its control points: it lies between the largest and the smallest of four
    neighbours, and its slope is nowhere larger than the largest difference of two neighbours,
    divided by the length of an interval. It begins as relu, its corner rounded.

    Args:
        num_parameters: 1, or the number of channels, the size of the input's dimension 1.
        intervals: into which [-limit, limit] is cut.
        limit: beyond which the spline goes on as its tangent.
        device, dtype: of the parameter ``values``, of shape (num_parameters, intervals + 3).

    Raises:
        ValueError: an argument is out of its range.

    >>> CubicSpline()(torch.tensor([-1.5, 0, 2])).detach()
    tensor([0.0000, 0.0833, 2.0000])
    """

    formula = _Cubic

    def __init__(
        self,
        num_parameters: int = 1,
        intervals: int = 16,
        limit: float = 4.0,
        device: Any = None,
        dtype: Any = None,
    ) -> None:
        super().__init__(num_parameters, intervals, limit, device, dtype)
