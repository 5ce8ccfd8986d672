"""The adaptive activation: its statistics, its modes, and its function."""

import copy
import math

import pytest

torch = pytest.importorskip("torch")

from torch import nn  # noqa: E402

from edgeact.torch import Adaptive  # noqa: E402

STATISTICS = ("running_mean", "running_var", "running_negative", "running_saturation")


def state(module):
    return torch.stack([getattr(module, name) for name in STATISTICS])


def batches(*shape, count=30, seed=0):
    generator = torch.Generator().manual_seed(seed)
    scale = torch.linspace(0.5, 2, shape[1]).reshape(-1, *[1] * (len(shape) - 2))
    draw = (torch.randn(shape, generator=generator) for _ in range(count))
    return [3 * scale * x + x**3 + scale for x in draw]


def after(module, given):
    """The statistics by their definition, in float64, batch by batch."""
    channels = module.num_parameters
    running = torch.tensor([[0.0], [1], [0.5], [0]], dtype=torch.float64).repeat(1, channels)
    for number, x in enumerate(given, start=1):
        x = x.double().movedim(1, 0).reshape(channels, -1)
        weight = max(module.momentum, 1 / number)
        found = [x.mean(1), x.var(1, correction=0), (x < 0).double().mean(1)]
        running[:3] += weight * (torch.stack(found) - running[:3])
        width = (running[1] + module.eps).sqrt()
        m = torch.stack([running[0].minimum(width / 2), -width / 2]).amax(0)
        z = (x - m[:, None]).abs() / width[:, None]
        saturated = (module.steepness * z > 4).double().mean(1)
        running[3] += weight * (saturated - running[3])
    return running


@pytest.mark.parametrize(("channels", "shape"), [(1, (64, 3)), (3, (64, 3)), (3, (8, 3, 5, 4))])
def test_statistics_are_those_of_the_definition(channels, shape):
    module = Adaptive(channels)
    given = batches(*shape)
    for x in given:
        module(x)
    expected = after(module, given)
    assert (expected[3] > 0).all(), "some inputs saturate the gate"
    torch.testing.assert_close(state(module).double(), expected, rtol=1e-5, atol=1e-5)
    assert module.num_batches_tracked == len(given)


def test_the_function_is_that_of_the_definition():
    module = Adaptive(3, steepness=1.5, leak=0.3, dtype=torch.float64)
    for x in batches(16, 3):
        module(x.double())
    module.eval()
    x = batches(50, 3, seed=5)[0].double()
    y = module(x)
    mean, var, negative, saturation = state(module)
    for i in range(50):
        for c in range(3):
            width = math.sqrt(var[c].item() + 1e-5)
            m = min(max(mean[c].item(), -width / 2), width / 2)
            a = 0.3 * negative[c].item()
            b = 1.5 * (1 - saturation[c].item() / 2) / width
            value = x[i, c].item()
            expected = value * (a + (1 - a) / (1 + math.exp(-b * (value - m))))
            assert y[i, c].item() == pytest.approx(expected, rel=1e-12, abs=1e-12)


def test_training_follows_and_eval_does_not():
    module = Adaptive()
    x = batches(64, 3)[0]
    first = state(module).clone()
    module.eval()
    y = module(x)
    torch.testing.assert_close(state(module), first, rtol=0, atol=0)
    assert module.num_batches_tracked == 0
    module.train()
    assert not torch.allclose(module(x), y)
    assert not torch.allclose(state(module), first)


def test_training_mode_computes_with_the_statistics_that_it_leaves():
    """Thus the same function as in eval mode: nothing changes when training ends."""
    module = Adaptive(3)
    for x in batches(64, 3, count=5):
        y = module(x)
        with torch.no_grad():
            torch.testing.assert_close(copy.deepcopy(module).eval()(x), y, rtol=0, atol=0)


def test_the_first_batches_are_averaged():
    module = Adaptive(momentum=0.1)
    given = batches(64, 3, count=10)
    for x in given:
        module(x)
    mean = torch.stack([x.mean() for x in given]).mean().reshape(1)
    torch.testing.assert_close(module.running_mean, mean)


@pytest.mark.parametrize("channels", [1, 3])
def test_derivatives(channels):
    """In training mode, too: the statistics are constants."""
    module = Adaptive(channels, leak=0.5, momentum=1.0, dtype=torch.float64)
    x = batches(6, 3)[0].double().requires_grad_()
    module(x)
    module.eval()
    assert torch.autograd.gradcheck(module, (x,))
    assert torch.autograd.gradgradcheck(module, (x,))
    (in_eval,) = torch.autograd.grad(module(x).sum(), x)
    module.train()
    (in_training,) = torch.autograd.grad(module(x).sum(), x)
    torch.testing.assert_close(in_training, in_eval, rtol=0, atol=0)


def test_two_forwards_before_one_backward():
    """The second updates the statistics that the first was computed with."""
    module = Adaptive()
    x = batches(8, 3)[0].requires_grad_()
    expected = copy.deepcopy(module)
    y = module(x)
    module(x + 5)
    (found,) = torch.autograd.grad(y.sum(), x)
    torch.testing.assert_close(found, torch.autograd.grad(expected(x).sum(), x)[0])


def test_only_the_input_is_kept_for_backward():
    module, kept = Adaptive(), []
    x = torch.randn(1 << 12, requires_grad=True)
    with torch.autograd.graph.saved_tensors_hooks(lambda t: kept.append(t) or t, lambda t: t):
        module(x)
    assert [t.data_ptr() for t in kept if t.numel() > 100] == [x.data_ptr()]


