"""``python -m tests.docs`` writes the parts of the manual that are written from the code."""

from tests.docs import fields_doc, glossary_doc, messages_doc, reference_doc

reference_doc.PAGE.write_text(reference_doc.page(), "utf-8")
fields_doc.PAGE.write_text(fields_doc.page(), "utf-8")
for part in (glossary_doc, messages_doc):
    part.PAGE.write_text(part.page(part.PAGE.read_text("utf-8")), "utf-8")
