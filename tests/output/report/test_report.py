"""The report: one page that stands alone, and says what session.json says."""

import base64
import math
import re
import time
from dataclasses import replace

import cv2
import html5lib
import numpy as np
import pytest
from hypothesis import given, settings

from formcheck.capture.frame import Frame, SourceInfo
from formcheck.exercise.questions import Answer, Kind
from formcheck.exercise.reasons import Code, Reason
from formcheck.exercise.results import Form, NotAssessed
from formcheck.exercise.rulebook import load_rules
from formcheck.exercise.session_result import Session
from formcheck.exercise.words import Severity
from formcheck.output.amounts import amount
from formcheck.output.filming import how_to_film_it
from formcheck.output.folder import open_results
from formcheck.output.raw_video import RawVideo
from formcheck.output.report.page import Report, proof_moments, report_html, write_report
from formcheck.output.report.proof import proof_of
from formcheck.output.report.texts import ENGLISH
from formcheck.output.report.tracks import Tracks
from formcheck.output.sentences import why_not_assessed
from formcheck.output.verdicts import verdict, what_next
from formcheck.performance import Performance
from formcheck.pipeline import Options
from formcheck.pose.pose import Observation
from formcheck.pose.recording import Recording
from formcheck.reporting import Reporter
from samples.figure import best_view, movement, observe
from tests.output.sessions import LEG_UNSEEN, NEEDS_SIDE, attempt, fault, rep, session, sessions
from tests.recordings import recorded_figure

XHTML = "{http://www.w3.org/1999/xhtml}"


def page_of(html):
    """Return the page as a strict parser reads it: it refuses what is not valid HTML."""
    return html5lib.HTMLParser(strict=True).parse(html)


def text_of(html):
    parts = [text for node in page_of(html).iter() if _is_read(node) for text in (node.text, node.tail) if text]
    return re.sub(r"\s+", " ", " ".join(parts))


def _is_read(node):
    return isinstance(node.tag, str) and node.tag.removeprefix(XHTML) not in ("style", "script")


def tags(html, name):
    return [node for node in page_of(html).iter() if isinstance(node.tag, str) and node.tag.endswith(f"}}{name}")]


def html_of(found: Session, exercise="dead_bug", video=None, tracks=None):
    return report_html(Report(found, load_rules([])[exercise].exercise, tracks or Tracks(), {}, video))


FAULTY = session(
    reps=(
        rep(
            1, form=Form.FAULTS, faults=(fault(), fault("head_lifts", unit="T", measured=0.21, limit=0.12, error=0.06))
        ),
        rep(3, side="right", start_s=4.0, peak_s=5.0, end_s=6.0),
        attempt(4),
        rep(5, form=Form.FAULTS, start_s=7.0, end_s=9.0, faults=(fault(rep=5, start_s=7.0, end_s=9.0, measured=2.5),)),
    ),
    not_assessed=(NotAssessed("wrong_arm", NEEDS_SIDE, 0.0, 9.0, (1, 3)), NotAssessed("drift", LEG_UNSEEN, 1.0, 2.0)),
)


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """Return what was found of a figure's lunges, their exercise and what was seen of them."""
    path = recorded_figure(tmp_path_factory.mktemp("figure") / "landmarks.jsonl")
    recording, rule, tracks = Recording(path), load_rules([])["lateral_lunge"], Tracks()
    tracks.begin(rule.exercise)
    source = recording.header.source
    performance = Performance(rule, (source.width, source.height), Options(), on_step=tracks.add)
    for seen in recording:
        assert isinstance(seen, Observation)
        performance.step(seen)
    performance.finish("file")
    return performance.result(source, "heavy"), rule.exercise, tracks


def test_it_needs_nothing_from_outside():
    html = html_of(FAULTY, video="annotated.mp4")
    named = [
        value for node in page_of(html).iter() for key, value in node.attrib.items() if key in ("src", "href", "data")
    ]
    assert named == ["#results", "annotated.mp4"]
    assert not re.search(r"https?:|//[a-z]|@import|url\(", html.split("<script>")[0])
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', html)
    assert {part.strip() for part in policy.split(";")} == {
        "default-src 'none'", "img-src data:", "media-src file: 'self'", "style-src 'unsafe-inline'",
        "script-src 'unsafe-inline'", "base-uri 'none'", "form-action 'none'",
    }  # fmt: skip


def test_it_says_the_same_as_the_table():
    text = text_of(html_of(FAULTY))
    assert all(part.strip() in text for part in verdict(FAULTY))
    for item in FAULTY.not_assessed:
        assert item.title in text
        assert why_not_assessed(item.reason) in text
    for words in FAULTY.not_visible:
        assert words in text
    assert ENGLISH["coaching"] in text


