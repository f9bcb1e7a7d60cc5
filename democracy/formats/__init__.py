"""Files in and out: CSV, BLT, DOCX, ICS, PDF."""
