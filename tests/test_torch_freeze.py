"""Trained activations as tables, in NumPy, in torch and in ONNX Runtime."""

import copy
import io
import pickle
from functools import partial

import numpy as np
import onnx
import onnxruntime
import pytest

torch = pytest.importorskip("torch")

from torch import nn  # noqa: E402

import edgeact as ea  # noqa: E402
import edgeact.onnx  # noqa: E402
from edgeact.torch import (  # noqa: E402
    Adaptive,
    CubicSpline,
    Frozen,
    GatedPolynomial,
    PiecewiseLinear,
    PReLU,
    Rational,
    Swish,
    freeze,
)

QUICK = 1 << 16
MAKERS = {
    "Adaptive": Adaptive,
    "CubicSpline": CubicSpline,
    "GatedPolynomial": partial(GatedPolynomial, degree=6),
    "PReLU": PReLU,
    "PiecewiseLinear": PiecewiseLinear,
    "Rational": Rational,
    "Swish": Swish,
}
EACH = pytest.mark.parametrize("name", MAKERS)


def trained(name):
    """With parameters and statistics as training may leave them, in eval mode."""
    module = MAKERS[name]()
    generator = torch.Generator().manual_seed(3)
    with torch.no_grad():
        for parameter in module.parameters():
            parameter += 0.1 * torch.randn(parameter.shape, generator=generator)
    module(0.3 + 2 * torch.randn(1000, generator=generator))
    return module.eval()


def double(module):
    """In float64, of NumPy arrays."""
    wide = copy.deepcopy(module).double()

    def call(x):
        with torch.no_grad():
            return wide(torch.from_numpy(x.astype(np.float64))).numpy()

    return call


@pytest.fixture(scope="module")
def tables():
    """Each module and its table, made once."""
    made = {}

    def get(name):
        if name not in made:
            module = trained(name)
            made[name] = module, module.freeze(check=QUICK)
        return made[name]

    return get


@EACH
def test_a_table_keeps_its_bound_on_the_domain(tables, name):
    module, table = tables(name)
    assert isinstance(table, ea.Tabulated)
    assert table.bound <= 1e-4
    assert table.certificate.domain == tuple(np.float32(module.domain).tolist())
    x = np.random.default_rng(5).uniform(*module.domain, 20011).astype(np.float32)
    assert np.abs(table(x) - double(module)(x)).max() <= table.bound


@EACH
def test_beyond_the_domain_it_goes_on_as_the_module_does(tables, name):
    module, table = tables(name)
    distance = np.logspace(-3, 6, 200)
    lo, hi = module.domain
    x = np.concatenate([lo - distance, hi + distance]).astype(np.float32)
    error = np.abs(table(x).astype(np.float64) - double(module)(x))
    assert (error <= 1e-4 + 2.0**-20 * np.abs(x)).all()


@pytest.mark.parametrize("name", ["Adaptive", "CubicSpline", "PReLU", "Swish"])
def test_its_derivative(tables, name):
    module, table = tables(name)
    x = torch.linspace(*module.domain, 1001, dtype=torch.float64, requires_grad=True)
    away = x.detach().abs() > 1e-3  # PReLU's jumps at 0
    (slope,) = torch.autograd.grad(copy.deepcopy(module).double()(x).sum(), x)
    found = table.grad(x.detach().float().numpy())
    np.testing.assert_allclose(found[away], slope[away].float(), atol=1.01e-4, rtol=0)


@pytest.mark.parametrize("beta", [0.01, 0.0])
def test_a_wide_gate_has_a_wide_domain(beta):
    module = Swish(init=beta)
    table = module.freeze(1e-3, check=QUICK)
    x = np.linspace(-4e3, 4e3, 10_001).astype(np.float32)
    error = np.abs(table(x).astype(np.float64) - double(module)(x))
    assert (error <= 1e-3 + 2.0**-20 * np.abs(x)).all()


def test_an_adaptive_one_of_wide_data_has_a_wide_domain():
    module = Adaptive()
    module(torch.tensor([-100.0, 100.0]))
    module.eval()
    table = module.freeze(1e-3, check=QUICK)
    x = np.linspace(-4e3, 4e3, 10_001).astype(np.float32)
    error = np.abs(table(x).astype(np.float64) - double(module)(x))
    assert (error <= 1e-3 + 2.0**-20 * np.abs(x)).all()


def test_arguments_reach_tabulate():
    table = Swish().freeze(1e-3, domain=(-4, 6), check=QUICK, outside="constant")
    assert table.certificate.domain == (-4, 6)
    assert table.certificate.max_abs == 1e-3
    assert table.certificate.outside == "constant"
    with pytest.raises(ValueError, match="cannot be tabulated to 1e-12"):
        Swish().freeze(1e-12, check=QUICK, max_segments=16)


