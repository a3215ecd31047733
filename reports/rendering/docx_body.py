"""The body of the Word file: the report's sections in the order of every other format."""

from reports.rendering.document import Answer, Chapter, CommitmentSection, ReportDocument
from reports.rendering.docx_markup import Markup
from reports.rendering.docx_package import Picture, Skeleton
from reports.rendering.docx_text import text_element

NAMESPACES = """\
xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" \
xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" \
xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" \
xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" \
xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture\""""
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
FIELD_MARK = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
COLONS = {"zh-hans": "："}
A4 = '<w:pgSz w:w="11906" w:h="16838"/>'
MARGINS = (
    '<w:pgMar w:top="1474" w:right="1417" w:bottom="1361" w:left="1417" w:header="709" w:footer="567" w:gutter="0"/>'
)


class Body:
    """Writes the sections one after the other and gathers the lines of the contents on the way."""

    def __init__(self, document: ReportDocument, pictures: list[Picture]) -> None:
        self.document = document
        self.markup = Markup(document)
        self._pictures = pictures
        self._contents: list[tuple[int, str, str]] = []  # (level, words, bookmark)

    def xml(self, skeleton: Skeleton) -> str:
        front = self._title_page()
        sections = [
            *self._summary(),
            *(piece for chapter in self.document.chapters for piece in self._chapter(chapter)),
            *self._annex(),
            *self._method(),
        ]
        contents = self._contents_page()
        direction = "<w:bidi/>" if self.markup.own.is_rtl else ""
        end = (
            f'<w:sectPr><w:headerReference w:type="default" r:id="{skeleton.header}"/>'
            f'<w:footerReference w:type="default" r:id="{skeleton.footer}"/>{A4}{MARGINS}'
            f'<w:cols w:space="708"/><w:titlePg/>{direction}</w:sectPr>'
        )
        return (
            f"{DECLARATION}<w:document {NAMESPACES}><w:body>"
            f"{''.join(front)}{''.join(contents)}{''.join(sections)}{end}</w:body></w:document>"
        )

    def header_xml(self) -> str:
        return f"{DECLARATION}<w:hdr {NAMESPACES}>{self.markup.paragraph('Header', self.document.subtitle)}</w:hdr>"

    def footer_xml(self) -> str:
        """The demonstration mark, and the page's number among all, counted by the program that shows the file."""
        words, fields = self.document.labels["page_of"], {"%(page)s": "PAGE", "%(total)s": "NUMPAGES"}
        runs = []
        while words:
            begin, found = min(((words.find(key), key) for key in fields if key in words), default=(len(words), ""))
            runs += [self.markup.own.runs(words[:begin]), _field(fields[found]) if found else ""]
            words = words[begin + len(found) :]
        mark = self.document.demonstration
        shown = self.markup.holding("Footer", self.markup.own.runs(mark, "Strong")) if mark else ""
        return f"{DECLARATION}<w:ftr {NAMESPACES}>{shown}{self.markup.holding('FooterPage', ''.join(runs))}</w:ftr>"

    def _heading(self, level: int, words: str, *, new_page: bool = False) -> str:
        """A heading the contents lead to."""
        number = len(self._contents) + 1
        bookmark = f"_Toc{number:08}"
        self._contents.append((level, words, bookmark))
        marked = (
            f'<w:bookmarkStart w:id="{number}" w:name="{bookmark}"/>{self.markup.own.runs(words)}'
            f'<w:bookmarkEnd w:id="{number}"/>'
        )
        return self.markup.holding(f"Heading{level}", marked, new_page=new_page)

    def _title_page(self) -> list[str]:
        document, paragraph = self.document, self.markup.paragraph
        return [
            paragraph("Title", document.title),
            paragraph("Subtitle", document.subtitle),
            paragraph("CoverLine", document.as_of),
            *([paragraph("Demonstration", document.demonstration)] if document.demonstration else []),
            *(paragraph("CoverLine", note) for note in document.cover_notes),
            paragraph("CoverQuiet", document.labels["languages"]),
        ]

    def _contents_page(self) -> list[str]:
        """A field Word can renew, with its lines ready; no page numbers, which only the reader's program knows."""
        begin = (
            f'{FIELD_MARK.format("begin")}<w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\n </w:instrText>'
            f"</w:r>{FIELD_MARK.format('separate')}"
        )
        lines = []
        for position, (level, words, bookmark) in enumerate(self._contents, start=1):
            link = f'<w:hyperlink w:anchor="{bookmark}" w:history="1">{self.markup.own.runs(words)}</w:hyperlink>'
            is_last = position == len(self._contents)
            content = f"{begin if position == 1 else ''}{link}{FIELD_MARK.format('end') if is_last else ''}"
            lines.append(self.markup.holding(f"TOC{level}", content))
        return [self.markup.paragraph("TOCHeading", self.document.labels["contents"]), *lines]

    def _summary(self) -> list[str]:
        document, markup = self.document, self.markup
        made = [
            self._heading(1, document.summary.heading, new_page=True),
            *(markup.paragraph("Lead", paragraph) for paragraph in document.summary.paragraphs),
            markup.key_figures(document.figures),
            *(markup.table(table) for table in document.tables),
        ]
        for chart, picture in zip(document.charts, self._pictures, strict=True):
            made += [
                markup.paragraph("Caption", chart.caption),
                markup.picture(picture, chart.caption, chart.description),
                markup.table(chart.table, captioned=False),
            ]
        return made

    def _chapter(self, chapter: Chapter) -> list[str]:
        made = [
            self.markup.paragraph("Kicker", chapter.kicker),
            self._heading(1, chapter.short_title),
            self.markup.paragraph("Lead", chapter.title),
            self.markup.paragraph("BodyText", chapter.intro),
            self.markup.table(chapter.table),
        ]
        for commitment in chapter.commitments:
            made += self._commitment(commitment)
        return made

    def _commitment(self, commitment: CommitmentSection) -> list[str]:
        paragraph = self.markup.paragraph
        made = [
            self._heading(2, f"{self.markup.own.isolated(commitment.code)} {commitment.title}"),
            paragraph("Lead", commitment.statement),
        ]
        if commitment.official:
            made.append(paragraph("PartHeading", commitment.official.heading))
            made += [paragraph("BodyText", line) for line in commitment.official.paragraphs]
        runs, colon = self.markup.own.runs, COLONS.get(self.document.language, ": ")
        for label, value in commitment.facts:
            made.append(self.markup.holding("Facts", runs(label, "Strong") + runs(f"{colon}{value}")))
        for answer in commitment.answers:
            made += self._answer(answer)
        return [*made, *(paragraph("QuietNote", line) for line in commitment.silence)]

    def _answer(self, answer: Answer) -> list[str]:
        markup, runs = self.markup, self.markup.own.runs
        mark = runs(f" ({answer.mark})", "Quiet") if answer.mark else ""
        status = f"{runs(answer.status, 'Strong')}{runs(' · ')}{markup.link(answer.published, answer.url)}"
        made = [
            markup.holding("Heading3", f"{runs(answer.stakeholder)}{mark}"),
            markup.holding("AnswerLine", status),
        ]
        notes = (answer.change, answer.language_note, answer.source_note)
        made += [markup.paragraph("AnswerNote", note) for note in notes if note]
        voice = markup.voice(answer.lang, answer.direction)
        for part in answer.parts:
            made.append(markup.paragraph("PartHeading", part.heading))
            made += [markup.paragraph("BodyText", line, voice) for line in part.paragraphs]
        return made

    def _annex(self) -> list[str]:
        annex = self.document.annex
        return [
            self._heading(1, annex.heading, new_page=True),
            *(self.markup.paragraph("BodyText", paragraph) for paragraph in annex.paragraphs),
            *(self.markup.table(table) for table in annex.tables),
        ]

    def _method(self) -> list[str]:
        method = self.document.method
        return [
            self._heading(1, method.heading, new_page=True),
            *(self.markup.paragraph("BodyText", paragraph) for paragraph in method.paragraphs),
            self.markup.table(self.document.provenance),
            self.markup.paragraph("BodyText", ""),  # a table may not be the last thing in a file
        ]


def _field(name: str) -> str:
    """A number in Western digits, left to right in every language. It is empty until a program counts the pages."""
    return (
        f"{FIELD_MARK.format('begin')}<w:r><w:instrText>{name}</w:instrText></w:r>{FIELD_MARK.format('separate')}"
        f"<w:r>{text_element('')}</w:r>{FIELD_MARK.format('end')}"
    )
