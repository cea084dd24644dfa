"""What is said over HTTP: requests, responses, errors, and who may ask."""
