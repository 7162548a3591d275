"""The chapter of a country: content in any of the three languages, written as PDF, HTML or DOCX."""
