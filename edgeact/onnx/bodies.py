"""What each operator of domain ai.edgeact computes, in ONNX's own operators.

An accelerated model carries these bodies as model-local functions: ONNX Runtime calls the native
operator where edgeact is registered, and inlines the body where it is not.
"""

import re
from string import Template

import onnx
import onnx.parser

from edgeact import _registry
from edgeact.onnx import expressions

DOMAIN = "ai.edgeact"
VERSION = 1
IR_VERSION = 8  # the first that has model-local functions

SPECS = {spec.onnx: spec for spec in map(_registry.spec, _registry.activations())}


def _step(text: str, **names: str) -> str:
    return Template(text).safe_substitute(names)


# Steps from $x to $y in operators of opset 13 or lower; $type is the element type, $code its
# number. Where ONNX Runtime fuses a pattern, the body is written in that pattern.
_GELU = """
    root2 = Constant <value = $type {1.4142135623730951}> ()
    one = Constant <value = $type {1.0}> ()
    half = Constant <value = $type {0.5}> ()
    scaled = Div($x, root2)
    erf = Erf(scaled)
    twice = Add(erf, one)
    product = Mul($x, twice)
    $y = Mul(product, half)
"""
_GELU_TANH = """
    half = Constant <value = $type {0.5}> ()
    one = Constant <value = $type {1.0}> ()
    three = Constant <value = $type {3.0}> ()
    bend = Constant <value = $type {0.044715}> ()
    slope = Constant <value = $type {0.7978845608028654}> ()
    cube = Pow($x, three)
    bent_cube = Mul(bend, cube)
    bent = Add($x, bent_cube)
    inner = Mul(slope, bent)
    tanh = Tanh(inner)
    twice = Add(tanh, one)
    product = Mul($x, twice)
    $y = Mul(product, half)
"""
# Not Elu <alpha = @alpha> (x): onnx.reference cannot hand an attribute on to a unary operator.
_ELU = "unit = Elu(x) y = PRelu(unit, alpha)"
_CELU = """
    zero = Constant <value = $type {0.0}> ()
    scaled = Div(x, alpha)
    unit = Elu(scaled)
    bent = Mul(unit, alpha)
    below = Less(x, zero)
    y = Where(below, bent, x)
"""
_SELU = """
    alpha = Constant <value = $type {1.6732632423543772}> ()
    scale = Constant <value = $type {1.0507009873554805}> ()
    unit = Elu(x)
    bent = PRelu(unit, alpha)
    y = Mul(bent, scale)
"""
_EXPM1 = """
    one = Constant <value = $type {1.0}> ()
    power = Exp(x)
    y = Sub(power, one)
"""
_LOG1P = """
    one = Constant <value = $type {1.0}> ()
    sum = Add(x, one)
    y = Log(sum)
"""
_RELU6 = """
    six = Constant <value = $type {6.0}> ()
    above = Relu(x)
    y = Min(above, six)
"""
# NaN is not below a threshold, and stays.
_THRESHOLDED_RELU = """
    zero = Constant <value = $type {0.0}> ()
    below = LessOrEqual(x, alpha)
    y = Where(below, zero, x)
"""
_HARD_SHRINK = """
    zero = Constant <value = $type {0.0}> ()
    size = Abs(x)
    below = LessOrEqual(size, lambd)
    y = Where(below, zero, x)
"""
_SOFT_SHRINK = """
    lowest = Neg(lambd)
    above = Max(x, lowest)
    nearest = Min(above, lambd)
    y = Sub(x, nearest)
"""
_GELU_QUICK = """
    steep = Constant <value = $type {1.702}> ()
    scaled = Mul(x, steep)
    gate = Sigmoid(scaled)
    y = Mul(x, gate)
"""
_SOFTSIGN = """
    one = Constant <value = $type {1.0}> ()
    size = Abs(x)
    sum = Add(size, one)
    y = Div(x, sum)
"""
_SCALE_SHIFT = """
    scaled_$at = Mul($x, scale_$at)
    $y = Add(scaled_$at, shift_$at)
"""
_SOFTPLUS = {
    "float": "$y = Softplus($x)",
    "double": """
        zero = Constant <value = double {0.0}> ()
        one = Constant <value = double {1.0}> ()
        positive = Max($x, zero)
        size = Abs($x)
        fall = Neg(size)
        power = Exp(fall)
        sum = Add(power, one)
        rest = Log(sum)
        $y = Add(positive, rest)
    """,
}
_SOFTPLUS_BETA = """
    z = Mul(x, beta)
    $softplus
    bent = Div(soft, beta)
    above = Less(threshold, z)
    y = Where(above, x, bent)
"""
_HARD_SIGMOID_AFFINE = """
    low = Constant <value = $type {0.0}> ()
    high = Constant <value = $type {1.0}> ()
    scaled = Mul(x, alpha)
    shifted = Add(scaled, beta)
    above = Max(shifted, low)
    y = Min(above, high)
"""
_HARD_SIGMOID = {
    "float": "$y = HardSigmoid <alpha = 0.16666667, beta = 0.5> ($x)",
    "double": """
        zero = Constant <value = double {0.0}> ()
        three = Constant <value = double {3.0}> ()
        six = Constant <value = double {6.0}> ()
        shifted = Add($x, three)
        above = Max(shifted, zero)
        within = Min(above, six)
        $y = Div(within, six)
    """,
}


