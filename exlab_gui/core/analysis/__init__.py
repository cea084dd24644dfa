"""What a session's history says: visits, rules, coverage, differences, times."""
