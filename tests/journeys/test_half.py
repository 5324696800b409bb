from tests.journeys.test_submitting import *
from tests.journeys.conftest import *
def test_half(any_page, axe):
    write(any_page, "Cell whispering internship", "sam@larkfield.example")
    axe(any_page)
    send(any_page, "sam@larkfield.example")
