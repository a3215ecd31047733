from django import forms
from django.utils.translation import pgettext_lazy

from progress.models import Cycle


class CompileForm(forms.Form):
    """Which cycle's review to make; `request_key` makes pressing twice the same as pressing once."""

    cycle = forms.ModelChoiceField(
        label=pgettext_lazy("filter", "Cycle"), queryset=Cycle.objects.begun(), empty_label=None
    )
    request_key = forms.UUIDField(widget=forms.HiddenInput)
