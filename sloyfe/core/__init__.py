"""What every module needs and no module owns: the gates, policy, audit, jobs, imports, search, the face."""
