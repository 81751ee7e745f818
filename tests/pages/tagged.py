"""What a PDF lacks of PDF/UA-1, as far as its structure tells.

The conditions of the Matterhorn protocol that a program can decide and that veraPDF looks for too:
tagged content, headings, tables, figures, links, title, language, fonts, metadata. veraPDF itself
needs Java and comes by neither PyPI, npm nor Debian. `pdfua` 0.1.3 (PyPI), which decides 16 of its
106 rules, was run once over each kind of document: no error; it warns where heads of tables have no
scope, for it does not read that each cell names its heads.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, IndirectObject

# Operators that put something on the page.
PAINTS = {
    b"Tj", b"TJ", b"'", b'"', b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"sh",
    b"INLINE IMAGE",
}  # fmt: skip
STANDARD = {
    "Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index",
    "NonStruct", "Private", "P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl",
    "LBody", "Table", "TR", "TH", "TD", "THead", "TBody", "TFoot", "Span", "Quote", "Note",
    "Reference", "BibEntry", "Code", "Link", "Annot", "Ruby", "Warichu", "Figure", "Formula",
    "Form",
}  # fmt: skip


def lacks(pdf: bytes) -> list[str]:
    """Each fault in words; none where the document has all that PDF/UA-1 asks of its structure."""
    reader = PdfReader(io.BytesIO(pdf))
    root: Any = reader.trailer["/Root"]
    if "/StructTreeRoot" not in root:
        return ["it is not tagged"]
    tree = root["/StructTreeRoot"]
    elements = list(_elements(tree.get("/K")))
    return [
        *_of_the_document(reader, root),
        *_of_names(tree, elements),
        *_of_headings(elements),
        *_of_tables(elements),
        *(f"a {each['/S'][1:]} without words" for each in elements
          if each["/S"] in {"/Figure", "/Formula"} and not _words(each)),
        *(fault for number, page in enumerate(reader.pages, start=1)
          for fault in _of_a_page(number, page, elements)),
    ]  # fmt: skip


def _elements(node: Any) -> Iterator[Any]:  # noqa: ANN401  nodes of any kind
    node = node.get_object() if isinstance(node, IndirectObject) else node
    if isinstance(node, ArrayObject):
        for each in node:
            yield from _elements(each)
    elif isinstance(node, DictionaryObject) and "/S" in node:
        yield node
        yield from _elements(node.get("/K"))


def _of_the_document(reader: PdfReader, root: Any) -> Iterator[str]:  # noqa: ANN401
    if not root.get("/MarkInfo", {}).get("/Marked"):
        yield "it does not say that it is tagged"
    if root.get("/MarkInfo", {}).get("/Suspects"):
        yield "its tags are suspect"
    if not root.get("/Lang"):
        yield "no language"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "the title is not what the window shows"
    told = root["/Metadata"].get_data().decode() if "/Metadata" in root else ""
    if "pdfuaid:part" not in told:
        yield "it does not claim PDF/UA-1"
    if not (reader.metadata and reader.metadata.title) or "dc:title" not in told:
        yield "no title"
    if reader.is_encrypted:
        yield "it is encrypted"


def _of_names(tree: Any, elements: list[Any]) -> Iterator[str]:  # noqa: ANN401
    mapped = {str(each)[1:] for each in tree.get("/RoleMap", {})}
    for name in sorted({str(each["/S"])[1:] for each in elements} - STANDARD - mapped):
        yield f"nobody knows the tag {name}"


def _of_headings(elements: list[Any]) -> Iterator[str]:
    levels = [
        int(name[2:]) for each in elements if (name := str(each["/S"])) in
        {"/H1", "/H2", "/H3", "/H4", "/H5", "/H6"}
    ]  # fmt: skip
    if levels and levels[0] != 1:
        yield f"the first heading is of level {levels[0]}"
    for before, after in pairwise(levels):
        if after > before + 1:
            yield f"a heading of level {after} below one of level {before}"


def _of_tables(elements: list[Any]) -> Iterator[str]:
    for table in (each for each in elements if each["/S"] == "/Table"):
        inside = list(_elements(table.get("/K")))
        heads = [each for each in inside if each["/S"] == "/TH"]
        cells = [each for each in inside if each["/S"] == "/TD"]
        if cells and not heads:
            yield "a table without heads"
        named = all(_attribute(each, "/Headers") for each in cells)
        if not named and not all(_attribute(each, "/Scope") for each in heads):
            yield "a head that does not say whether it heads a row or a column"


def _attribute(element: Any, name: str) -> Any:  # noqa: ANN401
    found = element.get("/A")
    found = found.get_object() if found is not None else None
    for each in found if isinstance(found, ArrayObject) else [found]:
        one = each.get_object() if each is not None else None
        if isinstance(one, DictionaryObject) and name in one:
            return one[name]
    return None


def _words(element: Any) -> bool:  # noqa: ANN401
    return bool(str(element.get("/Alt") or element.get("/ActualText") or "").strip())


def _of_a_page(number: int, page: PageObject, elements: list[Any]) -> Iterator[str]:
    place = f"page {number}: "
    marked, loose = _marked(page)
    if loose:
        yield f"{place}{loose} things are neither tagged nor an artifact"
    tagged = {mark for each in elements for mark, where in _marks(each) if where == _number(page)}
    if marked - tagged:
        yield f"{place}marks {sorted(marked - tagged)[:5]} are not in the tree"
    annotations = [each.get_object() for each in page.get("/Annots", ())]
    if annotations and page.get("/Tabs") != "/S":
        yield f"{place}Tab does not follow the tags"
    for each in annotations:
        if each.get("/Subtype") == "/Link" and not each.get("/Contents"):
            yield f"{place}a link without words"
        if each.get("/Subtype") != "/Popup" and "/StructParent" not in each:
            yield f"{place}a {each.get('/Subtype')} that is not tagged"
    for name, font in page.get("/Resources", {}).get("/Font", {}).items():
        if fault := _of_a_font(font.get_object()):
            yield f"{place}the font {name} {fault}"


def _number(page: Any) -> int:  # noqa: ANN401
    return int(page.indirect_reference.idnum)


def _marks(element: Any) -> Iterator[tuple[int, int]]:  # noqa: ANN401
    """The marks on pages that belong to the element itself."""
    own = element.raw_get("/Pg").idnum if "/Pg" in element else -1
    kids = element.get("/K")
    for each in kids if isinstance(kids, ArrayObject) else [kids]:
        if isinstance(each, int):
            yield int(each), own
            continue
        kid = each.get_object() if isinstance(each, IndirectObject) else each
        if isinstance(kid, DictionaryObject) and kid.get("/Type") == "/MCR":
            mark: Any = kid["/MCID"]
            yield int(mark), kid.raw_get("/Pg").idnum if "/Pg" in kid else own


def _marked(page: PageObject) -> tuple[set[int], int]:
    """The marks of the page's content, and how many things are painted outside of any."""
    content = page.get_contents()
    stack: list[bool] = []
    marks: set[int] = set()
    loose = 0
    for operands, operator in ContentStream(content, page.pdf).operations if content else ():
        if operator in {b"BDC", b"BMC"}:
            told = operands[1] if len(operands) > 1 else {}
            mark = told.get("/MCID") if isinstance(told, DictionaryObject) else None
            if mark is not None:
                marks.add(int(mark))
            stack.append(mark is not None or operands[0] == "/Artifact")
        elif operator == b"EMC":
            stack.pop()
        elif operator in PAINTS or operator == b"Do":
            loose += not any(stack)
    return marks, loose


def _of_a_font(font: Any) -> str:  # noqa: ANN401
    if "/ToUnicode" not in font:
        return "does not say its letters"
    inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
    told = inner.get("/FontDescriptor", {})
    if inner.get("/Subtype") != "/Type3" and not any(f"/FontFile{n}" in told for n in ("", 2, 3)):
        return "is not carried along"
    return ""
