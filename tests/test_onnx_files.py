"""Bad input gets a clear error, and a file is written whole or not at all."""

import os
import sys
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import parser

from edgeact.onnx import accelerate, files

MISH = parser.parse_model(
    '<ir_version: 8, opset_import: ["": 18, "com.microsoft": 1, "ai.edgeact": 1]>'
    " g (float[N, 4] x) => (float[N, 4] y) { m = MatMul(x, w) y = Mish(m) }"
)
MISH.graph.initializer.append(onnx.numpy_helper.from_array(np.eye(4, dtype=np.float32), "w"))


def changed(**fields: object) -> onnx.ModelProto:
    proto = onnx.ModelProto()
    proto.CopyFrom(MISH)
    node = proto.graph.node[1]
    for name, value in fields.items():
        if name == "opset":
            proto.opset_import[0].version = value
        else:
            setattr(node, name, value)
    return proto


@pytest.fixture
def external(tmp_path: Path) -> Path:
    """A model that keeps its weights in a file beside it."""
    path = tmp_path / "in" / "model.onnx"
    path.parent.mkdir()
    onnx.save(changed(), path, save_as_external_data=True, location="weights.bin", size_threshold=0)
    return path


class TestRead:
    def test_empty_path(self) -> None:
        with pytest.raises(ValueError, match="the path of the model is empty"):
            accelerate("")

    def test_directory(self, tmp_path: Path) -> None:
        with pytest.raises(ValueError, match=f"{tmp_path} is a directory"):
            accelerate(tmp_path)

    def test_missing(self, tmp_path: Path) -> None:
        with pytest.raises(FileNotFoundError, match=r"nothing\.onnx"):
            accelerate(tmp_path / "nothing.onnx")

    @pytest.mark.parametrize("content", [b"", b"%PDF-1.7 \x00\x01", b"\x00" * 64, b"text"])
    def test_no_model(self, tmp_path: Path, content: bytes) -> None:
        path = tmp_path / "other.onnx"
        path.write_bytes(content)
        with pytest.raises(ValueError, match=r"other.onnx.* not an ONNX model"):
            accelerate(path)

    def test_truncated(self, tmp_path: Path) -> None:
        path = tmp_path / "half.onnx"
        path.write_bytes(MISH.SerializeToString()[:-40])
        with pytest.raises(ValueError, match=r"half.onnx"):
            accelerate(path)

    def test_missing_external_data(self, external: Path) -> None:
        data = external.with_name("weights.bin")
        data.unlink()
        with pytest.raises(FileNotFoundError, match=r"weights\.bin"):
            accelerate(external)


class TestCheck:
    @pytest.mark.parametrize("opset", [1, 6, 999])
    def test_opset(self, opset: int) -> None:
        with pytest.raises(ValueError, match=f"opset {opset} is not supported"):
            accelerate(changed(opset=opset))

    def test_operator_newer_than_the_opset(self) -> None:
        with pytest.raises(ValueError, match=r"unknown operator Mish \(opset 13\)"):
            accelerate(changed(opset=13))

    def test_unknown_operator(self) -> None:
        with pytest.raises(ValueError, match=r"unknown operator Moish \(opset 18\) in node 'last'"):
            accelerate(changed(op_type="Moish", name="last"))

    def test_unknown_domain(self) -> None:
        with pytest.raises(ValueError, match=r"unknown operator acme.Mish \(opset not imported\)"):
            accelerate(changed(domain="acme"))

    def test_unknown_operator_in_a_branch(self) -> None:
        proto = parser.parse_model(
            '<ir_version: 8, opset_import: ["": 18]> g (bool b, float x) => (float y)'
            " { y = If (b) <then_branch = t () => (float k) { k = Nope(x) },"
            " else_branch = e () => (float l) { l = Neg(x) }> }"
        )
        with pytest.raises(ValueError, match="unknown operator Nope"):
            accelerate(proto)

    @pytest.mark.parametrize("domain", ["com.microsoft", "ai.edgeact"])
    def test_known_domains(self, domain: str) -> None:
        accelerate(changed(domain=domain))

    def test_training_information(self) -> None:
        proto = changed()
        proto.training_info.add()
        with pytest.raises(ValueError, match="training information"):
            accelerate(proto)

    def test_malformed_graph(self) -> None:
        proto = changed()
        proto.graph.node[1].output[0] = "m"
        with pytest.raises(ValueError, match="malformed"):
            accelerate(proto)


