"""Paragraphs, links, tables and pictures as WordprocessingML. Elements stand in the order the schema demands."""

import re

from reports.rendering.document import Cell, KeyFigure, ReportDocument, Table
from reports.rendering.docx_package import Picture
from reports.rendering.docx_text import Voice, attribute

SAFE_ADDRESS = re.compile(r"https?://[^\s\"<>]+")
LINE = 9072  # twentieths of a point: A4 between two margins of 2.5 cm
LINE_IN_EMU = 5_760_600
MANY_COLUMNS = 6
KEY_COLUMNS = 3
FIRST_LINK = 1001  # far from the numbers of the parts
NARROW = '<w:tblCellMar><w:left w:w="30" w:type="dxa"/><w:right w:w="30" w:type="dxa"/></w:tblCellMar>'
LOOK = (  # which rows and columns are heads, in the old spelling and in the new one
    '<w:tblLook w:val="0{}" w:firstRow="1" w:lastRow="{}" w:firstColumn="1" w:lastColumn="0" '
    'w:noHBand="1" w:noVBand="1"/>'
)
PICTURES = "http://schemas.openxmlformats.org/drawingml/2006/picture"


class Markup:
    """Writes in one report's language and direction, and remembers the addresses it linked to."""

    def __init__(self, document: ReportDocument) -> None:
        self.own = Voice(document.html_lang, document.direction, document.html_lang, document.direction)
        self.links: dict[str, str] = {}
        self._report = (document.html_lang, document.direction)
        self._voices = {self._report: self.own}
        self._pictures = 0
        self._mirrored = "<w:bidiVisual/>" if self.own.is_rtl else ""

    def voice(self, lang: str, direction: str) -> Voice:
        found = self._voices.get((lang, direction))
        if found is None:
            found = self._voices[lang, direction] = Voice(lang, direction, *self._report)
        return found

    def paragraph(self, style: str, text: str, voice: Voice | None = None) -> str:
        voice = voice or self.own
        return self.holding(style, voice.runs(text), voice=voice)

    def holding(self, style: str, content: str, *, new_page: bool = False, voice: Voice | None = None) -> str:
        """A paragraph of runs that are written already."""
        breaks = "<w:pageBreakBefore/>" if new_page else ""
        direction = (voice or self.own).paragraph
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{breaks}{direction}</w:pPr>{content}</w:p>'

    def link(self, text: str, address: str, style: str = "Hyperlink") -> str:
        """The text as a link; what is not an address of the web stays text."""
        if not SAFE_ADDRESS.fullmatch(address):
            return self.own.runs(text)
        key = self.links.setdefault(address, f"rId{FIRST_LINK + len(self.links)}")
        return f'<w:hyperlink r:id="{key}" w:history="1">{self.own.runs(text, style)}</w:hyperlink>'

    def table(self, table: Table, *, captioned: bool = True) -> str:
        """The caption and the table; its head is repeated on each page, and no row is cut."""
        tight = "Tight" if len(table.columns) > MANY_COLUMNS else ""
        kinds = ["Figure" if numeric else "" for numeric in table.numeric]
        widths = _shared(table.widths)
        head = [f"{tight}TableHead{kind}" for kind in kinds]
        body = [f"{tight}Table{kind or 'Text'}" for kind in kinds]
        rows = [self._row(head, widths, [self.own.runs(label) for label in table.columns], is_head=True)]
        rows += [self._row(body, widths, [self._shown(cell) for cell in row]) for row in table.rows]
        if table.foot:
            rows.append(self._row(body, widths, [self._shown(cell, strong=True) for cell in table.foot]))
        margins = NARROW if tight else ""
        look = LOOK.format(*("6E0", 1) if table.foot else ("6A0", 0))
        caption = self.paragraph("Caption", table.caption) if captioned else ""
        described = f"{margins}{look}<w:tblCaption w:val={attribute(table.caption)}/>"
        return f"{caption}{self._table('ReportTable', widths, rows, described)}"

    def key_figures(self, figures: list[KeyFigure]) -> str:
        """Cards in rows of three: the figure, and under it what it counts."""
        widths = _shared([1.0] * KEY_COLUMNS)
        cards = [
            self.holding("KeyValue", self._linked(figure.value, figure.url)) + self.paragraph("KeyLabel", figure.label)
            for figure in figures
        ]
        cards += [self.paragraph("KeyLabel", "")] * (-len(cards) % KEY_COLUMNS)
        rows = [_row(widths, cards[i : i + KEY_COLUMNS], "") for i in range(0, len(cards), KEY_COLUMNS)]
        return self._table("KeyFigures", widths, rows, "") if rows else ""

    def picture(self, picture: Picture, title: str, description: str) -> str:
        """As wide as the line, with the words that stand for it."""
        self._pictures += 1
        height = LINE_IN_EMU * picture.height // picture.width
        extent = f'cx="{LINE_IN_EMU}" cy="{height}"'
        named = f'id="{self._pictures}" name="chart-{self._pictures}" descr={attribute(description)}'
        return self.holding(
            "Picture",
            '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
            f"<wp:extent {extent}/><wp:docPr {named} title={attribute(title)}/>"
            '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
            f'<a:graphic><a:graphicData uri="{PICTURES}"><pic:pic><pic:nvPicPr><pic:cNvPr {named}/><pic:cNvPicPr/>'
            f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{picture.relationship}"/><a:stretch><a:fillRect/>'
            f'</a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
            "</wp:inline></w:drawing></w:r>",
        )

    def _shown(self, cell: Cell, *, strong: bool = False) -> str:
        return self._linked(cell.text, cell.url, "Strong" if strong else "")

    def _linked(self, text: str, address: str, style: str = "") -> str:
        return self.link(text, address, style or "FigureLink") if address else self.own.runs(text, style)

    def _row(self, styles: list[str], widths: list[int], contents: list[str], *, is_head: bool = False) -> str:
        cells = [self.holding(style, content) for style, content in zip(styles, contents, strict=True)]
        return _row(widths, cells, "<w:tblHeader/>" if is_head else "")

    def _table(self, style: str, widths: list[int], rows: list[str], described: str) -> str:
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/>{self._mirrored}<w:tblW w:w="{LINE}" w:type="dxa"/>'
            f'<w:tblLayout w:type="fixed"/>{described}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
        )


def _row(widths: list[int], cells: list[str], head: str) -> str:
    written = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
        for width, cell in zip(widths, cells, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{written}</w:tr>"


def _shared(shares: list[float]) -> list[int]:
    """The line cut by these shares, to its last twentieth of a point."""
    ends = [round(LINE * sum(shares[: i + 1]) / sum(shares)) for i in range(len(shares))]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]
