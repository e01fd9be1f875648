"""A mail as it is handed to the outbox."""

import re
from dataclasses import dataclass

# What a mail server takes as one plain address. Whatever else was typed is never put on a line of SMTP.
ADDRESS = re.compile(r"[^\s<>()\[\],;:\\\"@\x00-\x1f\x7f]{1,64}@[^\s<>()\[\],;:\\\"@\x00-\x1f\x7f]{1,255}")


@dataclass(frozen=True, kw_only=True)
class Words:
    """`subject` is one line, whatever the title it was made of held."""

    subject: str
    body: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "subject", " ".join(self.subject.split()))


def is_address(text: str) -> bool:
    return ADDRESS.fullmatch(text) is not None
