"""The words of urgency.py: small letters, no accents, no apostrophes ("dont", "ill kill").

`ill` stands for “I'll”, `im` for “I'm”. Lists of regular expressions, every one bounded.
"""

from __future__ import annotations

_SELF = r"(?:my ?self|him ?self|her ?self|them ?selves|our ?selves)"
_WISH = (
    r"(?:want(?:s|ed)? to|wanna|wants? 2|going to|gonna|ready to|decided to|plan(?:s|ning)? to"
    r"|think(?:ing)? (?:of|about)|thought (?:of|about)|feel(?:s|ing)? like|tempted to|about to"
    r"|urge to|tried to|tries to|trying to|might|will|ill|could just)"
)
CRISIS = [
    rf"\b(?:kill(?:s|ed|ing)?|kil|shoot(?:ing)?|shot|hang(?:ing|ed)?|drown(?:ing|ed)?) {_SELF}\b",
    rf"\b{_WISH} (?:just )?(?:hurt(?:ing)?|harm(?:ing)?|cut(?:ting)?) {_SELF}\b",
    rf"\b(?:harming|cutting|poisoning) {_SELF}\b|\bself[- ]?harm",
    r"(?<!not )\b(?:suicid\w{0,5}|suisid\w{0,4}|suisi\w{0,2}de|sucid(?:e|al)|suicde|suecide"
    r"|suicied)\b",
    rf"\b{_WISH} (?:just )?(?:die|be dead|unalive)\b|\bunalive\b|\bkms\b",
    r"\bwish(?:ed)? (?:i|that i) (?:was|were|am) (?:dead|never born|not alive)",
    r"\b(?:better off|rather be) (?:dead|without (?:me|my self|myself))\b"
    r"|\bbetter off if i (?:was|were) (?:dead|gone)",
    r"\b(?:end|ending|take|taking|took|ended) (?:my|his|her|their|our) (?:own )?(?:life|lives)\b",
    r"\bend(?:ing)? it all\b|\bend it for good\b",
    r"\b(?:no (?:reason|point|use)|nothing|no will)(?: left)? (?:to|in|for me to) liv(?:e"
    r"|ing)(?: for)?",
    r"\bnothing (?:left )?to live for\b|\b(?:life|it) (?:is not|isnt|is no longer) worth living",
    r"\b(?:do not|dont|dnt|did not|didnt) (?:really )?(?:want|wanna|wish)(?: to)?"
    r" (?:live|be alive|wake up|exist|keep living|go on living)\b",
    r"\b(?:cant|cannot|can not) (?:go on|keep) living\b|\bcant go on any ?(?:more|longer)\b",
    r"\btired of (?:living|life|being alive)\b",
    r"\b(?:take|took|swallow(?:ed)?|taken) (?:all|every one of|the whole bottle of|a bottle of)"
    r" (?:of )?(?:my |the |his |her )?(?:pills|meds|medication|medicine)",
    r"\b(?:want to|going to|gonna|will|tried to|ill) overdose|\boverdosed on purpose",
    r"\bjump(?:ing)? (?:off|from) (?:a|the|that|this) (?:bridge|roof|building|balcony)",
    r"\bjump(?:ing)? in front of (?:a|the) (?:train|car|bus|truck)",
    r"\bslit(?:ting)? my wrists?|\bblow(?:ing)? my (?:brains|head) (?:out|off)",
    r"\b(?:gun|pistol|bullet) (?:to|in|at|through) my head\b",
    # Spanish
    r"\b(?:quiero|quisiera|voy a|pienso|penso|ganas de|pensado en|intente|intento|puedo|mejor)"
    r" (?:en )?(?:matarme|quitarme la vida|morirme|morir|hacerme dano|cortarme las venas|colgarme"
    r"|ahorcarme|desaparecer para siempre)\b",
    r"\b(?:matarme|quitarme la vida|quitarse la vida|se quito la vida|ahorcarme|colgarme)\b",
    r"\bse (?:quiere|va a|intento|trato de) (?:matar|suicidar|quitar la vida)\b",
    r"\b(?:quiere|intento) (?:matarse|suicidarse|quitarse la vida|hacerse dano)\b",
    r"\b(?:ya )?no (?:quiero|deseo) (?:vivir|seguir viviendo|estar vivo|estar viva|existir)\b",
    r"\b(?:estaria|estarian|estan|esta) mejor (?:muert[oa]|sin mi)\b"
    r"|\bmejor (?:estar )?muert[oa]\b",
    r"\b(?:acabar|terminar) con mi vida\b|\bponer fin a mi vida\b",
    r"\b(?:pegarme|darme|meterme) un (?:tiro|balazo)\b",
    r"\bno (?:vale la pena|tiene sentido) (?:vivir|seguir viviendo|mi vida)\b",
    r"\b(?:cansad[oa] de vivir|sin ganas de vivir|ganas de morir(?:me)?)\b",
    r"\btomarme todas (?:las|mis) (?:pastillas|pildoras)",
]  # fmt: skip

