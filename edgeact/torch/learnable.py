"""Activations that are trained with the network.

Each is a function of one variable: one for all elements, or with ``num_parameters`` one for each
channel, which is the input's dimension 1, as in :class:`torch.nn.PReLU`. Shape and dtype are the
input's; results are computed in the wider of its dtype and the parameters'. For backward nothing
but the input and the parameters is kept. Train, then :meth:`~Swish.freeze`:

>>> import torch
>>> from edgeact.torch import Swish
>>> swish = Swish()
>>> swish(torch.tensor([-1.0, 0, 1])).sum().backward()
>>> swish.beta.grad
tensor([0.3932])
>>> swish.freeze(check=1 << 18).bound
0.0001

:class:`edgeact.torch.PReLU` has a ``freeze()``, too.

Each raises TypeError for a tensor that is not floating-point, and ValueError for one whose
dimension 1 is not as long as there are channels.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from edgeact.torch._pointwise import (
    Formula,
    Limited,
    Pointwise,
    columns,
    gated,
    of_channels,
    over_channels,
    promoted,
)

__all__ = ["GatedPolynomial", "Rational", "Swish"]

LEVEL = 20.0  # e^-20 is 2e-9: a sigmoid of that is 0 or 1 to float32


def reach(steepness: float) -> float:
    """How far from its middle a sigmoid of so steep an argument is 0 or 1 to float32."""
    return LEVEL / steepness if steepness else LEVEL  # a gate that is level leaves a line


class Swish(Pointwise):
    """x sigmoid(beta x) with a learned beta; silu is where it begins.

    Ramachandran, Zoph and Le, Searching for activation functions, 2017.

    Args:
        num_parameters: 1, or the number of channels.
        init: what beta begins with.
        device, dtype: of the parameter ``beta``, of shape (num_parameters,).

    >>> Swish(init=1.702)(torch.tensor([-1.0, 2])).detach()  # near gelu
    tensor([-0.1542,  1.9357])
    """

    def __init__(
        self, num_parameters: int = 1, init: float = 1.0, device: Any = None, dtype: Any = None
    ) -> None:
        super().__init__(num_parameters)
        self.init = init
        self.beta = nn.Parameter(torch.empty(num_parameters, device=device, dtype=dtype))
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Set beta to init."""
        nn.init.constant_(self.beta, self.init)

    @property
    def domain(self) -> tuple[float, float]:
        """Where the sigmoid is neither 0 nor 1 in float32."""
        end = reach(float(self.beta.detach().abs()))
        return -end, end

    def forward(self, x: Tensor) -> Tensor:
        self.check(x)
        y: Tensor = _Swish.apply(x, self.beta)
        return y


class _Swish(torch.autograd.Function):
    generate_vmap_rule = True

    @staticmethod
    def forward(x: Tensor, beta: Tensor) -> Tensor:
        wide, beta = promoted(x, beta)
        return gated(wide, torch.sigmoid(of_channels(beta, x) * wide)).to(x.dtype)

    @staticmethod
    def setup_context(ctx: Any, inputs: tuple[Any, ...], output: Tensor) -> None:
        ctx.save_for_backward(*inputs)

    @staticmethod
    def backward(ctx: Any, *dys: Tensor) -> tuple[Tensor, Tensor]:
        x, beta = ctx.saved_tensors
        dy, wide, beta_ = promoted(*dys, x, beta)
        z = of_channels(beta_, x) * wide
        s = torch.sigmoid(z)
        slope = s * (1 - s)
        dx = dy * (s + z * slope)
        dbeta = over_channels(dy * wide * (wide * slope), beta.shape[0])
        return dx.to(x.dtype), dbeta.to(beta.dtype)


class _ReluAndPolynomial(Formula):
    """a relu(x) + limit * sum of b_k T_k(x / limit), T_k the polynomials of Chebyshev.

    Its parameters are a and the b_k.
    """

    @classmethod
    def value(cls, x: Tensor, limit: float, parameters: Tensor) -> Tensor:
        a, constant, *coefficients = columns(parameters, x)
        twice = x * (2 / limit)
        here, before = torch.zeros_like(x), torch.zeros_like(x)  # Clenshaw's recurrence
        for coefficient in reversed(coefficients):
            here, before = torch.addcmul(coefficient - before, twice, here), here
        p = torch.addcmul(constant - before, twice, here, value=0.5)
        return a * x.relu() + limit * p

    @classmethod
    def backward(
        cls, dy: Tensor, x: Tensor, limit: float, parameters: Tensor
    ) -> tuple[Tensor, Tensor]:
        """T_k' = k U_(k-1) and 2 T_k = U_k - U_(k-2), U_k the polynomials of the second kind."""
        a, _, *coefficients = columns(parameters, x)
        channels, twice = len(parameters), x * (2 / limit)
        dx = dy * a * x.sign().clamp(min=0)
        here, before = dy, torch.zeros_like(dy)  # dy U_k, dy U_(k-1)
        sums = [over_channels(here, channels)]
        for k, coefficient in enumerate(coefficients, start=1):
            dx = torch.addcmul(dx, k * coefficient, here)
            here, before = twice * here - before, here
            sums.append(over_channels(here, channels))
        halves = [
            sums[0],
            sums[1] / 2,
            *((u - v) / 2 for u, v in zip(sums[2:], sums, strict=False)),
        ]
        by_a = over_channels(dy * x.relu(), channels)
        return dx, torch.stack([by_a, *(limit * half for half in halves)], 1)


