"""Work in child processes with limits of time and memory; what fails there harms nothing else."""

from kg.processes.limits import Failure, Limits
from kg.processes.pool import run_apart

__all__ = ["Failure", "Limits", "run_apart"]
