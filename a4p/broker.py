"""The embedded broker: kombu's file system transport, with messages that appear whole.

kombu writes a message where readers look for it, and a reader that is quick finds an empty file and dies of it
(celery/kombu issue 1551). Here a message is written aside and renamed.
"""

import time
import uuid
from pathlib import Path
from typing import Any

from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    def _put(self, queue: str, payload: dict[str, Any], **kwargs: Any) -> None:  # type: ignore[override] # as kombu does
        folder = Path(self.data_folder_out)
        name = f"{time.monotonic() * 1000:.0f}_{uuid.uuid4()}.{queue}.msg"  # kombu's: the oldest sorts first
        part = folder / f".{name}.part"
        part.write_text(dumps(payload), encoding="utf-8")
        part.replace(folder / name)


class Transport(filesystem.Transport):
    Channel = Channel


def use_whole_messages() -> None:
    """Let the address filesystem:// mean this transport."""
    TRANSPORT_ALIASES["filesystem"] = "a4p.broker:Transport"
