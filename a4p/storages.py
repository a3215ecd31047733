"""The bucket that STORAGE_URL names, as stakeholders/buckets.py wants it."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

from a4p import env
from a4p.env import env_secret, env_str

PARAMETERS = {"endpoint", "region"}


def bucket_from_environment() -> Any:
    """A BucketAddress, or None where files lie in DATA_DIR."""
    url = env_str("STORAGE_URL")
    access_key, secret_key = env_secret("STORAGE_ACCESS_KEY"), env_secret("STORAGE_SECRET_KEY")
    env.need_together(
        {"STORAGE_ACCESS_KEY": access_key, "STORAGE_SECRET_KEY": secret_key}, "a bucket needs both or none"
    )
    if not url:
        if access_key:
            env.problems.append("STORAGE_ACCESS_KEY is given, STORAGE_URL is not; name the bucket.")
        return None
    parts = urlsplit(url)
    asked = parse_qs(parts.query)
    endpoint = asked.get("endpoint", [""])[-1]
    is_sound = parts.scheme == "s3" and parts.netloc and "@" not in parts.netloc and set(asked) <= PARAMETERS
    if not is_sound or (endpoint and not endpoint.startswith(("http://", "https://"))):
        env.refuse("STORAGE_URL", "it must be like s3://bucket/prefix?endpoint=https://host&region=name", url)
        return None
    env.need_package("STORAGE_URL", "boto3")
    if env.problems:
        return None
    from stakeholders.buckets import BucketAddress  # its library is not installed everywhere

    region = asked.get("region", [""])[-1]
    return BucketAddress(parts.netloc, parts.path.strip("/"), endpoint, region, access_key, secret_key)
