"""Regions: places named in a text, and what 省, 市 and 区 mean from the region that a document speaks for."""