_I_WILL = (
    r"(?:i will|ill|i am going to|im going to|im gonna|i am gonna|imma|i want to|i wanna|i swear"
    r"|i might|i may|i should|i am about to|im about to|im ready to|we will|we are going to"
    r"|were gonna"
    r"|we are coming to|somebody should|someone should|somebody will|someone will"
    r"|someone is going to|somebody is going to|im coming to|i am coming to|ready to)"
)
_VIOLENCE = (
    r"(?:kill|shoot|murder|stab|burn|bomb|blow up|beat up|beat the \w{1,6} out of|beat|hurt|attack"
    r"|strangle|hang|execute|run over|hunt down|smash|destroy|slaughter|choke|punch)"
)
_THEM = (
    r"(?:you|u|yall|them|him|her|every(?:one|body)|some(?:one|body)|people|all of (?:you|them)"
    r"|(?:the|this|that|your|those|these|an?|one of the|one of your) (?:\w{1,12} )?(?:agents?"
    r"|clerks?"
    r"|staff|officers?|managers?|supervisors?|guards?|judges?|employees?|workers?|director|people"
    r"|woman|man|guy|lady|building|office|place|family|kids|children|house|representatives?))"
)
THREAT = [
    rf"\b{_I_WILL} (?:\w{{1,10}} ){{0,2}}{_VIOLENCE} {_THEM}\b",
    r"\b(?:you|they|u|yall)(?: are|re)?(?: all)? (?:will|going to|gonna|should|deserve to|need to) "
    r"(?:all )?(?:die|be shot|be killed|be hanged|burn in|bleed)\b",
    r"\b(?:hope|wish|want) (?:you|they|he|she|yall|you all|them)(?: all)?(?: to)? (?:die|get shot"
    r"|get killed|burn|are dead)\b",
    r"\b(?:deserves?|need|needs) (?:to (?:die|be shot|be killed|be hanged)|a bullet)\b",
    r"\b(?:should|ought to|must) (?:all )?be (?:shot|killed|hanged|executed|lynched)\b",
    r"\bput a bullet (?:in|through|into)\b|\byou(?: are|re) (?:all )?(?:dead"
    r"|a dead man)\b(?! (?:tired|on))",
    r"\bwatch your backs?\b|\bi know where (?:you|she|he|they|your \w{1,12}) (?:all )?(?:live"
    r"|lives|work"
    r"|park|parks|sleep|go home)",
    r"\b(?:com(?:e|ing)|be|im) back (?:\w{1,8} ){0,3}with (?:a|my|some) (?:gun|rifle|knife"
    r"|shotgun|bomb"
    r"|weapon|pistol|bat|ar)",
    r"\b(?:bring(?:ing)?|brought|come with|coming with) (?:a|my|the) (?:gun|rifle|knife|shotgun"
    r"|bomb"
    r"|weapon|pistol)\b(?! (?:permit|licen|regist|form))",
    r"\bi (?:have|got|own) (?:a|my) (?:gun|rifle|shotgun|bomb)(?: and|,| here| with me| ready)",
    r"\b(?:plant(?:ed)?|plac(?:e|ed)|put|set off|build|built|is) a bomb\b|\bbomb threat\b",
    r"\bshoot(?:ing)? up (?:the|this|your|that)\b|\bshoot (?:the|this|your) (?:place|office) up\b",
    r"\b(?:burn|burning|torch) (?:it|this|the|that|your)(?: whole| damn| entire)?(?: place"
    r"| building"
    r"| office| house)? (?:down|to the ground)\b",
    r"\bblow(?:ing)? (?:up )?(?:the|this|your|that) (?:\w{1,10} )?(?:place|building|office|house)",
    r"\bgo(?:ing)? postal\b|\bmass shooting\b",
    r"\b(?:blood on your hands|pay with (?:your|their) (?:life|lives))\b",
    # Spanish
    r"\b(?:te|los|las|lo|la|les|le) (?:voy|vamos) a (?:matar|golpear|quemar|disparar|pegar|apunalar"
    r"|partir la cara|lastimar)\b",
    r"\b(?:voy|vamos) a (?:matar(?:los|las|lo|la|te)?|disparar(?:les|le)?|apunalar|quemar"
    r"|golpear(?:los|lo|la)?"
    r"|volar|balacear)(?: a|los|las|la|el| esta| esa| ese| este| su|\b)",
    r"\b(?:los|las|lo|la|te) matare\b|\bmatar(?:los|las|los a todos| a todos)\b",
    r"\b(?:poner|pondre|puse|hay|explotar|tengo) una bomba\b",
    r"\b(?:tengo|traigo|llevar|llevare|traer|traere|ir con|voy con|volver con|regresar con"
    r"|vuelvo con)"
    r" (?:un|una|mi|el) (?:arma|pistola|rifle|cuchillo|escopeta|machete)\b(?! (?:con permiso"
    r"|registrad))",
    r"\bse (?:donde|en donde) (?:vive[sn]?|trabaja[sn]?)\b",
    r"\b(?:merece[ns]?|deberia[ns]?) (?:morir|que los maten|ser fusilad\w{1,3})\b",
    r"\bojala (?:se|te) (?:muer(?:an|as|a)|maten)\b|\bojala los maten\b",
]  # fmt: skip

