"""The landmark model on the graphics processor, by LiteRT: with WebGPU on Linux and Windows, with Metal on macOS.

LiteRT is asked for the graphics processor alone, so that it fails where none can be used, and never falls back in silence. What answers
is compared with the processor before it is believed: some drivers are wrong, and some are programs that run on the processor.
"""

import statistics
import sys
import time
from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from formcheck.capture.quiet import silence
from formcheck.errors import DeviceError
from formcheck.installation import not_loaded
from formcheck.language import _

try:
    from ai_edge_litert.compiled_model import CompiledModel
    from ai_edge_litert.hardware_accelerator import HardwareAccelerator
    from ai_edge_litert.options import GpuOptions, Options
    from ai_edge_litert.tensor_buffer import TensorBuffer
except (ImportError, OSError) as problem:
    raise not_loaded(problem) from problem

AGREES = 1e-3
"""Outputs are those of the processor if they differ from them by no more than this share of the largest of them."""
TOO_SLOW = 3.0
"""What takes so many times as long as the processor is no graphics processor."""

_ROUNDS = 3

Outputs = dict[str, NDArray[np.float32]]
Run = Callable[[NDArray[np.float32]], Outputs]
"""Returns what is put out for a (1, side, side, 3) picture, by name."""


class GraphicsNetwork:
    """A network with one picture in and several arrays out, each known by its size.

    Parameters
    ----------
    content
        The network, as TensorFlow Lite has it.
    sizes
        How many numbers each output has, by its name.
    side
        Width and height of the picture in px.
    on_processor
        The same network, run by the processor.

    Raises
    ------
    DeviceError
        No graphics processor can be used here; or it puts out something else than the processor, or is far slower.
    """

    def __init__(self, content: bytes, sizes: Mapping[str, int], side: int, on_processor: Run) -> None:
        self._content = content  # LiteRT may go on reading it
        self._model: CompiledModel = None
        self._given: TensorBuffer = None
        self._outputs: dict[str, tuple[TensorBuffer, int]] = {}
        picture = np.random.default_rng(1).random((1, side, side, 3), np.float32)
        problem: DeviceError | None
        with silence():  # also while what LiteRT opened is closed again
            try:
                self._model = _compiled(content)
                self._given, self._outputs = _buffers(self._model, sizes)
                problem = _problem(self.run, on_processor, picture)
            except RuntimeError:
                problem = DeviceError(_("No graphics processor can be used here."), _remedy())
            if problem is not None:
                self._let_go()
        if problem is not None:
            raise problem

    def run(self, picture: NDArray[np.float32]) -> Outputs:
        """Return what is put out for a picture.

        Raises
        ------
        DeviceError
            The graphics processor does not answer any more.
        """
        try:
            self._given.write(picture)
            self._model.run_by_index(0, [self._given], [buffer for buffer, _size in self._outputs.values()])
            return {name: buffer.read(size, np.float32) for name, (buffer, size) in self._outputs.items()}
        except RuntimeError as error:
            raise DeviceError(
                _("The graphics processor does not answer any more."), _("Try again, or leave --device out.")
            ) from error

    def close(self) -> None:
        """Let go of the graphics processor; harmless when done twice."""
        with silence():
            self._let_go()

    def _let_go(self) -> None:
        self._outputs.clear()
        self._given = self._model = None


def _compiled(content: bytes) -> CompiledModel:
    # In full precision: landmarks are to be those of the processor.
    asked = Options(HardwareAccelerator.GPU, gpu_options=GpuOptions(enforce_f32=True))
    model = CompiledModel.from_buffer(content, options=asked)
    if not model.is_fully_accelerated():
        raise RuntimeError  # a part of the network would be left to the processor
    return model


def _buffers(
    model: CompiledModel, sizes: Mapping[str, int]
) -> tuple[TensorBuffer, dict[str, tuple[TensorBuffer, int]]]:
    """Return the buffer of the picture, and that of each output with its size, by name, in the order of the network."""
    (key,) = model.get_signature_list()
    known = {size: name for name, size in sizes.items()}
    details = model.get_output_tensor_details(key).values()
    by_size = [
        (int(np.prod(detail["shape"])), buffer)
        for detail, buffer in zip(details, model.create_output_buffers(0), strict=True)
    ]
    (given,) = model.create_input_buffers(0)
    return given, {known[size]: (buffer, size) for size, buffer in by_size}


def _problem(run: Run, on_processor: Run, picture: NDArray[np.float32]) -> DeviceError | None:
    """Compare what the two put out, and how long they take for it; return what speaks against the first."""
    here, there = on_processor(picture), run(picture)
    if any(np.abs(there[name].ravel() - here[name].ravel()).max() > AGREES * np.abs(here[name]).max() for name in here):
        return DeviceError(
            _("The graphics processor puts out something else than the processor, and cannot be believed."),
            _("Update its driver, or leave --device out."),
        )
    here_s, there_s = _typical_s(on_processor, picture), _typical_s(run, picture)
    if there_s > TOO_SLOW * here_s:
        return DeviceError(
            _(
                "What stands in for a graphics processor here takes {there_ms:.0f} ms a picture, the processor itself {here_ms:.0f} ms.",
                there_ms=1000 * there_s,
                here_ms=1000 * here_s,
            ),
            _("Leave --device out."),
        )
    return None


def _typical_s(run: Run, picture: NDArray[np.float32]) -> float:
    times_s = []
    for _number in range(_ROUNDS):
        begun_s = time.perf_counter()
        run(picture)
        times_s.append(time.perf_counter() - begun_s)
    return statistics.median(times_s)


def _remedy() -> str:
    if sys.platform == "linux":
        return _(
            "It takes a driver with Vulkan, and libvulkan.so.1 (on Debian and Ubuntu: apt-get install libvulkan1). Or leave --device out."
        )
    return _("Update the driver of the graphics processor, or leave --device out.")
