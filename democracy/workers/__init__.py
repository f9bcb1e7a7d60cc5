"""What runs beside the server: clock, mail, sequencer."""
