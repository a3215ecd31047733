from modeltranslation.translator import TranslationOptions, register

from stakeholders.models import Stakeholder


@register(Stakeholder)
class StakeholderTranslation(TranslationOptions):
    fields = ("name", "formal_name", "acronym")
