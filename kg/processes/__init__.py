"""Work in child processes with limits of time and memory; what fails there harms nothing else."""

from kg.processes.limits import Failure, Limits
from kg.processes.pool import Pool, run_apart

__all__ = ["Failure", "Limits", "Pool", "run_apart"]
