"""An activation that follows the statistics of what it is given.

>>> import torch
>>> f = Adaptive()
>>> _ = f(torch.tensor([1.0, 3]))  # a module is in training mode until eval()
>>> f.running_mean, f.running_var, f.running_negative
(tensor([2.]), tensor([1.]), tensor([0.]))
>>> f.eval()(torch.tensor([1.0, 2, 3]))
tensor([0.6792, 1.8093, 2.9311])
"""

from __future__ import annotations

import copy
import math
from typing import Any

import torch
import torch.distributed as dist
from torch import Tensor

from edgeact.torch._pointwise import Pointwise, gated, of_channels, promoted
from edgeact.torch.learnable import reach

__all__ = ["Adaptive"]

SATURATED = 4.0  # sigmoid(4) is 0.98


class Adaptive(Pointwise):
    """x (a + (1 - a) sigmoid(b (x - m))): a leaky swish that follows its input.

    Of the input it knows the mean, the variance, the share of values below 0, and the saturation,
    which is the share of values where steepness abs(x - m) / width > 4. From them come, width
    being sqrt(var + eps),

        m = mean, from -width / 2 to width / 2          the gate opens where the data are
        a = leak * share below 0                        a channel that is dead leaks most
        b = steepness * (1 - saturation / 2) / width    the gate is as wide as the data, or wider

    so that whatever the input its slope is from -0.1 - steepness / 8 to 1.1 + steepness / 8. It is
    0 at 0, far on the left it is a x, and far on the right x.

    In training mode each batch updates the running statistics, and the function is that of the
    updated ones; in eval mode it is that of those it finds. Up to 1 / momentum batches they are
    the mean over batches, then each batch weighs momentum. They are constants for autograd: no
    gradient flows through them, and the module has no parameters. A NaN in the input makes mean and
    variance NaN, as in :class:`torch.nn.BatchNorm1d`.

    Where torch.distributed is initialised, the statistics are those of the batches of all ranks
    together, as in :class:`torch.nn.SyncBatchNorm`: in training mode all of them have to call it.

    Args:
        num_parameters: 1, one function for all elements; or the size of the input's dimension 1,
            one function for each channel.
        steepness: of the gate, per standard deviation, above 0.
        leak: the slope far on the left of a channel that is always negative, from 0 to 1.
        momentum: of the running statistics, above 0 and up to 1.
        eps: added to the variance, above 0.
        sync: False keeps to this process, whatever torch.distributed is.
        process_group: the ranks to go with; all by default.
        device, dtype: of the buffers ``running_mean``, ``running_var``, ``running_negative`` and
            ``running_saturation``, each of shape (num_parameters,). ``num_batches_tracked`` counts.

    Shape and dtype are the input's. TypeError for a tensor that is not floating-point, ValueError
    for one whose dimension 1 is not as long as there are channels.

    Raises:
        ValueError: an argument is out of its range.

    >>> Adaptive(leak=0.0).eval()(torch.tensor([-1.0, 0, 1]))
    tensor([-0.1192,  0.0000,  0.8808])
    """

    running_mean: Tensor
    running_var: Tensor
    running_negative: Tensor
    running_saturation: Tensor
    num_batches_tracked: Tensor

    def __init__(
        self,
        num_parameters: int = 1,
        steepness: float = 2.0,
        leak: float = 0.1,
        momentum: float = 0.1,
        eps: float = 1e-5,
        sync: bool = True,
        process_group: Any = None,
        device: Any = None,
        dtype: Any = None,
    ) -> None:
        super().__init__(num_parameters)
        positive = "above 0, or not finite"
        for name, value, fits, range_ in (
            ("steepness", steepness, 0 < steepness < math.inf, positive),
            ("eps", eps, 0 < eps < math.inf, positive),
            ("leak", leak, 0 <= leak <= 1, "from 0 to 1"),
            ("momentum", momentum, 0 < momentum <= 1, "above 0 and at most 1"),
        ):
            if not fits:
                raise ValueError(f"{name} {value} is not {range_}")
        self.steepness, self.leak, self.momentum, self.eps = steepness, leak, momentum, eps
        self.sync, self.process_group = sync, process_group
        for name in ("mean", "var", "negative", "saturation"):
            buffer = torch.empty(num_parameters, device=device, dtype=dtype)
            self.register_buffer(f"running_{name}", buffer)
        self.register_buffer(
            "num_batches_tracked", torch.zeros((), dtype=torch.long, device=device)
        )
        self.reset_running_stats()

    def reset_running_stats(self) -> None:
        """As those of a standard normal input: mean 0, variance 1, half of it negative."""
        self.running_mean.zero_()
        self.running_var.fill_(1)
        self.running_negative.fill_(0.5)
        self.running_saturation.zero_()
        self.num_batches_tracked.zero_()

    @property
    def domain(self) -> tuple[float, float]:
        """Where the gate is neither 0 nor 1 in float32."""
        m, _, b = (float(number) for number in self._gate())
        end = reach(b)
        return m - end, m + end

    def forward(self, x: Tensor) -> Tensor:
        self.check(x)
        if self.training:
            with torch.no_grad():
                self._follow(x.detach())
        y: Tensor = _LeakySwish.apply(x, *self._gate())
        return y

    def _gate(self) -> tuple[Tensor, Tensor, Tensor]:
        """m, a and b: new tensors, since another forward may update the statistics meanwhile."""
        m, width = self._middle()
        b = self.steepness * (1 - self.running_saturation / 2) / width
        return m, self.leak * self.running_negative, b

    def _middle(self) -> tuple[Tensor, Tensor]:
        width = (self.running_var + self.eps).sqrt()
        return self.running_mean.clamp(-width / 2, width / 2), width

    def _follow(self, x: Tensor) -> None:
        """Update the statistics by those of this batch, of all ranks."""
        x, _ = promoted(x, self.running_mean)
        channels = self.num_parameters
        over = [d for d in range(x.dim()) if d != 1 or channels == 1]

        here = x.new_zeros(4, channels, dtype=torch.float64)
        here[0] = size = x.numel() / channels
        if size:
            var, mean = torch.var_mean(x, over, correction=0)
            here[1], here[2], here[3] = mean, var, (x < 0).sum(over)
        counts, means, variances, negatives = self._of_all_ranks(here).unbind(1)
        count = counts.sum(0).clamp(min=1)
        mean = (counts * means).sum(0) / count
        # Chan, Golub and LeVeque, 1979: no difference of large sums.
        var = (counts * (variances + (means - mean).square())).sum(0) / count

        any_value = counts.sum() > 0
        self.num_batches_tracked += any_value
        weight = (1 / self.num_batches_tracked.clamp(min=1)).clamp(min=self.momentum) * any_value
        self._update(self.running_mean, mean, weight)
        self._update(self.running_var, var, weight)
        self._update(self.running_negative, negatives.sum(0) / count, weight)

        m, width = self._middle()
        inner = of_channels(SATURATED / self.steepness * width, x)
        saturated = ((x - of_channels(m, x)).abs() > inner).sum(over).reshape(1, channels)
        saturation = self._of_all_ranks(saturated.double()).sum((0, 1)) / count
        self._update(self.running_saturation, saturation, weight)

    @staticmethod
    def _update(running: Tensor, found: Tensor, weight: Tensor) -> None:
        running.lerp_(found.to(running.dtype), weight.to(running.dtype))

    def _of_all_ranks(self, here: Tensor) -> Tensor:
        """Stacked along a new first dimension."""
        if not (self.sync and dist.is_available() and dist.is_initialized()):
            return here[None]
        ranks = [torch.empty_like(here) for _ in range(dist.get_world_size(self.process_group))]
        dist.all_gather(ranks, here, group=self.process_group)
        return torch.stack(ranks)

    def __deepcopy__(self, memo: dict[int, Any]) -> Adaptive:
        memo[id(self.process_group)] = self.process_group  # which cannot be copied
        new = type(self).__new__(type(self))
        memo[id(self)] = new
        new.__dict__.update(copy.deepcopy(self.__dict__, memo))
        return new

    def extra_repr(self) -> str:
        return (
            f"{super().extra_repr()}, steepness={self.steepness:g}, leak={self.leak:g}, "
            f"momentum={self.momentum:g}, eps={self.eps:g}"
        )


