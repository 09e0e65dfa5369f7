"""The page in a real browser, from disk and without a connection: it plays, and leads where it says, for everybody."""

import gzip
import time
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from formcheck.capture.frame import Frame, SourceInfo
from formcheck.exercise.rulebook import load_rules
from formcheck.language import choose
from formcheck.output.raw_video import RawVideo
from formcheck.output.report.page import Report, write_report
from formcheck.output.report.texts import ENGLISH
from formcheck.output.report.tracks import Tracks
from formcheck.performance import Performance
from formcheck.pipeline import Options
from formcheck.pose.pose import Observation
from formcheck.pose.recording import Recording
from tests.browser import DESK, ONE_AT_A_TIME, PHONE, Browser, Opened

pytestmark = ONE_AT_A_TIME
LANDMARKS = Path(__file__).parents[2] / "data" / "landmarks"
AT = "Number(document.getElementById('at').value)"
LATE_S = 2.0
"""The first picture of a recording that began late."""
VIDEO_AT = """new Promise((done) => {
  const video = document.getElementById("video");
  const look = () => video.seeking || video.readyState < 2 ? setTimeout(look, 10) : done(video.currentTime);
  look();
})"""
PLAYED = f"new Promise((done) => {{ const look = () => {AT} > 1.5 ? done() : setTimeout(look, 20); look(); }})"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the report of a lunge with faults: with its video, and in `alone` without."""
    folder = tmp_path_factory.mktemp("report")
    landmarks = folder / "landmarks.jsonl"
    landmarks.write_bytes(gzip.decompress((LANDMARKS / "lateral_lunge_faulty.jsonl.gz").read_bytes()))
    recording, rule, tracks = Recording(landmarks), load_rules([])["lateral_lunge"], Tracks()
    tracks.begin(rule.exercise)
    source = recording.header.source
    performance = Performance(rule, (source.width, source.height), Options(), "heavy-litert", on_step=tracks.add)
    for seen in recording:
        assert isinstance(seen, Observation)
        performance.step(seen)
    performance.finish("file")
    session = performance.result(source, "heavy")
    assert session.faults
    write_report(Report(session, rule.exercise, tracks, {}, "annotated.mp4"), folder / "report.html")
    (folder / "alone").mkdir()
    write_report(Report(session, rule.exercise, tracks, {}, "annotated.mp4"), folder / "alone" / "report.html")
    write_video(folder / "annotated.mp4", session.duration_s)
    (folder / "late").mkdir()
    late = Report(session, rule.exercise, tracks, {}, "recording.mp4", video_is_annotated=False)
    write_report(late, folder / "late" / "report.html")
    write_late_recording(folder / "late" / "recording.mp4", session.duration_s)
    (folder / "nl").mkdir()
    choose("nl")
    write_report(Report(session, rule.exercise, tracks, {}, None), folder / "nl" / "report.html")
    choose("en")
    return folder


def write_video(path: Path, duration_s: float, fps: int = 10) -> None:
    with av.open(path, "w") as file:
        stream = file.add_stream("libx264", fps, options={"preset": "ultrafast", "g": "5"})
        stream.width, stream.height, stream.pix_fmt, stream.time_base = 64, 48, "yuv420p", Fraction(1, fps)
        for number in range(round(duration_s * fps) + 1):
            frame = av.VideoFrame.from_ndarray(np.full((48, 64, 3), number % 200, np.uint8), "bgr24")
            frame.pts = number
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))


def write_late_recording(path: Path, duration_s: float, fps: int = 10) -> None:
    with RawVideo(path, SourceInfo("camera", "camera:0", 64, 48, float(fps), 0, 0.0)) as video:
        for number in range(round(LATE_S * fps), round(duration_s * fps) + 1):
            video.write(Frame(number, number / fps, np.full((48, 64, 3), number % 200, np.uint8)))
            time.sleep(0.005)
    assert video.failure is None


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Browser]:
    yield browser
    browser.close_all()


def test_whatever_is_chosen_is_shown_in_the_video(open_page: Browser, folder: Path) -> None:
    opened = open_page.open(folder / "report.html")
    page = opened.page
    faults = page.locator(".card button[data-t], .lane button[data-t]").all()
    assert len(faults) > 10
    for button in faults:
        button.click()
        assert page.evaluate(VIDEO_AT) == pytest.approx(float(button.get_attribute("data-t")), abs=0.2)
    assert opened.complaints == []
    assert opened.asked_for
    assert {address.rpartition("/")[2] for address in opened.asked_for if not address.startswith("data:")} == {
        "annotated.mp4"
    }


def test_a_recording_that_began_late_shows_the_right_moment(open_page: Browser, folder: Path) -> None:
    opened = open_page.open(folder / "late" / "report.html")
    page = opened.page
    assert page.locator("#video").get_attribute("aria-label") == ENGLISH["video_raw"]
    assert page.evaluate("video.duration") == pytest.approx(float(page.locator("#at").get_attribute("max")), abs=0.2)
    for button in page.locator(".lane button[data-t]").all():
        button.click()
        assert page.evaluate(VIDEO_AT) == pytest.approx(float(button.get_attribute("data-t")), abs=0.2)
    assert opened.complaints == []


def test_charts_respond(open_page: Browser, folder: Path) -> None:
    opened = open_page.open(folder / "report.html")
    page = opened.page
    end_s = float(page.locator("#at").get_attribute("max"))
    plots = page.locator("[data-plot]").all()
    assert plots
    for plot in plots:
        plot.scroll_into_view_if_needed()
        box = plot.bounding_box()
        for share in (0.1, 0.5, 0.9):
            plot.click(position={"x": share * box["width"], "y": 30})
            assert page.evaluate(VIDEO_AT) == pytest.approx(share * end_s, abs=0.2)
            now = plot.locator(".now").bounding_box()
            assert now["x"] == pytest.approx(box["x"] + share * box["width"], abs=3)


def test_without_the_video_the_figure_plays(open_page: Browser, folder: Path) -> None:
    opened = open_page.open(folder / "alone" / "report.html", PHONE)
    page = opened.page
    page.wait_for_selector("#figure:not([hidden])")
    for button in page.locator("button[data-t]").all():
        button.click()
        assert page.evaluate(AT) == pytest.approx(float(button.get_attribute("data-t")), abs=0.2)
    page.locator("#at").evaluate("slider => { slider.value = 1; slider.dispatchEvent(new Event('input')); }")
    before = picture(opened)
    page.locator("#at").press("ArrowRight")
    page.locator("#play").click()
    page.evaluate(PLAYED)
    page.locator("#play").click()
    assert picture(opened) != before
    assert [text for text in opened.complaints if "ERR_FILE_NOT_FOUND" not in text] == []


def picture(opened: Opened) -> str:
    drawn: str = opened.page.evaluate("document.getElementById('figure').toDataURL()")
    return drawn


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_everybody_can_use_it(open_page: Browser, folder: Path, width: int, dark: bool) -> None:
    opened = open_page.open(folder / "nl" / "report.html", width)
    assert not opened.overflows, "longer words fit too"
    opened = open_page.open(folder / "report.html", width, dark=dark)
    assert not opened.overflows
    assert opened.barriers() == []


def test_keys_reach_everything(open_page: Browser, folder: Path) -> None:
    page = open_page.open(folder / "report.html").page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    reached = set()
    for _ in range(200):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate(
                "[...document.querySelectorAll('button, input, select, summary')].indexOf(document.activeElement)"
            )
        )
    shown = page.locator("button:visible, input:visible, select:visible, summary:visible").count()
    assert len(reached - {-1}) == shown


def test_it_is_printed_on_few_pages(open_page: Browser, folder: Path) -> None:
    assert 1 <= open_page.open(folder / "report.html").pages_on_paper() <= 3
