"""Why sessions ended so: what their server tells of it afterwards."""
