"""Unlocks the login keyring of GNOME Keyring on the session bus by its password, as its own question would."""

import sys

import dbus

bus = dbus.SessionBus()
service = bus.get_object("org.freedesktop.secrets", "/org/freedesktop/secrets")
_, session = service.OpenSession("plain", "", dbus_interface="org.freedesktop.Secret.Service")
password = dbus.ByteArray(sys.argv[1].encode())
secret = dbus.Struct((session, dbus.Array([], signature="y"), password, "text/plain"), signature="oayays")
service.UnlockWithMasterPassword(
    dbus.ObjectPath("/org/freedesktop/secrets/collection/login"),
    secret,
    dbus_interface="org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface",
)
