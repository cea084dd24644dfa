"""The creation machine as §4.7 and §4.7.1 have it: written by hand, not read from the code."""

STATES = (
    "pending",
    "validating",
    "rendering",
    "plugin_pass",
    "input_required",
    "cache_write",
    "post_validate",
    "sync_queued",
    "done",
    "failed",
    "aborted",
)

FOLLOWING = {
    "pending": {"validating", "failed", "aborted"},
    "validating": {"rendering", "failed", "aborted"},
    "rendering": {"plugin_pass", "failed", "aborted"},
    "plugin_pass": {"input_required", "cache_write", "failed", "aborted"},
    "input_required": {"plugin_pass", "failed", "aborted"},
    "cache_write": {"post_validate", "failed", "aborted"},
    "post_validate": {"sync_queued", "failed", "aborted"},
    "sync_queued": {"done", "failed", "aborted"},
    "done": set(),
    "failed": set(),
    "aborted": set(),
}

PHASES = {
    "pending": None,
    "validating": "validating_inputs",
    "rendering": "rendering_template",
    "plugin_pass": "running_plugins",
    "input_required": "input_required",
    "cache_write": "writing_cache",
    "post_validate": "validating_post_creation",
    "sync_queued": "queueing_nas_sync",
    "done": "done",
    "failed": None,
    "aborted": None,
}

KINDS = {
    "pending": None,
    "validating": "phase",
    "rendering": "phase",
    "plugin_pass": "phase",
    "input_required": "input_required",
    "cache_write": "phase",
    "post_validate": "phase",
    "sync_queued": "phase",
    "done": "done",
    "failed": "failed",
    "aborted": None,
}
"""The kind of envelope that entering each state emits (§4.6.2)."""

WAYS = {
    "pending": (),
    "validating": ("validating",),
    "rendering": ("validating", "rendering"),
    "plugin_pass": ("validating", "rendering", "plugin_pass"),
    "input_required": ("validating", "rendering", "plugin_pass", "input_required"),
    "cache_write": ("validating", "rendering", "plugin_pass", "cache_write"),
    "post_validate": ("validating", "rendering", "plugin_pass", "cache_write", "post_validate"),
    "sync_queued": (
        *("validating", "rendering", "plugin_pass", "cache_write", "post_validate"),
        "sync_queued",
    ),
    "done": (
        *("validating", "rendering", "plugin_pass", "cache_write", "post_validate"),
        *("sync_queued", "done"),
    ),
    "failed": ("failed",),
    "aborted": ("aborted",),
}
"""The states that a session goes through after its opening to stand in each state."""

PAIRS = [(current, new_state) for current in STATES for new_state in STATES]
LEGAL = [(current, new_state) for current, new_state in PAIRS if new_state in FOLLOWING[current]]
ILLEGAL = [pair for pair in PAIRS if pair not in LEGAL]
