"""What several commands share: options, output, exit codes and reports."""
