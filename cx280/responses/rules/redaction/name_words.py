"""Words beside names: what announces one, what follows one, and what only looks like one."""

from __future__ import annotations

import re

from cx280.responses.rules.redaction.words import words_of

# A name follows, whatever it is.
_SURE = (
    r"(?:my|mi|his|her|their|the|whose|su|full|first|last|maiden|legal|partner[’']?s)\s(?:full\s|last\s"
    r"|first\s|maiden\s|legal\s)?names?(?:\s(?:is|was|are|being)|\s?:|\?)|name[’']?s\b"
    r"|name\s?:|name is"
    r"|nombre(?:\scompleto)?(?:\s(?:es|era)|\s?:)|me\sllamo|(?:se|le)\sllama(?:ba|n)?|llamad[oa]|named"
    r"|apellidos?(?:\s(?:es|son)|\s?:)?|signed(?:\sby)?|firmad[oa](?:\spor)?|firma\s?:"
    r"|(?:people|everyone|they|friends)\scalls?\sme|goes\sby|attn\b\.?\s?:?|partner[’']?s name"
    r"|(?:name|nombre)\sde"
)
# A name follows when it looks like one: the clerk's, the caller's.
_MET = (
    r"sp[oe]ak(?:ing|e)?\s(?:with|to)|spoke\s(?:with|to)|spoken\s(?:with|to)|talk(?:ed|ing)?\s(?:with|to)"
    r"|met\s(?:with)?|contact(?:ed)?|help(?:ed)?\s(?:from|by)|(?:assisted|served|seen|treated|helped|handled|greeted"
    r"|interviewed)\sby|waited\son\sby|ask(?:ed)?\sfor|shout[ -]?out\sto|kudos\sto|compliments?\sto"
    r"|credit\sto|addressed\sto|grateful\sto|habl[eéo]\s(?:con|a)|hablar\scon|hablamos\scon|atendid[oa]s?\spor"
    r"|(?:me|nos)\s(?:atendi[óo]|ayud[óo]|recibi[óo]|explic[óo]|trat[óo])|agradezco\sa|agradecer\sa"
    r"|felicidades\sa|felicito\sa|pregunt[eé]\spor|de\sparte\sde|a\scargo\sde|sincerely,?|regards,?"
    r"|atentamente,?|respectfully,?|cordialmente,?|saludos,?|yours\struly,?|married\sto"
)
# A name follows when the lexicon knows it.
_MAYBE = (
    r"thanks?(?:\s?,)?(?:\syou)?(?:\sso\smuch|\svery\smuch)?(?:\sto|\s?,|\sagain,?)?|thx|i\sam|i[’']?m"
    r"|this\sis|it\swas|hi,?|hello,?|dear|hey,?|hola,?|soy|said|says|told|tell|call\sme|gracias(?:\sa|,)?"
    r"|by|with|from|for|to|con|por|para|and|y|a|saw|see|was|son|daughter"
)
_HONORIFICS = (
    r"mr|mrs|ms|mx|dr|dra|miss|sr|sra|srta|prof|mister|se[ñn]or(?:a|ita)?|do[ñn]a|don|sgt|sergeant|lt|capt"
    r"|captain|cpl|rev|lic|ing"
)
_ROLES = (
    r"officer|agent|inspector|nurse|representative|rep|clerk|supervisor|manager|attorney|lawyer|judge"
    r"|case\s?worker|specialist|counselor|technician|operator|employee|gentleman|lady|guy|woman|man"
    r"|receptionist|advisor|associate|staff\smember|coordinator|doctora?|agente|oficial|enfermer[oa]"
    r"|empleado|empleada|secretari[oa]|trabajador(?:a)?|supervisora|gerente|licenciad[oa]|muchach[oa]"
    r"|(?:my|his|her|mi|su)\s(?:son|daughter|wife|husband|mother|father|mom|dad|brother|sister|kid|child"
    r"|friend|neighbor|aunt|uncle|grand(?:mother|father|son|daughter)|spouse|partner|hij[oa]|espos[oa]"
    r"|madre|padre|mam[áa]|pap[áa]|herman[oa]|amig[oa]|abuel[oa]|t[íi][oa]|prim[oa])"
)
CUE = re.compile(
    rf"(?<![\w\[])(?:(?P<honorific>(?:{_HONORIFICS})\b\.?)|(?P<sure>{_SURE})|(?P<met>{_MET})"
    rf"|(?P<role>(?:{_ROLES}),?(?:\s(?:named|called|de\snombre))?)|(?P<maybe>{_MAYBE}))"
    r"(?![\w\]])[\s:,\-–—(\"“]{0,4}",
    re.I,
)
# What only a person does or is, right after the name; `Austin is growing` is no person.
PERSON_VERB = re.compile(
    r"(?:[’']s\s(?:help|kindness|patience|supervisor|address|kid|son|daughter|wife|husband|mother|father"
    r"|mom|dad|family|boss|attitude)|\s(?:helped|explained|told|said|assisted|answered|greeted|listened"
    r"|treated|deserves|showed|walked|resolved|knew|knows|apologi[sz]ed|smiled|lives|shouted"
    r"|(?:is|was|were|has\sbeen)\s(?:(?:very|so|extremely|super|really|incredibly|always|not|just|quite)\s)?"
    r"(?:helpful|kind|rude|patient|friendly|professional|courteous|polite|knowledgeable|unhelpful"
    r"|attentive|excellent|wonderful|amazing|awesome|great|nice|fantastic|born|reliable|respectful)"
    r"|(?:at|in|from|behind)\s(?:the\s)?(?:front\sdesk|window|counter|desk|reception|ventanilla)"
    r"|(?:fue|es|estuvo|era)\s(?:(?:muy|tan|bien|siempre)\s)?(?:amable|atent[oa]|groser[oa]|profesional"
    r"|paciente|excelente)|(?:me|nos)\s(?:ayud|atend|explic|trat|dij|habl)\w*|ayud[óo]|atendi[óo]|explic[óo]"
    r"|merece))\b",
    re.I,
)
# So much a person's that a word nobody knows is believed to be a name before it.
SURELY_A_PERSON = re.compile(
    r"[’']s\s(?:kid|son|daughter|wife|husband|mother|father|mom|dad|address|kindness|patience)\b"
    r"|\s(?:lives\s(?:at|in|on|with)|shouted|apologi[sz]ed|smiled|was\sborn"
    r"|(?:me|nos)\s(?:atendi[óo]|explic[óo]|dijo))\b|,\s(?:can|could|would)\s(?:I|you)\b"
)
PARTICLES = words_of("particles of surnames")
DETERMINERS = words_of("before a thing, never a name")
# Names of streets, offices, bodies: what stands before these is not a person.
NOT_PEOPLE_AFTER = words_of("after a place or a body, as in Walter Reed Medical Center")
NOT_PEOPLE_BEFORE = words_of("before a place, as in Fort Wayne")
# Never part of a name, capital or not.
NO_NAME = words_of("no name")
