"""What builds, checks and serves the project. Nothing here is imported by the product itself."""
