from modeltranslation.translator import TranslationOptions, register

from commitments.models import Area, Commitment, Declaration, Frame, FrameItem, Indicator


@register(Declaration)
class DeclarationTranslation(TranslationOptions):
    fields = ("title", "edition", "note")


@register(Area)
class AreaTranslation(TranslationOptions):
    fields = ("short_title", "title")


@register(Commitment)
class CommitmentTranslation(TranslationOptions):
    fields = ("title", "statement", "official_text")


@register(Frame)
class FrameTranslation(TranslationOptions):
    fields = ("title",)


@register(FrameItem)
class FrameItemTranslation(TranslationOptions):
    fields = ("title",)


@register(Indicator)
class IndicatorTranslation(TranslationOptions):
    fields = ("title", "definition", "unit")
