"""``torch.ops.edgeact``: each operator against torch's own function in float64."""

import warnings
from functools import partial

import numpy as np
import pytest

import edgeact as ea

torch = pytest.importorskip("torch")

from torch.testing._internal.common_methods_invocations import op_db  # noqa: E402

from edgeact.torch import ops  # noqa: E402
from edgeact.torch._formulas import FORMULAS  # noqa: E402


def call(name, *args, **kwargs):
    return getattr(torch.ops.edgeact, name)(*args, **kwargs)


def floats(op):
    return [1.5 if default is None else default for default in op.floats.values()]


def inputs(op, shape=(3, 4), dtype=torch.float64, seed=0, requires_grad=False):
    generator = torch.Generator().manual_seed(seed)
    made = [torch.randn(shape, generator=generator, dtype=torch.float64) for _ in op.tensors]
    if op.name == "log1p":
        made = [x.abs() for x in made]
    return [x.to(dtype).requires_grad_(requires_grad) for x in made]


ALL = [pytest.param(op, id=name) for name, op in ops.OPS.items()]
ROWS = ea.rowwise()


def check_bound(name, y, truth):
    """The registry's bound in ULP of the truth, which float64 gives to 2^-20 ULP."""
    bound = ea.spec(name).bounds["fast", ops.DTYPES[y.dtype]]
    info = torch.finfo(y.dtype)
    y, truth = y.double().numpy(), truth.numpy()
    ulp = np.exp2(np.floor(np.log2(np.maximum(np.abs(truth), info.tiny)))) * info.eps
    assert (np.abs(y - truth) <= (bound.ulp + 2**-20) * ulp).all()


@pytest.mark.parametrize("dtype", [torch.float32, torch.float16, torch.bfloat16], ids=str)
@pytest.mark.parametrize("op", ALL)
def test_values(op, dtype):
    if op.name == "scale_shift_hardswish":
        pytest.skip("its ULP are those of its largest term: tests/test_parameters.py")
    x = inputs(op, (1000,), dtype)
    numbers = list(map(float, np.float32(floats(op))))
    truth = FORMULAS[op.name](*(t.double() for t in x), *numbers)
    if op.name.startswith("bias"):  # the sum rounds first, to float32
        truth = FORMULAS[op.name]((x[0].float() + x[1]).double(), torch.zeros(()).double())
    check_bound(op.name, call(op.name, *x, *floats(op)), truth)


@pytest.mark.parametrize("tier", ["exact", "coarse"])
@pytest.mark.parametrize("op", ALL)
def test_tiers(op, tier):
    x = inputs(op, (1000,), torch.float32)
    if (tier, "float32") not in ea.spec(op.name).bounds:
        with pytest.raises(ValueError, match=f"{op.name} has no kernel of tier {tier}"):
            call(op.name, *x, *floats(op), tier=tier)
        return
    module = {"exact": ea.exact, "coarse": ea.coarse}[tier]
    expected = getattr(module, op.name)(*(t.numpy() for t in x), *map(np.float32, floats(op)))
    np.testing.assert_array_equal(call(op.name, *x, *floats(op), tier=tier).numpy(), expected)


@pytest.mark.parametrize("op", ALL)
def test_gradients(op):
    x = inputs(op, requires_grad=True)
    assert torch.autograd.gradcheck(lambda *t: call(op.name, *t, *floats(op)), x)
    assert torch.autograd.gradgradcheck(lambda *t: call(op.name, *t, *floats(op)), x)


@pytest.mark.parametrize("dim", [0, 1, -1])
@pytest.mark.parametrize("name", ROWS)
def test_gradients_of_rows(name, dim):
    (x,) = inputs(ops.OPS["relu"], (3, 4, 2), requires_grad=True)
    torch.testing.assert_close(call(name, x, dim), getattr(torch, name)(x, dim))
    assert torch.autograd.gradcheck(lambda t: call(name, t, dim), x)
    assert torch.autograd.gradgradcheck(lambda t: call(name, t, dim), x)


@pytest.mark.parametrize("shapes", [((2, 3), (3,)), ((3,), (2, 3)), ((2, 1), (1, 3))], ids=str)
@pytest.mark.parametrize("name", ["prelu", "swiglu", "bias_gelu"])
def test_what_broadcasts(name, shapes):
    generator = torch.Generator().manual_seed(0)
    x = [torch.randn(s, generator=generator).double().requires_grad_() for s in shapes]
    torch.testing.assert_close(call(name, *x), FORMULAS[name](*x))
    assert torch.autograd.gradcheck(getattr(torch.ops.edgeact, name), x)
    assert torch.autograd.gradgradcheck(getattr(torch.ops.edgeact, name), x)


