"""The archive: recording live sessions into it, and finding them again."""
