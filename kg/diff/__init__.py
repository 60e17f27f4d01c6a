"""What two builds say differently."""