# 0, and NaN where x is.
_NONE = "Max(Min(x, 0), 0)"
_STEP_GRAD = f"y = Where(x > 0, 1, slope + {_NONE})"
_SHRINK_GRAD = f"y = Where(Abs(x) > lambd, 1, {_NONE})"
_GELU_GRAD = """
phi = 0.3989422804014327 * Exp(x * (x * -0.5))
y = (Erf(x * 0.7071067811865476) + 1) * 0.5 + x * phi
"""
_GATE_GRAD = "y = Sigmoid(u) * (1 + v * Sigmoid(-u))"
_GELU_TANH_GRAD = f"""
u = 1.5957691216057308 * (x + 0.044715 * (x * (x * x)))
v = 1.5957691216057308 * (x + 0.134145 * (x * (x * x)))
{_GATE_GRAD}
"""
_SILU_GRAD = "y = Sigmoid(x) * (1 + x * Sigmoid(-x))"
_MISH_GRAD = """
gate = Tanh(Max(x, 0) + Log(1 + Exp(-Abs(x))))
y = gate + x * Sigmoid(x) * (1 - gate * gate)
"""
_SWISH_GRAD_BETA = "u = x * beta\ny = x * Sigmoid(u) * (x * Sigmoid(-u))"
_HARD_SWISH_GRAD = f"y = Where(x > -3, Where(x < 3, (2 * x + 3) / 6, 1), {_NONE})"
_UNIT_SELU_GRAD = "Where(x > 0, 1, 1.6732632423543772 * Exp(Min(x, 0)))"


def _of_z(text: str) -> str:
    return re.sub(r"\bx\b", "z", text)


# Derivatives, as formulas.
_GRADS = {
    "ReluGrad": f"y = Where(x > 0, 1, {_NONE})",
    "Relu6Grad": f"y = Where(x > 0, Where(x < 6, 1, 0), {_NONE})",
    "LeakyReluGrad": _STEP_GRAD,
    "PReluGrad": _STEP_GRAD,
    "PReluGradSlope": "y = Min(x, 0)",
    "ThresholdedReluGrad": f"y = Where(x > alpha, 1, {_NONE})",
    "SquaredReluGrad": "y = 2 * Relu(x)",
    "HardTanhGrad": f"y = Where(x > min_val, Where(x < max_val, 1, 0), {_NONE})",
    "HardShrinkGrad": _SHRINK_GRAD,
    "SoftShrinkGrad": _SHRINK_GRAD,
    "SigmoidGrad": "y = Sigmoid(x) * Sigmoid(-x)",
    "TanhGrad": "y = 4 * (Sigmoid(2 * x) * Sigmoid(-2 * x))",
    "ErfGrad": "y = 1.1283791670955126 * Exp(-(x * x))",
    "GeluGrad": _GELU_GRAD,
    "GeluTanhGrad": _GELU_TANH_GRAD,
    "GeluQuickGrad": f"u = x * 1.702\nv = u\n{_GATE_GRAD}",
    "SiluGrad": _SILU_GRAD,
    "SwishGrad": f"u = x * beta\nv = u\n{_GATE_GRAD}",
    "SwishGradBeta": _SWISH_GRAD_BETA,
    "MishGrad": _MISH_GRAD,
    "SoftplusGrad": "y = Sigmoid(x)",
    "SoftplusBetaGrad": "z = beta * x\ny = Where(z > threshold, 1, Sigmoid(z))",
    "LogSigmoidGrad": "y = Sigmoid(-x)",
    "SoftsignGrad": "sum = 1 + Abs(x)\ny = 1 / (sum * sum)",
    "EluGrad": "y = Where(x > 0, 1, alpha * Exp(Min(x, 0)))",
    "EluGradAlpha": "y = Exp(Min(x, 0)) - 1",
    "CeluGrad": "y = Where(x > 0, 1, Exp(Min(x, 0) / alpha))",
    "SeluGrad": f"y = 1.0507009873554805 * {_UNIT_SELU_GRAD}",
    "ExpGrad": "y = Exp(x)",
    "Expm1Grad": "y = Exp(x)",
    "HardSigmoidGrad": f"y = Where(Abs(x) < 3, 0.16666666666666667, {_NONE})",
    "HardSigmoidAffineGrad": "z = alpha * x + beta\n"
    f"y = Where(z > 0, Where(z < 1, alpha, 0), {_NONE})",
    "HardSwishGrad": _HARD_SWISH_GRAD,
    "ScaleShiftHardSwishGrad": "z = scale_in * x + shift_in\n"
    + _of_z(_HARD_SWISH_GRAD).replace("y =", "slope =")
    + "\ny = scale_in * scale_out * slope",
    "Log1pGrad": "y = Where(x < -1, Log(x), 1 / (1 + x))",
    "TanhShrinkGrad": "gate = Tanh(x)\ny = gate * gate",
    "BiasGeluGrad": "z = x + b\n" + _of_z(_GELU_GRAD),
    "BiasSiluGrad": "z = x + b\n" + _of_z(_SILU_GRAD),
    "GluGrad": f"y = Sigmoid(gate) + {_NONE}",
    "GluGradGate": "y = x * (Sigmoid(gate) * Sigmoid(-gate))",
    "ReGluGrad": f"y = Where(x > 0, up, {_NONE})",
    "ReGluGradUp": "y = Relu(x)",
    "SwiGluGrad": f"{_SILU_GRAD} * up",
    "SwiGluGradUp": "y = x * Sigmoid(x)",
    "GeGluGrad": _GELU_GRAD.replace("y =", "slope =") + "y = slope * up",
    "GeGluTanhGrad": _GELU_TANH_GRAD.replace("y =", "slope =") + "y = slope * up",
}


