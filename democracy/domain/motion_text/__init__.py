"""Pasted text from a word processor becomes title, reasoning and att-satser, for the mover to correct."""

from democracy.domain.motion_text.pasted import Note, NoteCode, Pasted, split

__all__ = ["Note", "NoteCode", "Pasted", "split"]
