"""A canvas that writes tagged PDF: what each stretch of a page is, in reading order, for screen readers.

reportlab draws pages but says nothing of their structure, so this adds it by its public hooks: marked
content around what is drawn, a structure tree in the catalogue, and page entries that lead to it.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from collabcare.documents.pdf import typeface

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

_XMP = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>'
    "<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>"
    '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
)
LANGUAGE = "en-GB"
PROGRAM = "CollabCare"


@dataclass(eq=False)
class Element:
    """One element of the structure: its role, what is inside it in reading order, and its attributes.

    A child is another element or a stretch of a page: the page's reference and the stretch's number on it.
    """

    role: str
    alt: str = ""
    scope: str = ""
    children: list[Element | tuple[pdfdoc.PDFObjectReference, int]] = field(default_factory=list)

    def add(self, role: str, *, alt: str = "", scope: str = "") -> Element:
        """Add an element at the end and return it."""
        child = Element(role, alt, scope)
        self.children.append(child)
        return child


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a file says of itself; its day and not the hour, so that the same letter is the same file."""

    title: str
    author: str
    day: date


class TaggedCanvas(Canvas):
    """Draws pages whose content is tagged; the same drawing always gives the same bytes."""

    _doc: Any  # reportlab's document; its stub leaves out the catalogue and the pages

    def __init__(self, size: tuple[float, float], about: About, root: Element) -> None:
        typeface.font(typeface.REGULAR)
        super().__init__(
            BytesIO(),
            size,
            pageCompression=1,
            invariant=1,
            lang=LANGUAGE,
            initialFontName=typeface.REGULAR,  # type: ignore[arg-type]  # the stub says float: it is a name
        )
        self.setTitle(about.title)
        self.setAuthor(about.author)
        self.setSubject("")
        self.setDateFormatter(lambda *_: f"D:{about.day.isoformat().replace('-', '')}000000Z")
        self.setCreator(PROGRAM)
        self.setProducer(PROGRAM)
        self._title = about.title
        self._root = root
        self._marked: list[Element] = []
        self._pages: list[list[Element]] = []

    @contextmanager
    def content(self, element: Element) -> Iterator[None]:
        """Mark what is drawn inside as part of ``element``."""
        number = len(self._marked)
        self._marked.append(element)
        element.children.append((self._doc.thisPageRef(), number))
        self.addLiteral(f"/{element.role} <</MCID {number}>> BDC")
        yield
        self.addLiteral("EMC")

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """Mark what is drawn inside as decoration that a screen reader passes over."""
        self.addLiteral("/Artifact BMC")
        yield
        self.addLiteral("EMC")

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        """Finish the page and tie it to the structure."""
        super().showPage()
        page = self._doc.Pages.pages[-1]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = len(self._pages)
        page.Tabs = pdfdoc.PDFName("S")
        self._pages.append(self._marked)
        self._marked = []

    def finished(self) -> bytes:
        """Write the structure and return the whole file."""
        self._write_structure()
        self._write_catalogue()
        whole: bytes = self._doc.GetPDFData(self)
        return whole

    def _write_structure(self) -> None:
        tree = _Indirect({"Type": pdfdoc.PDFName("StructTreeRoot")})
        references: dict[int, pdfdoc.PDFObjectReference] = {}
        tree["K"] = pdfdoc.PDFArray([self._write(self._root, self._doc.Reference(tree), references)])
        numbered: list[object] = []
        for number, marked in enumerate(self._pages):
            numbered += [number, pdfdoc.PDFArray([references[id(element)] for element in marked])]
        tree["ParentTree"] = pdfdoc.PDFDictionary({"Nums": pdfdoc.PDFArray(numbered)})
        tree["ParentTreeNextKey"] = len(self._pages)
        self._doc.Catalog.StructTreeRoot = tree

    def _write(
        self,
        element: Element,
        parent: pdfdoc.PDFObjectReference,
        references: dict[int, pdfdoc.PDFObjectReference],
    ) -> pdfdoc.PDFObjectReference:
        entry = _Indirect(
            {"Type": pdfdoc.PDFName("StructElem"), "S": pdfdoc.PDFName(element.role), "P": parent}
        )
        reference: pdfdoc.PDFObjectReference = self._doc.Reference(entry)
        references[id(element)] = reference
        if element.alt:
            entry["Alt"] = pdfdoc.PDFString(element.alt)
        if element.scope:
            attributes = {"O": pdfdoc.PDFName("Table"), "Scope": pdfdoc.PDFName(element.scope)}
            entry["A"] = pdfdoc.PDFDictionary(attributes)
        entry["K"] = pdfdoc.PDFArray(
            [
                self._write(child, reference, references) if isinstance(child, Element) else _stretch(*child)
                for child in element.children
            ]
        )
        return reference

    def _write_catalogue(self) -> None:
        catalogue = self._doc.Catalog
        catalogue.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})
        catalogue.ViewerPreferences = pdfdoc.PDFDictionary({"DisplayDocTitle": "true"})
        xmp = _XMP.format(title=escape(self._title), language=LANGUAGE)
        metadata = pdfdoc.PDFStream(content=xmp.encode().decode("latin-1"), filters=[])
        metadata.dictionary["Type"] = pdfdoc.PDFName("Metadata")
        metadata.dictionary["Subtype"] = pdfdoc.PDFName("XML")
        catalogue.Metadata = metadata


def _stretch(page: pdfdoc.PDFObjectReference, number: int) -> pdfdoc.PDFDictionary:
    return pdfdoc.PDFDictionary({"Type": pdfdoc.PDFName("MCR"), "Pg": page, "MCID": number})


class _Indirect(pdfdoc.PDFDictionary):
    """A dictionary that is written once and referred to."""

    __RefOnly__ = 1
