"""The files of `deploy/`: as far as they can be judged without the programs that read them."""

import configparser
import re
import shlex
import shutil
import subprocess
import sys
import zipfile

import pytest
import yaml

from hjulet.config.environment import SETTINGS, Environment
from tests.architecture.source import CHECKOUT

DEPLOY = CHECKOUT / "deploy"
UNITS = ("hjulet.service", "hjulet-clock.service")
PINNED = re.compile(r"[\w.-]+(/[\w.-]+)+:\d+\.\d+[\w.-]*")


def instructions():
    """The lines of the Containerfile as (word, rest)."""
    lines = (DEPLOY / "Containerfile").read_text().splitlines()
    return [tuple(line.split(" ", 1)) for line in lines if line and not line.startswith("#")]


def of_kind(word):
    return [rest for kind, rest in instructions() if kind == word]


def stages():
    """The lines of each stage."""
    found = []
    for word, rest in instructions():
        if word == "FROM":
            found.append([])
        found[-1].append((word, rest))
    return found


def test_every_base_is_pinned():
    images = [rest.split(" AS ")[0] for rest in of_kind("FROM")]

    assert [image for image in images if not PINNED.fullmatch(image)] == []
    assert len(set(images)) == 1


def test_what_is_copied_exists_and_is_let_in():
    sources = [word for rest in of_kind("COPY") if "--from" not in rest for word in rest.split()[:-1]]
    let_in = {line[1:] for line in (CHECKOUT / ".containerignore").read_text().splitlines() if line.startswith("!")}

    assert [source for source in sources if not (CHECKOUT / source).exists()] == []
    assert set(sources) == let_in


def test_is_installed_from_the_lock_with_hashes_and_nothing_else():
    installs = [shlex.split(rest) for rest in of_kind("RUN") if " install " in rest and "pip" in rest]

    assert [{"--require-hashes", "--no-deps"} <= set(words) for words in installs] == [True, False]
    assert {"--no-deps", "--no-index", "--no-build-isolation"} <= set(installs[1])


def test_the_last_stage_builds_nothing_and_is_nobody_in_particular():
    last = stages()[-1]

    assert [rest for word, rest in last if word == "RUN" and re.search(r"pip|apt|gcc", rest)] == []
    [user] = [rest for word, rest in last if word == "USER"]
    assert int(user) > 999
    assert [word for word, _rest in last].index("USER") < [word for word, _rest in last].index("ENTRYPOINT")


def test_the_container_is_watched_and_stopped_as_the_program_wants_it():
    [health] = of_kind("HEALTHCHECK")

    assert "/halsa/lever/" in health
    assert of_kind("STOPSIGNAL") == ["SIGINT"]


def test_the_composition_is_of_two_web_processes_a_clock_and_a_database():
    composition = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    services = composition["services"]

    assert set(services) == {"migrate", "web1", "web2", "clock", "db", "proxy"}
    assert [
        name
        for name in services
        if services[name]["image"] != "hjulet" and not PINNED.fullmatch(services[name]["image"])
    ] == []
    ours = {name: service for name, service in services.items() if service["image"] == "hjulet"}
    assert {(s["read_only"], tuple(s["cap_drop"]), s["build"]["dockerfile"]) for s in ours.values()} == {
        (True, ("ALL",), "deploy/Containerfile")
    }
    volumes = {volume.split(":")[0] for service in services.values() for volume in service.get("volumes", [])}
    assert volumes - {"./Caddyfile.compose"} == set(composition["volumes"])
    settings = ours["web1"]["environment"]
    assert [name for name in settings if name not in SETTINGS] == []


def test_the_example_settings_are_sound_but_for_what_must_be_filled_in():
    lines = [line for line in (DEPLOY / "hjulet.env").read_text().splitlines() if line and not line.startswith("#")]
    environment = Environment(dict(line.split("=", 1) for line in lines))
    values = {name: environment.get(name) for name in environment.variables if name in SETTINGS}

    assert (environment.faults, list(environment.unknown())) == ([], [])
    assert values["HJULET_DATABASE"]["OPTIONS"] == {"sslmode": "verify-full"}


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_runs_a_command_of_ours_shut_in(name):
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str
    unit.read(DEPLOY / name)
    service = unit["Service"]

    assert service["ExecStart"].split()[0].endswith("/.venv/bin/hjulet")
    assert service["ExecStart"].split()[1] in {"serve", "clock"}
    assert {key: service[key] for key in ("User", "ProtectSystem", "NoNewPrivileges", "StateDirectory", "Restart")} == {
        "User": "hjulet",
        "ProtectSystem": "strict",
        "NoNewPrivileges": "yes",
        "StateDirectory": "hjulet",
        "Restart": "on-failure",
    }


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile", "Caddyfile.compose"])
def test_a_proxy_lets_attachments_through_and_keeps_the_watchers_inside(name):
    text = (DEPLOY / name).read_text()

    sizes = [int(size) for size in re.findall(r"(?:client_max_body_size|max_size) (\d+)", text)]
    assert [size > int(SETTINGS["HJULET_MAX_ATTACHMENT_MB"].default) for size in sizes] == [True]
    assert text.count("{") == text.count("}")
    assert {"/halsa/", "/matt/"} <= set(re.findall(r"/(?:halsa|matt)/", text))


def test_nginx_keeps_no_log_of_addresses():
    text = (DEPLOY / "nginx.conf").read_text()

    assert text.count("access_log off;") == text.count("\nserver {") == 2


def test_nginx_overwrites_what_a_visitor_says_of_itself():
    headers = dict(re.findall(r"proxy_set_header (\S+) (\S+);", (DEPLOY / "nginx.conf").read_text()))

    assert headers["X-Forwarded-For"] == "$remote_addr"
    assert (headers["X-Forwarded-Proto"], headers["Host"]) == ("$scheme", "$host")


def test_the_image_has_what_it_needs_to_run(tmp_path):
    """What the Containerfile copies, built and unpacked as its wheel: templates, texts and pictures are in it."""
    for source in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(CHECKOUT / source, tmp_path)
    shutil.copytree(CHECKOUT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))

    wheel = built(tmp_path)

    files = {
        path.relative_to(CHECKOUT / "src") for path in (CHECKOUT / "src" / "hjulet").rglob("*") if is_shipped(path)
    }
    assert {str(file) for file in files} - set(wheel) == set()


def is_shipped(path):
    return path.is_file() and "__pycache__" not in path.parts


def built(folder):
    """The names in the wheel that the same step as in the Containerfile makes."""
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-build-isolation", "--no-deps", "--no-index"]
    subprocess.run([*command, "--wheel-dir", str(folder), str(folder)], check=True, capture_output=True)
    [file] = folder.glob("hjulet-*.whl")
    with zipfile.ZipFile(file) as wheel:
        return wheel.namelist()
