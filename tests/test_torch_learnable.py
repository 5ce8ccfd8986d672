"""Learnable activations: derivatives, what they can become, memory, and torch's transforms."""

import copy
import math
from functools import partial
from pathlib import Path
from statistics import median

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from torch import nn  # noqa: E402

from edgeact.torch import (  # noqa: E402
    CubicSpline,
    GatedPolynomial,
    PiecewiseLinear,
    PReLU,
    Rational,
    Swish,
)

LIMITED = {
    "GatedPolynomial": partial(GatedPolynomial, degree=5),
    "Rational": Rational,
    "PiecewiseLinear": partial(PiecewiseLinear, intervals=6),
    "CubicSpline": partial(CubicSpline, intervals=5),
}
LEARNABLE = {"Swish": Swish, **LIMITED}
EACH = pytest.mark.parametrize("name", LEARNABLE)
EACH_LIMITED = pytest.mark.parametrize("name", LIMITED)
CHANNELS = pytest.mark.parametrize("channels", [1, 3])


def trained(make, channels=1, dtype=torch.float64, seed=0, spread=0.2):
    """With parameters as training may leave them."""
    module = make(channels, dtype=dtype)
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for parameter in module.parameters():
            noise = torch.randn(parameter.shape, generator=generator, dtype=torch.float64)
            parameter += (spread * noise).to(dtype)
    return module


def called(module, x, *parameters):
    names = [name for name, _ in module.named_parameters()]
    return torch.func.functional_call(module, dict(zip(names, parameters, strict=True)), (x,))


def inputs(*shape, seed=1, dtype=torch.float64):
    """Beyond the limits, too."""
    generator = torch.Generator().manual_seed(seed)
    return 3 * torch.randn(shape, generator=generator, dtype=dtype)


# The definitions, in numpy, one value at a time.


def reference_gated(module, x, row):
    limit, raw = module.limit, module.coefficients[row].tolist()
    size = sum(max(k * k, 1) * abs(c) for k, c in enumerate(raw))
    p = np.polynomial.Chebyshev(np.array(raw) * limit * min(1, module.max_slope / size))
    s, end = x / limit, math.copysign(1, x)
    polynomial = p(s) if abs(s) <= 1 else p(end) + p.deriv()(end) * (s - end)
    gate = 1 / (1 + math.exp(-module.gate[row].item()))
    return (1 - gate) * max(x, 0) + gate * polynomial


def reference_rational(module, x, row):
    p = np.polynomial.Polynomial(module.numerator[row].tolist())
    a = np.polynomial.Polynomial([0, *module.denominator[row].tolist()])
    limit = module.limit
    s, end = x / limit, math.copysign(1, x)
    if abs(s) <= 1:
        return limit * p(s) / (1 + abs(a(s)))
    sign, q = math.copysign(1, a(end)), 1 + abs(a(end))
    slope = (p.deriv()(end) * q - p(end) * sign * a.deriv()(end)) / q**2
    return limit * (p(end) / q + slope * (s - end))


def reference_linear(module, x, row):
    values = module.values[row].tolist()
    knots = np.linspace(-module.limit, module.limit, len(values))
    i = min(max(int(np.searchsorted(knots, x)) - 1, 0), len(values) - 2)
    slope = (values[i + 1] - values[i]) / (knots[i + 1] - knots[i])
    return values[i] + slope * (x - knots[i])


def reference_cubic(module, x, row):
    """De Boor's recurrence."""
    values, limit = module.values[row].tolist(), module.limit
    h = 2 * limit / module.intervals
    knots = -limit + h * np.arange(-3, module.intervals + 4)

    def spline(x):
        def basis(i, k):
            if k == 0:
                return float(knots[i] <= x < knots[i + 1])
            left = (x - knots[i]) / (k * h) * basis(i, k - 1)
            return left + (knots[i + k + 1] - x) / (k * h) * basis(i + 1, k - 1)

        return sum(v * basis(i, 3) for i, v in enumerate(values))

    if x < -limit:
        return spline(-limit) + (values[2] - values[0]) / (2 * h) * (x + limit)
    if x >= limit:
        end = (values[-3] + 4 * values[-2] + values[-1]) / 6
        return end + (values[-1] - values[-3]) / (2 * h) * (x - limit)
    return spline(x)


REFERENCES = {
    "Swish": lambda module, x, row: x / (1 + math.exp(-module.beta[row].item() * x)),
    "GatedPolynomial": reference_gated,
    "Rational": reference_rational,
    "PiecewiseLinear": reference_linear,
    "CubicSpline": reference_cubic,
}


