"""The operators' CUDA kernels, by the tests of test_torch_ops.py, on the emulated device.

What is registered for CUDA runs here in the place of the CPU's kernels, on tensors that tell
edgeact.cuda that a device holds them: all is there but PyTorch's own CUDA.
"""

import math
import warnings
from collections.abc import Iterator
from contextlib import nullcontext
from functools import partial
from types import SimpleNamespace

import pytest

torch = pytest.importorskip("torch")

import cuda_check as check  # noqa: E402
import test_torch_ops as on_cpu  # noqa: E402

import edgeact as ea  # noqa: E402
from edgeact.torch import Frozen, _freeze, _on_cuda, ops  # noqa: E402

ALL, ROWS, call = on_cpu.ALL, on_cpu.ROWS, on_cpu.call


def kernels() -> Iterator[tuple[str, object]]:
    """What is registered for CUDA."""
    for name, op in ops.OPS.items():
        yield name, partial(ops._run, _on_cuda, op)
        yield f"{name}_backward", partial(ops._run_backward, _on_cuda, op)
    for name in ROWS:
        yield name, partial(ops._run_rows, _on_cuda, name)
        yield f"{name}_backward", partial(ops._run_rows_backward, _on_cuda, name)
    yield "tabulated", _freeze._run_on_cuda


def test_all_are_registered():
    has = torch._C._dispatch_has_kernel_for_dispatch_key
    for name, _ in kernels():
        assert has(f"edgeact::{name}", "CUDA")
    assert has("edgeact::swiglu_backward", "AutocastCUDA")


def test_of_fake_tensors():
    with torch._subclasses.FakeTensorMode():
        x, y = torch.empty(3, 4, device="cuda"), torch.empty(4, device="cuda")
        for made in (call("swiglu", x, y), call("softmax", x, 1), call("mish_backward", y, y)):
            assert made.device.type == "cuda"


@pytest.fixture(scope="module")
def tensors(device_of_module):
    export, stream = torch.Tensor.__dlpack__, SimpleNamespace(cuda_stream=0)

    def on_the_device(tensor, stream, **others):
        assert stream == -1  # there is nothing to wait for
        return export(tensor, **others)

    library = torch.library.Library("edgeact", "IMPL")
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of kernels that there are already
        patch.setattr(torch.Tensor, "__dlpack_device__", lambda tensor: (2, 0))
        patch.setattr(torch.Tensor, "__dlpack__", on_the_device)
        patch.setattr(torch.cuda, "device", nullcontext)
        patch.setattr(torch.cuda, "current_stream", lambda device: stream)
        for name, kernel in kernels():
            library.impl(name, kernel, "CPU", allow_override=True)
        yield
    library._destroy()


@pytest.mark.usefixtures("tensors")
class TestAsOnCPU:
    test_values = staticmethod(on_cpu.test_values)
    test_gradients = staticmethod(on_cpu.test_gradients)
    test_gradients_of_rows = staticmethod(on_cpu.test_gradients_of_rows)
    test_what_broadcasts = staticmethod(on_cpu.test_what_broadcasts)
    test_torchs_samples = staticmethod(on_cpu.test_torchs_samples)
    test_vmap = staticmethod(on_cpu.test_vmap)
    test_vmap_of_rows = staticmethod(on_cpu.test_vmap_of_rows)
    test_layout_is_kept = staticmethod(on_cpu.test_layout_is_kept)
    test_in_place_is_recorded = staticmethod(on_cpu.test_in_place_is_recorded)
    test_errors = staticmethod(on_cpu.test_errors)
    test_errors_of_rows = staticmethod(on_cpu.test_errors_of_rows)
    test_forward_mode = staticmethod(on_cpu.test_forward_mode)
    test_forward_mode_of_rows = staticmethod(on_cpu.test_forward_mode_of_rows)


def test_what_a_gpu_is_checked_with(tensors, monkeypatch):
    assert check.verify_operators([], "cpu") == (len(ops.OPS), [])
    monkeypatch.setattr(_on_cuda.torch, "mul", lambda derivative, grad, out: out.copy_(grad))
    assert len(check.verify_operators(["mish", "swiglu"], "cpu")[1]) == 2


def test_tiers(tensors):
    x = torch.randn(1000, generator=torch.Generator().manual_seed(20481))
    truth = torch.nn.functional.mish(x.double())
    spacing = torch.exp2(truth.abs().log2().floor() - 23)
    for tier, ulp in (("fast", ea.spec("mish").bounds["fast", "float32"].ulp), ("exact", 0.5)):
        error = ((call("mish", x, tier=tier) - truth).abs() / spacing).max()
        assert error <= ulp + 2**-20  # what float64's truth lacks
    assert not torch.equal(call("mish", x), call("mish", x, tier="exact"))
    with pytest.raises(ValueError, match=r"tier 'coarse': edgeact\.cuda has fast and exact"):
        call("mish", x, tier="coarse")


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16], ids=str)
def test_what_flows_back_is_rounded_at_the_end(tensors, dtype):
    """Of 16 bits: half a unit of the last place, and what float32's errors add to it."""
    generator = torch.Generator().manual_seed(20481)
    x, grad = torch.randn(2, 1000, generator=generator).to(dtype)
    wide = x.double().requires_grad_()
    (truth,) = torch.autograd.grad(torch.nn.functional.mish(wide), wide, grad.double())
    (made,) = torch.autograd.grad(call("mish", x.requires_grad_()), x, grad)
    info = torch.finfo(dtype)
    ulp = torch.exp2(truth.abs().clamp(min=info.tiny).log2().floor()) * info.eps
    assert ((made - truth).abs() <= 0.501 * ulp).all()


def test_frozen(tensors):
    table = ea.tabulate(math.erf, check=1 << 18)
    frozen, x = Frozen(table), torch.randn(3, 4)
    assert torch.equal(frozen(x), torch.from_numpy(table(x.numpy())))
    assert torch.equal(torch.vmap(frozen)(x), frozen(x))
    moved = frozen.to("meta")
    assert moved(x.to("meta")).shape == x.shape
    with pytest.raises(ValueError, match="the table is on meta, x on cpu"):
        _freeze._run_on_cuda(x, moved._coefficients, moved._numbers)
    assert torch.equal(frozen.half().to_empty(device="cpu")(x), torch.from_numpy(table(x.numpy())))