_HE = (
    r"(?:he|she|they|husband|boyfriend|wife|girlfriend|partner|ex|father|stepfather|stepdad|dad"
    r"|mother"
    r"|mom|uncle|brother|son|boss|employer|landlord|caregiver|caretaker|nurse|officer|agent|guard"
    r"|guards|officers|agents|deputy|aide|attendant|staff|man|guy|roommate|coworker)"
)
_US = (
    r"(?:me|us|my (?:son|daughter|child|kids?|children|mother|mom|wife|husband|sister|brother|baby"
    r"|grandmother|father|dad)|her kids|the (?:child|children|patient|baby|kids))"
)
HARM = [
    rf"\b{_HE} (?:\w{{1,10}} ){{0,2}}(?:hits?|beats?|beat up|beating|punche[sd]|kicks?|kicked"
    rf"|choke[sd]"
    rf"|slap(?:s|ped)|strangle[sd]|attack(?:s|ed)|shove[sd]|assaulted|stabbed|burned|shot) {_US}\b",
    r"\b(?:raped|rape|molest(?:ed|ing|s)|groped)\b",
    r"\bsexual(?:ly)? (?:assault(?:ed)?|abuse[ds]?|harass(?:ed|ment)|attack(?:ed)?)",
    r"\b(?:was|been|being|got|am) (?:assaulted|beaten|stabbed|attacked|strangled|physically abused"
    r"|abused(?! (?:verbally|on the phone))|molested|trafficked)\b",
    rf"\babus(?:es|ing|ed) {_US}\b|\b(?:child|elder|physical|domestic) abuse\b"
    rf"|\bdomestic violence\b",
    rf"\b{_HE} (?:is |are )?abus(?:es|ing|ive to(?:ward)?s?)\b|\btouched (?:me|her|him"
    rf"|my \w{{1,10}})"
    r" (?:inappropriately|sexually|where)",
    r"\b(?:held|kept|locked up|locked in|holding me|keeping me|keeps me) (?:\w{1,8} ){0,2}"
    r"(?:against (?:my|her|his|their) will|prisoner|captive)\b|\bkidnap|\bhuman trafficking victim",
    rf"\b{_HE} (?:will|is going to|is gonna|said (?:he|she) (?:will|would)|threaten(?:s|ed"
    rf"|ing) to|wants to"
    r"|tried to|tries to|threatened he would) (?:kill|hurt|shoot|murder|stab) (?:me|us|her|him"
    r"|my \w{1,10})\b",
    r"\bthreaten(?:s|ed|ing)? to (?:kill|hurt|shoot|beat)\b",
    r"\b(?:fear(?:ing)?|afraid|scared|worried) for (?:my|our|her|his|their) (?:life|lives"
    r"|safety)\b",
    r"\b(?:my|our|her|his|their|a) (?:life|lives|child|kids|children|family)(?: is|s"
    r"| are)? in (?:immediate |grave )?danger",
    r"\b(?:i am|im|we are) in (?:immediate |grave )?danger\b|\bnot safe at home\b"
    r"|\bunsafe at home\b",
    r"\b(?:call|send|need|needs)(?: me)? (?:911|an ambulance|the police now"
    r"|paramedics)\b(?! number)",
    r"\b(?:i|he|she|we)(?:m|s| am| is)? (?:cant|can not|cannot) breathe\b",
    r"\b(?:i have|im having|i am having|having|has|with) (?:\w{1,8} ){0,2}chest pains?\b"
    r"|\b(?:am|is|im|was|he is|she is) having a (?:heart attack|stroke|seizure)\b",
    r"\bbleeding (?:badly|heavily|out|to death|a lot)\b|\bis unconscious\b|\bnot breathing\b",
    r"\b(?:building|office|house|kitchen|roof) is on fire\b|\bgas leak\b|\bactive shooter\b",
    r"\bman with a gun\b|\bsomebody has a gun\b|\bsomeone has a gun\b",
    r"\b(?:ran|run|am|im|is|completely) out of (?:insulin|oxygen)\b|\bwithout (?:insulin|oxygen)\b",
    # Spanish
    r"\bme (?:pega|pegan|pego|golpea|golpean|golpeo|golpearon|patea|pateo|ahorca|ataco|agredio"
    r"|apunalo)\b",
    r"\b(?:me|la|lo) (?:violo|violaron|viola|abuso sexualmente|toco sin)\b|\bfui violad[oa]\b",
    r"\babuso (?:sexual|infantil|de menores)\b|\babusa(?:n|ron)? de (?:mi|mis|ella|su)\b",
    r"\bviolencia (?:domestica|intrafamiliar|familiar|de genero)\b|\b(?:me|nos|la"
    r"|lo) maltrata(?:n)?\b",
    r"\b(?:me|nos|la) (?:amenaza|amenazo|amenazan|amenazaron)\b(?! con (?:una multa|cerrar"
    r"|cobrar))",
    r"\b(?:temo|miedo) por (?:mi|nuestra|su) (?:vida|seguridad)\b|\bvida (?:corre"
    r"|esta en) peligro\b",
    r"\b(?:estoy|estamos) en peligro\b|\b(?:llamen|manden"
    r"|necesito)(?: a)?(?: una)? (?:ambulancia|al 911)",
    r"\bno puedo respirar\b|\bdolor (?:de|en el) pecho\b|\bataque al corazon ahora\b",
    r"\bsecuestr|\bcontra mi voluntad\b|\btrata de personas\b|\bsin insulina\b|\bfuga de gas\b",
    r"\b(?:quiere|va a|amenazo con|dijo que va a) (?:matarme|matarnos|lastimarme)\b",
]  # fmt: skip