def samples(op):
    """Calls of an operator: with a gradient; for some also plain, strided, empty, of no dimension,
    which opcheck needs a second for each.
    """
    yield (*inputs(op, dtype=torch.float32, requires_grad=True), *floats(op))
    if op.name not in ("silu", "swiglu"):
        return
    for shape in ((3, 4), (0, 2), ()):
        yield (*inputs(op, shape, torch.float32), *floats(op))
    yield (*(x.T for x in inputs(op, dtype=torch.float32)), *floats(op))
    yield (*(x[:, ::2] for x in inputs(op, dtype=torch.float32)), *floats(op))


@pytest.mark.parametrize("op", ALL)
def test_opcheck(op):
    for args in samples(op):
        torch.library.opcheck(getattr(torch.ops.edgeact, op.name).default, args)
        grad = torch.ones_like(args[0])
        back = getattr(torch.ops.edgeact, f"{op.name}_backward").default
        torch.library.opcheck(back, (grad, *args))


@pytest.mark.parametrize("op", [p for p in ALL if len(p.values[0].tensors) == 1])
def test_opcheck_in_place(op):
    args = (*inputs(op, dtype=torch.float32), *floats(op))
    torch.library.opcheck(getattr(torch.ops.edgeact, f"{op.name}_").default, args)


@pytest.mark.parametrize("name", ROWS)
def test_opcheck_rows(name):
    for x in (torch.randn(3, 4), torch.randn(3, 4, requires_grad=True), torch.randn(4, 3).T):
        torch.library.opcheck(getattr(torch.ops.edgeact, name).default, (x, 1))
        back = getattr(torch.ops.edgeact, f"{name}_backward").default
        torch.library.opcheck(back, (torch.ones_like(x), x, 0))


def in_database(name):
    """What torch's database of operators calls it, if it has it with the same arguments."""
    path = ea.spec(name).torch.removeprefix("torch.")
    if name in ("gelu", "prelu"):  # with tanh, too; with a slope for each channel
        return None
    known = {info.name for info in op_db}
    return next((p for p in (path, f"nn.functional.{path}") if p in known), None)


OPINFO = {name: held for name in ops.OPS if (held := in_database(name))}


def test_torchs_samples_are_of_most():
    assert len(OPINFO) >= 23


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64], ids=str)
@pytest.mark.parametrize("name", OPINFO)
def test_torchs_samples(name, dtype):
    info = next(o for o in op_db if o.name == OPINFO[name] and not o.variant_test_name)
    tried = 0
    for sample in info.sample_inputs("cpu", dtype, requires_grad=True):
        tried += 1
        given = {k: v for k, v in sample.kwargs.items() if k != "inplace"}
        x, parameters = sample.input, [*sample.args, *given.values()]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            theirs = info.op(x, *sample.args, **given)
        ours = call(name, x, *parameters)
        assert ours.shape == theirs.shape
        assert ours.stride() == theirs.stride()
        assert ours.dtype == theirs.dtype
        torch.testing.assert_close(ours, theirs)
        grad = torch.ones_like(theirs)
        (dx,) = torch.autograd.grad(ours, x, grad)
        torch.testing.assert_close(dx, torch.autograd.grad(theirs, x, grad)[0])
    assert tried > 0


@pytest.mark.parametrize("op", ALL)
def test_compile(op):
    torch.compiler.reset()
    f = torch.compile(
        lambda *t: call(op.name, *t, *floats(op)).sum(), fullgraph=True, backend="aot_eager"
    )
    eager, compiled = (inputs(op, dtype=torch.float32, requires_grad=True) for _ in range(2))
    call(op.name, *eager, *floats(op)).sum().backward()
    f(*compiled).backward()
    for a, b in zip(eager, compiled, strict=True):
        torch.testing.assert_close(a.grad, b.grad, rtol=0, atol=0)


@pytest.mark.parametrize("op", ALL)
def test_export(op):
    class Module(torch.nn.Module):
        def forward(self, *t):
            return call(op.name, *t, *floats(op))

    x = tuple(inputs(op, dtype=torch.float32))
    program = torch.export.export(Module(), x)
    targets = [str(node.target) for node in program.graph.nodes]
    assert f"edgeact.{op.name}.default" in targets
    torch.testing.assert_close(program.module()(*x), Module()(*x), rtol=0, atol=0)


