"""Targets: figures and pledges that policy commits to."""
