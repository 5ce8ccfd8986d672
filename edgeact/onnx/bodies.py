"""What each operator of domain ai.edgeact computes, in ONNX's own operators.

An accelerated model carries these bodies as model-local functions: ONNX Runtime calls the native
operator where edgeact is registered, and inlines the body where it is not.
"""

from string import Template

import onnx
import onnx.parser

DOMAIN = "ai.edgeact"
VERSION = 1
IR_VERSION = 8  # the first that has model-local functions

_PARAMETERS = {
    "Elu": ("alpha",),
    "ScaleShiftHardSwish": ("scale_in", "shift_in", "scale_out", "shift_out"),
}


def _step(text: str, **names: str) -> str:
    return Template(text).safe_substitute(names)


# Steps from $x to $y in operators of opset 13 or lower; $type is the element type, $code its
# number. Where ONNX Runtime fuses a pattern, the body is written in that pattern.
_GELU = """
    root2 = Constant <value = $type {1.4142135623730951}> ()
    one = Constant <value = $type {1.0}> ()
    half = Constant <value = $type {0.5}> ()
    scaled = Div(x, root2)
    erf = Erf(scaled)
    twice = Add(erf, one)
    product = Mul(x, twice)
    y = Mul(product, half)
"""
_GELU_TANH = """
    half = Constant <value = $type {0.5}> ()
    one = Constant <value = $type {1.0}> ()
    three = Constant <value = $type {3.0}> ()
    bend = Constant <value = $type {0.044715}> ()
    slope = Constant <value = $type {0.7978845608028654}> ()
    cube = Pow(x, three)
    bent_cube = Mul(bend, cube)
    bent = Add(x, bent_cube)
    inner = Mul(slope, bent)
    tanh = Tanh(inner)
    twice = Add(tanh, one)
    product = Mul(x, twice)
    y = Mul(product, half)
"""
# Not Elu <alpha = @alpha> (x): onnx.reference cannot hand an attribute on to a unary operator.
_ELU = """
    alpha_f32 = Constant <value_float: float = @alpha> ()
    alpha = Cast <to = $code> (alpha_f32)
    unit = Elu(x)
    y = PRelu(unit, alpha)
"""
_SCALE_SHIFT = """
    scale_${at}_f32 = Constant <value_float: float = @scale_$at> ()
    shift_${at}_f32 = Constant <value_float: float = @shift_$at> ()
    scale_$at = Cast <to = $code> (scale_${at}_f32)
    shift_$at = Cast <to = $code> (shift_${at}_f32)
    scaled_$at = Mul($x, scale_$at)
    $y = Add(scaled_$at, shift_$at)
"""
_SOFTPLUS = {
    "float": "$y = Softplus(x)",
    "double": """
        zero = Constant <value = double {0.0}> ()
        one = Constant <value = double {1.0}> ()
        positive = Max(x, zero)
        size = Abs(x)
        fall = Neg(size)
        power = Exp(fall)
        sum = Add(power, one)
        rest = Log(sum)
        $y = Add(positive, rest)
    """,
}
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


def _bodies(dtype: str) -> dict[str, str]:
    # ONNX Runtime has Softplus and HardSigmoid for float32 only, hence two ways to write them.
    softplus, hard_sigmoid = _SOFTPLUS[dtype], _HARD_SIGMOID[dtype]
    return {
        "Relu": "y = Relu(x)",
        "Sigmoid": "y = Sigmoid(x)",
        "Tanh": "y = Tanh(x)",
        "Erf": "y = Erf(x)",
        "Gelu": _GELU,
        "GeluTanh": _GELU_TANH,
        "Silu": "gate = Sigmoid(x) y = Mul(x, gate)",
        "Mish": _step(softplus, y="soft") + " gate = Tanh(soft) y = Mul(x, gate)",
        "Softplus": _step(softplus, y="y"),
        "Elu": _ELU,
        "HardSigmoid": _step(hard_sigmoid, x="x", y="y"),
        "HardSwish": _step(hard_sigmoid, x="x", y="gate") + " y = Mul(x, gate)",
        "ScaleShiftHardSwish": _step(_SCALE_SHIFT, at="in", x="x", y="v")
        + _step(hard_sigmoid, x="v", y="gate")
        + " hard = Mul(v, gate) "
        + _step(_SCALE_SHIFT, at="out", x="hard", y="y"),
    }


_BODIES: dict[int, dict[str, str]] = {
    onnx.TensorProto.FLOAT: _bodies("float"),
    onnx.TensorProto.DOUBLE: _bodies("double"),
}
DTYPES = tuple(_BODIES)
OPERATORS = tuple(_BODIES[onnx.TensorProto.FLOAT])


def since(operator: str) -> int:
    """The oldest opset that a body can be written in, if its patterns can be written at all.

    Constant makes a tensor of a float attribute, and so of the function's own, since opset 12.
    """
    return 12 if operator in _PARAMETERS else 1


def body(operator: str, dtype: int, opset: int) -> onnx.FunctionProto:
    """The body of an operator for one element type, in the opset that the model imports.

    A function must import what its model imports, or onnx.checker refuses the model wherever an
    operator changed between the two.
    """
    attributes = ", ".join((*_PARAMETERS.get(operator, ()), "tier"))
    element = onnx.TensorProto.DataType.Name(dtype).lower()
    steps = _step(_BODIES[dtype][operator], type=element, code=str(int(dtype)))
    return onnx.parser.parse_function(
        f'<domain: "{DOMAIN}", opset_import: ["": {opset}]>'
        f"{operator} <{attributes}> (x) => (y) {{ {steps} }}"
    )
