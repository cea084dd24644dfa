"""Model-based testing: tours, rules, invariants, and what of a machine was taken."""
