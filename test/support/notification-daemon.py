"""A desktop's notifications without looks: org.freedesktop.Notifications on the session bus.

Prints `ready`, then each notification that it is given as a line of JSON. Each line of its input is `click ID ACTION`
or `close ID`. With the argument `mute` it holds the name and answers nothing. Ends with its input.
"""

import json
import os
import sys

import dbus
import dbus.service
from dbus.mainloop.glib import DBusGMainLoop
from gi.repository import GLib

NAME = "org.freedesktop.Notifications"


class Daemon(dbus.service.Object):
    shown = 0

    @dbus.service.method(NAME, out_signature="as")
    def GetCapabilities(self):
        return ["actions", "body", "body-markup"]

    @dbus.service.method(NAME, in_signature="susssasa{sv}i", out_signature="u")
    def Notify(self, app, replaces, icon, title, body, actions, hints, timeout):
        self.shown += 1
        told = {"id": self.shown, "app": app, "title": title, "body": body, "actions": list(actions)}
        print(json.dumps({**told, "hints": {str(key): value for key, value in hints.items()}}), flush=True)
        return self.shown

    @dbus.service.method(NAME, in_signature="u")
    def CloseNotification(self, number):
        print(json.dumps({"closed": number}), flush=True)
        self.NotificationClosed(number, 3)

    @dbus.service.signal(NAME, signature="us")
    def ActionInvoked(self, number, action):
        pass

    @dbus.service.signal(NAME, signature="uu")
    def NotificationClosed(self, number, reason):
        pass


def main():
    mute = sys.argv[1:] == ["mute"]
    DBusGMainLoop(set_as_default=True)
    bus = dbus.SessionBus()
    held = dbus.service.BusName(NAME, bus)
    daemon = Daemon(bus, "/org/freedesktop/Notifications")
    print("ready", flush=True)
    if mute:
        sys.stdin.read()
        return
    loop = GLib.MainLoop()

    def read(source, _condition):
        # Not by lines: what Python keeps of a second one would wake nobody.
        text = os.read(source, 4096).decode()
        if text == "":
            loop.quit()
            return False
        for line in text.splitlines():
            what, number, *action = line.split()
            if what == "click":
                daemon.ActionInvoked(dbus.UInt32(number), action[0])
            daemon.NotificationClosed(dbus.UInt32(number), 2)
        return True

    GLib.io_add_watch(sys.stdin.fileno(), GLib.IO_IN | GLib.IO_HUP, read)
    loop.run()
    del held


main()
