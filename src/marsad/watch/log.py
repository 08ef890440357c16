"""Says what watching did: plain lines for people, or one JSON object a line for machines; never a title or a name."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, Literal

Form = Literal["plain", "json"]


@dataclass(frozen=True, slots=True)
class Log:
    """Where lines go; `clock` stamps them."""

    stream: IO[str]
    clock: Callable[[], datetime]
    form: Form = "plain"

    def tell(self, event: str, words: str, **fields: object) -> None:
        """Write one line: `words` for people; `event` and `fields` beside them for machines."""
        at = self.clock().astimezone(UTC).replace(microsecond=0)
        if self.form == "json":
            line = json.dumps({"at": at.isoformat(), "event": event, **fields, "words": words}, ensure_ascii=False)
        else:
            source = f"{fields['source']}: " if "source" in fields else ""
            line = f"{at:%Y-%m-%dT%H:%M:%SZ} {source}{_one_line(words)}"
        self.stream.write(line + "\n")
        self.stream.flush()


def _one_line(words: str) -> str:
    return "".join(c if c.isprintable() else " " for c in words)