@EACH
@CHANNELS
def test_values_are_those_of_the_definition(name, channels):
    module = trained(LEARNABLE[name], channels)
    x = inputs(40, channels)
    y = module(x)
    for row in range(channels):
        expected = [REFERENCES[name](module, float(v), row) for v in x[:, row]]
        torch.testing.assert_close(
            y[:, row], torch.tensor(expected, dtype=torch.float64), rtol=1e-12, atol=1e-12
        )


@EACH
@CHANNELS
def test_derivatives(name, channels):
    module = trained(LEARNABLE[name], channels)
    x = inputs(4, 3, 2).requires_grad_()
    assert torch.autograd.gradcheck(partial(called, module), (x, *module.parameters()))
    assert torch.autograd.gradgradcheck(partial(called, module), (x, *module.parameters()))


def test_a_rational_whose_denominator_turns_at_0():
    """1 + abs(A), A being below 0 on one side."""
    module = trained(Rational)
    with torch.no_grad():
        module.denominator.copy_(torch.tensor([[1.5, -0.2, 0.3, 0.1]]))
    x = inputs(30).requires_grad_()
    assert torch.autograd.gradcheck(partial(called, module), (x, *module.parameters()))
    expected = [reference_rational(module, float(v), 0) for v in x.detach()]
    torch.testing.assert_close(module(x), torch.tensor(expected, dtype=torch.float64))


@EACH
def test_only_the_input_is_kept_for_backward(name):
    module = trained(LEARNABLE[name], dtype=torch.float32)
    x = inputs(1 << 12, dtype=torch.float32).requires_grad_()
    kept = {}

    def keep(tensor):
        kept[tensor.data_ptr()] = tensor
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(keep, lambda tensor: tensor):
        module(x)
    large = [tensor for tensor in kept.values() if tensor.numel() > 100]
    assert len(large) == 1
    assert large[0].data_ptr() == x.data_ptr()


@EACH_LIMITED
def test_it_goes_on_as_its_tangent(name):
    module = trained(LIMITED[name])
    for end in module.domain:
        x = torch.tensor(end, dtype=torch.float64, requires_grad=True)
        y = module(x)
        (slope,) = torch.autograd.grad(y, x)
        for further in (1e-3, 1.0, 1e6):
            beyond = x.detach() + math.copysign(further, end)
            expected = y + slope * (beyond - x)
            torch.testing.assert_close(module(beyond), expected, rtol=1e-9, atol=1e-9)


@EACH
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_infinities_and_nan(name, dtype):
    module = LEARNABLE[name](dtype=dtype)
    y = module(torch.tensor([math.inf, -math.inf, math.nan], dtype=dtype))
    assert y[0] == math.inf
    assert not y[1].isnan()
    assert y[2].isnan()


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("spread", [0.5, 100.0, 1e10])
def test_a_gated_polynomial_cannot_explode(seed, spread):
    """The bounds of its docstring, with parameters as wild as those of a training gone wrong."""
    module = trained(partial(GatedPolynomial, degree=9), seed=seed, spread=spread)
    x = torch.linspace(-4, 4, 4001, dtype=torch.float64)
    x = torch.cat([x, torch.logspace(0, 300, 601, dtype=torch.float64)])
    x = torch.cat([x, -x]).sort().values.requires_grad_()
    y = module(x)
    (slope,) = torch.autograd.grad(y.sum(), x)
    steepest = max(1, module.max_slope) * (1 + 1e-12)
    assert slope.abs().max() <= steepest
    rise, run = y.diff().abs(), x.diff()
    assert (rise <= steepest * run + 1e-9 * y[1:].abs().clamp(min=1)).all()
    at_0 = module(torch.zeros(1, dtype=torch.float64)).abs()
    assert at_0 <= module.limit * module.max_slope
    assert (y.abs() <= at_0 + steepest * x.abs()).all()


def test_wild_coefficients_reach_the_largest_slope():
    """So that the bound above is not an idle one."""
    module = GatedPolynomial(degree=4, dtype=torch.float64)
    with torch.no_grad():
        module.coefficients.zero_()[0, 4] = 1e6
        module.gate.fill_(100)
    x = torch.tensor([-1e3, 1e3], dtype=torch.float64, requires_grad=True)
    (slope,) = torch.autograd.grad(module(x).sum(), x)
    torch.testing.assert_close(slope, torch.tensor([-8.0, 8.0], dtype=torch.float64))


def test_training_with_a_huge_rate_stays_finite():
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(4, 8), GatedPolynomial(degree=8), nn.Linear(8, 1))
    optimizer = torch.optim.SGD(model[1].parameters(), lr=1e4)
    x = 100 * torch.randn(64, 4)
    for _ in range(50):
        optimizer.zero_grad()
        model(x).square().mean().backward()
        optimizer.step()
    assert model(x).isfinite().all()
    assert model[1].coefficients.abs().max() > 1e3, "the rate was not so huge"


