# SPDX-License-Identifier: MIT
# mypy: disable-error-code="import"
"""Draw docs/gallery.md: a picture of each function of `dicrec.plot`, with the code that draws it.

The body of each function below stands in the page as it is, and what it returns is saved. Pictures are the same bytes
with the same versions of library and matplotlib: no dates, no random names.

Usage: gallery.py [FOLDER]      (by default docs)
"""

from __future__ import annotations

import inspect
import pathlib
import sys
import textwrap
from typing import Any, Callable, Dict

import matplotlib

matplotlib.use("svg")

import numpy  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = ROOT / "examples" / "data" / "stg_bursting.csv"

# [setup] of all pictures
import csv  # noqa: E402
import json  # noqa: E402

import dicrec  # noqa: E402

with open(DATA, encoding="utf-8") as table:
    first, second = (json.loads(row["spiking_times"]) for row in csv.DictReader(table))  # ms

model = dicrec.Model("stg")
estimator = dicrec.Estimator(model)
result = dicrec.reconstruct(estimator, first, n=16, verify=True)
neuron = dicrec.generate(model, target=(-6, 6), n=1, seed=3)
noisy = dicrec.simulate(model, neuron, noise=3).spikes[0]
many = dicrec.reconstruct(estimator, noisy, n=100, verify=True)
# [end of setup]


def summary() -> Any:
    """A reconstruction at a glance

    Whether to believe it: do the members fire like the input, are their conductances spread like all candidates, do
    they lie where the posterior does?
    """
    return dicrec.plot.summary(result, first)


def raster() -> Any:
    """Raster of a reconstruction

    The input above its members, each from its first whole burst.
    """
    return dicrec.plot.raster(many, noisy, max_rows=30)


def trials() -> Any:
    """Raster of trains or trials

    Trains, trials, simulations: a row each.
    """
    trains = [first[:60], second[:60], noisy[:60]]
    return dicrec.plot.raster(trains, align="onset", colors=["black", "#0072B2", "#E69F00"])


def traces() -> Any:
    """Voltage and currents

    Columns of one unit share a panel.
    """
    simulation = dicrec.simulate(model, neuron, t_end=700, trace="currents", trace_dt=0.2)
    columns = ["V", "I_CaT", "I_CaS", "I_KCa", "I_H"]
    return dicrec.plot.traces(simulation, columns, t_range=(0.3, 0.7))


def intervals() -> Any:
    """Intervals

    The input filled, the accepted members as a line; `log=False` for a linear axis.
    """
    return dicrec.plot.intervals(many, noisy)


def dic_curves() -> Any:
    """Dynamic input conductances over the voltage

    Below 0 the feedback is positive. Members share g_s and g_u at the threshold, within the posterior, and differ
    elsewhere.
    """
    return dicrec.plot.dic_curves(result, model)


def dic_plane() -> Any:
    """Posterior and members

    Regions of highest density that hold 50 % and 90 % of the probability, the members, and what the simulated neuron
    really has.
    """
    return dicrec.plot.dic_plane(many, target=neuron.dics[:, 1:3])


def noise() -> Any:
    """Noise current

    At the left the probability that there is none.
    """
    return dicrec.plot.noise(many)


def conductances() -> Any:
    """Conductances

    A line for each member, over mean and standard deviation of the candidates.
    """
    return dicrec.plot.conductances(result)


def conductance_pairs() -> Any:
    """Conductance pairs

    How channels make up for one another. The band is mean and standard deviation of the candidates; chosen pairs
    instead: `pairs=[("Na", "Kd"), ...]`.
    """
    return dicrec.plot.conductance_pairs(many, channels=["Na", "Kd", "CaT", "CaS"])


def kinetics() -> Any:
    """A model's gates

    Steady states and time constants of what a file says, the time scales of the DICs dotted; and what a neuron with
    such conductances has, DICs and steady current.
    """
    return dicrec.plot.kinetics(model, neuron)


def class_map() -> Any:
    """Activity over the DIC plane

    What four neurons of each target do; pale where they differ.
    """
    grid = dicrec.plot.class_grid(model, g_s=21, g_u=21, n=4)
    return dicrec.plot.class_map(grid)


DRAWN = (
    summary,
    raster,
    trials,
    traces,
    intervals,
    dic_plane,
    dic_curves,
    conductances,
    conductance_pairs,
    noise,
    class_map,
    kinetics,
)
PICTURES: Dict[str, Callable[[], Any]] = {draw.__name__: draw for draw in DRAWN}

#: Pictures that are smaller as PNG.
CROWDED = {"class_map", "conductance_pairs", "dic_curves", "kinetics", "raster", "summary"}

HEAD = """# Gallery

Pictures of `dicrec.plot`, for [Python](../bindings/python/README.md) with matplotlib (`pip install dicrec[plot]`).
Every function takes `ax=`, returns its Axes, and hands further keyword arguments to matplotlib. The trains are
simulated, not recorded ([examples/data](../examples/data/README.md)). `bindings/python/gallery.py` draws this page.

```python
%s
```
"""


def file_name(name: str) -> str:
    """File of a picture."""
    return name + (".png" if name in CROWDED else ".svg")


def setup_code() -> str:
    """What all pictures need, as it stands above."""
    text = pathlib.Path(__file__).read_text(encoding="utf-8")
    code = text.split("# [setup] of all pictures\n")[1].split("# [end of setup]")[0]
    return code.replace("  # noqa: E402", "").replace("DATA", '"examples/data/%s"' % DATA.name).strip()


def body(draw: Callable[[], Any]) -> str:
    """Code of a picture, without its docstring and its return."""
    lines = inspect.getsource(draw).split('"""')[-1]
    return textwrap.dedent(lines).strip().replace("return ", "")


def page() -> str:
    """The page, which needs no picture to be drawn."""
    text = HEAD % setup_code()
    for name, draw in PICTURES.items():
        title, _, words = (inspect.getdoc(draw) or "").partition("\n\n")
        alt = title[0].lower() + title[1:]
        text += "\n## %s\n\n%s\n\n![%s](gallery/%s)\n\n```python\n%s\n```\n" % (
            title,
            words,
            alt,
            file_name(name),
            body(draw),
        )
    return text


def save(name: str, axes: Any, folder: pathlib.Path) -> None:
    """One picture, without a date and the names of programs."""
    figure = numpy.ravel(list(axes.values()) if isinstance(axes, dict) else axes)[0].figure
    path = folder / file_name(name)
    if path.suffix == ".png":
        figure.savefig(path, dpi=100, metadata={"Software": None})
        return
    with matplotlib.rc_context({"svg.hashsalt": name}):
        figure.savefig(path, metadata={"Date": None, "Creator": None})


def main(folder: pathlib.Path) -> None:
    """Page and pictures."""
    (folder / "gallery").mkdir(parents=True, exist_ok=True)
    for name, draw in PICTURES.items():
        save(name, draw(), folder / "gallery")
    (folder / "gallery.md").write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs")
