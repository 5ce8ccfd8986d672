"""The activation cases that ONNX itself tests runtimes with, as they are and accelerated."""

import re
from collections import Counter
from functools import cache
from typing import Any

import numpy as np
import onnxruntime
import pytest
from onnx import ModelProto
from onnx.backend.test.case.node import collect_testcases

from edgeact.onnx import Report, accelerate, register

# Each has cases: a case that vanished would be missed.
OPERATORS = """Celu Clip Elu Erf Exp Gelu HardSigmoid HardSwish LeakyRelu LogSoftmax Mish PRelu Relu
    Selu Shrink Sigmoid Softmax Softplus Softsign Swish Tanh ThresholdedRelu"""
CASES_OF_1_23 = 141  # no later onnx has fewer

# What ONNX Runtime cannot run as given, and why.
REFUSED = {
    "test_celu_bfloat16": "its Python takes no bfloat16 array",
    "test_celu_bfloat16_expanded": "it has no Div of bfloat16",
}


@cache
def cases() -> dict[str, tuple[str, Any]]:
    """Operator and case by name, of single activations and of what they expand to."""
    every = {case.name: case for case in collect_testcases(None)}
    chosen = {}
    for name, case in every.items():
        whole = every.get(re.sub("_expanded.*", "", name))
        nodes = whole.model.graph.node if whole is not None else []
        if len(nodes) == 1 and nodes[0].op_type in OPERATORS.split():
            chosen[name] = nodes[0].op_type, case
    return chosen


def test_none_is_missing() -> None:
    assert len(cases()) >= CASES_OF_1_23
    assert set(Counter(operator for operator, _ in cases().values())) == set(OPERATORS.split())


def assert_passes(case: Any, model: ModelProto) -> None:
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    register(options)
    session = onnxruntime.InferenceSession(model.SerializeToString(), options)
    names = [value.name for value in session.get_inputs()]
    for inputs, outputs in case.data_sets:
        given = dict(zip(names, map(np.asarray, inputs), strict=True))
        for result, expected in zip(session.run(None, given), outputs, strict=True):
            assert result.dtype == np.asarray(expected).dtype
            np.testing.assert_allclose(result, expected, rtol=case.rtol, atol=case.atol)


@pytest.mark.parametrize("name", sorted(cases()))
def test_case(name: str) -> None:
    _, case = cases()[name]
    if name in REFUSED:
        with pytest.raises(Exception, match=r"MLDataType|NOT_IMPLEMENTED"):
            assert_passes(case, case.model)
        return
    assert_passes(case, case.model)
    for tier in ("fast", "exact"):
        accelerated, _ = accelerate(case.model, tier)
        assert_passes(case, accelerated)


# Why tier exact leaves a case as it is.
STAYS = {
    "Softmax": "there is no tier exact",
    "LogSoftmax": "there is no tier exact",
    "Clip": "its limits are inputs",
    "Selu": "its parameters are not the paper's",
    "Shrink": "its opset lacks the attributes of functions",
}


def test_tier_exact_replaces_them() -> None:
    reports: dict[str, list[Report]] = {}
    for name, (operator, case) in cases().items():
        reports.setdefault(operator, []).append(accelerate(case.model, "exact")[1])
        if operator not in STAYS:
            assert reports[operator][-1].replaced, name
    assert any(report.replaced for report in reports["Selu"])
    assert any(report.replaced for report in reports["Shrink"])
