"""What `accelerate` did, and what `inspect` found."""

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from edgeact.onnx.sameness import Difference


@dataclass(frozen=True)
class LeftAlone:
    """An activation that was recognised and left as it was: the operator that would have
    computed it, the name of its last node, and the reason."""

    operator: str
    node: str
    reason: str


@dataclass
class Report:
    """What `accelerate` did, by the operator of ai.edgeact that each activation is.

    Attributes:
        replaced: how many activations became an operator of ai.edgeact.
        fused: how many, right after a Conv, became the ordinary operators that ONNX Runtime
            fuses with it.
        left_alone: the activations that stay as they were.
        target: "portable" or "host".
        choices: host: what computes each activation, as measured or as is likeliest.
        before_ms, after_ms: host: the median milliseconds of a run of the original and of the
            tuned model, None if nothing was timed.
        note: host: why the original was returned, if it was.
        differences: of each output, if the two models were compared.

    Example:
        >>> report = Report({"Mish": 2}, {}, [LeftAlone("Gelu", "gelu_7", "its element ...")])
        >>> report.total
        2
        >>> report.to_dict()["left_alone"][0]["node"]
        'gelu_7'
    """

    replaced: dict[str, int] = field(default_factory=dict)
    fused: dict[str, int] = field(default_factory=dict)
    left_alone: list[LeftAlone] = field(default_factory=list)
    target: str = "portable"
    choices: dict[str, str] = field(default_factory=dict)
    before_ms: float | None = None
    after_ms: float | None = None
    note: str | None = None
    differences: "list[Difference]" = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many activations are computed in another way than before."""
        return sum(self.replaced.values()) + sum(self.fused.values())

    def to_dict(self) -> dict[str, Any]:
        """The same in dicts, lists, strings and numbers, ready for json.dumps."""
        return asdict(self)


@dataclass(frozen=True)
class Kind:
    """Activations of a model that are written alike.

    Attributes:
        operator: that of ai.edgeact.
        pattern: the ONNX operators that compute one.
        count: how many there are.
        share: of the model's time.
        left_alone: why the portable target leaves some of them as they are, and how many.
    """

    operator: str
    pattern: str
    count: int
    share: float
    left_alone: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Inspection:
    """What `inspect` found: the activations, what takes longest first, and the milliseconds that
    all operators of one run take.

    Example:
        >>> found = Inspection([Kind("Mish", "Mish", 57, 0.66)], 60.8)
        >>> found.to_dict()["activations"][0]["count"]
        57
    """

    activations: list[Kind]
    milliseconds: float

    def to_dict(self) -> dict[str, Any]:
        """The same in dicts, lists, strings and numbers, ready for json.dumps."""
        return asdict(self)
