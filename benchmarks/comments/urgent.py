"""Sentences that cannot wait, and idioms that can: how urgent language is measured."""

from __future__ import annotations

import random

from benchmarks.comments import sentences

CRISIS = """
I want to kill myself and nobody cares.
I can't do this anymore, I want to die.
I don't want to live anymore.
My family would be better off without me.
I have been thinking about suicide since the denial.
I am suicidal and your line was busy.
I'm going to end my life if this is denied again.
There is no reason to live now.
I wish I was dead.
My husband is a veteran and he said he wants to kill himself.
I tried to hurt myself last night.
I took all my pills yesterday.
I have a gun to my head every night.
Every day I think about jumping off the bridge.
My son killed himself waiting for his appointment.
I have nothing left to live for.
I just wanna die.
I am tired of living like this.
She keeps cutting herself and we get no help.
im going to end it all
Life isn't worth living without my benefits.
sometimes i feel like hanging myself
Quiero morirme, ya no puedo más.
Ya no quiero vivir.
He pensado en quitarme la vida.
Estoy pensando en el suicidio.
Voy a matarme si me niegan otra vez.
Mi hijo se quiere matar y nadie ayuda.
No tiene sentido vivir así.
Mi familia estaría mejor sin mí.
Tengo ganas de morir.
""".strip().splitlines()
THREAT = """
I will kill that agent next time.
I'm going to shoot everyone in that office.
Somebody should burn your building down.
I know where you live.
You will all die for this.
I am coming back with my gun.
Next time I bring a rifle.
There is a bomb in the lobby.
I swear I will beat him when I see him.
They should all be shot.
I hope you die.
I'm gonna blow up this place.
Watch your back.
I want to stab the supervisor.
The director deserves a bullet.
I will hurt somebody if I don't get my money.
Someone is going to shoot up the office one day.
You are all dead.
Los voy a matar a todos.
Voy a quemar esa oficina.
Sé dónde vive la supervisora.
Voy a poner una bomba.
Ojalá se mueran todos.
Te voy a golpear cuando salgas.
Voy a regresar con una pistola.
Merecen morir.
""".strip().splitlines()
HARM = """
My husband beats me and I need the papers to leave.
The guard hit me in the face.
I was raped in the shelter.
An officer sexually assaulted my sister.
I am a victim of domestic violence.
He threatened to kill me.
I fear for my life.
My kids are in danger.
I can't breathe, please send an ambulance.
I'm having chest pains and nobody answers.
My mother is bleeding badly in your lobby.
My boss is holding me against my will.
The caregiver abuses my mother.
The aide slapped my father.
My stepfather touched me inappropriately.
She was kidnapped and you closed the case.
I ran out of insulin and the pharmacy line is dead.
We are not safe at home.
My son was stabbed outside the office.
Child abuse is going on next door and nobody comes.
Mi esposo me golpea y tengo miedo.
Sufro violencia doméstica.
Temo por mi vida.
Mi jefe me amenazó con un cuchillo.
No puedo respirar, ayuda.
Fui violada en el centro.
Abusan de mi hija.
Mi vida corre peligro.
""".strip().splitlines()
CAN_WAIT = """
I was dying of hunger waiting.
This process is killing me.
We played cards to kill time.
The line was killing my feet.
My feet are killing me after standing two hours.
Maria killed it today, great service!
I would kill for a chair in that lobby.
I could have died of boredom.
I nearly died of embarrassment.
The view was to die for.
I'm dying to know when the card comes.
Shoot me an email when it is ready.
I will shoot you an email tomorrow.
I shot myself in the foot by not bringing the form.
They kicked me out of the system three times.
You hit me with another fee.
It beats me why this takes so long.
Would it kill you to smile?
It won't hurt you to open earlier.
My phone died in line.
The battery is dead.
I missed the deadline by a day.
The price gave me a heart attack.
I almost had a heart attack when I saw the bill.
The suicide prevention poster is outdated.
Signing that form was career suicide.
The website crashed and burned.
The app bombed on my phone.
I bombed the interview.
My son loves the bath bomb from the gift shop.
My grandfather died of cancer and I need his records.
My husband passed away in March.
I cut myself on the broken counter.
I hurt myself falling on your stairs.
The cost of living adjustment is too small.
I live in fear of the next letter.
I filed for my gun permit and it was easy.
The fire drill was loud.
They need to kill the hold music.
Kill two birds with one stone and merge the forms.
The staff works to death with no help.
I was bored to death.
I was scared to death of the interview but she was kind.
The heat was a killer.
The substance abuse program helped me.
This is an abuse of power.
The system is being abused by cheaters.
He was verbally abused by a caller and stayed calm.
Your agent attacked me with questions.
The hours are cut and it hurts people.
Hang in there, you do good work.
She hung up on me.
I am drowning in paperwork.
The rep blew up at me.
It blew my mind how fast it was.
Life insurance forms are long.
I have lived here all my life.
The end of the line was outside.
I want to end my enrollment.
Please end it, this survey is long.
The dead link on page two.
I'd rather die than wait there again.
Waiting there made me want to die of boredom.
We beat the traffic.
The emergency exit was blocked.
Do not call 911 for passport questions, said the sign.
The gunmetal chairs are ugly.
Police records took six weeks.
My chest X-ray was lost.
The shooting range at the park was closed.
The fireworks were amazing.
The battlefield tour was great.
The murder mystery dinner was fun.
Me moría de hambre esperando.
Me muero de risa con sus excusas.
Este trámite me mata.
La espera me está matando.
Fui a matar el tiempo al parque.
Casi me muero de aburrimiento.
Es una violación de mis derechos.
Mi papá murió en enero y necesito el acta.
El seguro de vida fue fácil.
Vivo en Laredo y todo bien.
Me pegó el sol en la fila.
Me amenazaron con una multa.
La batería murió.
""".strip().splitlines()
# Written after the rules were finished; nobody changed a rule because of one of them.
UNSEEN = {
    "crisis": """
I keep planning how to kill myself.
Every night I pray I don't wake up and I think of ending my life.
The VA turned me away and now I'm thinking of shooting myself.
My brother wants to die since he lost the house.
I can't go on living.
what is the point, i should just kill myself
My wife attempted suicide last month.
Pienso en matarme todos los días.
No quiero seguir viviendo.
Mi esposo intentó suicidarse.
""",
    "threat": """
I swear I'm going to kill that judge.
I will find the clerk and beat her.
Next time I come with a knife.
You people deserve to die.
I'm going to burn your office to the ground.
I should shoot him for what he did.
Voy a matar al agente.
Tengo un arma y voy para allá.
""",
    "harm": """
My boyfriend choked me last night.
I was sexually abused by a counselor.
My ex is going to kill me.
We fear for our lives here.
She is having a stroke in the waiting room.
My landlord attacked my son.
The nurse hits my grandmother.
Mi pareja me pega.
Me violaron.
Mi hijo está en peligro, me amenazan.
""",
    "": """
This place will be the death of me.
You guys are killing it.
I about died when I saw the queue.
I thought I would die of thirst in there.
My dog died and the form asked for his tag.
They shot down my idea.
The printer is dead again.
He beat cancer and got his card the same day.
I burned my hand on the coffee machine.
The director hit it out of the park.
Please don't cut hours.
The new system is a bomb of errors.
My marriage ended and I changed my name.
The drug abuse hotline answered quickly.
The clerk shot me a dirty look.
Nobody was hurt in the parking lot accident.
I nearly killed myself carrying these boxes.
The rangers saved my life when I fell.
Me quedé sin vida social por este trámite.
Los matan con tanto papeleo.
Murió mi abuela y me ayudaron mucho.
""",
}


def labelled(count: int, seed: int = 280) -> list[tuple[str, str]]:
    """That many texts with their kind ("" can wait): a third urgent, with ordinary sentences around
    them, some without capitals or all in capitals."""
    rng = random.Random(seed)
    kinds = {"crisis": CRISIS, "threat": THREAT, "harm": HARM}
    plain = [each for each in sentences.NEGATIVE if "{" not in each] + sentences.PLAIN
    made = []
    for _ in range(count):
        kind = rng.choices(["", *kinds], (6, 1, 1, 1))[0]
        said = [rng.choice(kinds[kind] if kind else CAN_WAIT)]
        said += [rng.choice(plain) for _ in range(rng.choice((0, 1, 2)))]
        rng.shuffle(said)
        text = " ".join(said)
        made.append((rng.choice((text, text, text, text.lower(), text.upper())), kind))
    return made


def unseen() -> list[tuple[str, str]]:
    """The sentences written afterwards, each once."""
    return [(line, kind) for kind, lines in UNSEEN.items() for line in lines.strip().splitlines()]
