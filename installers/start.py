"""What a bundle runs: the program, or a process that the program has started.

PyInstaller's own code for such processes, and for Qt, would take as long at each start as all else.
"""

import re
import sys

# A process that `check` starts would look for this file, which is in an archive.
del __file__

_TRACKER = re.compile(r"from multiprocessing\.resource_tracker import main;\s*main\((\d+)\)")

if "--multiprocessing-fork" in sys.argv:
    from multiprocessing.spawn import freeze_support

    freeze_support()
elif sys.argv[-2:-1] == ["-c"] and (tracker := _TRACKER.fullmatch(sys.argv[-1])):
    from multiprocessing.resource_tracker import main as track

    track(int(tracker[1]))
else:
    from exlab_gui.__main__ import main

    main()
