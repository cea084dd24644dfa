"""A timeline: bars of visits, long idle gaps, a ruler and marks for problems."""
