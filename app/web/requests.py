"""What a form sends, as the rest may rely on it."""

import re
from typing import IO, Any

from flask import Request
from werkzeug.datastructures import MultiDict
from werkzeug.formparser import FormDataParser

NUL = "\0"
UPLOADS = re.compile(r"/officer/c/[^/]+/(imports|frame/import)")
LONGEST_UPLOAD_BYTES = 21 * 1024 * 1024  # a file of 20 MB and what is around it


class FormWithoutNul(FormDataParser):
    """No keyboard types a NUL and PostgreSQL stores none: dropped before any form or service sees it."""

    def parse(self, *args: Any, **kwargs: Any) -> tuple[IO[bytes], MultiDict[str, str], MultiDict[str, Any]]:
        stream, form, files = super().parse(*args, **kwargs)
        clean = [(name.replace(NUL, ""), value.replace(NUL, "")) for name, value in form.items(multi=True)]
        return stream, self.cls(clean), files


class IntakeRequest(Request):
    form_data_parser_class = FormWithoutNul

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Only where officers bring in a file may a request be longer than a form."""
        super().__init__(*args, **kwargs)
        if UPLOADS.fullmatch(self.path):
            self.max_content_length = LONGEST_UPLOAD_BYTES
