"""Comments of the simulated agency, in English and Spanish, that fit the rating and the driver."""

from __future__ import annotations

import numpy as np

# For each driver: what people say when it went badly, and when it went well.
_ENGLISH = {
    "effectiveness": (
        ["I still do not have what I came for.", "Nobody could answer my question.",
         "The form was sent back twice without a reason.",
         "They charged the fee and then lost my application.",
         "My refund is still wrong after two letters."],
        ["Got exactly what I needed.", "My question was answered on the first try.",
         "Everything was settled in one visit.",
         "The mistake in my permit was fixed right away."],
    ),
    "ease": (
        ["I could not find the right page.", "There are two forms and nobody says which one.",
         "The website threw me out in the middle.",
         "I could not sign in: the security code never came.",
         "Uploading the documents failed three times."],
        ["The steps were clear.", "Much simpler than last year.",
         "Online renewal was easy, even on my phone.",
         "Signing in worked at once and the form knew my address."],
    ),
    "efficiency": (
        ["Waited three hours although I had an appointment.", "It took six weeks to hear back.",
         "One counter open and forty people in line.",
         "On hold for fifty minutes, then the call dropped.",
         "The first free appointment was in two months.",
         "No news about my application, and nobody can tell me its status."],
        ["In and out in ten minutes.", "Quick and without fuss.", "The answer came the same day.",
         "Got an appointment for the next morning.", "They kept me informed with text messages."],
    ),
    "equity": (
        ["I did not understand what they wanted from me.", "Others were let in before us.",
         "I felt I was not taken seriously.",
         "There was no interpreter for my mother.",
         "The ramp was closed and my wheelchair does not climb stairs.",
         "Two people told me two different things."],
        ["Everybody was treated the same.", "They explained each step.",
         "Clear about what I had to bring.",
         "Somebody translated for my father. Thank you."],
    ),
    "employee": (
        ["The person at the desk did not look up.", "I was passed from one person to the next.",
         "The agent hung up on me.", "The staff did not know the rules."],
        ["The clerk was patient and kind.", "The person on the phone really wanted to help.",
         "Friendly staff, thank you.", "Excellent service, keep it up.",
         "The clerk knew what to do and was very professional."],
    ),
}  # fmt: skip
_SPANISH = {
    "effectiveness": (
        ["Todavía no tengo lo que vine a buscar.", "Nadie pudo responder a mi pregunta.",
         "Perdieron mis papeles y tuve que empezar de nuevo."],
        ["Recibí lo que necesitaba.", "Resolvieron todo en una visita."],
    ),
    "ease": (
        ["La página me sacó dos veces y tuve que ir en persona.",
         "No encontré el formulario correcto.",
         "No pude iniciar sesión: la clave no llegó."],
        ["Los pasos fueron claros.", "Fue fácil desde el teléfono."],
    ),
    "efficiency": (
        ["Esperé tres horas con cita.", "Tardaron seis semanas en contestar.",
         "Llamé cinco veces y nadie contestó el teléfono.",
         "No sé nada de mi solicitud desde hace dos meses."],
        ["Muy rápido.", "La respuesta llegó el mismo día.", "Me avisaron por mensaje cada paso."],
    ),
    "equity": (
        ["No entendí qué me pedían.", "Sentí que no me escuchaban.",
         "No había intérprete y nadie hablaba español."],
        ["Me trataron con respeto.", "Me explicaron cada paso.", "Todo en mi idioma, gracias."],
    ),
    "employee": (
        ["La persona del mostrador no me miró.", "Me pasaron de una persona a otra."],
        ["La persona que me atendió fue muy amable.", "El personal me ayudó mucho.",
         "Excelente atención, felicidades."],
    ),
}  # fmt: skip
# Now and then somebody writes what should never be kept: redaction is there to be seen.
_PERSONAL = [" Call me at 503-555-0142.", " My email is river.fan@example.com.",
             " My SSN is 219-09-9999 if you need it."]  # fmt: skip
_PLACES = ["", "", "", " At the {office} counter.", " This was in {office}."]


def comment(
    driver: str, *, went_well: bool, spanish: bool, office: str, rng: np.random.Generator
) -> str:
    """One person's words about the driver that stood out."""
    said = (_SPANISH if spanish else _ENGLISH)[driver][1 if went_well else 0]
    text = said[int(rng.integers(len(said)))]
    if not spanish and office != "Online":
        text += _PLACES[int(rng.integers(len(_PLACES)))].format(office=office)
    if rng.random() < 0.02:
        text += _PERSONAL[int(rng.integers(len(_PERSONAL)))]
    return text