def test_every_fault_is_there_with_its_numbers():
    text = text_of(html_of(FAULTY))
    for item in FAULTY.faults:
        assert item.title in text
        assert item.cue in text
        for value in (
            amount(item.measured, item.unit, beside=item.limit),
            amount(item.limit, item.unit, beside=item.measured),
            f"±{amount(item.error, item.unit)}",
            f"{item.start_s:.1f}–{item.end_s:.1f}",
        ):
            assert value in text


def test_everything_with_a_time_leads_there():
    html = html_of(FAULTY)
    times = [float(node.attrib["data-t"]) for node in tags(html, "button") if "data-t" in node.attrib]
    for item in (*FAULTY.reps, *FAULTY.faults):
        assert any(math.isclose(time_s, item.start_s, abs_tol=1e-3) for time_s in times)
    assert all(0 <= time_s <= FAULTY.duration_s for time_s in times)


def test_one_thing_to_do_next_is_what_matters_most():
    minor, major = fault("too_fast", cue="Slow down."), fault("sags", severity=Severity.MAJOR, cue="Brace.")
    found = session(reps=(rep(1, faults=(minor,)), rep(2, faults=(minor,)), rep(3, faults=(major,))))
    text = text_of(html_of(found))
    assert re.search(r"Do this next Brace\. Sags: in \d of 3 repetitions", text)


@pytest.mark.parametrize(
    "found",
    [
        session(reps=(), nothing_counted_because=Reason(Code.NEVER_BEGAN)),
        session(reps=(), tracked=0.0, frames=0, duration_s=0.0),
        session(reps=(), interrupted=True, damaged="The file ends early.", duration_s=0.0),
        session(reps=(rep(1, side=None, holds=()),)),
    ],
)
def test_little_makes_a_valid_page_too(found):
    html = html_of(found)
    assert all(part.strip() in text_of(html) for part in verdict(found))
    if not found.reps:
        assert ENGLISH["nothing_judged"] in text_of(html)
        assert ENGLISH["unseen_none"] not in text_of(html)


def test_names_from_outside_are_only_text():
    name = "a<script>alert(1)</script>&\"'.mp4"
    found = replace(FAULTY, source=replace(FAULTY.source, path=f"clips/{name.replace('/', '_')}"), title="<b>Bug</b>")
    html = html_of(found)
    assert len(tags(html, "script")) == 2
    assert not tags(html, "b")
    assert "<script>alert(1)<_script>" in text_of(html)


def test_without_a_video_the_figure_plays():
    assert tags(html_of(FAULTY, video="annotated.mp4"), "video")
    html = html_of(FAULTY)
    assert not tags(html, "video")
    assert "hidden" not in tags(html, "canvas")[0].attrib


def test_joints_are_drawn_over_time_with_what_is_right(played):
    found, exercise, tracks = played
    assert found.counted
    html = report_html(Report(found, exercise, tracks, {}, None))
    curves = [node.attrib["d"] for node in tags(html, "path") if "curve" in node.attrib["class"]]
    assert curves
    assert all(0 <= float(number) <= 1000 for path in curves for number in re.findall(r"[\d.]+", path))
    assert tags(html, "rect")
    assert len(html) < 1_000_000


def test_an_hour_of_sixty_pictures_a_second_is_kept_as_fifteen():
    """What a report needs of a moment is a few hundred bytes, so that an hour of them is little beside the rest."""
    rule, tracks = load_rules([])["lateral_lunge"], Tracks()
    tracks.begin(rule.exercise)
    performance = Performance(rule, (1280, 720), Options(), on_step=tracks.add)
    once = observe(movement("lateral_lunge", reps=1), best_view("lateral_lunge"), 60.0)
    for seen in once:
        performance.step(seen)
    assert len(tracks.times_s) == pytest.approx(len(once) / 4, abs=1)
    kept = sum(len(held) * held.itemsize for held in (tracks.times_s, *tracks.values.values(), *tracks.errors.values()))
    assert (kept + tracks.landmarks.nbytes) / len(tracks.times_s) < 600


def test_of_a_session_without_end_fewer_and_fewer_moments_a_second_are_kept(monkeypatch):
    monkeypatch.setattr("formcheck.output.report.tracks.MOST_KEPT", 40)
    rule, tracks = load_rules([])["lateral_lunge"], Tracks()
    tracks.begin(rule.exercise)
    performance = Performance(rule, (1280, 720), Options(), on_step=tracks.add)
    seen = observe(movement("lateral_lunge", reps=1), best_view("lateral_lunge"), 30.0)
    for one in seen:
        performance.step(one)
    assert 20 <= len(tracks.times_s) <= 40
    assert {len(held) for held in (*tracks.values.values(), *tracks.errors.values())} == {len(tracks.times_s)}
    assert min(np.diff(tracks.times_s)) >= tracks.apart_s - 1e-3
    assert tracks.times_s[-1] > seen[-1].time_s - tracks.apart_s
    for moment, time_s in enumerate(tracks.times_s):
        true, kept = next(one.pose for one in seen if one.time_s == time_s), tracks.pose_at(moment)
        assert true is not None
        assert kept is not None
        # It is followed: repaired and smoothed.
        assert np.nanmax(np.abs(kept.image_px - true.image_px)) < 25.0


