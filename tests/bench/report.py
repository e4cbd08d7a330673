"""The measurements as a table in plain text."""

from tests.bench.measuring import Measured


def table(sizes: list[int], steps: list[list[Measured]]) -> str:
    """A line per page in alphabetical order; times in milliseconds, growth of p50 from the first size to the last."""
    header = ["page", "statements"]
    for size in sizes:
        header += [f"p50 {size}", f"p95 {size}"]
    header += ["bare query", "ratio", "growth"]
    lines = [header, *sorted(line(measured) for measured in zip(*steps, strict=True))]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        for cells in lines
    )


def line(sizes: tuple[Measured, ...]) -> list[str]:
    first, last = sizes[0], sizes[-1]
    statements = "–".join(dict.fromkeys(str(measured.statements) for measured in sizes))
    times = [f"{time:.1f}" for measured in sizes for time in (measured.p50, measured.p95)]
    return [last.page.name, statements, *times, f"{last.bare:.1f}", f"{last.ratio:.1f}", f"{last.p50 / first.p50:.1f}"]
