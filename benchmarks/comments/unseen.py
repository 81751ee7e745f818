"""Sentences written after the rules were finished and looked at only as figures: the honest test.

Whoever changes a rule because of one of these moves the sentence to sentences.py and writes
another here.
"""

from __future__ import annotations

PERSONAL = """
The person at the desk was {given}, she fixed it in five minutes.
I want to file a complaint against {name}, who yelled at my dad.
{given} at the Boise office deserves recognition.
My late father, {name}, served in Vietnam.
Is there any way to reach Ms. {family} directly?
{name} here, still no letter.
Please update our address: {address}. Thank you.
We are at {address} now.
Why was my check mailed to {address}?
Sent from {email}
You may email {email} or phone {phone}.
ph: {phone}
Leave a voicemail at {phone} if I do not pick up.
It asked for my social and I typed {ssn} but it was rejected.
I gave them my SSN ({ssn}) three times.
The card ending was wrong, the full number is {card}.
Your clerk wrote down {card} on a sticky note!
I-485 receipt {receipt} approved but no card.
{receipt} pending since March.
A# is {bare_alien}, please check.
File number {alien}
VA file {va} is mine, not my brother's.
US passport {passport} was sent back.
The clerk kept my driver license {licence} at the window.
I turned 65, born {birth}, and Medicare says no.
DOB: {birth}
Refund to routing {routing} and account {account} never came.
My attorney, {name}, wrote to you twice.
{given} and her supervisor were both wonderful.
I dealt with {name} and {name}; both were great.
Officer {family} let me skip the line because of my wheelchair.
The rep ({given}) was new and very nervous but kind.
hi im {name} my number {phone}
Spouse: {name}, DOB {birth}
To whom it may concern, I am {name} and I live at {address}.
Your Dr. {family} saved my life.
I never met {name} but her email was rude.
Ask {given}, she knows.
Great job {given}!!
{given} R. was patient
Signed, {name}
My daughter {given} waited two hours with a fever.
""".strip().splitlines()
SPANISH = """
La señorita {given} fue muy paciente con mi abuela.
Quiero quejarme de {name}, me gritó.
Soy {name}, nací el {birth}.
Mi domicilio es {address}.
Me pueden llamar al {phone} o escribir a {email}.
La licenciada {family} me explicó el proceso.
Mi número de seguro es {ssn}.
El pasaporte {passport} llegó roto.
Mi papá, {name}, lleva un año esperando.
{given} de la oficina de Fresno es excelente.
Le di mi tarjeta {card} y me cobraron dos veces.
El recibo es {receipt}.
""".strip().splitlines()
NEGATIVE = """
I arrived at {time} and left at {time}, that is {small} minutes too long.
Form {form} asks the same thing on pages {small} and {small}.
My case was transferred from {town} to another center in {month}.
Nobody named a reason for the denial.
The Veterans Benefits Administration lost form {form} again.
Order {order} arrived, thanks.
You charged {money} in {month} {year} and again on {date}.
Grace under pressure, that is what your staff showed.
I was number {small} in line and they served up to {small}.
The new website is a big step, Well Done!
I drove from Jackson to Lincoln for nothing.
There were {small} people and 2 windows open.
The instructions say Section {small}, Part {small}.
Hope to hear from you soon.
May I suggest opening at {time}?
Nothing to add.
The Hubert Humphrey building has no parking.
Yosemite Valley was crowded but the rangers were great.
Customs and Border Protection at Dulles was quick.
It is now {date} and I applied on {date}.
On the phone for {small} minutes, then cut off.
The number on my ticket was {small}.
In April and June it was closed.
La oficina abre a las {time} pero no había nadie.
Todo bien, gracias por su atención.
El trámite costó {money} y tardó {small} días.
""".strip().splitlines()
