"""edgeact.torch's functions and modules against those of torch of the same name."""

import copy
import inspect
import pickle
import warnings

import pytest

torch = pytest.importorskip("torch")

from torch import nn  # noqa: E402

import edgeact.torch  # noqa: E402
from edgeact.torch import functional  # noqa: E402
from edgeact.torch.modules import OF_TORCH, Tiered  # noqa: E402

# Arguments of the constructors, as users write them.
ARGUMENTS = {
    "Threshold": [(0.25, 0), (0.25, 0, True)],
    "Hardtanh": [(), (-0.5, 2.0), (-0.5, 2.0, True)],
    "LeakyReLU": [(), (0.3,), (0.3, True)],
    "PReLU": [(), (3,), (3, 0.1)],
    "ELU": [(), (0.5,), (0.5, True)],
    "CELU": [(), (0.5,), (0.5, True)],
    "Softplus": [(), (2.0,), (2.0, 1.0)],
    "Hardshrink": [(), (0.25,)],
    "Softshrink": [(), (0.25,)],
    "GELU": [(), ("tanh",)],
    "GLU": [(), (2,)],
    "Softmax": [(1,), (-1,)],
    "Softmin": [(1,)],
    "LogSoftmax": [(1,), (-1,)],
}
CASES = [
    pytest.param(theirs, ours, arguments, id=f"{theirs.__name__}{arguments}")
    for theirs, ours in OF_TORCH.items()
    for arguments in ARGUMENTS.get(theirs.__name__, [()])
]


@pytest.mark.parametrize(("theirs", "ours", "arguments"), CASES)
def test_modules(theirs, ours, arguments):
    a, b = theirs(*arguments).double(), ours(*arguments).double()
    b.load_state_dict(a.state_dict())
    x = torch.randn(2, 3, 4, 6, dtype=torch.float64)
    p, q = (x.clone().requires_grad_() for _ in range(2))
    expected, got = a(p * 1), b(q * 1)  # in place, on no leaf
    torch.testing.assert_close(got, expected)
    grad = torch.randn(expected.shape, dtype=torch.float64)
    expected.backward(grad)
    got.backward(grad)
    torch.testing.assert_close(q.grad, p.grad)
    for mine, other in zip(b.parameters(), a.parameters(), strict=True):
        torch.testing.assert_close(mine.grad, other.grad)
    assert repr(b).startswith(theirs.__name__)
    assert "tier='fast'" in repr(b)
    torch.testing.assert_close(pickle.loads(pickle.dumps(b))(x.clone()), got)


def test_every_activation_of_torch_is_there_or_named_as_missing():
    """So that a new one in torch is noticed."""
    missing = {"RReLU", "MultiheadAttention"}
    assert {kind.__name__ for kind in OF_TORCH} == set(nn.modules.activation.__all__) - missing


@pytest.mark.parametrize(
    "kind", [k for k in OF_TORCH if "inplace" in inspect.signature(k).parameters]
)
def test_in_place(kind):
    module = OF_TORCH[kind](*ARGUMENTS.get(kind.__name__, [()])[0], inplace=True)
    x = torch.randn(3, 4)
    expected = kind(*ARGUMENTS.get(kind.__name__, [()])[0])(x)
    with torch.no_grad():
        assert module(x) is x
    torch.testing.assert_close(x, expected)


def test_tiers():
    x = torch.randn(1000)
    exact = edgeact.torch.GELU(tier="exact")(x)
    assert (exact == nn.GELU()(x.double()).float()).all()
    coarse = edgeact.torch.GELU(tier="coarse")(x)
    assert 0 < (coarse - exact).abs().max() <= 2**-11 * x.abs().max()
    with pytest.raises(ValueError, match="mish has no tier 'best'"):
        edgeact.torch.Mish(tier="best")
    with pytest.raises(ValueError, match="softmax has no tier 'exact'"):
        edgeact.torch.Softmax(-1, tier="exact")


@pytest.mark.parametrize("tier", ["fast", "exact", "coarse"])
def test_tiers_compile(tier):
    torch.compiler.reset()

    def f(x):
        y = functional.sigmoid(x, tier) * functional.softplus(x, 2.0, 20.0, tier)
        return functional.gelu(x, tier=tier) + y

    x = torch.randn(50)
    compiled = torch.compile(f, fullgraph=True, backend="eager")
    assert (compiled(x) == f(x)).all()


def test_functions_have_torchs_arguments():
    """But for those of torch.nn.functional that are written in C++, which show none."""
    compared = 0
    for name, ours in vars(functional).items():
        theirs = getattr(nn.functional, name, None)
        if not inspect.isfunction(theirs) or name.startswith("_"):
            continue
        mine = list(inspect.signature(ours).parameters.values())
        assert mine[-1].name == "tier"
        others = list(inspect.signature(theirs).parameters.values())
        assert [(p.name, p.default) for p in mine[:-1]] == [(p.name, p.default) for p in others]
        compared += 1
    assert compared >= 15


@pytest.mark.parametrize("name", ["softmax", "softmin", "log_softmax"])
def test_softmax_without_dim(name):
    for shape in ((3,), (3, 4), (2, 3, 4)):
        x = torch.randn(shape)
        with pytest.warns(UserWarning, match="deprecated"):
            ours = getattr(functional, name)(x)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            theirs = getattr(nn.functional, name)(x)
        torch.testing.assert_close(ours, theirs)
    y = getattr(functional, name)(torch.randn(3).half(), 0, dtype=torch.float64)
    assert y.dtype == torch.float64


REFUSED = [
    ("hardtanh", {"min_val": 1.0, "max_val": -1.0}, ValueError),
    ("softshrink", {"lambd": -1.0}, ValueError),
    ("celu", {"alpha": 0.0}, ZeroDivisionError),
    ("gelu", {"approximate": "erf"}, ValueError),
    ("glu", {"dim": 1}, ValueError),
    ("prelu", {"weight": torch.ones(2)}, ValueError),
]


@pytest.mark.parametrize(("name", "arguments", "error"), REFUSED)
def test_what_torch_refuses(name, arguments, error):
    with pytest.raises(error, match=name):
        getattr(functional, name)(torch.ones(2, 3), **arguments)
    with pytest.raises((RuntimeError, ValueError, ZeroDivisionError)):
        getattr(nn.functional, name)(torch.ones(2, 3), **arguments)


def test_threshold_has_one_value():
    with pytest.raises(ValueError, match=r"value 1.0 is not 0"):
        functional.threshold(torch.ones(2), 0.0, 1.0)


def test_copies_keep_their_tier():
    module = nn.Sequential(nn.Linear(2, 2), edgeact.torch.PReLU(2, tier="exact"))
    assert copy.deepcopy(module)[1].tier == "exact"
    assert isinstance(module[1], nn.PReLU)
    assert isinstance(module[1], Tiered)
    assert list(module.state_dict()) == ["0.weight", "0.bias", "1.weight"]
