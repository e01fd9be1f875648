"""Flask extensions, made once and bound to the application in `factory`."""

from flask_babel import Babel
from flask_security import Security
from flask_talisman import Talisman
from flask_wtf import CSRFProtect

babel = Babel(configure_jinja=False)  # templates say `_` as app/rendering/words.py has it
csrf = CSRFProtect()
security = Security()
talisman = Talisman()
