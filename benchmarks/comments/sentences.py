"""The sentences of the grammar: with placeholders, by language and kind."""

from __future__ import annotations

PLAIN = """
The line moved slowly.
I waited over an hour.
Everything was easy.
The website kept crashing.
Please hire more people.
The forms are confusing.
Great service overall!
Nobody answered my question.
It took three visits to get this done.
The office was clean and quiet.
I still have not heard back.
The instructions were clear.
Parking is a nightmare.
""".strip().splitlines()
PLAIN_SPANISH = """
La fila avanzó muy lento.
Esperé más de una hora.
Todo fue muy fácil.
Gracias por todo.
La página no funciona.
Necesitan más personal.
Nadie contestó mi pregunta.
El formulario es confuso.
La oficina estaba limpia.
""".strip().splitlines()

ENGLISH: dict[str, list[str]] = {
    "name": """
My name is {name} and I have been waiting since Tuesday.
I spoke with {name} at the front desk.
{name} was so helpful and patient.
The clerk, {name}, never looked up from the screen.
Thank you {given} for going above and beyond!
Ms. {family} explained every step.
Mr. {family} in the {town} office was rude to my mother.
I asked for {name} but was told no.
Please thank {name} for me.
Agent {family} hung up on me.
Shout out to {given} who fixed my account in minutes.
My husband {name} passed away and nobody updated the file.
Dr. {family} treated me with respect.
this is {name} writing about the delay
I was helped by {given} at window 4.
A lady named {given} told me to come back.
Sincerely, {name}
Thanks, {given}
{given} went out of her way to help us.
My caseworker {name} does not return calls.
I would like {name} to get a raise.
Both {given} and {given} were excellent.
The representative said her name was {given}.
{name} told me the form was wrong.
Officer {family} at the border was polite.
Name: {name}. I need a new card.
My son {given} was born here and has no papers.
They have me listed as {name} instead of {name}.
Give {given} a bonus, she earned it.
I am {name} and I applied in {month}.
The supervisor ({name}) apologized twice.
When I called, {given} answered and solved it.
Mrs. {name} was professional.
I got a letter addressed to {name}, who does not live here.
Kudos to {name} and the whole team.
Spoke to {given} on the phone, very kind.
""".strip().splitlines(),
    "address": """
I live at {address} and the mail never comes.
Please send the check to {address}.
My new address is {address}.
We moved from {address} last spring.
The card went to {address} by mistake.
Address: {address}
You still have {address} on file.
I have lived at {address} for ten years.
Mail it to {address} please.
They keep writing to {address}, I no longer live there.
My mother at {address} never got her letter.
{address} is my correct address.
Update my record to {address}.
The package was left at {address}.
I reside at {address}.
""".strip().splitlines(),
    "phone": """
Call me at {phone}.
My number is {phone}, please call back.
You can reach me on {phone} after 5.
I left a message from {phone}.
my cell {local}
Phone {local}, ask for me.
I was told to call {phone} and nobody picks up.
Text me: {phone}
The contact you have, {phone}, is old.
{phone} is the best way to get me.
call me {spelled}
""".strip().splitlines(),
    "email": """
Email me at {email}.
My email is {email} and I got nothing.
Please reply to {email}, thanks.
{email} is the address you should use.
I wrote from {email} twice.
""".strip().splitlines(),
    "ssn": """
My SSN is {ssn}.
SSN {bare_ssn}
The letter showed my social security number {ssn}.
my social is {bare_ssn}
They mixed up {ssn} with another person.
social: {ssn}
Here is my soc sec # {bare_ssn} to look it up.
""".strip().splitlines(),
    "itin": """
My ITIN is {itin}.
I used {itin} on my return.
""".strip().splitlines(),
    "card": """
I paid with {card} and was charged twice.
My card number is {card}.
The system declined my visa {card}.
card {card} exp next year
""".strip().splitlines(),
    "a-number": """
My A-number is {alien}.
{alien} is still pending.
alien number {bare_alien}
Case for {alien} has not moved.
The green card shows {alien}.
""".strip().splitlines(),
    "receipt": """
My receipt {receipt} has been pending for a year.
Receipt number {receipt}.
Where is {receipt}?
status of {receipt} please
""".strip().splitlines(),
    "va-file": """
My VA file number is {va}.
VA claim number {va} was denied.
C-file {va} is lost.
my va file # {va}
""".strip().splitlines(),
    "passport": """
My passport number is {passport}.
Passport {passport} expired last week.
passport no. {passport} was lost in the mail
The passport book {passport} has a typo.
""".strip().splitlines(),
    "licence": """
My driver's license number is {licence}.
drivers license {licence} was not accepted
They would not take my driver license, {licence}.
My license ({licence}) has the wrong photo.
DL {licence}
""".strip().splitlines(),
    "birth-date": """
My date of birth is {birth}.
DOB {birth}
I was born on {birth} and they say I am too young.
born {birth}
My birthday is {birth}.
birth date: {birth}
The record shows {birth} as my date of birth.
d.o.b. {birth}, please check
""".strip().splitlines(),
    "account": """
My bank account number is {account}.
Deposit it in account {account}.
checking account {account} was closed
Routing number {routing}, account number {account}.
The refund went to savings acct {account}.
aba {routing}
""".strip().splitlines(),
    "web": """
The link {url} does not open.
My address {machine} is blocked.
I get an error at {url}
""".strip().splitlines(),
    "several": """
I am {name}, {phone}, {email}.
{name}, {address}, DOB {birth}
My name is {name}, SSN {ssn}, and I live at {address}.
Contact {name} at {phone}.
{name} ({email}) helped me.
""".strip().splitlines(),
}  # fmt: skip

