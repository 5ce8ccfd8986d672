"""What autograd records of an operator, in Python.

torch.library.register_autograd does the same for one level of differentiation; under the transforms
of torch.func it raises, and forward mode loses its tangents there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch._functorch.utils import enable_single_level_autograd_function
from torch.autograd import forward_ad

# Of what was kept, the arguments that are no tensors, and the gradients: one for each tensor.
FlowBack = Callable[..., Sequence[Tensor]]
# Forward mode: of the tensors, their tangents (None where one has none), the arguments that are no
# tensors, and what the operator gave: the tangent of that.
Tangent = Callable[[Sequence[Tensor], Sequence[Tensor | None], Sequence[Any], Tensor], Tensor]


@dataclass(frozen=True)
class Recorder:
    """The kernel of an operator for dispatch key Autograd.

    Attributes:
        op: an overload whose first arguments, so many, are its tensors.
        flow_back: called with the tensors, or with what the operator gave if keeps_output.
        tangent: what forward mode needs; without it there is none.
    """

    op: Any
    tensors: int
    flow_back: FlowBack
    tangent: Tangent | None = None
    keeps_output: bool = False

    def __call__(self, keys: Any, *args: Any) -> Any:
        duals = [forward_ad.unpack_dual(t) for t in args[: self.tensors]]
        tensors, rest = [dual.primal for dual in duals], args[self.tensors :]
        tangents = [dual.tangent for dual in duals]
        if all(tangent is None for tangent in tangents):
            return self.reverse(keys, *args)
        if self.tangent is None:
            raise NotImplementedError(f"{self.op} has no forward-mode derivative")
        made = self.reverse(keys, *tensors, *rest)
        return forward_ad.make_dual(made, self.tangent(tensors, tangents, rest, made))

    def reverse(self, keys: Any, *args: Any) -> Any:
        tensors = args[: self.tensors]
        if torch.is_grad_enabled() and any(t.requires_grad for t in tensors):
            return _Recorded.record(self, keys, *args)
        return self.run(keys, *args)

    def run(self, keys: Any, *args: Any) -> Any:
        with torch._C._AutoDispatchBelowAutograd():
            return self.op.redispatch(keys & torch._C._after_autograd_keyset, *args)


class _Recorded(torch.autograd.Function):
    @classmethod
    def record(cls, *args: Any) -> Any:
        # Past Function.apply, which under torch.func begins at the outermost transform: the
        # dispatcher has come down to this one.
        with enable_single_level_autograd_function():
            return super(torch.autograd.Function, cls).apply(*args)

    @staticmethod
    def forward(ctx: Any, recorder: Recorder, keys: Any, *args: Any) -> Any:
        # For the transforms of torch.func that are still to come.
        with torch.enable_grad(), forward_ad._set_fwd_grad_enabled(True):
            made = recorder.run(keys, *args)
        ctx.recorder, ctx.rest = recorder, args[recorder.tensors :]
        ctx.save_for_backward(*([made] if recorder.keeps_output else args[: recorder.tensors]))
        return made

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> Any:
        made = ctx.recorder.flow_back(ctx.saved_tensors, ctx.rest, *grads)
        return (None, None, *made, *[None] * len(ctx.rest))
