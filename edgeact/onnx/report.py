"""What `accelerate` did."""

from dataclasses import asdict, dataclass, field
from typing import Any


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

    @property
    def total(self) -> int:
        """How many activations are computed in another way than before."""
        return sum(self.replaced.values()) + sum(self.fused.values())

    def to_dict(self) -> dict[str, Any]:
        """The same in dicts, lists, strings and numbers, ready for json.dumps."""
        return asdict(self)
