"""The state machine as a picture or a text, one module per format."""
