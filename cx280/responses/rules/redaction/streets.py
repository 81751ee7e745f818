"""The words of addresses: kinds of streets, units, states. United States Postal Service,
Publication 28, appendices B and C; Spanish forms as written in Puerto Rico and Mexico."""

from __future__ import annotations

from cx280.responses.rules.redaction.words import words_of

# Kinds of streets that no sentence ends a number with, in any case.
STREETS = (
    "street|strt|str|st|avenue|aven|avn|ave|av|boulevard|boul|blvd|blv|road|rd|lane|ln|drive|drv|dr"
    "|court|crt|ct|circle|circ|cir|place|pl|terrace|terr|ter|parkway|pkwy|pky|way|wy|highway|hwy"
    "|trail|trl|square|sqr|sq|loop|alley|aly|turnpike|tpke|pike|crossing|xing|cove|cv|plaza|plz"
    "|expressway|expy|freeway|fwy|bend|bnd|ridge|rdg|landing|lndg|creek|crk|heights|hts|hollow|holw"
)
# Believed only where every word begins with a capital.
CAPITAL_STREETS = (
    "Annex|Arcade|Bayou|Beach|Bluffs?|Bottom|Branch|Bridge|Brooks?|Burgs?|Bypass|Camp|Canyon|Cape"
    "|Causeway|Center|Centers|Cliffs?|Club|Common|Commons|Corners?|Course|Crescent|Crest|Curve|Dale"
    "|Dam|Divide|Estates?|Extension|Falls?|Ferry|Fields?|Flats?|Fords?|Forest|Forges?|Forks?|Fort"
    "|Gardens?|Gateway|Glens?|Greens?|Groves?|Harbors?|Haven|Hills?|Inlet|Islands?|Isle|Junctions?"
    "|Keys?|Knolls?|Lakes?|Locks?|Lodge|Lights?|Loaf|Mall|Manors?|Meadows?|Mews|Mills?|Mission"
    "|Motorway|Mount|Mountains?|Neck|Orchard|Oval|Overpass|Parks?|Parkways|Pass|Passage|Path|Pines?"
    "|Plains?|Points?|Ports?|Prairie|Radial|Ramp|Ranch|Rapids?|Rest|Ridges|River|Roads|Route|Row"
    "|Rue|Run|Shoals?|Shores?|Skyway|Springs?|Spurs?|Squares|Station|Stravenue|Stream|Streets"
    "|Summit|Throughway|Trace|Track|Trafficway|Tunnel|Underpass|Unions?|Valleys?|Viaduct|Views?"
    "|Villages?|Ville|Vista|Walks?|Wall|Wells?"
)
SPANISH_STREETS = (
    "calle|cll|avenida|avda|ave|av|bulevar|boulevard|blvd|paseo|pasaje|carretera|carr|camino"
    r"|callej[oó]n|privada|calzada|calz|cerrada|circuito|diagonal|carrera|urbanizaci[oó]n|urb|colonia"
    r"|col|barrio|residencial|sector|condominio|cond|andador|prolongaci[oó]n|retorno|v[ií]a"
)
UNITS = (
    "apartment|apartamento|apart|apt|aptmt|appt|unit|suite|ste|lot|trailer|trlr|space|spc|building"
    "|bldg|floor|room|apto|departamento|depto|dpto|piso|interior|int"
)
STATES = (
    "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia"
    "|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts"
    "|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey"
    "|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania"
    "|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington"
    "|West Virginia|Wisconsin|Wyoming|Puerto Rico|District of Columbia|Guam"
)
STATE_CODES = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM"
    "|NY|NC|ND|OH|OK|OR|PA|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|DC|PR|GU|VI|AS|MP|FM|MH|PW|AA|AE|AP"
)
# Codes that are also small words: in small letters they need the comma before them.
WORDS_TOO = words_of("state codes that are words")
# What stands after a number when the number counts something, and words no street is called.
NO_STREET = words_of("no street")
