"""Papers as pure functions: a frozen dataclass in, the bytes of a PDF or a DOCX out.

One module a document. Official papers are first composed of blocks, so that the
PDF, the DOCX and the plain text of one paper always say the same words.
"""
