"""Deadlines as policy words them, read as days of the calendar: 到2025年, 6月底前, “十四五”期间, 每年, 长期坚持."""

from kg.text.deadlines.deadline import Deadline
from kg.text.deadlines.reader import DeadlineReader
from kg.text.deadlines.words import DeadlineWords

__all__ = ["Deadline", "DeadlineReader", "DeadlineWords"]
