"""Holds that last as long as the user wants."""

from dataclasses import replace

from formcheck.exercise.movement import Movement
from formcheck.exercise.words import Exercise


def with_holds(exercise: Exercise, hold_s: float | None) -> Exercise:
    """Return an exercise whose holds all last for so many seconds; None = as its rule has it."""
    if hold_s is None:
        return exercise

    def longer(movement: Movement) -> Movement:
        if movement.hold is None:
            return movement
        # Whoever sets out to stay shorter than prescribed makes a repetition by less, too.
        share = movement.hold.attempt_under_s / movement.hold.seconds
        attempt_under_s = min(movement.hold.attempt_under_s, share * hold_s)
        return replace(movement, hold=replace(movement.hold, seconds=hold_s, attempt_under_s=attempt_under_s))

    def all_longer(movement: Movement | tuple[Movement, Movement]) -> Movement | tuple[Movement, Movement]:
        return (longer(movement[0]), longer(movement[1])) if isinstance(movement, tuple) else longer(movement)

    levels = tuple(
        item if item.movement is None else replace(item, movement=all_longer(item.movement)) for item in exercise.levels
    )
    return replace(exercise, movement=all_longer(exercise.movement), levels=levels)