_THING = (
    r"(?:wait(?:ing)?|line|process|paperwork|price|cost|fee|bureaucracy|traffic|website|phone"
    r"|hold|music"
    r"|back|feet|knees|head|heat|chairs?|forms?|stress|this|it|that|which|system|delay|stairs"
    r"|walk)s?"
)
_OF_WHAT = (
    r"(?:boredom|hunger|thirst|embarrassment|laughter|laughing|heat|the heat|cold|the cold"
    r"|old age|shame"
    r"|curiosity|waiting|the wait|frustration|exhaustion|stress|natural causes|cancer|covid"
    r"|a heart attack"
    r"|a stroke|an illness|his injuries|agent orange|complications|smoke|asbestos)"
)
IDIOMS = [
    r"\bkill(?:s|ed|ing)? (?:some |the |a little |more |an hours? |our |my )?time\b"
    r"|\bkill two birds\b",
    rf"\b{_THING}(?: \w{{1,10}}){{0,2}} (?:is|are|was|were|s|re)? ?(?:just |literally "
    rf"|slowly )?kill(?:ing|ed|s)? (?:me|us)\b",
    r"\b(?:would|could|id|almost|nearly|practically|about) (?:have )?kill(?:ed)? (?:for|my ?self"
    r"|me|us)\b",
    r"\b(?:kill(?:ed|ing)?) my ?self (?:laughing|trying|working|with work|getting|to get"
    r"|on (?:the|your))",
    r"\b(?:killed|killing) it\b|\bdressed to kill\b|\bkill the (?:mood|vibe|engine|lights?|deal"
    r"|bill|program"
    r"|project)\b|\bkill switch\b|\bkiller \w{1,12}",
    rf"\b(?:want(?:ed)? to|wanna|going to|gonna|will|ill|could|might|about to|thought i would)? ?"
    rf"(?:die[ds]?|dying|death) (?:of|from|with) {_OF_WHAT}\b",
    r"\bdying (?:to|for)\b|\bto die for\b|\brather die than\b|\bdie hard\b|\bdie laughing\b",
    r"\b(?:want(?:ed)? to|could have|going to) (?:just )?die (?:when|because of how|laughing"
    r"|right there)\b",
    r"\b(?:bored|scared|sick|worried|tired|frozen|freezing|starv(?:ed|ing)|waited|frightened"
    r"|baked|put) to death\b",
    r"\b(?:career|political|commercial|business|economic|financial) suicide\b",
    r"\bsuicide (?:prevention|awareness|hotline|lifeline|line|squad|coordinator|training|poster"
    r"|rates?|policy)\b"
    r"|\bprevencion del suicidio\b",
    r"\bi(?:ll| will|m going to| am going to| can| could| should| might"
    r"| want to)? ?(?:just )?shoot (?:you|u|them"
    r"|him|her|everyone|the (?:staff|manager|clerk|office)|your office) (?:an?|over|another"
    r"|some)\b",
    r"\bsho(?:ot|oting|t) (?:my|your|them|our|him|her) ?sel(?:f|ves) in the foot\b|\bphoto shoot"
    r"|\bshot in the dark\b",
    r"\bshoot (?:the breeze|for the)\b|\bbite the bullet\b",
    r"\bhit (?:me|us) (?:with|up|at|that|hard|like)\b|\bkicked (?:me|us) (?:out|off|back|to)\b"
    r"|\bbeats? (?:me|us) (?:to|why|how|what|at|by|into)\b|\bit (?:just )?beats (?:me|us)\b",
    r"\b(?:attack(?:ed)?|assaulted) (?:me|us) (?:verbally|with (?:questions|emails|ads|forms))\b",
    r"\bit(?: is|s)?(?: not|nt)? ?(?:would|wouldnt|going to|gonna|wont|will)?(?: not)? (?:kill"
    r"|hurt) (?:you|them|him|her|anyone|anybody"
    r"|someone|people) (?:to|if)\b|\b(?:would|will|does) (?:it|that) (?:kill|hurt) (?:you|them"
    r"|anyone|him|her)\b",
    r"\b(?:gave|give|gives|had|having|almost had|nearly had|near|have) (?:me |us |him "
    r"|her )?(?:a|almost a|nearly a|another) heart attack"
    r" (?:when|at|over|looking|seeing|reading|because of)\b|\b(?:gave|give|gives) (?:me"
    r"|us) a heart attack\b"
    r"|\b(?:almost|nearly|about|practically) had a (?:heart attack|stroke)\b",
    r"\b(?:bath|photo|f|love|glitter|cherry|jager|smoke|stink|flea|bug|atomic"
    r"|nuclear) ?-?bombs?\b|\bthe bomb\b"
    r"|\bbomb(?:ed|ing)? (?:the|my|an?) (?:test|exam|interview|audition|cyclone)\b",
    r"\bblow(?:s|n|ing)? (?:up )?(?:my|your) (?:mind|phone|budget)\b|\bblew up (?:at|my|on)\b",
    r"\b(?:cut(?:ting)?|hurt|burned|kill(?:ed)?) (?:my|him|her)self (?:on|when|while|falling"
    r"|slipping|shaving|with the|tripping)\b",
    r"\bsubstance abuse\b|\b(?:drug|alcohol|power|system) abuse\b|\b(?:system|program|policy"
    r"|rule|process|privilege)s? (?:is|are|was|were) (?:being )?abused\b|\babuse of (?:power"
    r"|authority|the system)\b",
    r"\bverbal(?:ly)? abuse[ds]?\b|\brape ?seed\b|\bgrape\b|\bcant breathe (?:in|with"
    r"|because of) (?:the|this|that|a|your) mask\b",
    r"\bgun (?:permit|licen[cs]e|registration|range|show|safe|rights|form|control|trust)s?\b",
    r"\b(?:do not|dont|never|to) call 911\b|\bno (?:one|body) (?:should"
    r"|will) (?:have to )?(?:die|be)\b|\bwatch your back(?:pack|yard)\b",
    r"\bhang(?:ing|s)? (?:up|on|in there|out|around)\b|\bhung up\b|\bdrown(?:ing)? (?:in"
    r"|my ?self in) (?:paperwork|forms|debt)\b",
    # Spanish
    r"\b(?:me )?(?:quiero morir|quise morir|muero|morir|moria|muriendo|mori) de (?:la )?(?:risa"
    r"|hambre|sueno|verguenza|aburrimiento|sed|calor"
    r"|frio|pena|ganas|cansancio|pena|espera)\b",
    r"\bmatar(?:me)? (?:el|un poco de|algo de) (?:tiempo|rato|hambre)\b|\bmatarme (?:trabajando"
    r"|estudiando|esperando)\b",
    r"\bme (?:mata|matan|esta matando|estan matando)\b|\bcasi me (?:mato|muero|matan)\b"
    r"|\bde muerte\b",
    r"\bviolacion(?:es)? (?:de|a) (?:mis |los |las |la |nuestros )?(?:derechos|privacidad|ley"
    r"|normas|contrato)\b",
    r"\bviol(?:o|aron|a) (?:mis |la |nuestros |los )?(?:derechos|privacidad|ley)\b",
    r"\bme (?:pego|golpeo|pega) (?:el|la|un|una|muy|duro|mucho)\b",
]  # fmt: skip