# An attribute is a float32: a parameter takes it as a tensor of the body's type.
_PARAMETER = """
    ${name}_f32 = Constant <value_float: float = @$name> ()
    $name = Cast <to = $code> (${name}_f32)
"""


def _bodies(dtype: str) -> dict[str, str]:
    # ONNX Runtime has Softplus and HardSigmoid for float32 only, hence two ways to write them.
    softplus, hard_sigmoid = _SOFTPLUS[dtype], _HARD_SIGMOID[dtype]
    return {
        "Relu": "y = Relu(x)",
        "Relu6": _RELU6,
        "LeakyRelu": "y = PRelu(x, slope)",
        "PRelu": "y = PRelu(x, slope)",
        "ThresholdedRelu": _THRESHOLDED_RELU,
        "SquaredRelu": "above = Relu(x) y = Mul(above, above)",
        "HardTanh": "above = Max(x, min_val) y = Min(above, max_val)",
        "HardShrink": _HARD_SHRINK,
        "SoftShrink": _SOFT_SHRINK,
        "Sigmoid": "y = Sigmoid(x)",
        "Tanh": "y = Tanh(x)",
        "Erf": "y = Erf(x)",
        "Gelu": _step(_GELU, x="x", y="y"),
        "GeluTanh": _step(_GELU_TANH, x="x", y="y"),
        "GeluQuick": _GELU_QUICK,
        "Silu": "gate = Sigmoid(x) y = Mul(x, gate)",
        "BiasGelu": "sum = Add(x, b) " + _step(_GELU, x="sum", y="y"),
        "BiasSilu": "sum = Add(x, b) gate = Sigmoid(sum) y = Mul(sum, gate)",
        "Glu": "opened = Sigmoid(gate) y = Mul(x, opened)",
        "ReGlu": "opened = Relu(x) y = Mul(opened, up)",
        "SwiGlu": "gate = Sigmoid(x) opened = Mul(x, gate) y = Mul(opened, up)",
        "GeGlu": _step(_GELU, x="x", y="opened") + " y = Mul(opened, up)",
        "GeGluTanh": _step(_GELU_TANH, x="x", y="opened") + " y = Mul(opened, up)",
        "Swish": "scaled = Mul(x, beta) gate = Sigmoid(scaled) y = Mul(x, gate)",
        "Mish": _step(softplus, x="x", y="soft") + " gate = Tanh(soft) y = Mul(x, gate)",
        "Softplus": _step(softplus, x="x", y="y"),
        "SoftplusBeta": _step(_SOFTPLUS_BETA, softplus=_step(softplus, x="z", y="soft")),
        "LogSigmoid": "back = Neg(x) " + _step(softplus, x="back", y="soft") + " y = Neg(soft)",
        "Softsign": _SOFTSIGN,
        "Elu": _ELU,
        "Celu": _CELU,
        "Selu": _SELU,
        "Exp": "y = Exp(x)",
        "Expm1": _EXPM1,
        "Log1p": _LOG1P,
        "TanhShrink": "saturated = Tanh(x) y = Sub(x, saturated)",
        "HardSigmoid": _step(hard_sigmoid, x="x", y="y"),
        "HardSigmoidAffine": _HARD_SIGMOID_AFFINE,
        "HardSwish": _step(hard_sigmoid, x="x", y="gate") + " y = Mul(x, gate)",
        "ScaleShiftHardSwish": _step(_SCALE_SHIFT, at="in", x="x", y="v")
        + _step(hard_sigmoid, x="v", y="gate")
        + " hard = Mul(v, gate) "
        + _step(_SCALE_SHIFT, at="out", x="hard", y="y"),
        "GeGluGradUp": _step(_GELU, x="x", y="y"),
        "GeGluTanhGradUp": _step(_GELU_TANH, x="x", y="y"),
        **{operator: expressions.steps(text) for operator, text in _GRADS.items()},
    }