@pytest.mark.parametrize("op", ALL)
def test_vmap(op):
    x = inputs(op, (3, 4))

    def f(*t):
        return call(op.name, *t, *floats(op))

    for dims in {(0,) * len(x), (1,) * len(x), (0, None)[: len(x)]}:
        used = [t if d is not None else t[0] for t, d in zip(x, dims, strict=True)]
        theirs = torch.vmap(lambda *t: FORMULAS[op.name](*t, *floats(op)), dims)(*used)
        torch.testing.assert_close(torch.vmap(f, dims)(*used), theirs)
    per_sample = torch.vmap(torch.func.grad(lambda *t: f(*t).sum()))(*x)
    theirs = torch.vmap(torch.func.grad(lambda *t: FORMULAS[op.name](*t, *floats(op)).sum()))(*x)
    torch.testing.assert_close(per_sample, theirs)


@pytest.mark.parametrize("name", ["silu", "gelu", "mish"])
def test_second_derivatives_under_transforms(name):
    x = torch.randn(4, dtype=torch.float64)

    def second(f):
        return torch.vmap(torch.func.grad(torch.func.grad(f)))(x)

    theirs = second(FORMULAS[name])
    torch.testing.assert_close(second(getattr(torch.ops.edgeact, name)), theirs)
    hessian = torch.func.jacrev(torch.func.jacrev(lambda t: call(name, t).sum()))(x)
    torch.testing.assert_close(hessian, theirs.diag())


@pytest.mark.parametrize("name", ROWS)
def test_second_derivatives_of_rows_under_transforms(name):
    x = torch.randn(3, 4, dtype=torch.float64)
    ours, theirs = (
        torch.func.jacrev(torch.func.jacrev(lambda t, f=f: f(t, -1)))(x)
        for f in (getattr(torch.ops.edgeact, name), getattr(torch, name))
    )
    torch.testing.assert_close(ours, theirs)


@pytest.mark.parametrize("name", ROWS)
def test_vmap_of_rows(name):
    x = torch.randn(2, 3, 4).double()
    for dim in (0, -1):
        for batch in (0, 2):
            ours = torch.vmap(lambda t, dim=dim: call(name, t, dim), batch)(x)
            theirs = torch.vmap(lambda t, dim=dim: getattr(torch, name)(t, dim), batch)(x)
            torch.testing.assert_close(ours, theirs)
    torch.testing.assert_close(
        torch.vmap(lambda t: call(name, t, 0))(x[0, 0]),
        torch.vmap(lambda t: getattr(torch, name)(t, 0))(x[0, 0]),
    )


def test_autocast():
    x = torch.randn(4, 8)
    with torch.autocast("cpu", torch.bfloat16):
        y = torch.nn.functional.linear(x, torch.randn(8, 8))
        for name, theirs in (("gelu", torch.nn.functional.gelu), ("tanh", torch.tanh)):
            assert call(name, y).dtype == theirs(y).dtype == torch.bfloat16
        for name in ROWS:
            assert call(name, y, -1).dtype == getattr(torch, name)(y, -1).dtype
        gated = call("swiglu", y, x.requires_grad_())
        assert gated.dtype == torch.float32
        gated.sum().backward()
        assert x.grad.dtype == torch.float32
    with pytest.raises(TypeError, match="one dtype"):
        call("swiglu", y, x)


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16], ids=str)
def test_layout_is_kept(dtype):
    x = torch.randn(2, 3, 4, 5).to(dtype, memory_format=torch.channels_last).requires_grad_()
    y = call("mish", x)
    assert y.is_contiguous(memory_format=torch.channels_last)
    torch.testing.assert_close(y, call("mish", x.contiguous()), rtol=0, atol=0)
    (dx,) = torch.autograd.grad(y.sum(), x)
    assert dx.is_contiguous(memory_format=torch.channels_last)
    gated = call("prelu", x, torch.full((3, 1, 1), 0.5, dtype=dtype))
    assert gated.is_contiguous(memory_format=torch.channels_last)
    torch.testing.assert_close(gated, torch.where(x > 0, x, 0.5 * x))


def test_in_place():
    x = torch.randn(3, 4)
    expected, version = call("silu", x), x._version
    assert call("silu_", x) is x
    assert x._version > version
    torch.testing.assert_close(x, expected, rtol=0, atol=0)
    part = x[:, ::2]
    expected = call("elu", part, 0.5)
    torch.testing.assert_close(call("elu_", part, 0.5), expected, rtol=0, atol=0)
    torch.testing.assert_close(x[:, ::2], expected, rtol=0, atol=0)
    with pytest.raises(RuntimeError, match="single memory location"):
        call("silu_", torch.randn(3, 1).expand(3, 4))


def test_threads():
    before, x = torch.get_num_threads(), torch.randn(1 << 20)
    pieces = torch.cat([call("gelu", piece) for piece in x.split(1000)])
    try:
        torch.set_num_threads(3)
        assert torch.equal(call("gelu", x), pieces)
        rows = call("softmax", x.view(1024, 1024), 0)
    finally:
        torch.set_num_threads(before)
    assert torch.equal(rows, call("softmax", x.view(1024, 1024), 0))


