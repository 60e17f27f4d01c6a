"""Actions: who announces, orders or does what, with which instruments, for whom and where."""
