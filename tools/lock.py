"""Write the lock files anew: exact versions with hashes, for every platform, and no address of an index in them."""

import subprocess
import sys

# The largest first: the others take their versions from it, so that each holds the one before.
LARGEST = "requirements-dev.lock.txt"
LOCKS = {
    LARGEST: ("dev",),
    "requirements-extra.lock.txt": ("build", "postgres", "s3", "saml"),
    "requirements.lock.txt": ("build", "postgres"),
}
COMMAND = (
    "uv pip compile --quiet --universal --python-version 3.11 --generate-hashes "
    "--no-emit-index-url --no-header --no-annotate pyproject.toml"
).split()


def main():
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "uv>=0.13"], check=True)
    for lock, extras in LOCKS.items():
        chosen = [f"--extra={extra}" for extra in extras]
        bound = [] if lock == LARGEST else ["--constraint", LARGEST]
        subprocess.run([sys.executable, "-m", *COMMAND, *chosen, *bound, "--output-file", lock], check=True)


if __name__ == "__main__":
    main()