def test_a_fault_is_proved_by_the_picture_of_its_time(played):
    found, exercise, tracks = played
    first = found.counted[0]
    wrong = fault(
        "knee_caves_in", rep=first.number, side=first.side, start_s=first.peak_s, end_s=first.end_s, unit="shank",
        measured=0.3, limit=0.15, error=0.05,
    )  # fmt: skip
    found = replace(found, reps=(replace(first, form=Form.FAULTS, faults=(wrong,)),))
    (moment,) = proof_moments(found, exercise, tracks)
    assert wrong.start_s - 0.1 <= tracks.times_s[moment] <= wrong.end_s + 0.1
    picture = np.full((480, 640, 3), 200, np.uint8)
    of_figure = tags(report_html(Report(found, exercise, tracks, {}, None)), "img")[0]
    of_video = tags(report_html(Report(found, exercise, tracks, {moment: picture}, None)), "img")[0]
    assert of_figure.attrib["src"].startswith("data:image/jpeg;base64,")
    assert of_figure.attrib["src"] != of_video.attrib["src"]
    assert "Knee caves in" in of_video.attrib["alt"]


def test_pictures_are_taken_until_somebody_stops_it(played):
    found, exercise, tracks = played
    first = found.counted[0]
    wrong = fault("knee_caves_in", rep=first.number, side=first.side, start_s=first.peak_s, end_s=first.end_s)
    found = replace(found, reps=(replace(first, form=Form.FAULTS, faults=(wrong,)),))
    seen = [Observation(time_s, None) for time_s in tracks.times_s]
    film = [Frame(index, one.time_s, np.zeros((9, 16, 3), np.uint8)) for index, one in enumerate(seen)]
    told = []

    def stop(done, _time_s, total):
        told.append((done, total))
        if len(told) == 3:
            raise KeyboardInterrupt

    whole, stopped = Reporter(tracks), Reporter(tracks)
    assert not whole.take_pictures(film, seen, exercise, found, None, blur_face=False)
    assert set(whole.pictures) == proof_moments(found, exercise, tracks)
    assert stopped.take_pictures(film, seen, exercise, found, stop, blur_face=False)
    assert (told, stopped.pictures) == ([(len(seen), len(seen))] * 3, {})


@pytest.mark.parametrize("fps", [10.0, 16.0, 25.0])
def test_a_fault_of_a_single_picture_is_proved_whichever_that_is(fps, played):
    found, exercise, _ = played
    tracks = Tracks()
    tracks.begin(exercise)
    performance = Performance(load_rules([])["lateral_lunge"], (1280, 720), Options(), on_step=tracks.add)
    pictures = observe(movement("lateral_lunge", reps=1), best_view("lateral_lunge"), fps)[:40]
    for seen in pictures:
        performance.step(seen)
    for seen in pictures:
        wrong = fault("knee_caves_in", start_s=seen.time_s, end_s=seen.time_s)
        proof = proof_of(wrong, found, exercise, tracks)
        assert proof is not None
        assert abs(proof.time_s - seen.time_s) < 0.1


def test_it_is_written_whole(tmp_path):
    write_report(Report(FAULTY, load_rules([])["dead_bug"].exercise, Tracks(), {}, None), tmp_path / "report.html")
    assert (tmp_path / "report.html").read_text(encoding="utf-8") == html_of(FAULTY)


@settings(max_examples=40, deadline=None)
@given(sessions)
def test_any_session_makes_a_page(found):
    html = html_of(found)
    html.encode("utf-8", errors="replace")
    assert len(tags_of_any(html, "article")) == len({item.id for item in found.faults})


def tags_of_any(html, name):
    """Return elements of a page whose texts may hold characters that no page should."""
    return [node for node in html5lib.parse(html).iter() if node.tag == XHTML + name]


def test_what_did_not_count_is_not_called_faultless():
    short = Reason(Code.TOO_SHORT_A_WAY, {"value": 1.3, "needed": 1.4}, {"unit": "T", "signal": "foot_to_hand_t"})
    found = session(reps=(attempt(1, not_counted_because=short, measures={"foot_to_hand_t.left": (1.1, 2.4)}),))
    text = text_of(html_of(found))
    assert text.count(ENGLISH["nothing_judged"]) == 2
    assert ENGLISH["faults_none"] not in text
    assert "Measured: foot to hand, torso lengths." in text
    assert "Measured: foot to hand, torso lengths. – 1.10 to 2.40" in text
    assert tags(html_of(found), "button")[0].text == ENGLISH["next_see"]


