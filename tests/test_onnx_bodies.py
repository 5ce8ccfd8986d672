"""The bodies of the operators of domain ai.edgeact."""

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator

import edgeact
from edgeact.onnx.bodies import DOMAIN, DTYPES, OPERATORS, VERSION, body, since

SPECS = {spec.onnx: spec for spec in map(edgeact.spec, edgeact.activations())}
GIVEN = {"scale_in": 0.75, "shift_in": -0.25, "scale_out": 1.25, "shift_out": 0.5}


def given(operator: str) -> dict[str, float]:
    """Values for the parameters that have no default."""
    return {n: GIVEN[n] for n, default in SPECS[operator].params.items() if default is None}


def call(operator: str, dtype: int, opset: int) -> onnx.ModelProto:
    value = [helper.make_tensor_value_info(name, dtype, ["N"]) for name in "xy"]
    attributes = {**SPECS[operator].params, **given(operator)}
    node = helper.make_node(operator, ["x"], ["y"], domain=DOMAIN, tier="fast", **attributes)
    return helper.make_model(
        helper.make_graph([node], "g", value[:1], value[1:]),
        functions=[body(operator, dtype, opset)],
        opset_imports=[helper.make_opsetid("", opset), helper.make_opsetid(DOMAIN, VERSION)],
        ir_version=8,
    )


def test_every_activation_has_a_body() -> None:
    assert sorted(OPERATORS) == sorted(SPECS)


@pytest.mark.parametrize("operator", OPERATORS)
def test_attributes_are_the_parameters_and_the_tier(operator: str) -> None:
    attributes = list(body(operator, TensorProto.FLOAT, 18).attribute)
    assert attributes == [*SPECS[operator].params, "tier"]


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("operator", OPERATORS)
def test_body_is_valid_in_every_opset(operator: str, dtype: int) -> None:
    oldest = max(since(operator), 9 if operator in ("Erf", "Gelu") else 7)
    for opset in range(oldest, onnx.defs.onnx_opset_version() + 1):
        onnx.checker.check_model(call(operator, dtype, opset), full_check=True)


@pytest.mark.parametrize("operator", OPERATORS)
def test_body_is_of_opset_13(operator: str) -> None:
    """Each of its operators exists there: a body in a newer opset only follows its model."""
    for node in body(operator, TensorProto.FLOAT, 18).node:
        assert onnx.defs.has(node.op_type, 13, "")


@pytest.mark.parametrize("opset", [13, 18, 24])
@pytest.mark.parametrize("operator", OPERATORS)
def test_body_computes_the_activation(operator: str, opset: int) -> None:
    x = np.linspace(-12, 12, 1001)
    expected = getattr(edgeact, SPECS[operator].name)(x, *given(operator).values())
    evaluator = ReferenceEvaluator(call(operator, TensorProto.DOUBLE, opset))
    (y,) = evaluator.run(None, {"x": x})
    # onnx.reference computes Erf in float32.
    tolerance = 2.0**-24 if operator in ("Erf", "Gelu") else 8 * np.finfo(float).eps
    assert np.all(np.abs(y - expected) <= tolerance * np.maximum(1, np.abs(x)))
    assert y.dtype == x.dtype
    assert np.isnan(evaluator.run(None, {"x": np.array([np.nan])})[0][0])
