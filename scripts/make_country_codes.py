"""Make src/marsad/data/codebooks/countries.csv: the codes by which codebooks name a country.

    python scripts/make_country_codes.py codes.json > src/marsad/data/codebooks/countries.csv

`codes.json` is that of the npm package i18n-iso-countries (MIT): alpha-2, alpha-3 and numeric codes of ISO 3166-1.
Gleditsch and Ward's numbers and ACLED's regions are facts written down here; UCDP's region follows from the number
(GED codebook: 2-199 Americas, 200-399 Europe, 400-626 Africa, 630-699 Middle East, 700-990 Asia).
"""

import csv
import json
import sys
from pathlib import Path

GLEDITSCH_WARD = """
US 2 CA 20 BS 31 CU 40 HT 41 DO 42 JM 51 TT 52 BB 53 DM 54 GD 55 LC 56 VC 57 AG 58 KN 60 MX 70 BZ 80 GT 90 HN 91 SV 92
NI 93 CR 94 PA 95 CO 100 VE 101 GY 110 SR 115 EC 130 PE 135 BR 140 BO 145 PY 150 CL 155 AR 160 UY 165
GB 200 IE 205 NL 210 BE 211 LU 212 FR 220 MC 221 LI 223 CH 225 ES 230 AD 232 PT 235 DE 260 PL 290 AT 305 HU 310 CZ 316
SK 317 IT 325 SM 331 MT 338 AL 339 RS 340 ME 341 MK 343 HR 344 BA 346 XK 347 SI 349 GR 350 CY 352 BG 355 MD 359 RO 360
RU 365 EE 366 LV 367 LT 368 UA 369 BY 370 AM 371 GE 372 AZ 373 FI 375 SE 380 NO 385 DK 390 IS 395
CV 402 ST 403 GW 404 GQ 411 GM 420 ML 432 SN 433 BJ 434 MR 435 NE 436 CI 437 GN 438 BF 439 LR 450 SL 451 GH 452 TG 461
CM 471 NG 475 GA 481 CF 482 TD 483 CG 484 CD 490 UG 500 KE 501 TZ 510 BI 516 RW 517 SO 520 DJ 522 ET 530 ER 531 AO 540
MZ 541 ZM 551 ZW 552 MW 553 ZA 560 NA 565 LS 570 BW 571 SZ 572 MG 580 KM 581 MU 590 SC 591 MA 600 DZ 615 TN 616 LY 620
SD 625 SS 626 IR 630 TR 640 IQ 645 EG 651 SY 652 LB 660 JO 663 IL 666 SA 670 YE 678 KW 690 BH 692 QA 694 AE 696 OM 698
AF 700 TM 701 TJ 702 KG 703 UZ 704 KZ 705 CN 710 MN 712 TW 713 KP 731 KR 732 JP 740 IN 750 BT 760 PK 770 BD 771 MM 775
LK 780 MV 781 NP 790 TH 800 KH 811 LA 812 VN 816 MY 820 SG 830 BN 835 PH 840 ID 850 TL 860 AU 900 PG 910 NZ 920 SB 940
FJ 950 VU 935 KI 970 NR 971 TO 972 TV 973 MH 983 PW 986 FM 987 WS 990
"""
UCDP_REGIONS = ((199, "Americas"), (399, "Europe"), (626, "Africa"), (699, "Middle East"), (990, "Asia"))
ACLED_REGIONS = {
    "Western Africa": "BJ BF CV CI GM GH GN GW LR ML MR NE NG SH SN SL TG",
    "Middle Africa": "AO CM CF TD CD CG GQ GA ST",
    "Eastern Africa": "BI KM DJ ER ET IO KE MG MW MU YT MZ RE RW SC SO SS TZ UG ZM ZW",
    "Southern Africa": "BW SZ LS NA ZA",
    "Northern Africa": "DZ EG LY MA SD TN EH",
    "South Asia": "AF BD BT IN MV NP PK LK",
    "Southeast Asia": "BN KH ID LA MY MM PH SG TH TL VN",
    "Middle East": "BH IR IQ IL JO KW LB OM PS QA SA SY TR AE YE",
    "Europe": "AL AD AT AX BY BE BA BG HR CY CZ DK EE FO FI FR DE GI GR GG HU IS IE IM IT JE XK LV LI LT LU MT "
    "MD MC ME NL "
    "MK NO PL PT RO RU SM RS SK SI ES SE CH UA GB VA",
    "Caucasus and Central Asia": "AM AZ GE KZ KG TJ TM UZ",
    "Central America": "BZ CR SV GT HN MX NI PA",
    "South America": "AR BO BR CL CO EC FK GF GY PY PE SR UY VE",
    "Caribbean": "AI AG AW BS BB BQ VG KY CU CW DM DO GD GP HT JM MQ MS PR BL KN LC MF VC SX TT TC VI",
    "East Asia": "CN HK JP MO MN KP KR TW",
    "North America": "BM CA GL PM US",
    "Oceania": "AS AU CX CC CK FJ PF GU KI MH FM NR NC NZ NU NF MP PW PG PN WS SB TK TO TV UM VU WF",
}


def main(codes: Path) -> None:
    """Print the table."""
    words = GLEDITSCH_WARD.split()
    numbers = dict(zip(words[::2], map(int, words[1::2]), strict=True))
    regions = {code: name for name, codes_of in ACLED_REGIONS.items() for code in codes_of.split()}
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("iso", "iso3", "iso_numeric", "gwno", "ucdp_region", "acled_region"))
    iso = {row[0]: (row[1], int(row[2])) for row in json.loads(codes.read_text("utf-8"))}
    # Kosovo has no place in ISO 3166-1; the field writes XKX, and ACLED 0.
    iso["XK"] = ("XKX", 0)
    for code in sorted(iso):
        gwno = numbers.get(code)
        region = next((name for last, name in UCDP_REGIONS if gwno is not None and gwno <= last), "")
        writer.writerow((code, *iso[code], gwno or "", region, regions.get(code, "")))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
