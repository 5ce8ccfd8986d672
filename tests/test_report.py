"""The report: its numbers against MPFR, its files, and its page in a real browser."""

import csv
import json
import math
import re
import shutil
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

import edgeact as ea
from edgeact import _errors, _naive, _registry, certify, cli, reference, report


@pytest.fixture(scope="module")
def measured():
    # Two peers: one is right, one is off by exactly 1/8 and slow.
    peers = {
        "right": lambda x, out: lambda: ea.exact.gelu(x, out=out),
        "off": lambda x, out: lambda: sum(ea.exact.gelu(x) for _ in range(8)) / 8 + 0.125,
    }
    names, asked = ["gelu", "elu"], []
    made = report.measure(
        names,
        ["softplus"],
        lambda name: peers if name == "gelu" else {},
        advance=asked.append,
    )
    assert asked == ["gelu", "elu", "the textbook's softplus"]
    return made


def test_errors_are_counted_as_the_reference_counts_them():
    rng = np.random.default_rng(3)
    x = np.concatenate([_errors.inputs(2), rng.normal(0, 3, 500).astype(np.float32)])
    for name in ("gelu", "exp", "softplus", "log1p"):
        with np.errstate(all="ignore"):
            y = getattr(ea.coarse, name)(x)
        y[::97] = np.nan
        y[::89] = np.inf
        errors = _errors.ulp_errors(y, _errors.truths(name, x))
        for value, at, error in zip(y.tolist(), x.tolist(), errors.tolist(), strict=True):
            expected = reference.ulp_error(value, reference.exact(name, at), "float32")
            assert error == pytest.approx(expected, rel=1e-6, abs=1e-6), (name, at)


def test_inputs_have_every_exponent():
    x = _errors.inputs(4)
    _, exponents = np.frexp(x)
    assert set(exponents.tolist()) == set(range(-148, 129))
    assert (x == -x[::-1]).all()
    assert (np.diff(x) > 0).all()
    assert np.isfinite(x).all()


def test_every_kernel_that_runs_here_is_measured(measured):
    for held in measured.activations:
        kernels = [k for k in ea.kernels(held.name) if k.dtype == "float32"]
        found = {(c.tier, c.method, c.isa) for c in held.candidates if c.tier}
        assert found == {(k.tier, k.method, k.isa) for k in kernels}
        shown = {c.tier for c in held.candidates if c.shown and c.tier}
        assert shown == {"exact", "fast", "coarse"}


def test_errors_keep_the_promises(measured):
    for held in measured.activations:
        bounds = ea.spec(held.name).bounds
        for c in held.candidates:
            assert c.ns > 0
            if c.tier in ("exact", "fast"):
                assert c.ulp <= bounds[c.tier, "float32"].ulp
            elif c.tier == "coarse":
                assert c.absolute <= 2.0**-11 * 10
            if c.shown:
                assert len(c.errors) == len(held.x)
                assert max(c.errors) == c.ulp == c.errors[held.x.index(c.at)]
                assert len(c.speeds) == len(measured.sizes)


def test_peers_stand_beside(measured):
    gelu, elu = measured.activations
    right, off = (
        next(c for c in gelu.candidates if c.label == label) for label in ("right", "off")
    )
    assert right.ulp <= 0.5
    assert off.absolute == pytest.approx(0.125, rel=1e-5)
    assert off.ulp > 1e6
    assert not off.pareto  # tier exact is nearer and takes an eighth of the time
    assert all(c.tier for c in elu.candidates)


def test_the_front_is_of_those_that_none_beats(measured):
    for held in measured.activations:
        front = [c for c in held.candidates if c.pareto]
        assert min(held.candidates, key=lambda c: c.ns) in front
        for c in held.candidates:
            beaten = any(f.ns <= c.ns and f.ulp <= c.ulp and f is not c for f in held.candidates)
            assert c.pareto != beaten