def test_the_slopes_of_the_others_are_bounded_as_they_say():
    x = torch.linspace(-6, 6, 12001, dtype=torch.float64, requires_grad=True)
    for seed in range(10):
        rational = trained(Rational, seed=seed, spread=3)
        a, b = rational.numerator[0].abs(), rational.denominator[0].abs()
        k = torch.arange(6)
        bound = (k * a).sum() + a.sum() * (k[1:-1] * b).sum()
        (slope,) = torch.autograd.grad(rational(x).sum(), x)
        assert slope.abs().max() <= bound
        for make in (PiecewiseLinear, CubicSpline):
            spline = trained(make, seed=seed, spread=3)
            steps = spline.values[0].diff().abs().max() / (2 * spline.limit / spline.intervals)
            (slope,) = torch.autograd.grad(spline(x).sum(), x)
            assert slope.abs().max() <= steps * (1 + 1e-12)


def test_regularization():
    module = GatedPolynomial(2, degree=2)
    with torch.no_grad():
        module.coefficients.copy_(torch.tensor([[5.0, 1, 2], [7, 0, 1]]))
    term = module.regularization()
    assert term.item() == ((1 + 8**2) + 4**2) / 2
    optimizer = torch.optim.SGD(module.parameters(), lr=0.01)
    for _ in range(200):
        optimizer.zero_grad()
        module.regularization().backward()
        optimizer.step()
    assert module.regularization().item() < 1e-2
    assert module.coefficients[:, 0].tolist() == [5, 7], "a constant costs nothing"


TARGETS = {
    # what learns, what it learns on [-4, 4], and the largest error that is left
    "Swish": (Swish, lambda x: x * torch.sigmoid(1.702 * x), 1e-6),
    "PReLU": (PReLU, lambda x: nn.functional.leaky_relu(x, 0.05), 1e-6),
    "GatedPolynomial": (partial(GatedPolynomial, degree=8), nn.functional.gelu, 1e-2),
    "Rational": (Rational, nn.functional.gelu, 5e-3),
    "PiecewiseLinear": (PiecewiseLinear, nn.functional.gelu, 5e-3),
    "CubicSpline": (CubicSpline, nn.functional.gelu, 5e-4),
}


@pytest.mark.parametrize("name", TARGETS)
def test_each_learns_a_known_function(name):
    make, target, error = TARGETS[name]
    module = make(dtype=torch.float64)
    x = torch.linspace(-4, 4, 801, dtype=torch.float64)
    y = target(x)
    before = (module(x) - y).abs().max()
    optimizer = torch.optim.LBFGS(
        module.parameters(), max_iter=500, line_search_fn="strong_wolfe", tolerance_change=1e-14
    )

    def loss():
        optimizer.zero_grad()
        found = (module(x) - y).square().mean()
        found.backward()
        return found

    optimizer.step(loss)
    assert before > 10 * error, "there was something to learn"
    assert (module(x) - y).abs().max() <= error


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (Swish, 0.2785),  # silu's minimum
        (GatedPolynomial, 0.1831),  # at -4
        (Rational, 0.085),
        (PiecewiseLinear, 1e-6),
        (CubicSpline, 0.084),  # a sixth of the distance of knots
    ],
)
def test_it_begins_near_relu(make, error):
    """So that it can take relu's place."""
    module = make()
    x = torch.linspace(-4, 4, 801)
    assert (module(x) - x.relu()).abs().max() <= error
    first = copy.deepcopy(module.state_dict())
    with torch.no_grad():
        for parameter in module.parameters():
            parameter += 1
    module.reset_parameters()
    for key, value in module.state_dict().items():
        torch.testing.assert_close(value, first[key], rtol=0, atol=0)


@EACH
@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
def test_half_precision_input(name, dtype):
    """The result is float32's, rounded once, and what flows back has the input's dtype."""
    module = trained(LEARNABLE[name], dtype=torch.float32)
    x = inputs(200).to(dtype).requires_grad_()
    y = module(x)
    torch.testing.assert_close(y, module(x.float()).to(dtype), rtol=0, atol=0)
    y.sum().backward()
    assert x.grad.dtype == dtype
    assert all(p.grad.dtype == torch.float32 for p in module.parameters())


@EACH
def test_autocast(name):
    model = nn.Sequential(nn.Linear(4, 6), trained(LEARNABLE[name], dtype=torch.float32))
    with torch.autocast("cpu", torch.bfloat16):
        y = model(inputs(5, 4, dtype=torch.float32))
    assert y.dtype == torch.bfloat16
    y.sum().backward()
    assert all(p.grad.isfinite().all() for p in model.parameters())


