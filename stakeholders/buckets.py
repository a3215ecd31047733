"""A bucket that speaks S3. An object appears whole or not at all, which is all that is asked of it."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import IO, Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

NOT_THERE = {"404", "NoSuchKey"}
CONNECT_SECONDS, READ_SECONDS, ATTEMPTS = 3, 10, 2


@dataclass(frozen=True)
class BucketAddress:
    """Which bucket, of which service; without an endpoint Amazon's, without a key with whatever the host grants."""

    name: str
    prefix: str
    endpoint: str
    region: str
    access_key: str
    secret_key: str

    def __repr__(self) -> str:
        return f"BucketAddress({self.name!r})"


class Bucket:
    """One kind of files in it, under a prefix of their own."""

    def __init__(self, address: BucketAddress, kind: str) -> None:
        self.name = address.name
        self.prefix = "/".join(filter(None, (address.prefix, kind))) + "/"
        self.client = _client(address)

    def write(self, name: str, content: bytes) -> None:
        with _as_os_errors():
            self.client.put_object(Bucket=self.name, Key=self.prefix + name, Body=content)

    def read(self, name: str) -> bytes:
        stream, _size = self.open(name)
        with _as_os_errors():
            return stream.read()

    def open(self, name: str) -> tuple[IO[bytes], int]:
        with _as_os_errors():
            found = self.client.get_object(Bucket=self.name, Key=self.prefix + name)
        return found["Body"], found["ContentLength"]

    def remove(self, name: str) -> None:
        with _as_os_errors():
            self.client.delete_object(Bucket=self.name, Key=self.prefix + name)

    def names_older_than(self, time_stamp: float) -> Iterator[str]:
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.name, Prefix=self.prefix)
        with _as_os_errors():
            for page in pages:
                for found in page.get("Contents", []):
                    if found["LastModified"].timestamp() < time_stamp:
                        yield found["Key"].removeprefix(self.prefix)

    def remove_stumps(self, older_than: float) -> int:
        return 0  # an upload that was broken off leaves nothing

    def path_of(self, name: str) -> None:
        return None


@cache
def _client(address: BucketAddress) -> Any:
    """Made once: it takes long, and may be used by many threads."""
    config = Config(
        connect_timeout=CONNECT_SECONDS,
        read_timeout=READ_SECONDS,
        retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
        s3={"addressing_style": "path" if address.endpoint else "auto"},
        # Services other than Amazon's do not all know the newer sums.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
    return boto3.session.Session().client(
        "s3",
        endpoint_url=address.endpoint or None,
        region_name=address.region or None,
        aws_access_key_id=address.access_key or None,
        aws_secret_access_key=address.secret_key or None,
        config=config,
    )


@contextmanager
def _as_os_errors() -> Iterator[None]:
    """So that who keeps files need not know where."""
    try:
        yield
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", ""))
        if code in NOT_THERE:
            raise FileNotFoundError(errno.ENOENT, "There is no such object") from error
        raise OSError(errno.EIO, f"The bucket answered {code}") from error
    except BotoCoreError as error:
        raise OSError(errno.EIO, f"The bucket cannot be reached: {type(error).__name__}") from error
