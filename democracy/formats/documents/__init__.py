"""Documents with numbered paragraphs in and out: Markdown, plain text, DOCX, PDF."""
