"""The bodies of the operators of domain ai.edgeact."""

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator

import edgeact
from edgeact.onnx.bodies import DOMAIN, DTYPES, HALVES, OPERATORS, VERSION, body, since

SPECS = {spec.onnx: spec for spec in map(edgeact.spec, edgeact.activations())}
GIVEN = {
    "slope": 0.25,
    "b": 0.5,
    "gate": 0.75,
    "up": -1.5,
    "scale_in": 0.75,
    "shift_in": -0.25,
    "scale_out": 1.25,
    "shift_out": 0.5,
}


def given(operator: str) -> dict[str, float]:
    """Values for the parameters that have no default."""
    return {n: GIVEN[n] for n, default in SPECS[operator].params.items() if default is None}


def call(operator: str, dtype: int, opset: int) -> onnx.ModelProto:
    value = [helper.make_tensor_value_info(name, dtype, ["N"]) for name in "xy"]
    attributes = {**SPECS[operator].params, **given(operator)}
    tensors = [
        helper.make_tensor(name, dtype, [1], [attributes.pop(name)])
        for name in list(attributes)[: SPECS[operator].tensors]
    ]
    inputs = ["x", *(tensor.name for tensor in tensors)]
    node = helper.make_node(operator, inputs, ["y"], domain=DOMAIN, tier="fast", **attributes)
    return helper.make_model(
        helper.make_graph([node], "g", value[:1], value[1:], tensors),
        functions=[body(operator, dtype, opset)],
        opset_imports=[helper.make_opsetid("", opset), helper.make_opsetid(DOMAIN, VERSION)],
        ir_version=8,
    )


def test_every_activation_has_a_body() -> None:
    assert sorted(OPERATORS) == sorted(SPECS)


@pytest.mark.parametrize("operator", OPERATORS)
def test_parameters_are_inputs_or_attributes(operator: str) -> None:
    function, spec = body(operator, TensorProto.FLOAT, 18), SPECS[operator]
    assert list(function.input) == ["x", *list(spec.params)[: spec.tensors]]
    assert list(function.attribute) == [*list(spec.params)[spec.tensors :], "tier"]


@pytest.mark.parametrize("dtype", DTYPES + HALVES)
@pytest.mark.parametrize("operator", OPERATORS)
def test_body_is_valid_in_every_opset(operator: str, dtype: int) -> None:
    newer = operator in ("Erf", "Gelu", "GeGlu", "BiasGelu") or "Grad" in operator  # Erf, Where
    oldest = max(since(operator), 9 if newer else 7)
    if dtype == TensorProto.BFLOAT16:
        oldest = 13  # Cast had none before
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
    params = SPECS[operator].params | given(operator)
    expected = edgeact.apply(SPECS[operator].name, x, *map(np.float32, params.values()))
    evaluator = ReferenceEvaluator(call(operator, TensorProto.DOUBLE, opset))
    (y,) = evaluator.run(None, {"x": x})
    # onnx.reference computes Erf in float32; GeGlu's factor is below 2.
    coarse = 2.0**-23 if "Erf" in operator or "Gelu" in operator or "GeGlu" in operator else 0
    tolerance = max(coarse, 8 * np.finfo(float).eps)
    np.testing.assert_array_equal(np.isnan(y), np.isnan(expected))
    largest = np.fmax(np.fmax(1, np.abs(x)), np.abs(expected))
    assert not np.any(np.abs(y - expected) > tolerance * largest)
    assert y.dtype == x.dtype
    assert np.isnan(evaluator.run(None, {"x": np.array([np.nan])})[0][0])


@pytest.mark.parametrize("operator", OPERATORS)
def test_body_in_float16(operator: str) -> None:
    """It computes in float32: off by no more than one rounding to float16 and float32's own."""
    x = np.linspace(-10, 10, 1001).astype(np.float16)
    params = SPECS[operator].params | given(operator)
    expected = edgeact.apply(
        SPECS[operator].name, x.astype(float), *map(np.float32, params.values())
    )
    (y,) = ReferenceEvaluator(call(operator, TensorProto.FLOAT16, 18)).run(None, {"x": x})
    assert y.dtype == np.float16
    np.testing.assert_array_equal(np.isnan(y), np.isnan(expected))
    largest = np.fmax(1, np.fmax(np.abs(x), np.abs(expected)))
    assert not np.any(np.abs(y - expected) > 2.0**-11 * np.abs(expected) + 2.0**-20 * largest)