_BODIES: dict[int, dict[str, str]] = {
    onnx.TensorProto.FLOAT: _bodies("float"),
    onnx.TensorProto.DOUBLE: _bodies("double"),
}
DTYPES = tuple(_BODIES)
# The operators in 16 bits: their bodies compute in float32 and round once, as edgeact does.
HALVES = (onnx.TensorProto.FLOAT16, onnx.TensorProto.BFLOAT16)
OPERATORS = tuple(_BODIES[onnx.TensorProto.FLOAT])

# Of whole rows; their attribute is the axis, which before opset 13 had another meaning.
_ROWWISE = {spec.onnx: spec for spec in map(_registry.spec, _registry.rowwise())}
ROWWISE = tuple(_ROWWISE)


# Of 8-bit numbers: x, tables of 256 results, and which table an element of x has. It is 0 to 255 by
# its byte.
TABULATED = "Tabulated"  # edgeact._tabulate.model has its body
QUANTIZED = "QuantizedLut"
_QUANTIZED = """
    wide = Cast <to = 7> (x)
    size = Constant <value = int64 {256}> ()
    byte = Mod(wide, size)
    start = Mul(row, size)
    place = Add(byte, start)
    all = Constant <value = int64[1] {-1}> ()
    flat = Reshape(tables, all)
    y = Gather(flat, place)
"""


def quantized_body(opset: int) -> onnx.FunctionProto:
    """The body of the operator that looks up, of int8 and uint8."""
    return onnx.parser.parse_function(
        f'<domain: "{DOMAIN}", opset_import: ["": {opset}]>'
        f"{QUANTIZED} (x, tables, row) => (y) {{ {_QUANTIZED} }}"
    )


def since(operator: str) -> int:
    """The oldest opset that a body can be written in, if its patterns can be written at all.

    Constant makes a tensor of a float attribute, and so of the function's own, since opset 12.
    """
    if operator in _ROWWISE:
        return 13
    spec = SPECS[operator]
    return 12 if len(spec.params) > spec.tensors else 1


def body(operator: str, dtype: int, opset: int) -> onnx.FunctionProto:
    """The body of an operator for one element type, in the opset that the model imports.

    A function must import what its model imports, or onnx.checker refuses the model wherever an
    operator changed between the two.
    """
    if operator in _ROWWISE:
        x, y, steps = "x", "y", f"y = {operator} <axis: int = @axis> (x)"
        if dtype in HALVES:
            x, y = "x_16", "y_16"
            steps = f"""x = Cast <to = {int(onnx.TensorProto.FLOAT)}> ({x})
                {steps} {y} = Cast <to = {int(dtype)}> (y)"""
        return onnx.parser.parse_function(
            f'<domain: "{DOMAIN}", opset_import: ["": {opset}]>'
            f"{operator} <axis> ({x}) => ({y}) {{ {steps} }}"
        )
    spec = SPECS[operator]
    tensors, names = list(spec.params)[: spec.tensors], list(spec.params)[spec.tensors :]
    wide = onnx.TensorProto.FLOAT if dtype in HALVES else dtype
    template = "".join(_step(_PARAMETER, name=name) for name in names) + _BODIES[wide][operator]
    steps = _step(template, type=onnx.TensorProto.DataType.Name(wide).lower(), code=str(int(wide)))
    inputs, output = ["x", *tensors], "y"
    if wide != dtype:
        widened = "".join(f"{name} = Cast <to = {int(wide)}> ({name}_16) " for name in inputs)
        steps = f"{widened} {steps} y_16 = Cast <to = {int(dtype)}> (y)"
        inputs, output = [f"{name}_16" for name in inputs], "y_16"
    attributes = ", ".join((*names, "tier"))
    return onnx.parser.parse_function(
        f'<domain: "{DOMAIN}", opset_import: ["": {opset}]>'
        f"{operator} <{attributes}> ({', '.join(inputs)}) => ({output}) {{ {steps} }}"
    )