class _LeakySwish(torch.autograd.Function):
    """Of x, with constants: x is all that has a gradient, and all of its size that is kept."""

    generate_vmap_rule = True

    @staticmethod
    def forward(x: Tensor, m: Tensor, a: Tensor, b: Tensor) -> Tensor:
        wide, m, a, b = _LeakySwish._broadcast(x, m, a, b)
        return gated(wide, a + (1 - a) * torch.sigmoid(b * (wide - m))).to(x.dtype)

    @staticmethod
    def setup_context(ctx: Any, inputs: tuple[Any, ...], output: Tensor) -> None:
        ctx.save_for_backward(*inputs)

    @staticmethod
    def backward(ctx: Any, *dys: Tensor) -> tuple[Tensor | None, ...]:
        x, *constants = ctx.saved_tensors
        wide, m, a, b = _LeakySwish._broadcast(x, *constants)
        s = torch.sigmoid(b * (wide - m))
        dx = dys[0] * (a + (1 - a) * (s + b * wide * s * (1 - s)))
        return dx.to(x.dtype), None, None, None

    @staticmethod
    def _broadcast(x: Tensor, *constants: Tensor) -> list[Tensor]:
        wide, *others = promoted(x, *constants)
        return [wide, *(of_channels(other, x) for other in others)]