def test_training_goes_on_without_the_table(tables):
    module = Swish()
    table = module.freeze(check=QUICK)
    before = table(np.float32([1, 2]))
    with torch.no_grad():
        module.beta.fill_(5)
    np.testing.assert_array_equal(table(np.float32([1, 2])), before)


def test_an_adaptive_one_is_frozen_in_eval_mode():
    module = Adaptive()
    module(torch.tensor([0.0, 3.0]))
    assert module.training
    statistics = copy.deepcopy(module.state_dict())
    table = module.freeze(check=QUICK)
    assert module.training
    assert module.state_dict() == statistics
    x = np.float32([-1, 1, 2])
    assert np.abs(table(x) - double(module.eval())(x)).max() <= table.bound


@EACH
def test_a_function_for_each_channel_is_no_table(name):
    with pytest.raises(ValueError, match=f"this {name} has 3: one for each channel"):
        MAKERS[name](3).freeze()


# Models.


class Shares(nn.Module):
    """One activation in two places, and one within a module."""

    def __init__(self):
        super().__init__()
        self.first = self.again = Swish()
        self.inner = nn.Sequential(nn.Linear(3, 3), CubicSpline())

    def forward(self, x):
        return self.again(self.inner(self.first(x)))


def test_freeze_swaps_what_is_learned_and_says_so():
    model = Shares()
    x = torch.randn(5, 3, generator=torch.Generator().manual_seed(0))
    expected = model(x)
    made = freeze(model, check=QUICK)
    assert sorted(made) == ["again", "first", "inner.1"]
    assert made["again"] is made["first"]
    assert model.again is model.first
    assert isinstance(model.first, Frozen)
    assert model.inner[1].table is made["inner.1"]
    assert isinstance(model.inner[0], nn.Linear)
    # Each of three tables is off by 1e-4, slopes are at most 1.1, and a row of a default
    # Linear(3, 3) sums to sqrt(3) at most: ((sqrt(3) + 1) 1.1 + 1) 1e-4.
    torch.testing.assert_close(model(x), expected, atol=4.01e-4, rtol=0)
    assert freeze(nn.Linear(2, 2)) == {}
    assert "Swish on [-20, 20], largest error" in repr(model)


def test_a_model_that_cannot_be_frozen_is_left_as_it_was():
    model = nn.Sequential(nn.Linear(2, 3), Swish(), nn.Sequential(PReLU(3)))
    modules = list(model.modules())
    with pytest.raises(ValueError, match=r"^2\.0: .*this PReLU has 3"):
        freeze(model, check=QUICK)
    assert all(a is b for a, b in zip(model.modules(), modules, strict=True))
    with pytest.raises(ValueError, match="Swish is no part of a model"):
        freeze(Swish())


# The module of a table.


@pytest.fixture(scope="module")
def frozen(tables):
    return Frozen(tables("CubicSpline")[1])


def ufunc_of(frozen, x):
    return torch.from_numpy(np.asarray(frozen.table(x.numpy())))


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64, torch.float16])
def test_frozen_is_the_ufunc(frozen, dtype):
    x = 5 * torch.randn(4, 3, 5, 6).to(dtype)
    x[0, 0, 0, :3] = torch.tensor([torch.inf, -torch.inf, torch.nan])
    expected = ufunc_of(frozen, x)
    for view in (x, x.to(memory_format=torch.channels_last), x[:, :, ::2], x[:0], x[0, 0, 0, 4]):
        y = frozen(view)
        assert y.dtype == dtype
        torch.testing.assert_close(y, ufunc_of(frozen, view), rtol=0, atol=0, equal_nan=True)
    last = frozen(x.to(memory_format=torch.channels_last))
    assert last.is_contiguous(memory_format=torch.channels_last)
    torch.testing.assert_close(last, expected, rtol=0, atol=0, equal_nan=True)


def test_frozen_in_bfloat16(frozen):
    x = 5 * torch.randn(1000).bfloat16()
    expected = ufunc_of(frozen, x.float()).bfloat16()
    torch.testing.assert_close(frozen(x), expected, rtol=0, atol=0)


def test_frozen_stays_what_it_is_whatever_the_model_is_cast_to(frozen):
    cast = copy.deepcopy(frozen).half()
    x = torch.randn(10)
    torch.testing.assert_close(cast(x), frozen(x), rtol=0, atol=0)


def test_frozen_in_torchs_transforms(frozen):
    x = torch.randn(4, 6)
    args = x, frozen._coefficients, frozen._numbers
    torch.library.opcheck(torch.ops.edgeact.tabulated.default, args)
    torch.library.opcheck(torch.ops.edgeact.tabulated.default, (x.t()[::2], *args[1:]))
    compiled = torch.compile(frozen, fullgraph=True, backend="aot_eager")
    torch.testing.assert_close(compiled(x), frozen(x), rtol=0, atol=0)
    program = torch.export.export(frozen, (x,))
    torch.testing.assert_close(program.module()(x), frozen(x), rtol=0, atol=0)
    torch.testing.assert_close(torch.vmap(frozen)(x), frozen(x), rtol=0, atol=0)


