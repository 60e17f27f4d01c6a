"""Names in text: bodies, regions, instruments, figures; known or formed, longest leftmost, resolved in their place."""