SPANISH: dict[str, list[str]] = {
    "name": """
Me llamo {name} y llevo meses esperando.
Mi nombre es {name}.
La señora {family} me atendió muy bien.
Hablé con {name} en la ventanilla 3.
{given} fue muy amable conmigo.
Gracias a {name} por su ayuda.
El agente {family} fue grosero.
Sra. {family} explicó todo con paciencia.
Me atendió {given} y resolvió todo.
Mi esposo {name} nunca recibió la carta.
Quiero felicitar a {name}.
Atentamente, {name}
La empleada se llama {given}.
Soy {name} y necesito una cita.
Mi hija {given} nació aquí.
Pregunté por {name} y no estaba.
{name} me dijo que regresara mañana.
""".strip().splitlines(),
    "address": """
Vivo en {address} y no llega el correo.
Mi dirección es {address}.
Manden el cheque a {address}.
Nos mudamos a {address} en enero.
Dirección: {address}
La carta llegó a {address} por error.
""".strip().splitlines(),
    "phone": """
Mi teléfono es {phone}.
Llámeme al {phone}.
mi celular {local}
El número que tienen, {phone}, ya no sirve.
Llamen al {local} por la tarde.
""".strip().splitlines(),
    "email": """
Mi correo es {email}.
Escríbanme a {email}, gracias.
""".strip().splitlines(),
    "ssn": """
Mi seguro social es {ssn}.
mi número de seguro social: {bare_ssn}
seguro {ssn}
""".strip().splitlines(),
    "card": """
Pagué con la tarjeta {card}.
Mi tarjeta es {card}.
""".strip().splitlines(),
    "a-number": """
Mi número de extranjero es {bare_alien}.
Mi número A es {alien}.
""".strip().splitlines(),
    "receipt": """
Mi recibo {receipt} sigue pendiente.
El caso {receipt} no avanza.
""".strip().splitlines(),
    "va-file": """
Mi expediente del VA es {va}.
número de archivo VA {va}
""".strip().splitlines(),
    "passport": """
Mi pasaporte es {passport}.
Pasaporte {passport} vencido.
Número de pasaporte: {passport}
""".strip().splitlines(),
    "licence": """
Mi licencia de conducir es {licence}.
licencia {licence}
""".strip().splitlines(),
    "birth-date": """
Nací el {birth}.
Mi fecha de nacimiento es {birth}.
Fecha de nac.: {birth}
Mi hijo nació el {birth} en este país.
""".strip().splitlines(),
    "account": """
Mi número de cuenta es {account}.
Depositen en la cuenta {account}.
número de ruta {routing}
""".strip().splitlines(),
    "several": """
Soy {name}, mi teléfono es {phone} y vivo en {address}.
{name}, seguro social {ssn}
""".strip().splitlines(),
}  # fmt: skip

NEGATIVE = """
I filed form {form} on {date} and waited {small} days.
My order number is {order}.
Confirmation {order} was never sent.
I paid {money} for nothing.
In {year} it was better than in {year}.
Ticket number {like_phone} was called at {time}.
We drove {small} miles to the {town} office.
My ZIP code is {zip}.
Will you open on Saturdays in May?
Mark my words, this will fail.
I hope Grace period rules change.
Social Security and Veterans Affairs should talk to each other.
The Department of Veterans Affairs lost my papers.
Washington needs to fix this.
I called {small} times and waited {small} minutes on hold.
Room {small}, window {small}, line {small}.
The agent was kind and fast.
Thank you for your help!
Thanks to everyone at the office.
My appointment was on {date} at {time}.
I spoke with Social Security twice.
I talked to the IRS and the DMV.
Tracking number {order} shows delivered.
The reference number {like_phone} did not work.
Page {small} of form {form} is unclear.
I was born in {town}.
My name is on the wrong list.
My name is spelled wrong on the card.
I moved here in {month} {year}.
The officer asked for my ID.
She was great.
He said he would call me back on Monday.
Rose early to get in line.
It took from {date} to {date}.
Version 10.2 of the app crashed.
The office on the corner of Main and Third was closed.
I am Disabled and a Veteran.
Me atendieron en {small} minutos.
Excelente servicio, 100 % recomendado.
Llegué a las {time} y salí a las {time}.
El formulario {form} no está en español.
Fui a la oficina de {town} el {date}.
Pagué {money} por el trámite.
La calle estaba llena y esperé {small} minutos.
Gracias al equipo del Seguro Social.
Número de pedido {order}.
La señora de la ventanilla fue muy amable.
Mi nombre no está en la lista.
Hablé con el supervisor y con la agente.
The Internal Revenue Service sent notice CP{small}.
Medicare and Medicaid are confusing.
USCIS field office in {town} was clean.
Bank of America closed my branch.
I rate this {small} of 100.
Invoice {order} is for {money}.
Since {year} nothing changed.
Please Call Me Back As Soon As Possible.
I can not believe it took {small} weeks and 3 visits!!!
Summer and Autumn hours are confusing.
The Lincoln Memorial tour was lovely.
Yellowstone National Park was beautiful.
Ranger talk at Jackson Lake was the best.
Our flight {order} left at {time}.
Section {small} of the notice is wrong.
Case closed in {small} days, thank you.
I sat in row {small} seat {small}.
It is a Catch {small} situation.
Good Morning, the line was long.
Dear Sir or Madam, fix the website.
Wells Fargo was easier than this.
The Austin and Charlotte offices are better.
I faxed {small} pages on {date}.
Will Call window was closed.
My claim was denied on {date}.
The phone system is from {year}.
The passport office in {town} took {small} weeks.
Account locked after 3 tries.
The card reader at window {small} is broken.
My birthday is soon and I need the card.
License plates cost {money}.
Wait, wait, wait: {small} minutes each time.
""".strip().splitlines()
