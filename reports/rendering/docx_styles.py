"""The looks of the Word file: every paragraph, word and table has a named style that an editor can change."""

from dataclasses import dataclass

INK, DEEP, SEA, QUIET = "17323B", "0F3A47", "0B5A70", "4A5F66"
HAIR, WASH, OCHRE, OCHRE_WASH = "C3D0D3", "EAF2F3", "F0B04A", "FDF0D6"
BODY = 20  # half points, as Word counts
ARABIC_SCALE = 1.15  # Arabic letters look smaller than Latin ones of the same size
NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="{}"/>'


def _border(side: str, width: int, colour: str, space: int = 0) -> str:
    return f'<w:{side} w:val="single" w:sz="{width}" w:space="{space}" w:color="{colour}"/>'


def _box(width: int, colour: str, space: int) -> str:
    sides = "".join(_border(side, width, colour, space) for side in ("top", "left", "bottom", "right"))
    return f"<w:pBdr>{sides}</w:pBdr>"


@dataclass(frozen=True)
class Look:
    """A paragraph style. Nought and empty mean: as in the style it rests on.

    `frame` holds borders and shading. `hyphenate` is for narrow columns; elsewhere words stay whole.
    """

    key: str
    name: str
    base: str = "Normal"
    size: int = 0
    bold: bool = False
    colour: str = ""
    before: int = 0
    after: int = 120
    line: int = 288
    indent: int = 0
    level: int = 0
    keep: bool = False
    new_page: bool = False
    hyphenate: bool = False
    at_end: bool = False
    frame: str = ""

    @property
    def xml(self) -> str:
        paragraph = [
            "<w:keepNext/><w:keepLines/>" if self.keep else "",
            "<w:pageBreakBefore/>" if self.new_page else "",
            self.frame,
            '<w:suppressAutoHyphens w:val="0"/>' if self.hyphenate else "",
            f'<w:spacing w:before="{self.before}" w:after="{self.after}" w:line="{self.line}" w:lineRule="auto"/>',
            f'<w:ind w:left="{self.indent}" w:right="{self.indent}"/>' if self.indent else "",
            '<w:jc w:val="end"/>' if self.at_end else "",
            f'<w:outlineLvl w:val="{self.level - 1}"/>' if self.level else "",
        ]
        run = [
            "<w:b/><w:bCs/>" if self.bold else "",
            f'<w:color w:val="{self.colour}"/>' if self.colour else "",
            _size(self.size) if self.size else "",
        ]
        own = "" if self.name[0].islower() or self.name in BUILT_IN else ' w:customStyle="1"'
        following = '<w:next w:val="BodyText"/>' if self.level else ""
        return (
            f'<w:style w:type="paragraph"{own} w:styleId="{self.key}"><w:name w:val="{self.name}"/>'
            f'<w:basedOn w:val="{self.base}"/>{following}<w:qFormat/>'
            f"<w:pPr>{''.join(paragraph)}</w:pPr><w:rPr>{''.join(run)}</w:rPr></w:style>"
        )


