"""The agreed test cases, which lie beside the checkout."""

import json
from pathlib import Path

CASES = Path(__file__).parents[3] / "shared" / "cases" / "statistics"


def family(name):
    return json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
