"""Attachments in S3-compatible storage, behind the same rules as on disk: nothing in it has an address of its own."""

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage

PATIENCE = {"connect_timeout": 5, "read_timeout": 30, "retries": {"total_max_attempts": 2}}


class ObjectStorage(S3Storage):
    """What goes wrong there is an `OSError`, as on a disk: callers need not know where files lie."""

    def get_default_settings(self):
        # Path style: a server of one's own seldom has a name for each bucket. No checksums that only Amazon knows.
        config = Config(
            s3={"addressing_style": "path"},
            signature_version="s3v4",
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            **PATIENCE,
        )
        return super().get_default_settings() | {
            "client_config": config,
            "default_acl": None,
            "file_overwrite": True,  # a name is never used for another file; a restore puts the right content there
        }

    def require_answer(self) -> None:
        """Raises `OSError` when the bucket is out of reach or not ours."""
        with as_os_errors():
            self.connection.meta.client.head_bucket(Bucket=self.bucket_name)

    def url(self, *args, **kwargs):
        raise ValueError("a file is read through its page, which asks who may see it")

    def exists(self, name):
        with as_os_errors():
            return super().exists(name)

    def _open(self, name, mode="rb"):
        with as_os_errors():
            return super()._open(name, mode)

    def _save(self, name, content):
        with as_os_errors():
            return super()._save(name, content)


@contextmanager
def as_os_errors() -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise OSError(str(error)) from error