def test_in_place_is_recorded():
    a = torch.randn(3, 4, dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(lambda t: call("silu_", t.clone()), a)
    with pytest.raises(RuntimeError, match="leaf"):
        call("silu_", a)
    y = (2 * a).tanh()
    call("relu_", y)
    with pytest.raises(RuntimeError, match="inplace operation"):  # tanh needs what it gave
        y.sum().backward()


def test_in_place_under_transforms():
    x = torch.randn(3, 4)
    compiled = torch.compile(lambda t: call("mish_", t) + 1, fullgraph=True, backend="aot_eager")
    mine = x.clone()
    torch.testing.assert_close(compiled(mine), call("mish", x) + 1, rtol=0, atol=0)
    torch.testing.assert_close(mine, call("mish", x), rtol=0, atol=0)
    ours = torch.vmap(lambda t: call("mish_", t.clone()))(x)
    torch.testing.assert_close(ours, call("mish", x), rtol=0, atol=0)


@pytest.mark.parametrize("name", ["silu", "silu_"])
def test_errors(name):
    with pytest.raises(ValueError, match="tier 'best' is not one of exact, fast, coarse"):
        call(name, torch.ones(2), tier="best")
    with pytest.raises(TypeError, match="no kernel for"):
        call(name, torch.ones(2, dtype=torch.int32))
    with pytest.raises(ValueError, match="no kernel of tier exact for"):
        call(name, torch.ones(2, dtype=torch.float64), tier="exact")
    with pytest.raises(NotImplementedError):
        call(name, torch.ones(2).to_sparse())


def test_errors_of_rows():
    with pytest.raises(IndexError, match="no dimension 2 in a tensor of 2"):
        call("softmax", torch.ones(2, 3), 2)
    with pytest.raises(TypeError, match="no kernel for"):
        call("softmax", torch.ones(2, 3, dtype=torch.int64), 1)
    with pytest.raises(TypeError, match="one dtype and shape"):
        call("softmax_backward", torch.ones(2, 3), torch.ones(2, 4), 1)
    assert call("softmax", torch.tensor(3.0), 0) == 1
    assert call("softmax", torch.ones(0, 3), 1).shape == (0, 3)


@pytest.mark.parametrize("op", ALL)
def test_forward_mode(op):
    x, tangents = (tuple(inputs(op, seed=seed)) for seed in (0, 1))

    def f(*t):
        return call(op.name, *t, *floats(op))

    def theirs(*t):
        return FORMULAS[op.name](*t, *floats(op))

    both = (torch.func.jvp(g, x, tangents) for g in (f, theirs))
    for ours, truth in zip(*both, strict=True):
        torch.testing.assert_close(ours, truth)
    last, rest = (x[-1], tangents[-1]), x[:-1]  # one tensor alone has a tangent
    with torch.autograd.forward_ad.dual_level():
        dual = torch.autograd.forward_ad.make_dual(*last)
        ours = torch.autograd.forward_ad.unpack_dual(f(*rest, dual)).tangent
    truth = torch.func.jvp(lambda t: theirs(*rest, t), *((each,) for each in last))[1]
    torch.testing.assert_close(ours, truth)


def test_forward_mode_records():
    """Reverse mode through a tangent, and what vmap makes of both: a Hessian."""
    x = torch.randn(4, dtype=torch.float64)
    for name in ("silu", "gelu", "tanh"):
        ours, theirs = (
            torch.func.jacrev(torch.func.jacfwd(lambda t, f=f: f(t).sum()))(x)
            for f in (partial(call, name), FORMULAS[name])
        )
        torch.testing.assert_close(ours, theirs)


@pytest.mark.parametrize("name", ["silu", "swiglu", "softmax"])
def test_forward_mode_over_reverse_is_refused(name):
    x = torch.ones(2)
    rest = [0] if name == "softmax" else [x] * (len(ops.OPS[name].tensors) - 1)
    with pytest.raises(NotImplementedError, match="no forward-mode derivative"):
        torch.func.jvp(torch.func.grad(lambda t: call(name, t, *rest).sum()), (x,), (x,))


@pytest.mark.parametrize("name", ROWS)
def test_forward_mode_of_rows(name):
    x, tangent = torch.randn(2, 3, 4, dtype=torch.float64)
    for dim in (0, -1):
        made, truth = (
            torch.func.jvp(lambda t, f=f, dim=dim: f(t, dim), (x,), (tangent,))
            for f in (partial(call, name), getattr(torch, name))
        )
        torch.testing.assert_close(made, truth)
