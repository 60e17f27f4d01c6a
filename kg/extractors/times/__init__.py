"""Times: when something is due, as policy words it, read as days: 到2025年, 6月底前, “十四五”期间, 每年, 长期坚持."""
