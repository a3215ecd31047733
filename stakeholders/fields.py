from typing import Any

from django import forms

from stakeholders.text import clean_body


class BodyField(forms.CharField):
    """Several lines of text, brought to their stored form before they are measured: browsers send CR LF."""

    def to_python(self, value: Any) -> str:
        return clean_body(super().to_python(value) or "")
