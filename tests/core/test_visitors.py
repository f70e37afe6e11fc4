"""The tests' own visitors: each request stands alone, as on a server."""


def test_two_visitors_are_two_people(cast):
    assert "aino@lumo.example" in cast.aino.get("/organisations").text
    assert "siiri@kaari.example" in cast.siiri.get("/organisations").text
    assert "siiri" not in cast.aino.get("/organisations").text
    assert cast.nobody.get("/organisations").status_code == 303
