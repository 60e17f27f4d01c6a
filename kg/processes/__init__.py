"""Work in child processes with limits of time and memory; what fails there harms nothing else."""

from kg.processes.pool import Pool, run_apart
from kg.processes.worker import Failure, Limits

__all__ = ["Failure", "Limits", "Pool", "run_apart"]
