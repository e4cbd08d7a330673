"""A real S3-compatible server, in a process of its own, with one bucket that is ours and emptied for each test."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.request import urlopen

import boto3

from hjulet.config.environment import Environment

PROGRAM = "import sys; from moto.server import main; main(sys.argv[1:])"
BUCKET = "hjulet"


@contextmanager
def object_server() -> Iterator[str]:
    """The value of HJULET_FILES for it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/moto-api/", server)
        address = f"s3+http://prov:hemlighet%2F1@127.0.0.1:{port}/{BUCKET}"  # no secret
        client_of(address).create_bucket(Bucket=BUCKET)
        yield address
    finally:
        server.terminate()
        server.wait()


def client_of(address: str):
    said = Environment({"HJULET_FILES": address}).get("HJULET_FILES")
    return boto3.client(
        "s3",
        endpoint_url=said["endpoint_url"],
        aws_access_key_id=said["access_key"],
        aws_secret_access_key=said["secret_key"],
        region_name=said["region_name"],
    )


def wait_for(address: str, server) -> None:
    for _attempt in range(300):
        assert server.poll() is None
        try:
            urlopen(address).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(address)
