"""Pages, letters and mail for people, in Swedish and English."""
