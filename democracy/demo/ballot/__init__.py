"""A member ballot of the whole party over a week, from the order to the verified bundle."""
