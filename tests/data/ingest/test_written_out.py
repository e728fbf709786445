"""What reaches a person is seen however it is spelled, and what is written of other things is left alone."""

import pytest

from data.ingest.personal_text import reaches

BIRTH = (
    "KN f. 12.03.1999", "K.N. født 12. mars 1999", "K. N. 12.03.99", "KN 120399", "(f. 12.3.2003)", "født 12/03-2004",
    "born 12 March 2003", "1999-03-12 KN", "K.N., 12.03.2005",
)  # fmt: skip
ADDRESS = (
    "kari at eksempel.no", "kari (a) eksempel.no", "kari [at] eksempel.no", "kari(at)eksempel(dot)no",
    "kari krøllalfa eksempel punktum no", "kari @ eksempel . no", "kari ＠ eksempel.no", "kari snabel-a eksempel.no",
    "kari_at_gmail.com", "kari at gmail", "kari dot nordmann at gmail dot com", "kari AT eksempel DOT no",
    "skriv til karinord gmail.com", "kari@eksempel.no", "15076500565", "150765 00565",
)  # fmt: skip
PHONE = (
    "tlf. 4123 4567", "Ring 41 23 45 67.", "+47 412 34 567", "0047 41234567", "(+47) 41 23 45 67", "+47-41-23-45-67",
    "41.23.45.67", "41-23-45-67", "412 34 567", "4 1 2 3 4 5 6 7", "41234567, på kvelden", "ring 41 234 567",
    "tlf: 22 33 44 55", "+46 70 123 45 67",
    "４１２３４５６７", "41\u200b23\u200b45\u200b67", "41\u00a023\u00a045\u00a067",
)  # fmt: skip
STREET = ("Storgata 5", "storgata 12 B", "Dronningens gate 4", "bor i Kirkegt. 7")
HANDLE = ("snap: kari99", "Instagram: kari.n", "@kari")
OTHER = (
    "Det viser at nav.no er nede", "Vi så at ssb.no mangler tall", "figures published at ssb.no", "look at nav.no",
    "Det koster 25 000 000 kroner", "25000000 kr", "Vedtatt 01.10.2026 av KS", "KS 12.10.2026", "2021 2025", "20261130",
    "unge født i 2003", "15-19 20-24 25-29", "Lov av 17.07.1998 nr. 61", "på veien 2026–2030", "4204 2024",
    "https://www.youtube.com/@flereiarbeid", "https://www.regjeringen.no/no/dokumenter/id29876543/", "40 000 000",
    "vi vil (a) kartlegge. Deretter (b) prøve.", "we will (a) map. No one", "0.12345678", "ISBN 978-82-7288-123-4",
    "Org.nr. 987 654 321", "a3f41234567bc", "Møte kl. 12.30-14.00", "live musikk", "born in Norway 15–29",
)  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        *(("birth", each) for each in BIRTH), *(("identity", each) for each in ADDRESS),
        *(("phone", each) for each in PHONE), *(("street", each) for each in STREET),
        *(("handle", each) for each in HANDLE),
    ],
)  # fmt: skip
def test_what_reaches_a_person_is_seen_however_it_is_spelled(kind: str, text: str) -> None:
    assert kind in list(reaches(text))
    assert kind in list(reaches(f"Vi avtalte det ({text}) i møtet"))


@pytest.mark.parametrize("text", OTHER)
def test_a_number_or_a_word_of_other_things_is_left_alone(text: str) -> None:
    assert list(reaches(text)) == []
