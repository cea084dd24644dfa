"""Work that goes on while the window is used: tasks, jobs in threads, and late imports."""