BUILT_IN = ("Title", "Subtitle", "Body Text", "TOC Heading")
LOOKS = [
    Look("Title", "Title", size=56, bold=True, colour=DEEP, before=2400, after=360, line=264,
         frame=f"<w:pBdr>{_border('bottom', 24, OCHRE, 14)}</w:pBdr>"),
    Look("Subtitle", "Subtitle", size=34, bold=True, colour=SEA, after=160),
    Look("CoverLine", "Cover line", size=22, after=160),
    Look("CoverQuiet", "Cover quiet line", size=19, colour=QUIET, before=360),
    Look("Demonstration", "Demonstration mark", size=21, bold=True, before=480, after=480, indent=200,
         frame=_box(12, OCHRE, 10) + SHADE.format(OCHRE_WASH)),
    Look("Heading1", "heading 1", size=38, bold=True, colour=DEEP, after=200, line=264, level=1, keep=True),
    Look("Heading2", "heading 2", size=26, bold=True, colour=SEA, before=520, after=140, line=264, level=2, keep=True),
    Look("Heading3", "heading 3", size=22, bold=True, colour=DEEP, before=360, after=60, line=264, level=3, keep=True),
    Look("TOCHeading", "TOC Heading", size=38, bold=True, colour=DEEP, after=240, keep=True, new_page=True),
    Look("TOC1", "toc 1", bold=True, before=160, after=40, line=264),
    Look("TOC2", "toc 2", size=19, after=40, line=264, indent=280),
    Look("Kicker", "Kicker", bold=True, colour=SEA, after=60, keep=True, new_page=True),
    Look("BodyText", "Body Text"),
    Look("Lead", "Lead", size=22),
    Look("PartHeading", "Part heading", size=18, bold=True, colour=SEA, before=140, after=40, keep=True),
    Look("Facts", "Facts", size=19, after=0, indent=120, frame=_box(36, WASH, 1) + SHADE.format(WASH)),
    Look("AnswerLine", "Answer line", size=18, colour=QUIET, after=60, keep=True),
    Look("AnswerNote", "Answer note", size=18, colour=QUIET, after=60, keep=True),
    Look("QuietNote", "Quiet note", size=19, colour=QUIET, before=160),
    Look("Caption", "caption", bold=True, colour=DEEP, before=320, after=100, line=264, keep=True),
    Look("Picture", "Picture", after=120, line=240, keep=True),
    Look("TableText", "Table text", size=17, before=40, after=40, line=252),
    Look("TableFigure", "Table figure", base="TableText", size=17, before=40, after=40, line=252, at_end=True),
    Look("TableHead", "Table head", base="TableText", size=16, bold=True, colour=DEEP, before=40, after=40, line=252,
         keep=True, hyphenate=True),
    Look("TableHeadFigure", "Table head of figures", base="TableHead", before=40, after=40, line=252, keep=True,
         at_end=True),
    Look("TightTableText", "Tight table text", base="TableText", size=14, before=20, after=20, line=240),
    Look("TightTableFigure", "Tight table figure", base="TightTableText", before=20, after=20, line=240, at_end=True),
    Look("TightTableHead", "Tight table head", base="TableHead", size=13, before=20, after=20, line=240, keep=True),
    Look("TightTableHeadFigure", "Tight table head of figures", base="TightTableHead", before=20, after=20, line=240,
         keep=True, at_end=True),
    Look("KeyValue", "Key figure", size=38, bold=True, colour=DEEP, before=60, after=0, line=264, keep=True),
    Look("KeyLabel", "Key figure label", size=18, after=100, line=252),
    Look("Header", "header", size=17, colour=QUIET, after=0,
         frame=f"<w:pBdr>{_border('bottom', 4, HAIR, 4)}</w:pBdr>"),
    Look("Footer", "footer", size=16, colour=QUIET, after=0, line=252),
    Look("FooterPage", "Footer page", base="Footer", after=0, line=252, at_end=True),
]  # fmt: skip
CHARACTER_STYLES = f"""\
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">\
<w:name w:val="Default Paragraph Font"/></w:style>\
<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/><w:bCs/></w:rPr></w:style>\
<w:style w:type="character" w:customStyle="1" w:styleId="Quiet"><w:name w:val="Quiet words"/>\
<w:rPr><w:color w:val="{QUIET}"/></w:rPr></w:style>\
<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>\
<w:rPr><w:color w:val="{SEA}"/><w:u w:val="single"/></w:rPr></w:style>\
<w:style w:type="character" w:customStyle="1" w:styleId="FigureLink"><w:name w:val="Figure link"/>\
<w:rPr><w:color w:val="{SEA}"/></w:rPr></w:style>"""
_MARGINS = '<w:tblCellMar><w:left w:w="{0}" w:type="dxa"/><w:right w:w="{0}" w:type="dxa"/></w:tblCellMar>'
TABLE_STYLES = f"""\
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>\
<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{_MARGINS.format(80)}</w:tblPr></w:style>\
<w:style w:type="table" w:customStyle="1" w:styleId="ReportTable"><w:name w:val="Report table"/>\
<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{_border("bottom", 4, HAIR)}{_border("insideH", 4, HAIR)}\
</w:tblBorders>{_MARGINS.format(70)}</w:tblPr>\
<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>{_border("bottom", 12, SEA)}</w:tcBorders>{SHADE.format(WASH)}\
<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>\
<w:tblStylePr w:type="lastRow"><w:tcPr><w:tcBorders>{_border("top", 12, SEA)}</w:tcBorders></w:tcPr></w:tblStylePr>\
</w:style>\
<w:style w:type="table" w:customStyle="1" w:styleId="KeyFigures"><w:name w:val="Key figures"/>\
<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{_border("top", 18, SEA)}{_border("insideH", 18, SEA)}\
{_border("insideV", 48, "FFFFFF")}</w:tblBorders>{_MARGINS.format(160)}</w:tblPr>\
<w:tcPr>{SHADE.format(WASH)}</w:tcPr></w:style>"""


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{round(half_points * ARABIC_SCALE)}"/>'


def styles_xml(tag: str, *, mirrored: bool) -> str:
    """The styles part. In a mirrored report the basic style runs from right to left, so new paragraphs do too."""
    fonts = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Microsoft YaHei" w:cs="Arial"/>'
    language = f'<w:lang w:val="{tag}" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:styles {NAMESPACE}>'
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts}{_size(BODY)}{language}</w:rPr></w:rPrDefault>"
        "<w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f"<w:pPr><w:suppressAutoHyphens/>{'<w:bidi/>' if mirrored else ''}"
        '<w:spacing w:after="120" w:line="288" w:lineRule="auto"/></w:pPr>'
        f'<w:rPr><w:color w:val="{INK}"/></w:rPr></w:style>'
        f"{''.join(look.xml for look in LOOKS)}{CHARACTER_STYLES}{TABLE_STYLES}</w:styles>"
    )


def settings_xml(tag: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:settings {NAMESPACE}><w:zoom w:percent="100"/>'
        '<w:defaultTabStop w:val="708"/><w:autoHyphenation/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        f'</w:compat><w:themeFontLang w:val="{tag}" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:settings>'
    )
