from modeltranslation.translator import TranslationOptions, register

from commitments.models import Area, Commitment, Declaration


@register(Declaration)
class DeclarationTranslation(TranslationOptions):
    fields = ("title", "edition", "note")


@register(Area)
class AreaTranslation(TranslationOptions):
    fields = ("short_title", "title")


@register(Commitment)
class CommitmentTranslation(TranslationOptions):
    fields = ("title", "statement", "official_text")
