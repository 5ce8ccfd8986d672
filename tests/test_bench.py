"""edgeact bench: what is timed computes what it says, and the errors beside the times are true."""

import json
import os
import resource

import numpy as np
import pytest
from click.testing import CliRunner

import edgeact as ea
from edgeact import _peers, bench, reference
from edgeact.cli import main

SIMPLE = [name for name in bench.names() if name not in bench.GATED and name not in ea.rowwise()]


@pytest.mark.parametrize("name", SIMPLE)
def test_each_peer_computes_the_activation(name):
    x = np.random.default_rng(5).normal(0, 3, 300).astype(np.float32)
    x = x[x > -1] if name == "log1p" else x
    params = [float(np.float32(p)) for p in ea.spec(name).params.values()]
    truth = np.array([float(reference.exact(name, v, *params)) for v in x.tolist()])
    for label, make in _peers.peers(name).items():
        y = bench.values(make, x)
        # What tells one function from another: a peer's own error is not judged here.
        assert np.abs(y - truth).max() < 1e-3 * max(1, np.abs(truth).max()), label


@pytest.mark.parametrize("name", ea.rowwise())
def test_each_peer_computes_rows(name):
    x = np.random.default_rng(5).normal(0, 3, (7, 40)).astype(np.float32)
    truth = np.array([[float(v) for v in reference.exact_row(name, row)] for row in x.tolist()])
    for label, make in _peers.peers(name).items():
        assert np.abs(bench.values(make, x) - truth).max() < 1e-5, label


@pytest.mark.parametrize("name", ["relu", "gelu", "hardswish"])
def test_peers_write_to_memory_that_is_there(name):
    """As edgeact does: to fault in 64 MB at each call costs more than the activation."""
    x = np.zeros(1 << 24, np.float32)
    pages = x.nbytes // resource.getpagesize()
    for label, make in _peers.peers(name).items():
        if label == "NumPy/SciPy":  # forms with temporaries
            continue
        call = make(x, np.zeros_like(x))
        call()
        call()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
        call()
        faults = resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before
        assert faults < pages / 4, label


def test_the_peers_that_are_installed_take_part():
    held = bench.run(["sigmoid"], (64,), rounds=3)
    labels = [cell.label for cell in held.groups[0].cells]
    assert labels[:3] == ["fast", "exact", "coarse"]
    assert labels[-1] == "copy"
    assert "ONNX Runtime" in labels
    assert {"numpy", "onnxruntime"} <= set(held.machine)
    for package in ("CPU", "instruction set", "compiler", "date"):
        assert held.machine[package]


def test_errors_are_those_of_the_reference():
    held = bench.run(["gelu", "elu"], (64,), rounds=3)
    for group in held.groups:
        for cell in group.cells:
            if cell.label == "copy":
                assert cell.ulp is None
                continue
            makes = bench._makes(group.activation, 1, "float32", True)
            x = np.full(64, cell.at, np.float32)  # one value alone takes PyTorch's other path
            y = bench.values(makes[cell.label], x)
            params = ea.spec(group.activation).params.values()
            truth = reference.exact(group.activation, cell.at, *params)
            assert cell.ulp == pytest.approx(
                reference.ulp_error(float(y[0]), truth, "float32"), rel=1e-5
            )
            if cell.label in ("fast", "exact"):
                assert cell.ulp <= ea.spec(group.activation).bounds[cell.label, "float32"].ulp


def test_float16_is_correctly_rounded():
    held = bench.run(["gelu"], (64,), dtype="float16", rounds=3)
    cells = {cell.label: cell for cell in held.groups[0].cells}
    assert cells["fast"].ulp <= 0.5
    assert cells["exact"].ulp <= 0.5
    assert set(cells) <= {"fast", "exact", "coarse", "ONNX Runtime", "copy"}


