"""Regions: places named in a text, and the standpoint (region and day) from which a document speaks."""
