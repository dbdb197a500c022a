"""Addresses: whole ones, parts put right, and words that only say whose home it is."""

from __future__ import annotations

from .bots import TELECOM, TRAVEL, service, slot
from .cases import MONDAY, case

PARCEL = service(
    "parcels",
    [
        slot("parcel", "pattern", "Parcel number", "包裹号", pattern=r"[A-Z]{2}\d{6}"),
        slot("address", "location", "Delivery address", "收货地址", "Where the parcel shall go"),
        slot(
            "postcode", "pattern", "Postcode", "邮编", pattern=r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}"
        ),
        slot("day", "date", "Delivery day", "送达日期"),
    ],
    {
        "en": [
            "deliver parcel [AB123456](parcel) to [3 Hill View, Ripon](address)",
            "bring it to [1 Well Lane, Selby](address) on [Friday](day)",
        ],
        "zh": ["包裹[AB123456](parcel)改送到[南京市中山路5号](address)"],
    },
)
_QUAY = {"address": "Flat 2, 40 Quay Road, Hull HU1 2AB"}
_MILL = {"address": "8 Mill Street, Derby", "postcode": "DE1 1AA"}
_ZHONGSHAN = {"address": "南京市中山路5号"}

WHOLE = [
    case(
        TELECOM,
        "c/o Mrs Dale, 9 Dock Road, Hull",
        asked="address",
        gives={"address": "c/o Mrs Dale, 9 Dock Road, Hull"},
    ),
    case(
        TELECOM,
        "Apartment 7C, 88 Broadway, New York, NY 10005",
        asked="address",
        gives={"address": "Apartment 7C, 88 Broadway, New York, NY 10005"},
    ),
    case(
        PARCEL,
        "31 Castle Street, Ludlow, postcode SY8 1AS",
        asked="address",
        gives={"address": "31 Castle Street, Ludlow", "postcode": "SY8 1AS"},
    ),
    case(
        PARCEL,
        "Please bring AB123456 to 31 Castle Street, Ludlow. The post code is SY8 1AS",
        gives={"parcel": "AB123456", "address": "31 Castle Street, Ludlow", "postcode": "SY8 1AS"},
    ),
    case(
        PARCEL,
        "it's 6 Abbey Row in Whitby, YO22 4JT",
        asked="address",
        gives={"address": "6 Abbey Row in Whitby", "postcode": "YO22 4JT"},
    ),
    case(
        PARCEL,
        "bring it to 17 Bridge Street Otley on Monday",
        gives={"address": "17 Bridge Street Otley", "day": MONDAY},
    ),
    case(
        PARCEL,
        "Dove Cottage, Town End, Grasmere LA22 9SH",
        asked="address",
        gives={"address": "Dove Cottage, Town End, Grasmere", "postcode": "LA22 9SH"},
    ),
    case(
        PARCEL,
        "地址：31 Castle Street, Ludlow，邮编是SY8 1AS",
        asked="address",
        gives={"address": "31 Castle Street, Ludlow", "postcode": "SY8 1AS"},
    ),
    case(
        TELECOM,
        "send the card to Unit 4, 9 Dock Road, Hull, postcode HU1 2AB please",
        gives={"address": "Unit 4, 9 Dock Road, Hull, HU1 2AB"},
    ),
    case(
        TELECOM,
        "卡寄到杭州市西湖区文三路20号，邮编310012",
        gives={"address": "杭州市西湖区文三路20号,邮编310012"},
    ),
]

