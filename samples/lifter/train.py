"""Trains the nets: ``python -m samples.lifter.train``, in a quarter of an hour on a busy core, the same each time."""

import itertools
import time
from pathlib import Path
from typing import Annotated

import numpy as np
import torch
import typer
from torch import Tensor, nn

from ..evaluation.error_model import ErrorModel, read
from ..figure.geometry import Array
from .nets import ANSWERS, FARTHEST, FILE, LEAST_ERROR, MOST_ERROR, ROUND, UNIT_DEG
from .postures import groups
from .seeing import Bodies, bodies_of, seen

NETS, WIDTH, BLOCKS = 3, 192, 2
MOVEMENTS = 3000
STEPS = 4000
BATCH = 1024
RATE = 2e-3
BETA = (0.5, 0.25)
"""How much each error counts as in plain least squares, in the first four fifths and in the last one: sure ones first."""


class Learning(nn.Module):  # type: ignore[misc]
    """Several nets side by side, each of which looks at its own batch."""

    def __init__(self, inputs: int, mean: Array, spread: Array, nets: int = NETS) -> None:
        super().__init__()
        self.mean = nn.Buffer(torch.tensor(mean, dtype=torch.float32))
        self.spread = nn.Buffer(torch.tensor(spread, dtype=torch.float32))
        outputs = 2 * len(ANSWERS) + int(ROUND.sum())
        sizes = [(inputs, WIDTH), *[(WIDTH, WIDTH)] * BLOCKS, (WIDTH, outputs)]
        self.weights = nn.ParameterList([nn.Parameter(torch.randn(nets, a, b) * (2.0 / a) ** 0.5) for a, b in sizes])
        self.biases = nn.ParameterList([nn.Parameter(torch.zeros(nets, 1, b)) for _, b in sizes])
        with torch.no_grad():
            for weight in self.weights[1:]:
                weight *= 0.5
            self.biases[-1][:, :, : len(ANSWERS)] += torch.tensor(np.where(ROUND, 0.5, 5.0), dtype=torch.float32)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Return answers and the logarithm of their errors, both in `UNIT_DEG`, of (nets, n, inputs)."""
        h = torch.clamp((x - self.mean) / self.spread, -FARTHEST, FARTHEST)
        h = torch.relu(torch.baddbmm(self.biases[0], h, self.weights[0]))
        for k in range(1, BLOCKS + 1):
            h = h + torch.relu(torch.baddbmm(self.biases[k], h, self.weights[k]))
        out = torch.baddbmm(self.biases[-1], h, self.weights[-1])
        k = len(ANSWERS)
        value, log_error, sines = out[..., :k], out[..., k : 2 * k], out[..., 2 * k :]
        turns = torch.rad2deg(torch.atan2(sines, value[..., ROUND])) / UNIT_DEG
        value = value.clone()
        value[..., ROUND] = turns
        return value, torch.clamp(log_error, LEAST_ERROR, MOST_ERROR)


def misses(said: Tensor, true: Tensor) -> Tensor:
    """Return how far answers are off, directions the short way round."""
    off = true - said
    half = 180.0 / UNIT_DEG
    return torch.where(torch.tensor(ROUND), torch.remainder(off + half, 2 * half) - half, off)


def _loss(nets: Learning, x: Tensor, y: Tensor, beta: float) -> Tensor:
    said, log_error = nets(x)
    known = torch.isfinite(y)
    off = misses(said, torch.where(known, y, said.detach()))
    each = 0.5 * off**2 * torch.exp(-2.0 * log_error) + log_error
    return (each * torch.exp(2.0 * beta * log_error.detach()) * known).mean()


def train(out: Path, movements: int = MOVEMENTS, steps: int = STEPS, nets_beside: int = NETS, seed: int = 0) -> None:
    """Train the nets, and write their weights now and then."""
    rng = np.random.default_rng(seed)
    torch.manual_seed(seed)
    began = time.monotonic()
    made = list(itertools.islice(groups(rng), movements))
    bodies, model = bodies_of(made), read()
    typer.echo(f"{len(bodies.points_m)} postures in {time.monotonic() - began:.0f} s", err=True)
    nets: Learning | None = None
    optimiser: torch.optim.Optimizer | None = None
    recent: list[float] = []
    step = 0
    while step < steps:
        views = _views(bodies, model, rng)
        if nets is None or optimiser is None:
            x, _ = views
            nets = Learning(x.shape[1], x.mean(axis=0), np.maximum(x.std(axis=0), 0.05), nets_beside)
            optimiser = torch.optim.AdamW(nets.parameters(), lr=RATE, weight_decay=1e-4)
        x, y = (torch.from_numpy(item) for item in views)
        orders = torch.stack([torch.randperm(len(x)) for _ in range(nets_beside)])
        for start in range(0, len(x) - BATCH + 1, BATCH):
            if step >= steps:
                break
            gone = step / steps
            for settings in optimiser.param_groups:
                settings["lr"] = RATE * min(1.0, step / 300) * (0.5 * (1.0 + np.cos(np.pi * gone)) + 0.005)
            rows = orders[:, start : start + BATCH]
            loss = _loss(nets, x[rows], y[rows], BETA[0] if gone < 0.8 else BETA[1])
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(nets.parameters(), 2.0)
            optimiser.step()
            step += 1
            recent.append(float(loss.detach()))
            if step % 250 == 0 or step == steps:
                save(nets, out)
                typer.echo(
                    f"step {step}, {time.monotonic() - began:.0f} s, loss {np.mean(recent[-300:]):.3f}", err=True
                )


def _views(bodies: Bodies, model: ErrorModel, rng: np.random.Generator) -> tuple[Array, Array]:
    x, y = seen(bodies, model, rng)
    return x, (y / UNIT_DEG).astype(np.float32)


def save(nets: Learning, path: Path = FILE) -> None:
    """Write the weights."""
    fields = {name: value.detach().numpy().astype(np.float16) for name, value in nets.state_dict().items()}
    np.savez_compressed(path, **fields)


def main(
    movements: Annotated[int, typer.Option(help="Movements that postures are taken from.")] = MOVEMENTS,
    steps: Annotated[int, typer.Option(help="Steps of training.")] = STEPS,
    nets: Annotated[int, typer.Option(help="How many nets side by side.")] = NETS,
    seed: Annotated[int, typer.Option(help="Of all that is random.")] = 0,
    out: Annotated[Path, typer.Option(help="Where the weights go.")] = FILE,
) -> None:
    """Train the nets and write their weights."""
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(mode=True)
    train(out, movements, steps, nets, seed)


if __name__ == "__main__":
    typer.run(main)
