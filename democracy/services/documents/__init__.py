"""Use cases of documents with numbered paragraphs and of the amendments to them."""
