"""Agencies: bodies and groups of bodies, by known names and by names formed of region, function and type."""
