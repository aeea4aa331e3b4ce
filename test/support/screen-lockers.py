"""logind and what locks the screen, as far as TokenDesk listens to them, on the bus that it is started on.

Prints `ready`. Each line of its input emits a signal: `lock PATH`, `hint PATH true|false`, `active NAME true|false`.
Its arguments are the names that it takes. Ends with its input.
"""

import os
import sys

import dbus
import dbus.service
from dbus.mainloop.glib import DBusGMainLoop
from gi.repository import GLib

LOGIND = "org.freedesktop.login1"
SESSION = LOGIND + ".Session"
OWN = "/org/freedesktop/login1/session/_31"


class Manager(dbus.service.Object):
    @dbus.service.method(LOGIND + ".Manager", in_signature="s", out_signature="o")
    def GetSession(self, name):
        if name != "1":
            raise dbus.exceptions.DBusException("no such session", name=LOGIND + ".NoSuchSession")
        return dbus.ObjectPath(OWN)


class Session(dbus.service.Object):
    @dbus.service.signal(SESSION)
    def Lock(self):
        pass

    @dbus.service.signal(dbus.PROPERTIES_IFACE, signature="sa{sv}as")
    def PropertiesChanged(self, interface, changed, invalidated):
        pass


def locker(name):
    class Locker(dbus.service.Object):
        @dbus.service.signal(name, signature="b")
        def ActiveChanged(self, active):
            pass

    return Locker


def main():
    DBusGMainLoop(set_as_default=True)
    bus = dbus.SessionBus()
    names = sys.argv[1:]
    held = [dbus.service.BusName(name, bus) for name in names]
    sessions = {path: Session(bus, path) for path in (OWN, OWN + "2")} if LOGIND in names else {}
    manager = Manager(bus, "/org/freedesktop/login1") if LOGIND in names else None
    lockers = {name: locker(name)(bus, "/" + name.replace(".", "/")) for name in names if name != LOGIND}
    loop = GLib.MainLoop()

    def obey(line):
        what, name, *state = line.split()
        if what == "lock":
            sessions[name].Lock()
        elif what == "hint":
            sessions[name].PropertiesChanged(SESSION, {"LockedHint": state == ["true"]}, [])
        elif what == "active":
            lockers[name].ActiveChanged(state == ["true"])

    def read(source, _condition):
        # Not by lines: what Python keeps of a second one would wake nobody.
        text = os.read(source, 4096).decode()
        if text == "":
            loop.quit()
            return False
        for line in text.splitlines():
            obey(line)
        return True

    GLib.io_add_watch(sys.stdin.fileno(), GLib.IO_IN | GLib.IO_HUP, read)
    print("ready", flush=True)
    loop.run()
    del held, manager


main()
