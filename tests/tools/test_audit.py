import subprocess

import pytest

from tools import audit, check

FINE = {"name": "a", "version": "1", "vulns": []}
FAULTY = {
    "name": "b",
    "version": "2",
    "vulns": [{"id": "PYSEC-1", "fix_versions": ["2.1"]}, {"id": "X", "fix_versions": []}],
}
SKIPPED = {"name": "c", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("packages", "sentences", "status"),
    [
        ([FINE], ["Inga kända säkerhetsfel i 1 paket."], 0),
        ([FINE, FAULTY], ["b 2: PYSEC-1, rättat i 2.1.", "b 2: X, rättat i ingen version."], 1),
        (
            [FINE, SKIPPED],
            ["Obs: 1 av 2 paket kunde inte granskas mot databasen över kända säkerhetsfel, till exempel c."],
            0,
        ),
        (
            [FAULTY, SKIPPED],
            [
                "b 2: PYSEC-1, rättat i 2.1.",
                "b 2: X, rättat i ingen version.",
                "Obs: 1 av 2 paket kunde inte granskas mot databasen över kända säkerhetsfel, till exempel c.",
            ],
            1,
        ),
        ([SKIPPED], [audit.NOT_REACHED], 0),
    ],
)
def test_a_fault_is_red_and_what_nobody_looked_at_is_told(packages, sentences, status):
    assert audit.verdict({"dependencies": packages}) == (sentences, status)


@pytest.mark.parametrize("meets", [subprocess.TimeoutExpired("pip-audit", 1), None])
def test_without_an_answer_it_is_told_and_not_red(monkeypatch, capsys, meets):
    def run(*_arguments, **_given):
        if meets:
            raise meets
        return subprocess.CompletedProcess([], 1, stdout="", stderr="ConnectionError")

    monkeypatch.setattr(subprocess, "run", run)

    assert (audit.main(), capsys.readouterr().out) == (0, f"{audit.NOT_REACHED}\n")


def test_a_note_is_shown_also_when_nothing_is_wrong(capsys):
    program = check.PROGRAMS / "python"

    passed = check.passes("x", program, "-c", "print('alla\\nObs: något')")

    assert (passed, capsys.readouterr().out) == (True, "ok  x\nObs: något\n")
