"""Two ranks on this machine, over gloo, train to what one process does on their batches joined."""

import subprocess
import sys
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("sklearn")

import ranks  # noqa: E402

RANKS = Path(ranks.__file__)
KINDS = pytest.mark.parametrize("kind", ["ddp", "fully_shard", "fsdp"])


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """What each rank came to."""
    folder = tmp_path_factory.mktemp("ranks")
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone"]
    command += ["--nproc-per-node", "2", RANKS, folder]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stderr
    return [torch.load(folder / f"{rank}.pt") for rank in range(2)]


@pytest.fixture(scope="module")
def alone():
    """The same training in this process."""
    model = ranks.network()
    losses, first = ranks.train(model)
    return {"losses": losses, "first": first, "state": model.state_dict()}


def test_it_is_training(alone):
    assert alone["losses"][-1] < alone["losses"][0] / 3


@KINDS
def test_losses(made, alone, kind):
    """The mean over ranks is that of the whole batch, at every step."""
    both = torch.tensor([rank[kind]["losses"] for rank in made])
    torch.testing.assert_close(both.mean(0), torch.tensor(alone["losses"]), rtol=1e-6, atol=1e-6)
    assert (both[0] != both[1]).all(), "each rank had a share of its own"


@pytest.mark.parametrize("kind", ["ddp", "fully_shard"])
def test_gradients_of_the_first_step(made, alone, kind):
    for rank in made:
        assert rank[kind]["first"].keys() == alone["first"].keys()
        for name, gradient in rank[kind]["first"].items():
            torch.testing.assert_close(
                gradient, alone["first"][name], rtol=1e-9, atol=1e-12, msg=name
            )


@KINDS
def test_parameters_and_statistics_at_the_end(made, alone, kind):
    for rank in made:
        assert rank[kind]["state"].keys() == alone["state"].keys()
        for name, value in rank[kind]["state"].items():
            torch.testing.assert_close(value, alone["state"][name], rtol=1e-6, atol=1e-8, msg=name)


def test_ranks_with_unequal_batches(made):
    """Each value counts once, whichever rank it is on; one rank may have none."""
    for name, value in ranks.uneven(None)["joined"].items():
        for rank in made:
            torch.testing.assert_close(rank["uneven"]["joined"][name], value, msg=name)
    one, other = (rank["uneven"]["alone"]["running_mean"] for rank in made)
    assert (one != other).all(), "sync=False keeps to its process"
