from typing import Any

import pytest

from app.accounts.queries.sentences import sentence


@pytest.mark.parametrize(
    ("subject", "action", "name", "details", "said"),
    [
        (
            "suggestions",
            "accepted in bulk",
            "PLA07",
            {"size": 120},
            "accepted theme PLA07 on 120 comments in bulk",
        ),
        ("suggestion", "accepted", "PLA07", {"suggestions": ["a"]}, "accepted 1 suggestion PLA07"),
        ("coding", "added", "PLA07", {"stance": "concern"}, "put theme PLA07 on a comment, as concern"),
        (
            "officer",
            "changed_roles",
            "",
            {"added": ["lead_analyst"], "removed": []},
            "gave V. Lee the role of lead analyst",
        ),
        (
            "officer",
            "changed_roles",
            "",
            {"added": ["viewer"], "removed": ["analyst", "moderator"]},
            "gave V. Lee the role of viewer and took the roles of analyst, moderator from them",
        ),
        ("response", "sent", "AB-4T7K-92", {"version": 2}, "sent response AB-4T7K-92, version 2"),
        ("theme", "merged_into", "PLA09", {"size": 3}, "merged into theme PLA09"),
        ("batch", "undid", "", {}, "undid a bulk decision on"),
    ],
)
def test_an_entry_reads_as_a_sentence(
    subject: str, action: str, name: str, details: dict[str, Any], said: str
) -> None:
    said_by = sentence(
        subject=subject, action=action, name=name, who="V. Lee", details=details, by="R. Ashdown"
    )

    assert said_by == f"R. Ashdown {said}"
