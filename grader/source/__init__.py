"""Reading a submission's source before anything runs: text, names, rules."""
