"""Money: the codes of ISO 4217 and the words and signs that stand for them. Tables only."""

_CODES = """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP
    CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR
    ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT
    MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD
    SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES
    VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
"""
CODES = frozenset(_CODES.split())

SIGNS = {
    "£": "GBP",
    "€": "EUR",
    "₴": "UAH",
    "₽": "RUB",
    "₹": "INR",
    "₪": "ILS",
    "₺": "TRY",
    "₩": "KRW",
    "₦": "NGN",
    "฿": "THB",
    "US$": "USD",
    "A$": "AUD",
    "AU$": "AUD",
    "C$": "CAD",
    "CA$": "CAD",
    "NZ$": "NZD",
    "HK$": "HKD",
    "S$": "SGD",
    "R$": "BRL",
    "NT$": "TWD",
    "RMB": "CNY",
}

_SINGULARS = {
    "us dollar": "USD",
    "american dollar": "USD",
    "australian dollar": "AUD",
    "canadian dollar": "CAD",
    "new zealand dollar": "NZD",
    "hong kong dollar": "HKD",
    "euro": "EUR",
    "british pound": "GBP",
    "pound sterling": "GBP",
    "egyptian pound": "EGP",
    "lebanese pound": "LBP",
    "syrian pound": "SYP",
    "sudanese pound": "SDG",
    "yen": "JPY",
    "yuan": "CNY",
    "renminbi": "CNY",
    "hryvnia": "UAH",
    "hryvnya": "UAH",
    "rouble": "RUB",
    "ruble": "RUB",
    "indian rupee": "INR",
    "pakistani rupee": "PKR",
    "sri lankan rupee": "LKR",
    "shekel": "ILS",
    "swiss franc": "CHF",
    "turkish lira": "TRY",
    "zloty": "PLN",
    "złoty": "PLN",
    "forint": "HUF",
    "mexican peso": "MXN",
    "argentine peso": "ARS",
    "philippine peso": "PHP",
    "swedish krona": "SEK",
    "norwegian krone": "NOK",
    "danish krone": "DKK",
    "serbian dinar": "RSD",
    "iraqi dinar": "IQD",
    "saudi riyal": "SAR",
    "uae dirham": "AED",
    "naira": "NGN",
}
_PLURALS = {
    "pound sterling": "pounds sterling",
    "swedish krona": "swedish kronor",
    "norwegian krone": "norwegian kroner",
    "danish krone": "danish kroner",
}
_COMMON = "USD EUR GBP UAH RUB CHF JPY CNY INR PLN CAD AUD"
WORDS = {
    **{code.lower(): code for code in _COMMON.split()},
    **_SINGULARS,
    **{_PLURALS.get(word, f"{word}s"): code for word, code in _SINGULARS.items()},
}

_DOLLARS = "USD AUD BBD BSD BZD CAD FJD GYD HKD JMD LRD NAD NZD SGD TTD TWD"
_SHARED = {
    "$ dollar dollars": _DOLLARS,
    "¥": "JPY CNY",
    "pound pounds": "GBP EGP LBP SDG SSP SYP",
    "rupee rupees rs": "INR LKR MUR NPR PKR",
    "peso pesos": "ARS CLP COP CUP DOP MXN PHP UYU",
    "franc francs": "BIF CDF CHF DJF GNF KMF RWF XAF XOF XPF",
    "krona kronor": "ISK SEK",
    "krone kroner": "DKK NOK",
    "dinar dinars": "BHD DZD IQD JOD KWD LYD RSD TND",
    "rial rials riyal riyals": "IRR OMR QAR SAR YER",
    "dirham dirhams": "AED MAD",
}
SHARED = {word: tuple(codes.split()) for words, codes in _SHARED.items() for word in words.split()}
"""Words and signs that several currencies share."""

PRESUMED = dict.fromkeys(("$", "dollar", "dollars"), "USD")
"""What a shared word means in English news unless the measure is in another of them."""