def test_a_range_is_that_of_the_leg_that_worked():
    other = {"knee_flexion_deg.right": (20.0, 35.0)}
    found = session(reps=(rep(1, measures={"hip_flexion_deg.left": (-5.0, 98.0)} | other), rep(2, measures=other)))
    text = text_of(html_of(found))
    assert "−5° to 98°" in text
    assert "35°" not in text


def test_what_is_measured_without_an_angle_is_ringed(played):
    found, exercise, tracks = played
    first = found.counted[0]
    facts = {"rep": first.number, "side": first.side, "start_s": first.peak_s, "end_s": first.end_s}
    caves = fault("knee_caves_in", **facts, unit="shank", measured=0.3, limit=0.15)
    fast = fault("too_fast", **facts)
    shown = [
        report_html(Report(replace(found, reps=(replace(first, faults=(wrong,)),)), exercise, tracks, {}, None))
        for wrong in (caves, fast)
    ]
    assert ENGLISH["proof_rings"] in text_of(shown[0])
    assert "Measured: knee inward, lower leg lengths. What is measured? Offset of the knee" in text_of(shown[0])
    assert ENGLISH["proof_rings"] not in text_of(shown[1])
    (see, first_picture) = (
        next(node for node in tags(shown[0], "button") if node.text == ENGLISH["next_see"]),
        next(node for node in tags(shown[0], "button") if "picture" in node.attrib.get("class", "")),
    )
    assert see.attrib["data-t"] == first_picture.attrib["data-t"]


def test_a_band_for_one_leg_has_its_colour(played):
    found, exercise, tracks = played
    html = report_html(Report(found, exercise, tracks, {}, None))
    owners = {node.attrib["class"] for node in tags(html, "rect")}
    assert owners <= {"right-band left", "right-band right", "right-band middle"}
    assert owners & {"right-band left", "right-band right"}


def test_where_form_was_not_judged_the_next_thing_is_to_show_it():
    unseen = Reason(Code.REST_UNSEEN)
    hidden = tuple(NotAssessed(name, unseen, 0.0, 9.0, (2,)) for name in ("drift", "head_lifts"))
    found = session(
        reps=(rep(1), rep(2, form=Form.NOT_JUDGED, form_unseen=("drift",), form_share=0.0)), not_assessed=hidden
    )
    exercise = load_rules([])["dead_bug"].exercise
    assert what_next(found, exercise)[0] == how_to_film_it(unseen, exercise)
    assert what_next(session(reps=(rep(1),)), exercise)[0] == exercise.dose.advice


def test_a_recorded_session_is_proved_by_its_pictures(played, tmp_path):
    found, exercise, tracks = played
    first = found.counted[0]
    wrong = fault("too_fast", rep=first.number, side=first.side, start_s=first.peak_s, end_s=first.end_s)
    found = replace(found, reps=(replace(first, form=Form.FAULTS, faults=(wrong,)),))
    proofs = []
    for name in ("bare", "recorded"):
        with open_results("camera:0", tmp_path / name) as results:
            if name == "recorded":
                with RawVideo(
                    results.recording_mp4, SourceInfo("camera", "camera:0", 1280, 720, 10.0, 0, 0.0)
                ) as video:
                    for index, time_s in enumerate(tracks.times_s):
                        video.write(Frame(index, time_s, np.full((720, 1280, 3), 200, np.uint8)))
                        time.sleep(0.02)
            Reporter(tracks).write(found, exercise, results)
            html = results.report_html.read_text(encoding="utf-8")
        proofs.append(tags(html, "img")[0].attrib["src"])
        assert bool(tags(html, "video")) is (name == "recorded")
    bare, recorded = (brightness(base64.b64decode(proof.partition(",")[2])) for proof in proofs)
    assert bare < 60 < 150 < recorded


def brightness(jpeg):
    picture = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    return picture.mean()


def test_what_only_the_person_knows_is_asked_and_its_answers_stand_there():
    exercise = load_rules([])["dead_bug"].exercise
    effort = next(item for item in exercise.questions if item.kind is Kind.ZERO_TO_TEN)
    asking = session(questions=exercise.questions)
    asked, said = (text_of(html_of(found)) for found in (asking, replace(asking, answers=(Answer(effort.id, 3),))))
    assert ENGLISH["after"] in asked
    assert all(f"{item.ask} Not answered." in asked for item in exercise.questions)
    assert ENGLISH["after_answered"] in said
    assert f"{effort.ask} 3 of 10." in said
    assert ENGLISH["after_effort"] in text_of(html_of(session()))
