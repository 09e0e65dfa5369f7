"""The page in a real browser, offline, where Chromium and playwright are installed: it plays, and leads where it says."""

import os
import shutil
import time
from dataclasses import replace

import pytest

from formcheck.exercise.results import Form
from formcheck.output.report.page import Report, write_report
from tests.output.report.test_report import played  # noqa: F401  (a fixture)
from tests.output.sessions import fault

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
AT = "Number(document.getElementById('at').value)"


@pytest.fixture
def page():
    sync_api = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("there is no Chromium")
    with sync_api.sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.getuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        page = browser.new_context(viewport={"width": 390, "height": 844}, offline=True).new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        yield page
        browser.close()


def test_it_plays_and_whatever_is_chosen_is_shown(page, played, tmp_path):  # noqa: F811
    found, exercise, tracks = played
    rep = found.counted[0]
    wrong = fault("trunk_tips_sideways", rep=1, side=rep.side, start_s=rep.peak_s, end_s=rep.end_s, unit="deg")
    found = replace(found, reps=(replace(rep, form=Form.FAULTS, faults=(wrong,)),))
    path = tmp_path / "report.html"
    write_report(Report(found, exercise, tracks, {}, "annotated.mp4"), path)  # the video is missing
    page.goto(path.as_uri())
    page.wait_for_selector("#figure:not([hidden])")
    for button in page.locator("button[data-t]").all():
        button.click()
        assert page.evaluate(AT) == pytest.approx(float(button.get_attribute("data-t")), abs=0.2)
    page.locator("[data-plot]").first.click(position={"x": 100, "y": 30})
    before = page.evaluate(AT)
    page.locator("#at").press("ArrowRight")
    page.locator("#play").click()
    deadline = time.monotonic() + 10
    while page.evaluate(AT) < before + 0.2 and time.monotonic() < deadline:
        page.wait_for_timeout(50)
    assert page.evaluate(AT) >= before + 0.2
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert [text for text in page.complaints if "ERR_FILE_NOT_FOUND" not in text] == []