def test_json_and_csv_are_whole(measured):
    text = json.dumps(cli._finite(measured.to_dict()), allow_nan=False)
    raw = json.loads(text)
    assert raw["activations"][0]["candidates"][0]["label"] == "exact double, scalar"
    assert raw["certificates"][0]["sweeps"]["avx2"]["tried"] == 2**32
    rows = list(csv.DictReader(measured.to_csv().splitlines()))
    assert len(rows) == sum(len(held.candidates) for held in measured.activations)
    first = measured.activations[0].candidates[0]
    assert float(rows[0]["ns"]) == first.ns
    assert rows[0]["activation"] == "gelu"


def test_the_page_needs_nothing_beside_itself(measured):
    page = report.page(measured)
    assert not re.search(
        r"""(src|href)\s*=\s*["']?(?!["']?#)""", page.replace("xlink:href", "href")
    )
    assert "url(http" not in page
    assert "@import" not in page
    assert page.count("<svg") == 4 * 2 + 1
    assert len(page) < 500_000
    ids = re.findall(r'<(?:section|table|input)[^>]* id="([^"]*)"', page)
    assert len(ids) == len(set(ids))


def test_certificates_came_with_the_package(measured):
    """Those of tests/certificates, each with its date, CPU and compiler."""
    sources = Path(__file__).with_name("certificates")
    shipped = {path.name: path.read_text() for path in certify.SHIPPED.iterdir()}
    swept = [path for tier in _registry.TIERS for path in sources.glob(f"*.{tier}.json")]
    assert shipped == {path.name: path.read_text() for path in swept}
    held = ea.spec("gelu").certificate("exact")
    assert held in measured.certificates
    sweep = held.sweeps["avx2"]
    row = f"<td>{sweep.date}</td><td>{sweep.machine}</td><td>{sweep.compiler}</td>"
    assert row in report.page(measured)
    with pytest.raises(ValueError, match="geglu has no certificate of tier 'fast'"):
        ea.spec("geglu").certificate()


