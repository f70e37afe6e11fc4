"""An older handbook that Lumo brought in and has not gone through yet."""

from ...instructions.services.imports import bring_handbook
from .acting import acting_as

HANDBOOK = """# Työelämäopas

Opas on tehty yhdessä opettajien kanssa. Kysymykset kumppanuustiimille.

## 1. Ennen jaksoa

### Kun yritys ottaa yhteyttä

Päivystäjä soittaa takaisin saman päivän aikana. Jos numero on varattu, lähetetään viesti.

- Kysy, mitä yritys tarvitsee.
- Kirjaa yhteydenotto ja sovi, kuka jatkaa.

### Työpaikan soveltuvuus

Ennen ensimmäistä opiskelijaa käydään katsomassa tilat ja välineet. Varmista, että paikalla on ammattitaitoinen ohjaaja.

### Allekirjoitukset

Sopimuksen allekirjoittaa koulutuspäällikkö ja työpaikan edustaja. Ilman allekirjoitusta jakso ei ala.

## 2. Jakson aikana

### Perehdytys ensimmäisenä päivänä

Ohjaaja esittelee talon, työkaverit ja työajat.

| Asia | Kuka kertoo | Milloin |
|---|---|---|
| Poissaolosta ilmoittaminen | Työpaikkaohjaaja | heti aamulla |
| Suojaimet | Työpaikkaohjaaja | ennen töiden aloittamista |

### Puolivälin keskustelu

Opettaja, opiskelija ja työpaikkaohjaaja istuvat alas jakson puolivälissä ja katsovat, miten tavoitteet etenevät.

### Jos jakso keskeytyy

Opettaja kirjaa keskeytyksen ja sen syyn samana päivänä ja ilmoittaa työpaikalle.

### Ruokala ja pysäköinti

Ruokala on auki kello 10.30–13. Pysäköintiluvan saa vahtimestarilta.

## 3. Jakson jälkeen

### Arviointi

Kaksi arvioijaa, opettaja ja työelämän edustaja, päättävät arvosanasta yhdessä näytön jälkeen.

### Respons från arbetsplatserna

Efter perioden skickas en kort enkät till arbetsplatsen. Teamet går igenom svaren varje månad och svarar på dem.
"""


def load() -> None:
    """Its pieces wait for their places; nothing of it is published."""
    with acting_as("aino") as aino:
        bring_handbook(aino, name="Työelämäopas 2021", text=HANDBOOK)
