"""replace and restore, on small networks of the kinds that people have."""

import copy

import pytest

torch = pytest.importorskip("torch")

import torch.nn.functional as F  # noqa: E402, N812
from torch import nn  # noqa: E402

import edgeact.torch  # noqa: E402
from edgeact.torch import replace, restore  # noqa: E402


def inverted_residual(channels, activation):
    return nn.Sequential(
        nn.Conv2d(channels, 2 * channels, 1, bias=False),
        nn.BatchNorm2d(2 * channels),
        activation(inplace=True),
        nn.Conv2d(2 * channels, 2 * channels, 3, padding=1, groups=2 * channels, bias=False),
        nn.BatchNorm2d(2 * channels),
        activation(inplace=True),
        nn.Conv2d(2 * channels, channels, 1, bias=False),
    )


class SqueezeExcite(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.down, self.up = nn.Conv2d(channels, 4, 1), nn.Conv2d(4, channels, 1)

    def forward(self, x):
        pooled = F.relu(self.down(x.mean((2, 3), keepdim=True)), inplace=True)
        return x * F.hardsigmoid(self.up(pooled))


def mobile_net():
    return nn.Sequential(
        nn.Conv2d(3, 8, 3, padding=1),
        nn.Hardswish(),
        inverted_residual(8, nn.ReLU6),
        SqueezeExcite(8),
        inverted_residual(8, nn.Hardswish),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(8, 4),
        nn.LogSoftmax(-1),
    )


class Block(nn.Module):
    """A transformer's, with a mask that may be left out, and dropout that depends on the mode."""

    def __init__(self):
        super().__init__()
        self.norm, self.qkv, self.out = nn.LayerNorm(8), nn.Linear(8, 24), nn.Linear(8, 8)
        self.up, self.down = nn.Linear(8, 32), nn.Linear(32, 8)

    def forward(self, x, mask=None):
        q, k, v = self.qkv(self.norm(x)).chunk(3, -1)
        scores = q @ k.transpose(-1, -2)
        if mask is not None:
            scores = scores.masked_fill(mask, float("-inf"))
        x = x + self.out(torch.softmax(scores, dim=-1) @ v)
        x = x + self.down(F.gelu(self.up(x), approximate="tanh"))
        return F.dropout(x.tanh(), 0.5, training=self.training)


@pytest.mark.parametrize("layout", [torch.contiguous_format, torch.channels_last], ids=str)
def test_mobile_net(layout):
    torch.manual_seed(0)
    model = mobile_net().to(memory_format=layout)
    x = torch.randn(2, 3, 8, 8).to(memory_format=layout)
    state, expected = copy.deepcopy(model.state_dict()), copy.deepcopy(model)(x)
    ids = [id(m) for m in model.modules()]
    report = replace(model, functional=True)
    assert list(report.modules.values()) == [
        "Hardswish",
        "ReLU6",
        "ReLU6",
        "Hardswish",
        "Hardswish",
        "LogSoftmax",
    ]
    assert report.calls == {"3": {"relu": 1, "hardsigmoid": 1}}
    assert report.left_alone == {}
    assert "3: in its forward 1 relu, 1 hardsigmoid" in str(report)
    assert [id(m) for m in model.modules()] == ids
    assert type(model[1]) is edgeact.torch.Hardswish
    model.load_state_dict(state)
    torch.testing.assert_close(model(x), expected)
    restore(model)
    assert type(model[1]) is nn.Hardswish
    assert type(model[3]) is SqueezeExcite
    assert not hasattr(model[1], "tier")
    assert list(model.state_dict()) == list(state)
    model.load_state_dict(state)
    assert torch.equal(model(x), expected)


def test_calls_in_training_count():
    class Noisy(nn.Module):
        def forward(self, x):
            return x.tanh() if self.training else x

    model, x = Noisy(), torch.randn(3)
    assert replace(model, tier="exact", functional=True).calls == {"Noisy": {"tanh": 1}}
    assert torch.equal(model(x), edgeact.torch.functional.tanh(x, tier="exact"))
    assert torch.equal(model.eval()(x), x)


def test_transformer():
    torch.manual_seed(0)
    model = nn.Sequential(Block(), Block()).eval()
    x = torch.randn(2, 5, 8)
    expected = model(x)
    report = replace(model, functional=True)
    assert report.calls == {p: {"softmax": 1, "gelu": 1, "tanh": 1} for p in "01"}
    assert report.left_alone == {p: "where a call gives mask" for p in "01"}
    operators = {str(n.target) for n in torch.export.export(model, (x,)).graph.nodes}
    assert {"edgeact.softmax.default", "edgeact.gelu_tanh.default"} <= operators
    torch.testing.assert_close(model(x), expected)
    compiled = torch.compile(model, fullgraph=True, backend="aot_eager")
    torch.testing.assert_close(compiled(x), expected)
    mask = torch.ones(5, 5).triu(1).bool()
    assert torch.equal(model[0](x, mask), Block.forward(model[0], x, mask))
    dropped = (model.train()(x) == 0).float().mean()
    assert 0.2 < dropped < 0.8
    copied = copy.deepcopy(model.eval())
    torch.testing.assert_close(copied(x), expected)
    restore(model)
    assert torch.equal(model(x), expected)


def test_training_goes_on():
    """An optimizer that was made before has the same parameters after."""
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(4, 8), nn.PReLU(8), nn.Linear(8, 1))
    optimizer = torch.optim.SGD(model.parameters(), 0.1)
    plain = copy.deepcopy(model)
    plain_optimizer = torch.optim.SGD(plain.parameters(), 0.1)
    x, y = torch.randn(16, 4), torch.randn(16, 1)
    replace(model)
    for each, step in ((model, optimizer), (plain, plain_optimizer)):
        for _ in range(5):
            step.zero_grad()
            ((each(x) - y) ** 2).mean().backward()
            step.step()
    for a, b in zip(model.parameters(), plain.parameters(), strict=True):
        torch.testing.assert_close(a, b)