class TestWrite:
    def test_in_place(self, tmp_path: Path) -> None:
        path = tmp_path / "model.onnx"
        onnx.save(MISH, path)
        proto, _ = accelerate(path)
        files.write(proto, path, path)
        assert onnx.load(path) == proto
        assert os.listdir(tmp_path) == ["model.onnx"]

    def test_nothing_is_left_of_a_failure(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "model.onnx"
        path.write_bytes(b"old")

        def fail(self: Path, data: bytes) -> int:
            with self.open("wb") as file:
                file.write(data[:10])
            raise OSError("disk full")

        monkeypatch.setattr(Path, "write_bytes", fail)
        with pytest.raises(OSError, match="disk full"):
            files.write(MISH, path, path)
        assert path.read_bytes() == b"old"
        assert os.listdir(tmp_path) == ["model.onnx"]

    def test_missing_folder(self, tmp_path: Path) -> None:
        path = tmp_path / "nowhere" / "model.onnx"
        with pytest.raises(FileNotFoundError, match="nowhere"):
            files.write(MISH, path, tmp_path / "in.onnx")


class TestExternalData:
    def test_stays_where_it_is(self, external: Path) -> None:
        proto, report = accelerate(external)
        assert report.replaced == {"Mish": 1}
        assert files.external_data(proto) == ["weights.bin"]

    def test_outside_the_folder(self, external: Path) -> None:
        proto = onnx.load(external, load_external_data=False)
        (location,) = [e for e in proto.graph.initializer[0].external_data if e.key == "location"]
        location.value = "../weights.bin"
        external.write_bytes(proto.SerializeToString())
        with pytest.raises(ValueError, match=r"outside its own folder, in \.\./weights\.bin"):
            accelerate(external)

    def test_constants_may_be_there(self, tmp_path: Path) -> None:
        proto = parser.parse_model(
            '<ir_version: 8, opset_import: ["": 18]> g (float[N] x) => (float[N] y)'
            " { e = Exp(x) a = Add(e, one) y = Log(a) }"
        )
        proto.graph.initializer.append(onnx.numpy_helper.from_array(np.float32(1), "one"))
        path = tmp_path / "model.onnx"
        onnx.save(proto, path, save_as_external_data=True, location="c.bin", size_threshold=0)
        assert accelerate(path)[1].replaced == {"Softplus": 1}
        # A model alone doesn't tell where its data is.
        alone = onnx.load(path, load_external_data=False)
        assert accelerate(alone)[1].replaced == {}

    def test_is_copied_beside_the_output(self, external: Path, tmp_path: Path) -> None:
        proto, _ = accelerate(external)
        output = tmp_path / "out" / "model.onnx"
        output.parent.mkdir()
        files.write(proto, output, external)
        assert sorted(os.listdir(output.parent)) == ["model.onnx", "weights.bin"]
        (weights,) = onnx.load(output).graph.initializer
        assert np.array_equal(onnx.numpy_helper.to_array(weights), np.eye(4))

    def test_more_than_2_gb_are_never_read(self, tmp_path: Path) -> None:
        proto, side = changed(), 24_000
        weights = proto.graph.initializer[0]
        weights.ClearField("raw_data")
        weights.dims[:] = [side, side]
        weights.data_location = onnx.TensorProto.EXTERNAL
        weights.external_data.add(key="location", value="weights.bin")
        proto.graph.input[0].type.tensor_type.shape.dim[1].dim_value = side
        proto.graph.output[0].type.tensor_type.shape.dim[1].dim_value = side
        path, out = tmp_path / "model.onnx", tmp_path / "out.onnx"
        onnx.save(proto, path)
        with (tmp_path / "weights.bin").open("wb") as file:
            file.truncate(4 * side**2)  # zeros that take no place
        code = "from edgeact.cli import main; main()"
        command = [sys.executable, "-c", code, "accelerate", str(path), "-o", str(out)]
        _, status, usage = os.wait4(os.posix_spawn(sys.executable, command, os.environ), 0)
        assert status == 0
        assert usage.ru_maxrss < 2**20  # KiB
        assert files.external_data(onnx.load(out, load_external_data=False)) == ["weights.bin"]

    def test_never_overwrites_another_file(self, external: Path, tmp_path: Path) -> None:
        proto, _ = accelerate(external)
        other = tmp_path / "weights.bin"
        other.write_bytes(b"other")
        with pytest.raises(FileExistsError, match=r"weights\.bin"):
            files.write(proto, tmp_path / "model.onnx", external)
        assert other.read_bytes() == b"other"
        assert not (tmp_path / "model.onnx").exists()
