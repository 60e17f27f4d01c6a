"""Instruments: the tools of policy that a text names."""
