import pytest

from formcheck.live.keys import HELP, KEYS, OF_PLANS, PLAN_HELP, Wish, meaning
from formcheck.pose.command import Action


@pytest.mark.parametrize(
    ("code", "wish"),
    [
        (ord(" "), Action.PAUSE), (ord("n"), Action.NEXT_SIDE), (ord("u"), Action.UNDO), (ord("r"), Action.RESTART),
        (ord("m"), Wish.MUTE), (ord("f"), Wish.FULL_SCREEN), (ord("s"), Wish.SNAPSHOT), (ord("h"), Wish.HELP),
        (ord("q"), Wish.END), (27, Wish.END), (ord("N"), Action.NEXT_SIDE), (ord("x"), None), (-1, None),
        (0x100000 + ord("q"), Wish.END), (200, None),
    ],
)  # fmt: skip
def test_keys(code: int, wish: Action | Wish | None) -> None:
    assert meaning(code) is wish


def test_every_key_is_in_the_help() -> None:
    for code, wish in KEYS.items():
        name = {ord(" "): "space", 27: "q"}.get(code, chr(code))
        assert any(keys.split()[0] == name for keys, _ in PLAN_HELP)
        assert any(keys.split()[0] == name for keys, _ in HELP) is (wish not in OF_PLANS)
