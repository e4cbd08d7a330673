"""The measurements as a table in plain text."""

from itertools import pairwise
from typing import Any

Run = list[dict[str, Any]]

USUAL_PACE = 12  # the yardstick of a machine with two cores and nothing else to do


def table(sizes: list[int], runs: list[Run]) -> str:
    """A line per page in alphabetical order: each size by itself, then the largest, then growth step by step.

    A machine that others work on too is half as fast from one minute to the next, so what is compared is p50 divided by
    the yardstick of the same moment.
    """
    header = ["page", "statements", *(f"p50 {size}" for size in sizes), *(f"12: {size}" for size in sizes)]
    header += ["p95", "8: p50", "p95", "per s", "MB", "bare", "ratio"]
    header += [f"×{later // earlier}" for earlier, later in pairwise(sizes)]
    by_name = [{page["name"]: page for page in run} for run in runs]
    lines = [header, *(line([pages[name] for pages in by_name]) for name in sorted(by_name[-1]))]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
        ).rstrip()
        for cells in lines
    )


def line(sizes: Run) -> list[str]:
    last = sizes[-1]
    statements = "–".join(dict.fromkeys(str(page["statements"]) for page in sizes))
    paced = [page["p50"] * USUAL_PACE / page["pace"] for page in sizes]
    growth = [later / earlier for earlier, later in pairwise(paced)]
    figures = [*(page["p50"] for page in sizes), *paced]
    figures += [last[name] for name in ("p95", "p50_of_8", "p95_of_8", "per_second")]
    return [
        last["name"],
        statements,
        *(f"{figure:.0f}" if figure else "" for figure in figures),
        f"{last['peak']:.0f}",
        f"{last['bare']:.1f}",
        f"{last['p50'] / last['bare']:.1f}",
        *(f"{times:.1f}" for times in growth),
    ]


def writes(written: dict[str, Any]) -> str:
    """What became of the people who saved, in one line."""
    faults = "".join(f"; {fault}" for fault in sorted(set(written["errors"]))[:5])
    return (
        f"{written['people']} people saving: {written['saved']} saved, {written['per_second']:.0f} per s,"
        f" p50 {written['p50']:.0f}, p95 {written['p95']:.0f}, errors {len(written['errors'])}, lost {written['lost']},"
        f" logged {written['logged']}, faults of the audit chain {written['broken']}{faults}"
    )
