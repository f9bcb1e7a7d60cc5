"""Documents with numbered paragraphs: reading, places, amendments, collisions, weaving, differences. Pure."""
