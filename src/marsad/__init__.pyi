from marsad.face import Added as Added
from marsad.face import Filters as Filters
from marsad.face import Ledger as Ledger
from marsad.face import Table as Table
from marsad.face import Tree as Tree
from marsad.face import read_file as read_file
from marsad.face import read_text as read_text

__version__: str