def test_times_are_those_of_the_calls(monkeypatch):
    """By a clock that the calls alone set forward, in turn: by 0.5 ms and by 6."""
    now, order = [0.0], []
    monkeypatch.setattr(bench.time, "perf_counter", lambda: now[0])

    def stepper(label, seconds):
        def call():
            order.append(label)
            now[0] += seconds

        return call

    calls = {"short": stepper("short", 0.5e-3), "long": stepper("long", 6e-3)}
    seconds = bench.in_turns(calls, 5)
    assert seconds["short"] == pytest.approx([0.5e-3] * 5)
    assert seconds["long"] == pytest.approx([6e-3] * 5)
    assert order[4:] == (["short"] * 4 + ["long"]) * 5  # a round lasts 2 ms at least


def test_the_ratio_is_the_best_peers(monkeypatch):
    """The median of the rounds' ratios, 1 here, and not the ratio of the medians, 2."""

    def in_turns(calls, rounds):
        rivals = [label for label in calls if label not in ("fast", "exact", "coarse", "copy")]
        seconds = {label: [9.0, 9, 9, 9, 9] for label in calls}
        return seconds | {"fast": [1.0, 2, 4, 8, 16], rivals[-1]: [8.0, 8, 1, 8, 8]}

    monkeypatch.setattr(bench, "in_turns", in_turns)
    group = bench.run(["mish"], (4096,), rounds=5).groups[0]
    rivals = {
        c.label: c.ns for c in group.cells if c.label not in ("fast", "exact", "coarse", "copy")
    }
    assert len(rivals) > 1
    assert group.best_peer == min(rivals, key=rivals.get)
    assert group.ratio == 1
    assert group.ratio_low < group.ratio < group.ratio_high


def test_gated_functions_stand_beside_two_passes():
    group = bench.run(["swiglu"], (1 << 10,), rounds=3).groups[0]
    assert group.best_peer == "two passes"
    gate = np.random.default_rng(0).normal(size=50).astype(np.float32)
    makes = bench._makes("swiglu", 1, "float32", False)
    one, two = (bench.values(makes[label], gate) for label in ("fast", "two passes"))
    up = bench._up(gate).astype(np.float64)
    truth = np.array([float(reference.exact("silu", g)) for g in gate.tolist()]) * up
    for y in (one, two):  # bound 3 of swiglu; silu's 2, and the product's rounding
        np.testing.assert_array_less(np.abs(y - truth), 3 * np.spacing(np.abs(truth).astype("f4")))


def test_rows_have_1024_values_at_most():
    groups = bench.run(["softmax"], (16, 4096), rounds=3, peers=False).groups
    assert [group.size for group in groups] == [16, 4096]


def test_the_processors_are_given_back():
    before = os.sched_getaffinity(0)
    bench.run(["relu"], (16,), rounds=3, peers=False)
    assert os.sched_getaffinity(0) == before


def test_command():
    arguments = ["bench", "relu", "--size", "64", "--rounds", "3", "--no-peers"]
    run = CliRunner().invoke(main, [*arguments, "--json"])
    assert run.exit_code == 0, run.output
    held = json.loads(run.stdout)
    assert held["threads"] == 1
    assert held["groups"][0]["activation"] == "relu"
    cell = held["groups"][0]["cells"][0]
    assert set(cell) == {"label", "ns", "low", "high", "ulp", "at", "absolute"}
    run = CliRunner().invoke(main, arguments)
    assert run.exit_code == 0, run.output
    assert "relu, 64 values" in run.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["gelo"], "'gelo'"),
        (["gelu", "--size", "0"], "size 0"),
        (["gelu", "--threads", "x"], "--threads 'x'"),
        (["gelu", "--threads", "0"], "threads 0"),
        (["gelu", "--dtype", "int8"], "'int8'"),
        (["gelu", "--rounds", "2"], "rounds 2"),
    ],
)
def test_command_refuses(arguments, says):
    run = CliRunner().invoke(main, ["bench", *arguments])
    assert run.exit_code == 2
    assert says in run.output
