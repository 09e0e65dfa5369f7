"""The live session: capture, guidance, cues, the window, and events for programs without one."""
