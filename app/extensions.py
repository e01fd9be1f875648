"""Flask extensions, made once and bound to the application in `factory`."""

from flask_security import Security
from flask_talisman import Talisman
from flask_wtf import CSRFProtect

csrf = CSRFProtect()
security = Security()
talisman = Talisman()
