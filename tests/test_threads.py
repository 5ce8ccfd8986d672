"""Threads share large calls: who gets them, when, and that no result depends on it."""

import ctypes
import os
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path

import ml_dtypes
import numpy as np
import pytest

import edgeact as ea
from edgeact._registry import lib

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="asks /proc for threads")
two_cpus = pytest.mark.skipif(
    sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2, reason="needs two CPUs"
)
LARGE = (1 << 18) + 13

# For the programs that tests start: how many threads of the pool there are, and a call for them.
PRELUDE = f"""
import os
import sys
import numpy as np
import edgeact as ea

def started():
    names = [open(f"/proc/self/task/{{t}}/comm").read() for t in os.listdir("/proc/self/task")]
    return names.count("edgeact\\n")

x = np.linspace(-9, 9, {LARGE}, dtype=np.float32)
"""


def run(code: str, **env: str) -> subprocess.CompletedProcess[str]:
    unset = ("EDGEACT_NUM_THREADS", "OMP_NUM_THREADS")
    clean = {k: v for k, v in os.environ.items() if k not in unset}
    command = [sys.executable, "-c", PRELUDE + code]
    return subprocess.run(command, env=clean | env, capture_output=True, text=True, timeout=60)


def answer(code: str, **env: str) -> str:
    done = run(code, **env)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout.strip()


@pytest.fixture(autouse=True)
def _default():
    yield
    ea.set_num_threads(None)


@two_cpus
def test_no_thread_before_a_large_call():
    code = """
counts = [started()]
ea.gelu(x[: 1 << 15])
ea.relu(x[: 1 << 17])
counts.append(started())
ea.gelu(x)
counts.append(started())
print(*counts)
"""
    assert answer(code, EDGEACT_NUM_THREADS="2") == "0 0 1"
    assert answer(code, EDGEACT_NUM_THREADS="1") == "0 0 0"


def test_variable():
    cpus = len(os.sched_getaffinity(0))
    code = "print(ea.get_num_threads(), ea.info()['threads'])"
    assert answer(code, EDGEACT_NUM_THREADS="1") == "1 1"
    assert answer(code, EDGEACT_NUM_THREADS="100000") == answer(code)
    assert answer(code, EDGEACT_NUM_THREADS="", OMP_NUM_THREADS="1") == "1 1"
    assert answer(code, OMP_NUM_THREADS="1,4") == "1 1"
    assert answer(code, OMP_NUM_THREADS="many") == answer(code)
    assert int(answer(code).split()[0]) <= cpus
    both = {"EDGEACT_NUM_THREADS": "2", "OMP_NUM_THREADS": "1"}
    assert answer(code, **both) == answer(code, EDGEACT_NUM_THREADS="2")


@pytest.mark.parametrize("value", ["0", "-1", "two", "1.5", "²"])
def test_bad_variable(value):
    done = run("", EDGEACT_NUM_THREADS=value)
    assert done.returncode != 0
    assert f"EDGEACT_NUM_THREADS={value}: not a number of threads" in done.stderr


def test_set_and_get():
    for n in (1, np.int64(1)):
        ea.set_num_threads(n)
        assert ea.get_num_threads() == 1
    ea.set_num_threads(10**12)
    assert 1 <= ea.get_num_threads() <= len(os.sched_getaffinity(0))
    for bad in (0, -3):
        with pytest.raises(ValueError, match=f"not {bad}"):
            ea.set_num_threads(bad)
    for bad in ("2", 1.5):
        with pytest.raises(TypeError, match=type(bad).__name__):
            ea.set_num_threads(bad)


@two_cpus
def test_affinity():
    code = """
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
ea.gelu(x)
print(ea.get_num_threads(), started())
"""
    assert answer(code) == "1 0"


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


@pytest.mark.parametrize(
    ("groups", "files", "cpus"),
    [
        ("0::/a/b\n", {"a/b/cpu.max": "max 100000\n", "a/cpu.max": "250000 100000\n"}, 2),
        ("0::/a/b\n", {"a/b/cpu.max": "300000 100000\n", "a/cpu.max": "400000 100000\n"}, 3),
        ("0::/gone\n", {"cpu.max": "50000 100000\n"}, 1),
        ("0::/\n", {"cpu.max": "max 100000\n"}, 0),
        ("0::/\n", {}, 0),
        ("0::/\n", {"cpu.max": "nonsense\n"}, 0),
        (
            "9:cpuset:/x\n4:cpu,cpuacct:/a\n",
            {"cpu/a/cpu.cfs_quota_us": "400000\n", "cpu/a/cpu.cfs_period_us": "100000\n"},
            4,
        ),
        ("1:cpu:/\n", {"cpu/cpu.cfs_quota_us": "-1\n", "cpu/cpu.cfs_period_us": "100000\n"}, 0),
        ("2:cpuacct:/a\n", {"cpu/a/cpu.cfs_quota_us": "1\n"}, 0),
    ],
)
def test_control_groups(tmp_path, groups, files, cpus):
    write(tmp_path / "proc/self/cgroup", groups)
    for name, text in files.items():
        write(tmp_path / "sys/fs/cgroup" / name, text)
    assert lib.edgeact_cgroup_cpus(str(tmp_path).encode()) == cpus