PARTS = [
    case(
        TELECOM,
        "sorry, the postcode is HU1 2AD",
        values=_QUAY,
        gives={"address": "Flat 2, 40 Quay Road, Hull HU1 2AD"},
    ),
    case(
        TELECOM,
        "the post code is WF1 4AA",
        asked="start",
        values={"address": "5 Kiln Lane, Wakefield"},
        gives={"address": "5 Kiln Lane, Wakefield, WF1 4AA"},
    ),
    case(
        TELECOM,
        "WF1 4AA",
        values={"address": "5 Kiln Lane, Wakefield"},
        gives={"address": "5 Kiln Lane, Wakefield, WF1 4AA"},
    ),
    case(
        TELECOM,
        "number 42, not 40",
        values=_QUAY,
        gives={"address": "Flat 2, 42 Quay Road, Hull HU1 2AB"},
    ),
    case(
        TELECOM,
        "oops, it's flat 5 not flat 2",
        values=_QUAY,
        gives={"address": "flat 5, 40 Quay Road, Hull HU1 2AB"},
    ),
    case(
        TELECOM,
        "no, it's Quay Lane, not Quay Road",
        values=_QUAY,
        gives={"address": "Flat 2, 40 Quay Lane, Hull HU1 2AB"},
    ),
    case(
        TELECOM,
        "no, 44 Quay Road",
        values=_QUAY,
        gives={"address": "Flat 2, 44 Quay Road, Hull HU1 2AB"},
    ),
    case(TELECOM, "no, 3 Elm Row, York", values=_QUAY, gives={"address": "3 Elm Row, York"}),
    case(TELECOM, "not Hull", values=_QUAY, gives={}),
    case(TELECOM, "is Hull far from you?", values=_QUAY, gives={}),
    case(TELECOM, "leave it at number 10 if I am out", values=_QUAY, gives={}),
    case(
        TELECOM, "no, Goole", values=_QUAY, gives={"address": "Flat 2, 40 Quay Road, Goole HU1 2AB"}
    ),
    case(PARCEL, "it's in Derbyshire", values=_MILL, gives={}),
    case(
        PARCEL,
        "the town should be Belper",
        values=_MILL,
        gives={"address": "8 Mill Street, Belper"},
    ),
    case(PARCEL, "Belper, not Derby", values=_MILL, gives={"address": "8 Mill Street, Belper"}),
    case(PARCEL, "no, the postcode is DE56 1AA", values=_MILL, gives={"postcode": "DE56 1AA"}),
    case(
        PARCEL, "house number 18, sorry", values=_MILL, gives={"address": "18 Mill Street, Derby"}
    ),
    case(PARCEL, "不是5号，是15号", values=_ZHONGSHAN, gives={"address": "南京市中山路15号"}),
    case(PARCEL, "门牌号应该是15", values=_ZHONGSHAN, gives={"address": "南京市中山路15号"}),
    case(PARCEL, "不是中山路，是汉口路", values=_ZHONGSHAN, gives={"address": "南京市汉口路5号"}),
    case(
        TELECOM,
        "邮编是210008",
        values={"address": "南京市中山路5号"},
        gives={"address": "南京市中山路5号，邮编210008"},
    ),
    case(
        TELECOM,
        "not 12, 24",
        values={"address": "12 High Street, York", "months": 12},
        gives={"months": 24},
    ),
    case(
        TELECOM,
        "bring it to 8 Mill Street, Derby",
        "and the postcode is DE1 1AA",
        asked="address",
        gives={"address": "8 Mill Street, Derby, DE1 1AA"},
    ),
]

UNNAMED = [
    *(
        case(PARCEL, text, asked="address", gives={})
        for text in (
            "my new place",
            "our office please",
            "to my sister's house",
            "a different address",
            "my work address",
            "we've just moved",
            "我新家",
            "送到公司吧",
            "我爸妈家",
            "我搬家了",
            "换个地址",
            "same address as last time",
            "老地址",
        )
    ),
    case(PARCEL, "can you bring AB123456 to my new house?", gives={"parcel": "AB123456"}),
    case(
        PARCEL,
        "my parents' house, 4 Tower Hill, Goole",
        asked="address",
        gives={"address": "4 Tower Hill, Goole"},
    ),
    case(TRAVEL, "home", asked="origin", gives={"origin": "home"}),
]

CASES = [*WHOLE, *PARTS, *UNNAMED]