@pytest.fixture(scope="module")
def browser():
    webdriver = pytest.importorskip("selenium.webdriver")
    driver, chromium = shutil.which("chromedriver"), shutil.which("chromium")
    if not (driver and chromium):
        pytest.skip("no chromium and chromedriver on this machine")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for argument in ("headless", "no-sandbox", "disable-gpu", "disable-background-networking"):
        options.add_argument(f"--{argument}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    service = webdriver.ChromeService(driver)
    held = webdriver.Chrome(options=options, service=service)
    yield held
    held.quit()


def test_the_page_in_a_browser(measured, browser, tmp_path):
    path = tmp_path / "report.html"
    path.write_text(report.page(measured), encoding="utf-8")
    browser.set_window_size(1280, 900)
    browser.get(path.as_uri())
    assert browser.get_log("browser") == []
    charts = browser.find_elements("css selector", "figure svg")
    assert len(charts) == 9
    assert all(c.size["width"] > 200 and c.size["height"] > 100 for c in charts)

    def column(index):
        script = """return [...document.querySelectorAll('#candidates tbody tr')]
            .map(row => row.cells[arguments[0]].dataset.v ?? row.cells[arguments[0]].textContent)"""
        return browser.execute_script(script, index)

    heads = browser.find_elements("css selector", "#candidates th button")
    for index, key in ((2, float), (3, float), (1, str.casefold)):
        heads[index].click()
        values = [key(value) for value in column(index)]
        assert values == sorted(values)
        heads[index].click()
        assert [key(value) for value in column(index)] == values[::-1]
    count = """return [...document.querySelectorAll('#candidates tbody tr')]
        .filter(row => row.offsetHeight).length"""
    shown = browser.execute_script(count)
    browser.find_element("id", "more").click()
    assert browser.execute_script(count) == sum(len(a.candidates) for a in measured.activations)
    assert shown == sum(c.shown for a in measured.activations for c in a.candidates)

    messages = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    sent = [m["params"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    asked = [params["request"]["url"] for params in sent]
    assert asked
    assert all(url.startswith("file:") for url in asked)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_on_a_phone(measured, browser, tmp_path, scheme):
    path = tmp_path / "report.html"
    path.write_text(report.page(measured), encoding="utf-8")
    phone = {"width": 360, "height": 740, "deviceScaleFactor": 2, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", phone)
    feature = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", feature)
    browser.get(path.as_uri())
    wide = browser.execute_script("return document.documentElement.scrollWidth")
    assert wide <= 360
    style = "return getComputedStyle(document.querySelector(arguments[0]))[arguments[1]]"
    red, *_ = map(int, re.findall(r"\d+", browser.execute_script(style, "body", "backgroundColor")))
    assert (red < 64) == (scheme == "dark")
    ink = browser.execute_script(style, "figure svg text", "fill")
    assert ink == browser.execute_script(style, "body", "color")


def test_command_writes_its_files(tmp_path):
    flags = {"-o": "html", "--json": "json", "--csv": "csv", "--png": "png"}
    paths = [tmp_path / f"out.{suffix}" for suffix in flags.values()]
    options = [part for pair in zip(flags, map(str, paths), strict=True) for part in pair]
    run = CliRunner().invoke(cli.main, ["report", "relu", *options])
    assert run.exit_code == 0, run.output
    assert sorted(tmp_path.iterdir()) == sorted(paths)
    assert paths[3].read_bytes().startswith(b"\x89PNG")


def test_interrupted_it_leaves_nothing(tmp_path, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(report, "page", interrupt)
    run = CliRunner().invoke(cli.main, ["report", "relu", "-o", str(tmp_path / "out.html")])
    assert run.exit_code == 1
    monkeypatch.setattr(Path, "replace", interrupt)
    run = CliRunner().invoke(cli.main, ["report", "relu", "--csv", str(tmp_path / "out.csv")])
    assert run.exit_code == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "Missing one of"),
        (["gelo", "-o", "x.html"], "gelo"),
        (["swiglu", "-o", "x.html"], "swiglu is no activation of one variable"),
        (["--naive", "relu"], "relu has no textbook form"),
        (["gelu", "--png", "x.nothing"], "nothing"),
    ],
)
def test_command_refuses(arguments, says, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run = CliRunner().invoke(cli.main, ["report", *arguments])
    assert run.exit_code == 2
    assert says in run.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", _naive.FORMS)
def test_ours_keeps_its_bound_where_the_textbook_does_not(name):
    held = _naive.trial(name)
    assert held.ours <= ea.spec(name).bounds["fast", "float32"].ulp
    assert bool(held.faults) == (held.worst > 4)
    for fault in held.faults:
        with np.errstate(all="ignore"):
            got = float(_naive.FORMS[name][1](np.float32([fault.at]))[0])
        params = [p for p in ea.spec(name).params.values() if p is not None]
        truth = reference.exact(name, fault.at, *params)
        assert got == fault.got or (math.isnan(got) and math.isnan(fault.got))
        assert fault.worst == pytest.approx(reference.ulp_error(got, truth, "float32"), rel=1e-6)
        assert fault.first <= fault.at <= fault.last


def test_the_known_faults_are_found():
    """Overflow at 88.7, a tail that is lost where 1 + e^x is 1, cancellation at 0."""
    softplus = {fault.kind: fault for fault in _naive.trial("softplus", 64).faults}
    assert 88.7 < softplus["infinite"].first < 92
    assert -19 < softplus["lost"].last < -16
    tanh = [fault.kind for fault in _naive.trial("tanh").faults]
    assert tanh == ["not a number", "off", "lost", "off", "not a number"]
    elu = _naive.trial("elu").faults
    assert {fault.kind for fault in elu} == {"off", "lost"}
    assert _naive.trial("softsign").faults == ()


def test_naive_command():
    run = CliRunner().invoke(cli.main, ["report", "--naive", "mish,tanh"])
    assert run.exit_code == 0, run.output
    assert "not a" in run.stdout
    assert "mish = x * tanh(log(1 + exp(x)))" in run.stdout
