"""What a build leaves on disk: siblings, one module each."""