WORTH_A_LOOK = [
    r"kil|shoot|shot|hang|drown|harm|hurt|cut|su[ie]{0,2}[cs]|die\b|dead|alive|kms|life|lives"
    r"|end it"
    r"|end(?:ing)? it|liv|better off|pills|meds|medic|overdos|jump|wrist|brains|head|bullet|gun"
    r"|rifle|knife"
    r"|weapon|pistol|bomb|burn|torch|blow|postal|blood|watch your|know where|murder|stab|beat"
    r"|attack"
    r"|strangl|execut|run over|hunt|smash|destroy|slaughter|chok|punch|kick|slap|shov|assault|rape"
    r"|molest|grop|sexual|abus|violen|touched|held|kept|lock|holding|keep|kidnap|traffick|threat"
    r"|fear"
    r"|afraid|scared|worried|danger|safe|911|ambulanc|paramedic|police|breath|chest|heart attack"
    r"|stroke"
    r"|seizure|bleed|unconscious|fire|gas leak|insulin|oxygen|bat\b|lynch|die|bleed|hit",
    r"mat[ae]|vida|vivir|morir|muert|muer|suicid|ahorc|colgar|venas|tiro|balazo|pastillas"
    r"|pildoras|dano"
    r"|golpe|quemar|dispar|apunal|arma|cuchillo|escopeta|machete|donde viv|viol|abus|maltrat"
    r"|amenaz|peligro"
    r"|miedo|temo|respirar|pecho|secuestr|voluntad|trata|insulina|fuga|pega|pego|patea|volar"
    r"|balacear"
    r"|desaparecer|partir|mejor",
]  # fmt: skip