@EACH
def test_layouts(name):
    module = trained(LEARNABLE[name], 3)
    x = inputs(4, 3, 5, 6)
    y = module(x)
    for view in (x.to(memory_format=torch.channels_last), x.flip(0).flip(0)):
        torch.testing.assert_close(module(view), y, rtol=0, atol=0)
    strided = torch.empty(4, 3, 5, 12, dtype=torch.float64)[..., ::2].copy_(x)
    torch.testing.assert_close(module(strided), y, rtol=0, atol=0)
    assert module(x[:0]).shape == (0, 3, 5, 6)
    assert trained(LEARNABLE[name])(torch.tensor(1.0)).shape == ()


@EACH
@CHANNELS
def test_vmap(name, channels):
    """Over the input, and over the parameters of an ensemble."""
    module = trained(LEARNABLE[name], channels)
    x = inputs(5, 4, 3, 2)
    torch.testing.assert_close(torch.vmap(module)(x), torch.stack([module(part) for part in x]))
    ensemble = [trained(LEARNABLE[name], channels, seed=seed) for seed in range(3)]
    parameters, buffers = torch.func.stack_module_state(ensemble)

    def loss(parameters, buffers):
        return torch.func.functional_call(module, (parameters, buffers), (x[0],)).square().sum()

    values = torch.vmap(loss)(parameters, buffers)
    gradients = torch.vmap(torch.func.grad(loss))(parameters, buffers)
    for i, member in enumerate(ensemble):
        expected = member(x[0]).square().sum()
        torch.testing.assert_close(values[i], expected)
        found = torch.autograd.grad(expected, list(member.parameters()))
        for (key, _), by_parameter in zip(member.named_parameters(), found, strict=True):
            torch.testing.assert_close(gradients[key][i], by_parameter)


@EACH
def test_compiles_without_graph_breaks(name):
    module = trained(LEARNABLE[name], 3)
    compiled = torch.compile(module, fullgraph=True, backend="aot_eager")
    x = inputs(4, 3, 5).requires_grad_()
    y, expected = compiled(x), module(x)
    torch.testing.assert_close(y, expected)
    parameters = [x, *module.parameters()]
    found = torch.autograd.grad(y.square().sum(), parameters)
    for a, b in zip(found, torch.autograd.grad(expected.square().sum(), parameters), strict=True):
        torch.testing.assert_close(a, b)
    with torch.no_grad():
        torch.testing.assert_close(compiled(x), expected)


@EACH
def test_export(name):
    module = trained(LEARNABLE[name], dtype=torch.float32)
    x = inputs(5, 4, dtype=torch.float32)
    program = torch.export.export(module, (x,), dynamic_shapes=({0: torch.export.Dim("n")},))
    x = inputs(7, 4, dtype=torch.float32)
    torch.testing.assert_close(program.module()(x), module(x))


@EACH
def test_state_dict(name, tmp_path):
    module = trained(LEARNABLE[name], 3)
    torch.save(module.state_dict(), tmp_path / "state.pt")
    other = LEARNABLE[name](3, dtype=torch.float64)
    other.load_state_dict(torch.load(tmp_path / "state.pt"))
    x = inputs(4, 3)
    torch.testing.assert_close(other(x), module(x), rtol=0, atol=0)


@EACH
def test_what_is_refused(name):
    module = LEARNABLE[name](3)
    with pytest.raises(TypeError, match=f"{name} takes a floating-point tensor, not .*int64"):
        module(torch.ones(2, 3, dtype=torch.int64))
    for shape in ((3,), (3, 4), ()):
        with pytest.raises(ValueError, match=f"{name} has 3 channels"):
            module(torch.ones(shape))
    with pytest.raises(ValueError, match="num_parameters is 1 or the number of channels, not 0"):
        LEARNABLE[name](0)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (partial(GatedPolynomial, degree=0), "degree 0 is not"),
        (partial(GatedPolynomial, max_slope=0.0), r"max_slope 0.0 is not"),
        (partial(GatedPolynomial, max_slope=math.inf), "max_slope inf is not"),
        (partial(Rational, limit=-1.0), r"limit -1.0 is not"),
        (partial(CubicSpline, limit=math.nan), "limit nan is not"),
        (partial(PiecewiseLinear, intervals=0), "intervals 0 is not"),
    ],
)
def test_arguments_that_make_no_sense(make, message):
    with pytest.raises(ValueError, match=message):
        make()


def test_digits(monkeypatch):
    """What docs/learnable.md says: no median of five seeds is below that of relu.

    PReLU needs a slope for each channel; for the others one function a layer is enough.
    """
    pytest.importorskip("sklearn")
    monkeypatch.syspath_prepend(str(Path(__file__).parents[1] / "tools"))
    import train_digits

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        found = {
            name: median(train_digits.accuracies(name, range(5), each=name == "PReLU"))
            for name in train_digits.ACTIVATIONS
        }
    finally:
        torch.set_num_threads(threads)
    assert found["ReLU"] > 0.95
    assert {name: value for name, value in found.items() if value < found["ReLU"]} == {}