class GatedPolynomial(Limited):
    """(1 - g) relu(x) + g p(x): relu and a learned polynomial, mixed by a learned gate g.

    g = sigmoid(gate), and p(x) = limit * sum of c_k T_k(x / limit) for abs(x) up to limit, T_k the
    polynomials of Chebyshev; beyond, p goes on as its tangent.

    It cannot explode, whatever values training gives the parameters. abs(T_k) is at most 1 and
    abs(T_k') at most k^2, so that abs(p') is at most sum of k^2 abs(c_k) everywhere; and c is the
    parameter ``coefficients`` times min(1, max_slope / sum of max(k^2, 1) abs(coefficients)). So
    for the whole function f

        abs(f(x) - f(y)) <= max(1, max_slope) abs(x - y)   and   abs(f(0)) <= limit * max_slope.

    It begins as relu mixed with the first terms of relu's Chebyshev series.

    Args:
        num_parameters: 1, or the number of channels.
        degree: of the polynomial, from 1.
        limit: where its tangents begin.
        max_slope: the largest slope that p can have.
        device, dtype: of the parameters: ``gate`` of shape (num_parameters,), and ``coefficients``
            of shape (num_parameters, degree + 1).

    Raises:
        ValueError: an argument is out of its range.

    >>> GatedPolynomial(degree=6)(torch.tensor([-1.0, 0, 1])).detach()
    tensor([-0.0212,  0.0682,  0.9788])
    """

    formula = _ReluAndPolynomial

    def __init__(
        self,
        num_parameters: int = 1,
        degree: int = 4,
        limit: float = 3.0,
        max_slope: float = 8.0,
        device: Any = None,
        dtype: Any = None,
    ) -> None:
        super().__init__(num_parameters, limit)
        if degree < 1:
            raise ValueError(f"degree {degree} is not from 1")
        if not 0 < max_slope < math.inf:
            raise ValueError(f"max_slope {max_slope} is not above 0, or not finite")
        self.degree, self.max_slope = degree, float(max_slope)
        on: dict[str, Any] = {"device": device, "dtype": dtype}
        self.gate = nn.Parameter(torch.empty(num_parameters, **on))
        self.coefficients = nn.Parameter(torch.empty(num_parameters, degree + 1, **on))
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Begin as relu mixed half and half with the first terms of its Chebyshev series."""
        nn.init.zeros_(self.gate)
        series = np.zeros(self.degree + 1)
        series[0], series[1] = 1 / math.pi, 1 / 2
        for k in range(2, self.degree + 1, 2):
            series[k] = (-1) ** (k // 2 + 1) * 2 / math.pi / (k * k - 1)
        with torch.no_grad():
            self.coefficients.copy_(torch.from_numpy(series).expand_as(self.coefficients))

    def within(self) -> tuple[Tensor, Tensor, Tensor]:
        raw, gate = self.coefficients, torch.sigmoid(self.gate)
        k = torch.arange(self.degree + 1, device=raw.device, dtype=raw.dtype)
        size = (k.square().clamp(min=1) * raw.abs()).sum(1, keepdim=True)
        b = gate[:, None] * raw * (self.max_slope / size.clamp(min=self.max_slope))
        a = 1 - gate
        sign = 1 - 2 * ((k + 1) % 2)  # of T_k' at -1
        low, high = (sign * k * k * b).sum(1), a + (k * k * b).sum(1)
        return low, high, torch.cat([a[:, None], b], 1)

    def regularization(self) -> Tensor:
        """The sum of (k^2 coefficients_k)^2, the mean over channels: to add to the loss, times a
        weight. It draws the polynomial to a constant, terms of a high degree first."""
        k = torch.arange(self.degree + 1, device=self.coefficients.device)
        return (k.square() * self.coefficients).square().sum(1).mean()

    def extra_repr(self) -> str:
        return f"{super().extra_repr()}, degree={self.degree}, max_slope={self.max_slope:g}"


ORDERS = 5, 4  # of a rational function's numerator and denominator


class _Rational(Formula):
    """limit * P(s) / (1 + abs(A(s))), s being x / limit.

    Its parameters are the coefficients of P, and those of A, which has no constant.
    """

    @classmethod
    def value(cls, x: Tensor, limit: float, parameters: Tensor) -> Tensor:
        s, (of_p, of_q) = x / limit, cls._split(parameters, x)
        return limit * _horner(of_p, s) / (1 + (_horner(of_q, s) * s).abs())

    @classmethod
    def backward(
        cls, dy: Tensor, x: Tensor, limit: float, parameters: Tensor
    ) -> tuple[Tensor, Tensor]:
        s, (of_p, of_q) = x / limit, cls._split(parameters, x)
        q = _horner(of_q, s) * s
        dp = dy / (1 + q.abs())
        dq = -dp * _horner(of_p, s) / (1 + q.abs()) * q.sign()
        slopes_p = [k * a_k for k, a_k in enumerate(of_p)][1:]
        slopes_q = [k * b_k for k, b_k in enumerate(of_q, start=1)]
        dx = dp * _horner(slopes_p, s) + dq * _horner(slopes_q, s)
        channels = len(parameters)
        sums = [*_moments(dp, s, channels, len(of_p)), *_moments(dq * s, s, channels, len(of_q))]
        return dx, limit * torch.stack(sums, 1)

    @staticmethod
    def _split(parameters: Tensor, x: Tensor) -> tuple[list[Tensor], list[Tensor]]:
        count = ORDERS[0] + 1
        return columns(parameters[:, :count], x), columns(parameters[:, count:], x)


def _horner(coefficients: list[Tensor], x: Tensor) -> Tensor:
    y = coefficients[-1].expand_as(x)
    for coefficient in coefficients[-2::-1]:
        y = torch.addcmul(coefficient, y, x)
    return y


def _moments(dy: Tensor, x: Tensor, channels: int, count: int) -> Iterator[Tensor]:
    """The sums of dy, dy x, dy x^2 ..."""
    for k in range(count):
        dy = dy * x if k else dy
        yield over_channels(dy, channels)


class Rational(Limited):
    """A learned quotient of polynomials, or Padé activation unit, whose denominator is safe.

    limit * P(s) / (1 + abs(A(s))), where s = x / limit, P(s) = a_0 + a_1 s + ... + a_5 s^5 and
    A(s) = b_1 s + ... + b_4 s^4. Molina, Schramowski and Kersting, Padé activation units, 2020.
    Beyond the limit, where the paper's grows as x^5 if b_4 is small, it goes on as its tangent: its
    slope is nowhere larger than sum of k abs(a_k) + sum of abs(a_k) * sum of k abs(b_k). It begins
    near relu.

    Args:
        num_parameters: 1, or the number of channels.
        limit: where its tangents begin.
        device, dtype: of the parameters: ``numerator`` a of shape (num_parameters, 6), and
            ``denominator`` b of shape (num_parameters, 4).

    Raises:
        ValueError: an argument is out of its range.

    >>> Rational()(torch.tensor([-1.0, 0, 1])).detach()
    tensor([-0.0043,  0.0844,  0.9957])
    """

    formula = _Rational

    def __init__(
        self, num_parameters: int = 1, limit: float = 4.0, device: Any = None, dtype: Any = None
    ) -> None:
        super().__init__(num_parameters, limit)
        on: dict[str, Any] = {"device": device, "dtype": dtype}
        self.numerator = nn.Parameter(torch.empty(num_parameters, ORDERS[0] + 1, **on))
        self.denominator = nn.Parameter(torch.empty(num_parameters, ORDERS[1], **on))
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Begin near relu."""
        with torch.no_grad():
            for parameter, row in zip(self.parameters(), _near_relu(), strict=True):
                parameter.copy_(torch.from_numpy(row).expand_as(parameter))

    def within(self) -> tuple[Tensor, Tensor, Tensor]:
        a, b = self.numerator, self.denominator
        return self._slope(-1), self._slope(1), torch.cat([a, b], 1)

    def _slope(self, sign: int) -> Tensor:
        """At an end, where s is 1 or -1."""
        a, b = self.numerator, self.denominator
        k = torch.arange(a.shape[1], device=a.device, dtype=a.dtype)
        powers = 1 - (1 - sign) * (k % 2)
        q = (b * powers[1:-1]).sum(1)
        dp, dq = sign * (k * a * powers).sum(1), sign * (k[1:-1] * b * powers[1:-1]).sum(1)
        safe = 1 + q.abs()
        return (dp - (a * powers).sum(1) / safe * q.sign() * dq) / safe


@lru_cache
def _near_relu() -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Numerator and denominator: s/2 + E(s), E even and near abs(s)/2, so that A is even.

    Least squares of abs(s)/2 (1 + A(s)) less the even part of P, which is linear in both.
    """
    s = np.linspace(0, 1, 257)
    terms = np.stack([s**0, s**2, s**4, -(s**3) / 2, -(s**5) / 2], 1)
    (a0, a2, a4, b2, b4), *_ = np.linalg.lstsq(terms, s / 2, rcond=None)
    return np.array([a0, 1 / 2, a2, b2 / 2, a4, b4 / 2]), np.array([0, b2, 0, b4])
