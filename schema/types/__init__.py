"""GraphQL types, one file per noun."""

# First of all: an enumeration that a type meets before it has been named here gets another name and no description.
from schema.types import board_enums, council_enums, enums, post_enums

__all__ = ["board_enums", "council_enums", "enums", "post_enums"]
