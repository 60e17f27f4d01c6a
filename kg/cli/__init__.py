"""Commands of the command line, a module each: parse, call one function, print.

What a command works with is imported when it runs, so that help and completion come without the graph libraries, and
so that a library of an extra is asked for only by the command that needs it.
"""
