"""Trains the nets: ``python -m samples.lifter.train``, in half an hour on two busy cores, the same each time."""

import itertools
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Annotated

import numpy as np
import torch
import typer
from torch import Tensor, nn

import formcheck.body
from formcheck.body import lifted
from formcheck.body.lifted import FARTHEST, LEAST_ERROR, MOST_ERROR, UNIT_DEG

from ..evaluation.error_model import ErrorModel, read
from ..figure.geometry import Array
from .postures import groups
from .seeing import Bodies, bodies_of, seen

NETS, WIDTH, BLOCKS = 2, 192, 2
MOVEMENTS = 10_000
STEPS = 12_000
BATCH = 512
PASSES = 3
"""How often each picture of a body is learnt from before other cameras look at it."""
RATE = 2e-3
USUAL_DEG = 50.0
"""What they begin with."""
BETA = (0.5, 0.25)
"""How much each error counts as in plain least squares, in the first four fifths and in the last one: sure ones first."""
SHIPPED = Path(formcheck.body.__file__).parent / lifted.FILE

Fields = dict[str, Array]


class Learning(nn.Module):  # type: ignore[misc]
    """One net while it learns."""

    def __init__(self, mean: Array, spread: Array) -> None:
        super().__init__()
        self.mean = nn.Buffer(torch.tensor(mean, dtype=torch.float32))
        self.spread = nn.Buffer(torch.tensor(spread, dtype=torch.float32))
        sizes = [(len(mean), WIDTH), *[(WIDTH, WIDTH)] * BLOCKS, (WIDTH, 4)]
        self.weights = nn.ParameterList([nn.Parameter(torch.randn(a, b) * (2.0 / a) ** 0.5) for a, b in sizes])
        self.biases = nn.ParameterList([nn.Parameter(torch.zeros(b)) for _, b in sizes])
        with torch.no_grad():
            for weight in self.weights[1:]:
                weight *= 0.5
            self.biases[-1][:2] += USUAL_DEG / UNIT_DEG

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Return the bend of the two knees and the logarithm of their errors, both in `UNIT_DEG`, of (n, inputs)."""
        h = torch.clamp((x - self.mean) / self.spread, -FARTHEST, FARTHEST)
        h = torch.relu(torch.addmm(self.biases[0], h, self.weights[0]))
        for k in range(1, BLOCKS + 1):
            h = h + torch.relu(torch.addmm(self.biases[k], h, self.weights[k]))
        out = torch.addmm(self.biases[-1], h, self.weights[-1])
        return out[:, :2], torch.clamp(out[:, 2:], LEAST_ERROR, MOST_ERROR)

    def fields(self) -> Fields:
        """Return the weights, with an axis for the nets before."""
        found = {name: value.detach().numpy() for name, value in self.state_dict().items()}
        return {name: value[None] if name.startswith("weights") else value[None, None] for name, value in found.items()}


def _loss(net: Learning, x: Tensor, y: Tensor, beta: float) -> Tensor:
    said, log_error = net(x)
    each = 0.5 * (y - said) ** 2 * torch.exp(-2.0 * log_error) + log_error
    return (each * torch.exp(2.0 * beta * log_error.detach())).mean()


def train(seed: int, movements: int = MOVEMENTS, steps: int = STEPS) -> Fields:
    """Train one net and return its weights."""
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(mode=True)
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    began = time.monotonic()
    bodies, model = bodies_of(list(itertools.islice(groups(rng), movements))), read()
    x, y = _views(bodies, model, rng)
    net = Learning(x.mean(axis=0), np.maximum(x.std(axis=0), 0.05))
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=1e-4)
    recent: list[float] = []
    step = 0
    while step < steps:
        if step:
            x, y = _views(bodies, model, rng)
        inputs, truth = torch.from_numpy(x), torch.from_numpy(y)
        order = torch.cat([torch.randperm(len(x)) for _ in range(PASSES)])
        for start in range(0, len(order) - BATCH + 1, BATCH):
            if step >= steps:
                break
            gone = step / steps
            for settings in optimiser.param_groups:
                settings["lr"] = RATE * min(1.0, step / 300) * (0.5 * (1.0 + np.cos(np.pi * gone)) + 0.005)
            rows = order[start : start + BATCH]
            loss = _loss(net, inputs[rows], truth[rows], BETA[0] if gone < 0.8 else BETA[1])
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 2.0)
            optimiser.step()
            step += 1
            recent.append(float(loss.detach()))
            if step % 500 == 0 or step == steps:
                took_s = time.monotonic() - began
                typer.echo(f"net {seed}: step {step}, {took_s:.0f} s, loss {np.mean(recent[-300:]):.3f}", err=True)
    return net.fields()


def _views(bodies: Bodies, model: ErrorModel, rng: np.random.Generator) -> tuple[Array, Array]:
    x, y = seen(bodies, model, rng)
    return x, (y / UNIT_DEG).astype(np.float32)


def save(trained: list[Fields], path: Path = SHIPPED) -> None:
    """Write the weights as `formcheck.body.lifted.Nets` reads them."""
    fields = {name: np.concatenate([net[name] for net in trained]).astype(np.float16) for name in trained[0]}
    np.savez_compressed(path, **fields)  # type: ignore[arg-type]


def main(
    movements: Annotated[int, typer.Option(help="Bodies that postures are taken from.")] = MOVEMENTS,
    steps: Annotated[int, typer.Option(help="Steps of training.")] = STEPS,
    nets: Annotated[int, typer.Option(help="How many nets, each in its own process.")] = NETS,
    seed: Annotated[int, typer.Option(help="Of all that is random in the first one; the next one's is the next.")] = 0,
    out: Annotated[Path, typer.Option(help="Where the weights go.")] = SHIPPED,
) -> None:
    """Train the nets and write their weights."""
    with ProcessPoolExecutor(nets, get_context("spawn")) as pool:
        trained = list(pool.map(partial(train, movements=movements, steps=steps), range(seed, seed + nets)))
    save(trained, out)


if __name__ == "__main__":
    typer.run(main)