def test_no_control_groups(tmp_path):
    assert lib.edgeact_cgroup_cpus(str(tmp_path).encode()) == 0


CHILD = """
expected = ea.gelu(x)
before = started()
pid = os.fork()
if pid == 0:
    alone = ea.get_num_threads(), started()
    ea.set_num_threads(None)
    assert ea.get_num_threads() == alone[0]
    ea.set_num_threads(2)
    equal = np.array_equal(ea.gelu(x), expected)
    print(before, *alone, equal, ea.get_num_threads(), started(), flush=True)
    os._exit(0)
assert os.waitpid(pid, 0)[1] == 0
assert np.array_equal(ea.gelu(x), expected)
"""


@two_cpus
def test_fork():
    """The child has no thread of the pool, computes alone, and starts its own when told to."""
    assert answer(CHILD) == "1 1 0 True 2 1"
    assert answer(CHILD, EDGEACT_NUM_THREADS="2") == "1 2 0 True 2 1"


@two_cpus
def test_fork_while_another_thread_computes():
    code = """
import threading, warnings
warnings.simplefilter("ignore")  # of forking beside threads
stop = False
def work():
    while not stop:
        ea.exact.gelu(x)
thread = threading.Thread(target=work)
thread.start()
expected = ea.gelu(x)
for _ in range(20):
    pid = os.fork()
    if pid == 0:
        ea.set_num_threads(2)
        os._exit(0 if np.array_equal(ea.gelu(x), expected) else 1)
    assert os.waitpid(pid, 0)[1] == 0
stop = True
thread.join()
print("done")
"""
    assert answer(code) == "done"


@two_cpus
@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
@pytest.mark.parametrize("variable", ["", "2"])
def test_multiprocessing(tmp_path, method, variable):
    """Its processes compute alone unless the variable says otherwise, also where edgeact is
    imported before the process knows that it is a child."""
    script = tmp_path / "script.py"
    script.write_text(
        PRELUDE
        + f"""
import multiprocessing

def work(_):
    return ea.get_num_threads(), hash(ea.gelu(x).tobytes()), started()

if __name__ == "__main__":
    here = work(0)
    with multiprocessing.get_context("{method}").Pool(1) as pool:
        there = pool.map(work, [0])[0]
    print(here[0], there[0], there[2], here[1] == there[1])
"""
    )
    env = os.environ | {"EDGEACT_NUM_THREADS": variable, "PYTHONHASHSEED": "0"}
    env.pop("OMP_NUM_THREADS", None)
    done = subprocess.run(
        [sys.executable, script], env=env, capture_output=True, text=True, timeout=60
    )
    assert done.stdout.strip() == ("2 2 1 True" if variable else "2 1 0 True"), done.stderr


def alone_and_shared(call):
    """A call's results by one thread and by all, as bytes."""
    results = []
    for n in (1, None):
        ea.set_num_threads(n)
        made = call()
        arrays = made if isinstance(made, tuple) else (made,)
        results.append([np.asarray(a).tobytes() for a in arrays])
    return results