def test_tiers():
    model = nn.Sequential(nn.ReLU(), nn.Tanh(), nn.Softmax(-1))
    report = replace(model, tier="coarse")
    assert [m.tier for m in model] == ["fast", "coarse", "fast"]
    report = replace(model, tier="exact")  # again: it begins with restore
    assert report.modules == {"0": "ReLU", "1": "Tanh"}
    assert report.left_alone == {"2": "softmax has no tier exact"}
    assert [getattr(m, "tier", None) for m in model] == ["exact", "exact", None]
    with pytest.raises(ValueError, match="tier 'best' is not one of"):
        replace(model, tier="best")


def test_what_is_left_alone():
    class Mine(nn.GELU):
        pass

    class Branches(nn.Module):
        def forward(self, x):
            return torch.tanh(x) if x.sum() > 0 else x

    class Anything(nn.Module):
        def forward(self, *x):
            return torch.tanh(x[0])

    class Out(nn.Module):
        def forward(self, x):
            return torch.tanh(x, out=torch.empty_like(x))

    model = nn.ModuleDict(
        {
            "rrelu": nn.RReLU(),
            "threshold": nn.Threshold(0, 1),
            "attention": nn.MultiheadAttention(4, 1),
            "lstm": nn.LSTM(2, 2),
            "mine": Mine(),
            "branches": Branches(),
            "anything": Anything(),
            "out": Out(),
            "own": edgeact.torch.Mish(tier="exact"),
        }
    )
    report = replace(model, functional=True)
    assert not report.modules
    assert not report.calls
    assert report.left_alone == {
        "rrelu": "its slopes are random",
        "threshold": "its value is 1, not 0",
        "attention": "its activations are inside torch's kernels",
        "lstm": "its activations are inside torch's kernels",
        "mine": "a subclass of GELU",
        "branches": report.left_alone["branches"],
        "anything": "its forward takes any arguments",
    }
    assert "symbolically traced variables" in report.left_alone["branches"]
    restore(model)
    assert model["own"].tier == "exact"


def test_an_activation_itself_and_one_that_is_shared():
    module = nn.GELU()
    assert replace(module).modules == {"GELU": "GELU"}
    assert type(module) is edgeact.torch.GELU
    shared = nn.SiLU()
    model = nn.Sequential(shared, nn.Linear(2, 2), shared)
    assert replace(model).modules == {"0": "SiLU"}
    assert model[2] is model[0]
    assert type(model[2]) is edgeact.torch.SiLU


def test_hooks_stay():
    model, seen = nn.Sequential(nn.Tanh()), []
    model[0].register_forward_hook(lambda *_: seen.append(1))
    replace(model)
    model(torch.ones(2))
    assert seen == [1]