def test_frozen_is_copied_and_saved(frozen):
    x = torch.randn(10)
    file = io.BytesIO()
    torch.save(frozen, file)
    file.seek(0)
    loaded = torch.load(file, weights_only=False)
    for other in (copy.deepcopy(frozen), pickle.loads(pickle.dumps(frozen)), loaded):
        torch.testing.assert_close(other(x), frozen(x), rtol=0, atol=0)


def test_frozen_is_for_inference(frozen):
    y = frozen(torch.randn(3, requires_grad=True))
    with pytest.raises(RuntimeError, match="autograd"):
        y.sum().backward()
    with pytest.raises(TypeError, match=r"no kernel for torch\.int64"):
        frozen(torch.ones(3, dtype=torch.int64))


# ONNX.


def run_onnx(path, x, registered):
    options = onnxruntime.SessionOptions()
    if registered:
        edgeact.onnx.register(options)
    session = onnxruntime.InferenceSession(str(path), options)
    return session.run(None, {session.get_inputs()[0].name: x})[0]


@EACH
@pytest.mark.parametrize("registered", [True, False])
def test_one_frozen_activation_in_onnx(tables, name, registered, tmp_path):
    """Within the bound of the module, natively and by its body."""
    module, table = tables(name)
    path = tmp_path / "model.onnx"
    batch = torch.export.Dim("batch")
    example = torch.zeros(2, 7)
    edgeact.onnx.export(Frozen(table).eval(), (example,), path, dynamic_shapes=({0: batch},))
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    assert [(n.domain, n.op_type) for n in model.graph.node] == [("ai.edgeact", "Tabulated")]
    x = np.random.default_rng(5).uniform(*module.domain, (900, 7)).astype(np.float32)
    y = run_onnx(path, x, registered)
    assert np.abs(y - double(module)(x)).max() <= table.bound
    if registered:
        np.testing.assert_array_equal(y, table(x))


@EACH
@pytest.mark.parametrize("channels", [1, 5])
def test_without_a_table_the_formula_is_exported(name, channels, tmp_path):
    module = MAKERS[name](channels).eval()
    x = 3 * torch.randn(64, 5)
    path = tmp_path / "model.onnx"
    edgeact.onnx.export(module, (x,), path)
    with torch.no_grad():
        expected = module(x).numpy()
    np.testing.assert_allclose(run_onnx(path, x.numpy(), True), expected, atol=1e-5, rtol=1e-5)


def test_half_precision_in_onnx(frozen, tmp_path):
    x = 3 * torch.randn(64, 5).half()
    edgeact.onnx.export(copy.deepcopy(frozen).eval(), (x,), tmp_path / "model.onnx")
    y = run_onnx(tmp_path / "model.onnx", x.numpy(), True)
    np.testing.assert_array_equal(y, frozen(x).numpy())
    with pytest.raises(Exception, match=r"takes no torch\.float64"):
        edgeact.onnx.export(copy.deepcopy(frozen), (x.double(),), tmp_path / "model.onnx")


@pytest.fixture(scope="module")
def train_digits():
    pytest.importorskip("sklearn")
    return pytest.importorskip("train_digits")


@pytest.mark.parametrize("name", ["CubicSpline", "GatedPolynomial", "Adaptive"])
def test_a_trained_network_in_onnx(train_digits, name, tmp_path):
    """Each output is as near to the network's as the bounds of its tables and the weights say."""
    wide = train_digits.train(name, seed=0)
    *_, x, y = train_digits.digits(0)
    model = copy.deepcopy(wide).float()
    with torch.no_grad():
        expected = wide(x).numpy()
    error = 0.0  # on the way into a layer, of each element
    for layer in wide:
        if isinstance(layer, nn.Linear):
            error *= layer.weight.abs().sum(1).max().item()
        else:
            t = torch.linspace(*layer.domain, 100001, dtype=torch.float64, requires_grad=True)
            steepest = torch.autograd.grad(layer(t).sum(), t)[0].abs().max().item()
            error = steepest * error + 1e-4
    made = freeze(model, 1e-4, check=QUICK)
    assert list(made) == ["1", "3"]
    path = tmp_path / "digits.onnx"
    edgeact.onnx.export(model, (x.float(),), path)
    for registered in (True, False):
        found = run_onnx(path, x.float().numpy(), registered)
        rounding = 1e-5 * np.abs(expected).max()
        assert np.abs(found - expected).max() <= error + rounding
        assert (found.argmax(1) == y.numpy()).mean() > 0.94