@two_cpus
@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.float16, ml_dtypes.bfloat16])
@pytest.mark.parametrize("tier", ["exact", "fast", "coarse"])
@pytest.mark.parametrize("name", ["gelu", "elu", "bias_gelu", "softplus_beta"])
def test_bits_do_not_depend_on_threads(name, tier, dtype):
    """Whatever the layout; LARGE is no multiple of a piece, a line or a vector."""
    spec, f = ea.spec(name), partial(ea.apply, name, tier=tier)
    if (tier, np.dtype(dtype).name) not in spec.bounds:
        with pytest.raises(TypeError, match="no loop"):
            f(np.ones(1, dtype), *[1.0] * len(spec.params))
        return
    rng = np.random.default_rng(5)
    held = rng.normal(0, 4, 2 * LARGE).astype(dtype)
    of_param = np.float32 if np.dtype(dtype).itemsize == 2 and not spec.tensors else dtype
    each = rng.uniform(0.5, 2, 2 * LARGE).astype(of_param)

    def check(x, *params, **out):
        alone, shared = alone_and_shared(partial(f, x, *params[: len(spec.params)], **out))
        assert alone == shared

    x = held[3 : LARGE + 3]
    check(x, each[0])
    check(x, each[3 : LARGE + 3])
    check(held[::2], each[::2])
    check(held[LARGE::-1], each[0])
    check(held[: 2 * (LARGE // 2)].reshape(2, -1)[:, 1:], each[:2, None])
    check(held[::2], each[0], out=np.zeros_like(held)[1::2])
    for start, step in ((0, 1), (1, 1), (0, 2), (1, 2)):  # onto its input, in whole or in part

        def onto(start=start, step=step):
            array = held.copy()
            out = array[start::step][:LARGE]
            return f(array[:LARGE], *[each[0]] * len(spec.params), out=out)

        alone, shared = alone_and_shared(onto)
        assert alone == shared


@two_cpus
def test_bits_of_other_loops():
    """Rows, what flows back, quantized and tabulated functions."""
    rng = np.random.default_rng(6)
    x = rng.normal(0, 4, (1001, 1031)).astype(np.float32)
    quantized = ea.quantized("gelu", (0.05, 0), (0.05, 0), np.int8)
    tabulated = ea.tabulate(np.exp, (-1, 1), 1e-3, check=1 << 12)
    bytes_ = rng.integers(-128, 128, 1 << 22).astype(np.int8)
    channels = ea.quantized("gelu", (np.linspace(0.01, 0.1, 4), 0), (0.05, 0), np.int8, axis=0)
    calls = [
        lambda: ea.softmax(x),
        lambda: ea.softmax(x, axis=0),
        lambda: ea.log_softmax(x[::-1, ::2]),
        lambda: ea.backward.softmax(x, ea.softmax(x), axis=0),
        lambda: ea.backward.gelu(x[:, ::-1], x),
        lambda: ea.backward.elu(x, x, np.float32(0.5)),
        lambda: ea.backward.gelu(x.astype(np.float16), x.astype(np.float16)),
        lambda: quantized(bytes_),
        lambda: channels(bytes_.reshape(4, -1)),
        lambda: tabulated(x),
        lambda: ea.bind("gelu", x)(),
    ]
    for call in calls:
        alone, shared = alone_and_shared(call)
        assert alone == shared


@two_cpus
def test_streaming_stores():
    x = np.linspace(-9, 9, (1 << 23) + 5, dtype=np.float32)
    for start in (0, 5):
        alone, shared = alone_and_shared(lambda start=start: ea.gelu(x[start:]))
        assert alone == shared


@two_cpus
def test_rounding_mode_and_exceptions_are_the_callers():
    """Whoever computes: values are rounded as the caller rounds, and what NumPy asks for after the
    loop is what all have raised."""
    libm = ctypes.CDLL("libm.so.6")
    x = np.linspace(-9, 9, 1 << 21, dtype=np.float32)
    expected = ea.gelu(x).tobytes()  # starts a thread that rounds to nearest
    before = libm.fegetround()
    upward = {"x86_64": 0x800, "aarch64": 0x400000}[ea.info()["machine"]]
    try:
        assert libm.fesetround(upward) == 0
        several = [alone_and_shared(lambda: ea.gelu(x)) for _ in range(5)]
    finally:
        libm.fesetround(before)
    for alone, shared in several:
        assert alone == shared != [expected]
    half = np.zeros(4 * LARGE, np.float16)
    half[-100:] = 12  # in the last piece, whoever takes it; e^12 is none of float16
    for n in (1, 2):
        ea.set_num_threads(n)
        for _ in range(50):
            with np.errstate(over="raise"), pytest.raises(FloatingPointError):
                ea.exp(half)


@two_cpus
def test_python_threads_at_once():
    x = np.linspace(-9, 9, LARGE, dtype=np.float32)
    expected = ea.exact.gelu(x)
    wrong = []

    def work():
        for _ in range(30):
            if not np.array_equal(ea.exact.gelu(x), expected):
                wrong.append(threading.get_ident())

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    assert not wrong


@pytest.mark.parametrize("how", ["ufunc", "bind"])
def test_python_goes_on_meanwhile(how):
    x = np.linspace(-9, 9, 1 << 22, dtype=np.float32)
    ea.set_num_threads(1)
    y = np.empty_like(x)
    call = ea.bind("log1p", x, y, tier="exact") if how == "bind" else lambda: ea.exact.log1p(x, y)
    thread = threading.Thread(target=call)
    count = 0
    thread.start()
    while thread.is_alive():
        count += 1
    assert count > 100