@pytest.mark.parametrize("seed", range(10))
def test_its_slope_is_bounded_whatever_the_input(seed):
    generator = torch.Generator().manual_seed(seed)
    scale, shift = torch.randn(2, generator=generator).mul(3).exp().tolist()
    steepness = 10.0 ** (seed % 3 - 1)
    module = Adaptive(leak=seed / 9, steepness=steepness, dtype=torch.float64)
    x = scale * torch.randn(4000, generator=generator, dtype=torch.float64) + shift**2
    module(x)
    wide = torch.linspace(-10, 10, 4001, dtype=torch.float64) * scale + shift**2
    wide.requires_grad_()
    (slope,) = torch.autograd.grad(module.eval()(wide).sum(), wide)
    assert slope.min() >= -0.1 - steepness / 8
    assert slope.max() <= 1.1 + steepness / 8


def test_a_dead_channel_leaks_most():
    module = Adaptive(2, leak=0.2)
    module(torch.stack([-torch.rand(100) - 1, torch.rand(100) + 1], 1))
    assert module.running_negative.tolist() == [1, 0]
    far = torch.full((1, 2), -1e6, requires_grad=True)
    (slope,) = torch.autograd.grad(module.eval()(far).sum(), far)
    torch.testing.assert_close(slope, torch.tensor([[0.2, 0.0]]))


def test_a_mean_far_from_0_does_not_drown_the_variance():
    module = Adaptive()
    x = 1e4 + torch.randn(1 << 14, generator=torch.Generator().manual_seed(0))
    module(x)
    expected = x.double().var(correction=0).float().reshape(1)
    torch.testing.assert_close(module.running_var, expected, rtol=1e-3, atol=0)


def test_empty_and_single_inputs():
    module = Adaptive(3)
    first = state(module).clone()
    assert module(torch.zeros(0, 3)).shape == (0, 3)
    torch.testing.assert_close(state(module), first, rtol=0, atol=0)
    assert module.num_batches_tracked == 0
    one = Adaptive()
    assert one(torch.tensor(3.0)).shape == ()
    assert (one.running_mean.item(), one.running_var.item()) == (3, 0)


def test_infinities_and_nan():
    for leak in (0.0, 0.1):
        y = Adaptive(leak=leak).eval()(torch.tensor([math.inf, -math.inf, math.nan]))
        assert y[0] == math.inf
        assert y[1] == (-math.inf if leak else 0)
        assert y[2].isnan()


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
def test_half_precision_input(dtype):
    x = batches(64, 3)[0].to(dtype)
    a, b = Adaptive(3), Adaptive(3)
    torch.testing.assert_close(a(x), b(x.float()).to(dtype), rtol=0, atol=0)
    torch.testing.assert_close(state(a), state(b), rtol=0, atol=0)


def test_state_dict(tmp_path):
    module = Adaptive(3)
    for x in batches(16, 3):
        module(x)
    torch.save(module.state_dict(), tmp_path / "state.pt")
    other = Adaptive(3)
    other.load_state_dict(torch.load(tmp_path / "state.pt"))
    assert set(module.state_dict()) == {*STATISTICS, "num_batches_tracked"}
    x = batches(16, 3, seed=9)[0]
    torch.testing.assert_close(other.eval()(x), module.eval()(x), rtol=0, atol=0)
    other.reset_running_stats()
    torch.testing.assert_close(state(other), state(Adaptive(3)), rtol=0, atol=0)


def test_vmap_compile_and_export_in_eval_mode():
    module = Adaptive(3)
    for x in batches(16, 3):
        module(x)
    module.eval()
    x = torch.randn(5, 4, 3)
    torch.testing.assert_close(torch.vmap(module)(x), torch.stack([module(part) for part in x]))
    compiled = torch.compile(module, fullgraph=True, backend="aot_eager")
    torch.testing.assert_close(compiled(x[0]), module(x[0]))
    program = torch.export.export(module, (x[0],))
    torch.testing.assert_close(program.module()(x[1]), module(x[1]))


def test_compiles_in_training_mode():
    ours, compiled = Adaptive(3), Adaptive(3)
    call = torch.compile(compiled, fullgraph=True, backend="aot_eager")
    for x in batches(16, 3, count=3):
        x.requires_grad_()
        y, expected = call(x), ours(x)
        torch.testing.assert_close(y, expected)
        found = torch.autograd.grad(y.sum(), x)
        torch.testing.assert_close(found, torch.autograd.grad(expected.sum(), x))
    torch.testing.assert_close(state(compiled), state(ours))


def test_a_network_trains_with_it():
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(2, 16), Adaptive(16), nn.Linear(16, 1))
    x = 2 * torch.rand(256, 2) - 1
    y = x.prod(1, keepdim=True)
    optimizer = torch.optim.Adam(model.parameters(), 1e-2)
    for _ in range(300):
        optimizer.zero_grad()
        loss = (model(x) - y).square().mean()
        loss.backward()
        optimizer.step()
    assert loss < 0.02 * y.var()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"num_parameters": 0}, "num_parameters is 1 or the number of channels, not 0"),
        ({"steepness": 0.0}, r"steepness 0.0 is not above 0, or not finite"),
        ({"leak": 1.5}, r"leak 1.5 is not from 0 to 1"),
        ({"momentum": 0.0}, r"momentum 0.0 is not above 0 and at most 1"),
        ({"eps": -1e-5}, "eps -1e-05 is not above 0, or not finite"),
    ],
)
def test_arguments_that_make_no_sense(arguments, message):
    with pytest.raises(ValueError, match=message):
        Adaptive(**arguments)


def test_what_is_refused():
    with pytest.raises(TypeError, match=r"Adaptive takes a floating-point tensor.*int64"):
        Adaptive()(torch.ones(3, dtype=torch.int64))
    with pytest.raises(ValueError, match="Adaptive has 3 channels"):
        Adaptive(3)(torch.ones(3, 4))
